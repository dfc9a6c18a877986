"""The breaks of a day, the week's dots, the streak that forgives, and last week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from numbguard.core.log.break_days import BreakDay, DotState, break_day, last_week, streak, week
from numbguard.core.log.records.sitting import Outcome

WEDNESDAY = date(2026, 3, 11)
KEPT, MISSED, OFF = BreakDay(4, 6), BreakDay(1, 6), BreakDay()


def back_from(today: date, *days: BreakDay) -> dict[date, BreakDay]:
    """Today's counts, then those of yesterday and so on; a day without counts has no entry in the log."""
    return {today - timedelta(days=ago): day for ago, day in enumerate(days) if day != OFF}


def test_getting_up_counts_and_a_snooze_is_no_break_of_its_own() -> None:
    counts = {one.value: 1 for one in Outcome}
    assert break_day(counts, episodes=2) == BreakDay(taken=2, asked=6, episodes=2)
    assert break_day({Outcome.SNOOZED.value: 5}) == BreakDay()


@pytest.mark.parametrize(("taken", "asked", "kept"), [(0, 0, False), (0, 3, False), (1, 2, True), (2, 5, False)])
def test_half_of_the_breaks_keep_a_day(taken: int, asked: int, kept: bool) -> None:
    assert BreakDay(taken, asked).is_kept is kept


def test_the_dots_of_a_week_show_a_day_off_and_a_missed_day_alike() -> None:
    days = back_from(WEDNESDAY, MISSED, MISSED, KEPT)
    shown = week(days, WEDNESDAY)
    assert [dot.value for dot in shown.dots] == ["kept", "rest", "open", "ahead", "ahead", "ahead", "ahead"]
    assert (shown.today, shown.kept) == (2, 1)
    assert week({}, WEDNESDAY).dots[0] is DotState.REST
    assert week(back_from(WEDNESDAY, KEPT), WEDNESDAY).dots[2] is DotState.KEPT


def test_a_streak_counts_days_kept_and_today_only_adds() -> None:
    assert streak({}, WEDNESDAY) == 0
    assert streak(back_from(WEDNESDAY, KEPT, KEPT, KEPT), WEDNESDAY) == 3
    assert streak(back_from(WEDNESDAY, MISSED, KEPT, KEPT), WEDNESDAY) == 2


def test_days_off_and_a_holiday_leave_a_streak_alone() -> None:
    fortnight_off = (OFF,) * 14
    assert streak(back_from(WEDNESDAY, KEPT, OFF, OFF, OFF, KEPT), WEDNESDAY) == 2
    assert streak(back_from(WEDNESDAY, KEPT, *fortnight_off, KEPT, KEPT), WEDNESDAY) == 3


def test_one_missed_day_a_week_is_forgiven_and_two_in_one_week_are_not() -> None:
    # Wednesday, Tuesday missed, Monday; then the week before: Sunday missed, Saturday.
    assert streak(back_from(WEDNESDAY, KEPT, MISSED, KEPT, MISSED, KEPT), WEDNESDAY) == 3
    assert streak(back_from(WEDNESDAY, KEPT, MISSED, MISSED, KEPT), WEDNESDAY) == 1


def test_last_week_is_told_from_three_breaks_on() -> None:
    monday = date(2026, 3, 9)
    assert last_week({}, monday) is None
    assert last_week({date(2026, 3, 3): BreakDay(2, 9)}, monday) is None
    told = last_week({date(2026, 3, 3): BreakDay(4, 6, episodes=2), date(2026, 3, 8): BreakDay(1, 1)}, monday)
    assert told is not None
    assert (told.taken, told.asked, told.episodes, told.fewer_episodes) == (5, 7, 2, 0)
    assert told.days[1] == BreakDay(4, 6, episodes=2)


@pytest.mark.parametrize(("before", "fewer"), [(BreakDay(1, 1, 5), 3), (BreakDay(1, 1, 1), 0), (BreakDay(0, 0, 5), 0)])
def test_only_fewer_episodes_are_compared_and_only_with_a_week_at_the_desk(before: BreakDay, fewer: int) -> None:
    days = {date(2026, 2, 25): before, date(2026, 3, 4): BreakDay(8, 10, episodes=2)}
    told = last_week(days, date(2026, 3, 9))
    assert told is not None
    assert told.fewer_episodes == fewer
