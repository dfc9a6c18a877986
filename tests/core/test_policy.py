"""Working hours: when the day is on, over midnight too, and when that next changes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from numbguard.core import policy
from numbguard.core.model import Announce, State
from numbguard.core.records import BoutEnd
from numbguard.core.settings import Settings, Span
from tests.scenario import LOCAL, MONDAY_9, Scenario

OFFICE = {day: (Span(time(9), time(12, 30)), Span(time(13, 30), time(18))) for day in range(5)}
NIGHT_SHIFT = {0: (Span(time(22), time(6)),)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the week of Monday 2 March 2026; day 0 is that Monday."""
    return datetime(2026, 3, 2 + day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("hours", "moment", "on"),
    [
        ({}, at(6, 3), True),
        (OFFICE, at(0, 9), True),
        (OFFICE, at(0, 8, 59), False),
        (OFFICE, at(0, 12, 30), False),
        (OFFICE, at(0, 13, 30), True),
        (OFFICE, at(5, 10), False),
        (NIGHT_SHIFT, at(0, 23), True),
        (NIGHT_SHIFT, at(1, 5, 59), True),
        (NIGHT_SHIFT, at(1, 6), False),
        (NIGHT_SHIFT, at(1, 23), False),
        ({0: ()}, at(0, 10), False),
    ],
)
def test_hours(hours, moment, on):
    assert policy.working(hours, moment) is on


@pytest.mark.parametrize(
    ("hours", "moment", "change"),
    [
        ({}, at(0, 9), None),
        ({0: ()}, at(0, 9), None),
        (OFFICE, at(0, 9), at(0, 12, 30)),
        (OFFICE, at(0, 12, 45), at(0, 13, 30)),
        (OFFICE, at(4, 18), at(7, 9)),
        (NIGHT_SHIFT, at(1, 3), at(1, 6)),
        (NIGHT_SHIFT, at(1, 7), at(7, 22)),
    ],
)
def test_the_next_change(hours, moment, change):
    assert policy.next_change(hours, moment) == change


def test_tomorrow_begins_early_in_the_morning_and_a_late_evening_is_still_today():
    assert policy.tomorrow(at(0, 15)) == at(1, 4)
    assert policy.tomorrow(at(1, 1)) == at(1, 4)
    assert policy.tomorrow(at(1, 4)) == at(2, 4)


def test_outside_the_hours_nothing_shows_and_nothing_counts():
    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9 + timedelta(hours=3))
    person.sits(minutes=30).is_(State.OFF)
    assert person.seated_minutes == pytest.approx(30)
    (off,) = person.snapshot.suppressed
    assert (off.id, off.until) == ("hours", at(0, 13, 30))
    person.sits(minutes=10)
    assert person.seated_minutes == 0
    assert [bout.end for bout in person.bouts] == [BoutEnd.OFF]
    person.sits(minutes=50).is_(State.SITTING).expects_nothing()
    person.sits(minutes=44, seconds=55).expects_nothing()
    person.sits(seconds=10).expects(Announce)


def test_starting_outside_the_hours_is_off_from_the_first_moment():
    early = Scenario(Settings(hours=OFFICE), at=MONDAY_9 - timedelta(hours=1))
    early.is_(State.OFF)
    assert early.snapshot.wake_in_s == pytest.approx(3600)
