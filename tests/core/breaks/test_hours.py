"""Working hours: when the day is on, over midnight and daylight saving too, and when that next changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.core.breaks import hours as working
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    Action,
    Announce,
    AskAfter,
    CloseCard,
    NudgePosture,
    OpenCard,
    State,
    Withdraw,
)
from numbguard.core.log.records.sitting import BoutEnd, Outcome
from numbguard.core.settings.settings import WHOLE_DAY, Settings, WorkingSpan
from tests.scenario import LOCAL, MONDAY_9, Scenario

OFFICE = {day: (WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(13, 30), time(18))) for day in range(5)}
NIGHT_SHIFT = {0: (WorkingSpan(time(22), time(6)),)}


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
    assert working.stretch(hours, Instant(moment, 0.0)).on is on


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
    assert working.stretch(hours, Instant(moment, 0.0)).until == change


def test_tomorrow_begins_early_in_the_morning_and_a_late_evening_is_still_today():
    assert working.tomorrow(Instant(at(0, 15), 0.0)) == at(1, 4)
    assert working.tomorrow(Instant(at(1, 1), 0.0)) == at(1, 4)
    assert working.tomorrow(Instant(at(1, 4), 0.0)) == at(2, 4)


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


def test_outside_the_hours_it_is_known_that_nobody_is_at_the_desk():
    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9 + timedelta(hours=3))
    person.sits(minutes=40).is_(State.OFF)
    assert not person.snapshot.is_away
    person.rests(minutes=6).is_(State.OFF)
    assert person.snapshot.is_away
    person.sits(minutes=1).is_(State.OFF)
    assert not person.snapshot.is_away


def test_it_is_known_when_the_hours_of_now_end():
    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9)
    assert person.snapshot.hours_end == person.now.wall.replace(hour=12, minute=30)
    assert Scenario(Settings(), at=MONDAY_9).snapshot.hours_end is None
    assert Scenario(Settings(hours=OFFICE), at=MONDAY_9 - timedelta(hours=3)).snapshot.hours_end is None


def test_a_card_that_is_up_when_the_hours_end_may_finish_and_nothing_new_comes():
    person = Scenario(Settings(hours=OFFICE, posture_interval=600), at=MONDAY_9 + timedelta(hours=2, minutes=44))
    person.sits(minutes=45).expects(Announce).answers(Action.START).expects(Withdraw, OpenCard)
    person.rests(minutes=2).is_(State.BREAK).expects(AskAfter)
    assert [one.id for one in person.snapshot.suppressed] == ["hours"]
    person.answers(Action.MOVED).expects(CloseCard)
    already = len(person.effects)
    person.sits(minutes=58).is_(State.OFF).expects_nothing()
    assert person.outcomes == [Outcome.MOVED]
    assert [bout.end for bout in person.bouts] == [BoutEnd.MOVED]
    assert not any(isinstance(effect, NudgePosture) for effect in person.effects[already:])


def test_a_lunch_out_of_hours_with_the_screen_locked_is_a_break():
    """The screen was locked at once, so that only later looks at idleness tell how long the person has been gone."""
    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9 + timedelta(hours=2))
    person.sits(minutes=30).answers(Action.START).rests(minutes=2).answers(Action.MOVED)
    person.sits(minutes=70).locks(minutes=25).is_(State.OFF)
    assert person.snapshot.since_break_s == pytest.approx(0)


def test_an_announcement_goes_with_the_hours():
    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9 + timedelta(hours=2, minutes=44))
    person.sits(minutes=45).expects(Announce).sits(minutes=1).expects(Withdraw)
    person.sits(minutes=58).is_(State.OFF).expects_nothing()


def test_starting_outside_the_hours_is_off_from_the_first_moment():
    early = Scenario(Settings(hours=OFFICE), at=MONDAY_9 - timedelta(hours=1))
    early.is_(State.OFF)
    assert early.snapshot.wake_in_s == pytest.approx(3600)


# --- the local clock, where it is put forward and back, and on journeys -----------------------------------------------

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Africa/Casablanca",
    "UTC",
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
WEEKS = st.dictionaries(
    st.integers(0, 6), st.lists(st.builds(WorkingSpan, CLOCKS, CLOCKS), max_size=3).map(tuple), max_size=7
)


def utc(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


CHANGES = {
    "Europe/Berlin": [utc(2026, 3, 29, 1), utc(2026, 10, 25, 1)],
    "America/New_York": [utc(2026, 3, 8, 7), utc(2026, 11, 1, 6)],
    "Australia/Lord_Howe": [utc(2026, 4, 4, 15), utc(2026, 10, 3, 15, 30)],
    "Pacific/Apia": [utc(2011, 12, 30, 10)],
    "America/Sao_Paulo": [utc(2018, 2, 18, 2), utc(2018, 11, 4, 3)],
    "America/St_Johns": [utc(2010, 3, 14, 3, 31), utc(2010, 11, 7, 2, 31)],
    "Africa/Casablanca": [utc(2026, 2, 15, 2), utc(2026, 3, 22, 2)],
}


def moments(zone: str) -> st.SearchStrategy[datetime]:
    """Mostly about the hours in which the clock is changed (UTC)."""
    near = CHANGES.get(zone, [utc(2026, 7, 1)])
    begin = st.one_of(st.sampled_from(near), st.integers(0, 28 * 365).map(lambda days: utc(2009) + timedelta(days)))
    return st.builds(lambda at, minutes: at + timedelta(minutes=minutes), begin, st.integers(-4000, 4000))


def face(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_boundary_is_the_first_moment_at_which_the_local_clock_has_come_so_far(data):
    zone = ZoneInfo(data.draw(st.sampled_from(ZONES)))
    day, clock = data.draw(moments(zone.key)).date(), data.draw(CLOCKS)
    moment = working.reached(day, clock, zone)
    wanted = datetime.combine(day, clock)
    assert face(moment, zone) >= wanted
    assert face(moment - timedelta(seconds=1), zone) < wanted


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_hours_stand_still_between_two_changes_and_turn_over_at_each(data):
    zone = ZoneInfo(data.draw(st.sampled_from(ZONES)))
    week, moment = data.draw(WEEKS), data.draw(moments(zone.key))
    now = working.stretch(week, Instant(moment, 0.0, zone))
    assert now.on is on_by_the_book(week, moment, zone)
    if now.until is None:
        return
    assert now.until > moment
    assert now.until.utcoffset() == now.until.astimezone(zone).utcoffset()
    middle = moment + (now.until - moment) * data.draw(st.floats(0, 1, exclude_max=True))
    middle = min(middle, now.until - timedelta.resolution)  # the product may be rounded up to the end itself
    assert on_by_the_book(week, middle, zone) is now.on
    assert on_by_the_book(week, now.until - timedelta(microseconds=1), zone) is now.on
    assert on_by_the_book(week, now.until, zone) is not now.on
    assert now.holds(Instant(middle, 5.0, zone))
    assert not now.holds(Instant(now.until, 5.0, zone))
    assert not now.holds(Instant(middle, 5.0, timezone(timedelta(hours=5))))


def on_by_the_book(week, moment: datetime, zone: ZoneInfo) -> bool:
    """Between the start and the end of a span, each counted from when the clock first came so far."""
    if not week:
        return True
    for back in (-1, 0, 1, 2):
        day = face(moment, zone).date() - timedelta(days=back)
        for span in week.get(day.weekday(), ()):
            last = day if span.start < span.end else day + timedelta(days=1)
            if working.reached(day, span.start, zone) <= moment < working.reached(last, span.end, zone):
                return True
    return False


BERLIN = ZoneInfo("Europe/Berlin")


def in_berlin(*face: int) -> datetime:
    return working.lived(datetime(*face, tzinfo=BERLIN), BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "hours_long"),
    [((2026, 3, 28, 22), (2026, 3, 29, 6), 7), ((2026, 10, 24, 22), (2026, 10, 25, 6), 9)],
)
def test_a_night_shift_is_an_hour_shorter_or_longer_when_the_clock_changes(start, end, hours_long):
    night = {5: (WorkingSpan(time(22), time(6)),)}
    now = working.stretch(night, Instant(in_berlin(*start), 0.0, BERLIN))
    assert (now.on, now.until) == (True, in_berlin(*end))
    assert now.until - in_berlin(*start) == timedelta(hours=hours_long)


def test_a_span_that_begins_in_the_hour_left_out_begins_when_the_clock_jumps():
    early = {6: (WorkingSpan(time(2, 30), time(5)),)}
    now = working.stretch(early, Instant(in_berlin(2026, 3, 29, 1), 0.0, BERLIN))
    assert now.until == in_berlin(2026, 3, 29, 3)


def test_a_span_in_the_hour_that_comes_twice_is_worked_once():
    early = {6: (WorkingSpan(time(2, 15), time(2, 45)),)}
    first = working.stretch(early, Instant(in_berlin(2026, 10, 25, 2, 15), 0.0, BERLIN))
    assert first.on and first.until - first.seen == timedelta(minutes=30)
    again = working.stretch(early, Instant(first.until + timedelta(minutes=30), 0.0, BERLIN))
    assert not again.on and again.until > first.until + timedelta(days=6)


def test_the_day_that_samoa_left_out_has_no_hours():
    zone = ZoneInfo("Pacific/Apia")
    friday = {4: (WorkingSpan(time(9), time(17)),)}
    now = working.stretch(friday, Instant(datetime(2011, 12, 29, 12, tzinfo=timezone(timedelta(hours=-10))), 0.0, zone))
    assert now.until == datetime(2012, 1, 6, 9, tzinfo=timezone(timedelta(hours=14)))


def test_hours_that_never_end_never_change():
    for week in (dict.fromkeys(range(7), (WHOLE_DAY,)), {day: (WorkingSpan(time(8), time(8)),) for day in range(7)}):
        now = working.stretch(week, Instant(at(2, 12), 0.0))
        assert (now.on, now.until) == (True, None)


def test_ranges_that_overlap_or_touch_are_one():
    split = {0: (WorkingSpan(time(13), time(18)), WorkingSpan(time(9), time(13)), WorkingSpan(time(10), time(11)))}
    assert working.stretch(split, Instant(at(0, 9, 30), 0.0)).until == at(0, 18)


def test_on_a_journey_the_hours_are_those_of_the_place():
    person = Scenario(Settings(hours=OFFICE), at=in_berlin(2026, 6, 8, 16), zone=BERLIN)
    person.sits(minutes=30).is_(State.SITTING)
    person.travels(ZoneInfo("America/New_York")).sits(minutes=1).is_(State.SITTING)
    person.travels(ZoneInfo("Asia/Kolkata")).sits(minutes=1).is_(State.OFF)
    (off,) = person.snapshot.suppressed
    assert off.until == datetime(2026, 6, 9, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))


# --- the ends of a pause ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "moment", "back"),
    [
        (OFFICE, at(0, 10), at(1, 9)),
        (OFFICE, at(4, 10), at(7, 9)),
        (OFFICE, at(5, 10), at(7, 9)),
        (OFFICE, at(1, 2), at(1, 9)),
        ({}, at(0, 10), at(1, 4)),
        ({0: ()}, at(0, 10), at(1, 4)),
        (NIGHT_SHIFT, at(0, 23), at(7, 22)),
        ({0: NIGHT_SHIFT[0], 1: NIGHT_SHIFT[0]}, at(1, 5), at(1, 22)),
        ({0: OFFICE[0]}, at(0, 10), at(7, 9)),
    ],
)
def test_not_today_lasts_until_the_next_working_day_begins(hours, moment, back):
    assert working.next_workday(hours, Instant(moment, 0.0)) == back


def test_the_next_working_day_may_lie_beyond_a_day_left_out():
    zone = ZoneInfo("Pacific/Apia")
    friday = {4: (WorkingSpan(time(9), time(17)),)}
    thursday = datetime(2011, 12, 29, 12, tzinfo=timezone(timedelta(hours=-10)))
    assert working.next_workday(friday, Instant(thursday, 0.0, zone)).date() == date(2012, 1, 6)


def test_until_a_time_is_when_the_clock_next_stands_there():
    assert working.next_time(Instant(at(0, 10), 0.0), time(14, 30)) == at(0, 14, 30)
    assert working.next_time(Instant(at(0, 10), 0.0), time(10)) == at(1, 10)
    night = Instant(in_berlin(2026, 3, 28, 23), 0.0, BERLIN)
    assert working.next_time(night, time(6)) == in_berlin(2026, 3, 29, 6), "seven hours, not eight: the clock changes"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_tomorrow_is_never_today_and_never_further_than_the_day_after(data):
    zone = ZoneInfo(data.draw(st.sampled_from([key for key in ZONES if key != "Pacific/Apia"])))
    now = data.draw(moments(zone.key))
    assert timedelta(0) < working.tomorrow(Instant(now, 0.0, zone)) - now <= timedelta(hours=25)
