"""What the log's figures support, and from which number of entries on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from numbguard.core.log.insights import (
    DaysByPosture,
    EpisodesOfWeek,
    LengthSpread,
    OnsetSpread,
    SeatedDays,
    ValueCounts,
    WeekChange,
    WeeksByMovement,
    WeekTrend,
    check_days,
    leader,
    onsets,
    spread,
    week_trend,
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


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], None),
        ([(5, 5)] * 2, None),
        ([(9, 9), (3, 5), (9, 9)], WeekTrend(1, 3)),
        ([(9, 9), *[(3, 5)] * 3, (9, 9)], WeekTrend(3, 9)),
        ([(9, 9), *[(3, 5)] * 4, (9, 9)], WeekTrend(2, 6, 2, 6)),
        ([(9, 9), *[(1, 5)] * 10, *[(8, 5)] * 4, (9, 9)], WeekTrend(4, 32, 4, 4)),
    ],
)
def test_the_latest_whole_weeks_are_held_against_as_many_before(
    told: Sequence[tuple[int, int]], expected: WeekTrend | None
) -> None:
    assert week_trend(in_weeks(*told)) == expected


def test_a_change_is_one_beyond_chance() -> None:
    assert WeekTrend(3, 9).change is None
    assert WeekTrend(4, 32, 4, 30).change is WeekChange.UNCHANGED
    assert WeekTrend(4, 0, 4, 0).change is WeekChange.UNCHANGED
    assert WeekTrend(4, 32, 4, 4).change is WeekChange.MORE
    assert WeekTrend(4, 4, 4, 32).change is WeekChange.FEWER


def test_the_sitting_of_days_is_summed() -> None:
    assert SeatedDays({MONDAY: 3600, MONDAY + timedelta(days=1): 1800}, bouts=3, longest_s=2400).total_s == 5400


def test_the_bout_that_is_not_over_is_added_to_its_days() -> None:
    tuesday = MONDAY + timedelta(days=1)
    days = SeatedDays({MONDAY: 3600.0}, bouts=2, longest_s=2400.0)
    assert days.with_present({MONDAY: 1800.0, tuesday: 900.0}) == SeatedDays(
        {MONDAY: 5400.0, tuesday: 900.0}, bouts=3, longest_s=2700.0
    )
    assert days.with_present({tuesday: 0.0}) is days


# --- onsets -----------------------------------------------------------------------------------------------------------


def test_the_middle_half_of_the_onsets() -> None:
    few = [EndedBouts(2400, events=5), EndedBouts(600, censored=90)]
    assert onsets(few) == OnsetSpread(5)
    assert not onsets(few).close_together
    close = onsets([EndedBouts(minutes * 60.0, events=1) for minutes in (20, 35, 38, 40, 42, 45, 70)])
    assert close == OnsetSpread(7, 35 * 60, 40 * 60, 45 * 60)
    assert close.close_together
    wide = onsets([EndedBouts(minutes * 60.0, events=2) for minutes in (5, 10, 30, 50, 55)])
    assert (wide.n, wide.early_s, wide.median_s, wide.late_s) == (10, 600, 1800, 3000)
    assert not wide.close_together
