"""What the log's figures support, and from which number of entries on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from numbguard.core.log.insights import (
    DaysByPosture,
    EpisodesOfWeek,
    IntervalSuggestion,
    LengthSpread,
    ValueCounts,
    WeeksByMovement,
    check_days,
    leader,
    spread,
    suggest,
    weeks_by_movement,
)
from numbguard.core.log.survival import EndedBouts

MONDAY = date(2025, 3, 3)


# --- words and lengths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({"left": 12}, "left"),
        ({"left": 12, "right": 3}, "left"),
        ({"left": 7, "right": 5}, None),
        ({"left": 6, "right": 6}, None),
        ({"left": 0}, None),
    ],
)
def test_a_word_leads_only_where_it_is_more_than_chance(counts: dict[str, int], expected: str | None) -> None:
    assert leader(counts) == expected


def test_few_told_name_no_leader() -> None:
    assert ValueCounts(9, 0, {"left": 9, "right": 0}).leader is None
    assert ValueCounts(10, 3, {"left": 10, "right": 0}).leader == "left"


def test_a_median_needs_six() -> None:
    assert spread([(60, 5)]) == LengthSpread(5, None)
    assert spread([(600, 1), (60, 5)]) == LengthSpread(6, 60)
    assert spread([(120, 3), (60, 3)]) == LengthSpread(6, 90)
    assert spread([(30, 3), (120, 1), (240, 3)]) == LengthSpread(7, 120)
    assert spread([]) == LengthSpread(0, None)


# --- weeks ------------------------------------------------------------------------------------------------------------


def in_weeks(*told: tuple[int, int]) -> tuple[EpisodesOfWeek, ...]:
    """Weeks from pairs of a number of episodes and a number of ``moved`` breaks, one pair a week."""
    return tuple(EpisodesOfWeek(MONDAY + timedelta(weeks=number), *pair) for number, pair in enumerate(told))


def test_weeks_with_more_breaks_are_held_against_those_with_fewer() -> None:
    cut_off = (50, 50)
    found = weeks_by_movement(in_weeks(cut_off, *[(1, 30), (9, 10)] * 4, cut_off))
    assert found == WeeksByMovement(more_weeks=4, more_episodes=4, fewer_weeks=4, fewer_episodes=36)
    assert found.differ
    alike = weeks_by_movement(in_weeks(cut_off, *[(3, 30), (4, 10)] * 4, cut_off))
    assert alike
    assert not alike.differ


@pytest.mark.parametrize(
    "told",
    [
        [],
        [(5, 5)] * 9,  # only seven whole weeks
        [(0, 30), (1, 10)] * 5,  # hardly an episode
        [(5, 20)] * 12,  # the same number of breaks in each
        [(5, 0)] * 12,  # no breaks: NumbGuard did not run
    ],
)
def test_too_few_weeks_are_not_compared(told: Sequence[tuple[int, int]]) -> None:
    assert weeks_by_movement(in_weeks(*told)) is None


def test_days_with_legs_crossed_and_others() -> None:
    found = check_days({7: 3}, {7: True, 8: False})
    assert found == DaysByPosture(crossed_days=1, crossed_episodes=3, other_days=1, other_episodes=0)
    assert not found.comparable
    assert DaysByPosture(6, 9, 6, 1).comparable


# --- the suggested interval -------------------------------------------------------------------------------------------


def onsets(*minutes: float) -> list[EndedBouts]:
    return [EndedBouts(each * 60, events=1) for each in minutes]


def test_the_longest_interval_that_comes_before_enough_of_them_is_suggested() -> None:
    found = suggest([*onsets(*[20] * 4, *[45] * 6, *[70] * 10), EndedBouts(600, censored=100)])
    assert found == IntervalSuggestion(interval_s=40 * 60, share=0.8, n=20, later_onsets=16)
    assert found.has_enough
    assert suggest(onsets(*[20] * 4, *[45] * 6, *[70] * 10), 0.5).interval_s == 60 * 60
    assert suggest(onsets(*[30] * 4, *[90] * 16)).interval_s == 60 * 60


def test_a_break_at_the_very_second_does_not_come_before() -> None:
    assert suggest(onsets(*[40] * 20)).interval_s == 35 * 60


def test_nothing_is_suggested_from_few_episodes_or_where_no_interval_would_do() -> None:
    assert suggest(onsets(*[50] * 19)) == IntervalSuggestion(None, 0.8, 19, 19)
    assert not suggest(onsets(*[50] * 19)).has_enough
    assert suggest(onsets(*[10] * 10, *[50] * 20)) == IntervalSuggestion(None, 0.8, 30, 20)
    assert suggest([]) == IntervalSuggestion(None, 0.8, 0, 0)


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_is_above_nought_and_at_most_all(share: float) -> None:
    with pytest.raises(ValueError, match="a share lies above 0"):
        suggest([], share)
