"""How the sitting of a bout that reaches past midnight is shared between its days, also while the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from numbguard.core.log.records.sitting import BoutEnd, SittingBout
from numbguard.core.log.sitting_days import sat_by_day

BERLIN, SANTIAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Santiago")
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))


def bout(start: str, end: str, *, minutes: float) -> SittingBout:
    return SittingBout("b", datetime.fromisoformat(start), datetime.fromisoformat(end), minutes * 60, BoutEnd.MOVED)


def in_minutes(sat: dict[date, float]) -> dict[date, float]:
    return {day: pytest.approx(seconds / 60) for day, seconds in sat.items()}


def test_a_bout_within_a_day_is_of_that_day() -> None:
    within = bout("2026-03-09T22:00+01:00", "2026-03-09T23:30+01:00", minutes=80)
    assert sat_by_day(within) == {MONDAY: 80 * 60}
    assert sat_by_day(within, oldest=TUESDAY) == sat_by_day(within, newest=MONDAY - timedelta(days=1)) == {}


def test_a_bout_past_midnight_is_shared_and_its_pauses_with_it() -> None:
    assert in_minutes(sat_by_day(bout("2026-03-09T23:00+01:00", "2026-03-10T02:00+01:00", minutes=150))) == {
        MONDAY: 50,
        TUESDAY: 100,
    }
    until_midnight = bout("2026-03-09T23:00+01:00", "2026-03-10T00:00+01:00", minutes=60)
    assert sat_by_day(until_midnight) == {MONDAY: 3600}


def test_only_the_days_asked_for_are_given() -> None:
    long = bout("2026-03-09T12:00+00:00", "2026-03-11T12:00+00:00", minutes=48 * 60)
    assert in_minutes(sat_by_day(long)) == {MONDAY: 12 * 60, TUESDAY: 24 * 60, WEDNESDAY: 12 * 60}
    assert in_minutes(sat_by_day(long, oldest=TUESDAY, newest=TUESDAY)) == {TUESDAY: 24 * 60}
    assert sat_by_day(long, oldest=WEDNESDAY + timedelta(days=1)) == {}


@pytest.mark.parametrize("zone", [BERLIN, None])
@pytest.mark.parametrize(
    ("start", "end", "before", "after"),
    [
        # At two and at three o'clock: the night has an hour more in October and an hour less in March.
        ("2026-10-24T23:00+02:00", "2026-10-25T04:00+01:00", 60, 300),
        ("2026-03-28T23:00+01:00", "2026-03-29T04:00+02:00", 60, 180),
    ],
)
def test_the_hour_of_a_clock_change_is_on_the_day_of_the_change(
    start: str, end: str, before: float, after: float, zone: tzinfo | None
) -> None:
    one = bout(start, end, minutes=before + after)
    first = one.started_at.date()
    assert in_minutes(sat_by_day(one, zone=zone)) == {first: before, first + timedelta(days=1): after}


def test_a_clock_that_is_set_back_at_midnight_repeats_an_hour_of_the_day_before() -> None:
    one = bout("2026-04-04T22:30-03:00", "2026-04-05T00:30-04:00", minutes=180)
    saturday, sunday = date(2026, 4, 4), date(2026, 4, 5)
    assert in_minutes(sat_by_day(one, zone=SANTIAGO)) == {saturday: 150, sunday: 30}
    assert in_minutes(sat_by_day(one, zone=BERLIN)) == {saturday: 90, sunday: 90}, "Berlin does not say when it was"


def test_a_clock_that_is_put_forward_at_midnight_begins_the_day_there() -> None:
    one = bout("2026-09-05T23:30-04:00", "2026-09-06T01:30-03:00", minutes=60)
    assert in_minutes(sat_by_day(one, zone=SANTIAGO)) == {date(2026, 9, 5): 30, date(2026, 9, 6): 30}


def test_a_bout_that_does_not_end_after_it_began_is_of_the_day_on_which_it_began() -> None:
    set_back = bout("2026-03-10T00:10+00:00", "2026-03-09T23:50+00:00", minutes=20)
    travelled = bout("2026-03-09T23:50+00:00", "2026-03-10T00:40+09:00", minutes=20)
    assert sat_by_day(set_back) == {TUESDAY: 20 * 60}
    assert sat_by_day(travelled) == {MONDAY: 20 * 60}


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    first = datetime(1, 1, 1, 12, tzinfo=UTC)
    last = datetime(9999, 12, 31, 12, tzinfo=timezone(timedelta(hours=14)))
    assert set(sat_by_day(SittingBout("b", first, last, 60.0, BoutEnd.MOVED), newest=date(1, 1, 4))) == {
        date(1, 1, 3),
        date(1, 1, 4),
    }
