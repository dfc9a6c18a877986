"""Reads moments as people say them, and refuses in a sentence what makes no sense."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.when.moments import NoDateError, read_dated, read_length, read_moment

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 16, 40, tzinfo=ZONE)  # a Monday


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("14:30 two days ago", "2026-11-21 14:30"),
        ("14:30, two days ago", "2026-11-21 14:30"),
        ("about three 2 days ago", "2026-11-21 15:00"),
        ("half past two three days ago", "2026-11-20 14:30"),
        ("3 in the afternoon a week ago", "2026-11-16 15:00"),
        ("noon a fortnight ago", "2026-11-09 12:00"),
        ("a month ago", "2026-10-23 16:40"),
        ("two months ago at 10", "2026-09-23 10:00"),
        ("a year ago", "2025-11-23 16:40"),
        ("a quarter of an hour ago", "2026-11-23 16:25"),
        ("quarter of an hour ago", "2026-11-23 16:25"),
        ("a quarter hour ago", "2026-11-23 16:25"),
        ("about a quarter of an hour ago", "2026-11-23 16:25"),
        ("three quarters of an hour ago", "2026-11-23 15:55"),
        ("three-quarters of an hour ago", "2026-11-23 15:55"),
        ("an hour and a quarter ago", "2026-11-23 15:25"),
        ("a half-hour ago", "2026-11-23 16:10"),
        ("half-an-hour ago", "2026-11-23 16:10"),
        ("a half hour ago", "2026-11-23 16:10"),
        ("half hour ago", "2026-11-23 16:10"),
        ("1½ hours ago", "2026-11-23 15:10"),
        ("½ hour ago", "2026-11-23 16:10"),
        ("1,5 hours ago", "2026-11-23 15:10"),
        ("a few minutes ago", "2026-11-23 16:37"),
        ("just a few minutes ago", "2026-11-23 16:37"),
        ("a few hours ago", "2026-11-23 13:40"),
        ("a couple of minutes ago", "2026-11-23 16:38"),
        ("twenty-five minutes ago", "2026-11-23 16:15"),
        ("twenty five minutes ago", "2026-11-23 16:15"),
        ("ninety minutes ago", "2026-11-23 15:10"),
        ("almost an hour ago", "2026-11-23 15:40"),
        ("an hour or so ago", "2026-11-23 15:40"),
        ("approx. 2 hours ago", "2026-11-23 14:40"),
        ("1430", "2026-11-23 14:30"),
        ("0930", "2026-11-23 09:30"),
        ("930am", "2026-11-23 09:30"),
        ("yesterday 1430", "2026-11-22 14:30"),
        ("20 Nov 1430", "2026-11-20 14:30"),
        ("14:30h", "2026-11-23 14:30"),
        ("14.30 h", "2026-11-23 14:30"),
        ("2:30:00 PM", "2026-11-23 14:30"),
        ("11/20/2026 2:30:00 PM", "2026-11-20 14:30"),
        ("three pm", "2026-11-23 15:00"),
        ("half past two p.m.", "2026-11-23 14:30"),
        ("half 2", "2026-11-23 14:30"),
        ("two thirty-five", "2026-11-23 14:35"),
        ("two ten", "2026-11-23 14:10"),
        ("3ish", "2026-11-23 15:00"),
        ("yesterday, threeish", "2026-11-22 15:00"),
        ("since this morning", "2026-11-23 09:00"),
        ("yesterday from 14:30", "2026-11-22 14:30"),
        ("the 20th at 14:30", "2026-11-20 14:30"),
        ("14:30 on the 20th", "2026-11-20 14:30"),
        ("the 31st", "2026-10-31 16:40"),
        ("20-Nov-2026 14:30", "2026-11-20 14:30"),
        ("20 Nov, 2026", "2026-11-20 16:40"),
        ("2026-11-20T9:15", "2026-11-20 09:15"),
        ("the day before yesterday", "2026-11-21 16:40"),
        ("Monday 10", "2026-11-23 10:00"),
        ("now", "2026-11-23 16:40"),
        ("14:30", "2026-11-23 14:30"),
        ("17:30", "2026-11-22 17:30"),
        ("14.30", "2026-11-23 14:30"),
        ("2:30 pm", "2026-11-23 14:30"),
        ("2pm", "2026-11-23 14:00"),
        ("12 am", "2026-11-23 00:00"),
        ("9", "2026-11-23 09:00"),
        ("three", "2026-11-23 15:00"),
        ("about five", "2026-11-23 05:00"),
        ("half past two", "2026-11-23 14:30"),
        ("quarter to four", "2026-11-23 15:45"),
        ("ten past 3", "2026-11-23 15:10"),
        ("yesterday about three", "2026-11-22 15:00"),
        ("about three yesterday", "2026-11-22 15:00"),
        ("10:15 on Friday", "2026-11-20 10:15"),
        ("the day before yesterday at noon", "2026-11-21 12:00"),
        ("1h30m ago", "2026-11-23 15:10"),
        ("Yesterday, at 15:10", "2026-11-22 15:10"),
        ("yesterday", "2026-11-22 16:40"),
        ("yesterday morning", "2026-11-22 09:00"),
        ("yesterday at noon", "2026-11-22 12:00"),
        ("this afternoon", "2026-11-23 15:00"),
        ("this morning", "2026-11-23 09:00"),
        ("last night", "2026-11-22 22:00"),
        ("today 9", "2026-11-23 09:00"),
        ("midnight", "2026-11-23 00:00"),
        ("Friday 10:15", "2026-11-20 10:15"),
        ("on fri at ten", "2026-11-20 10:00"),
        ("last Tuesday 8", "2026-11-17 08:00"),
        ("last monday 10", "2026-11-16 10:00"),
        ("2026-11-02 15:05", "2026-11-02 15:05"),
        ("2026-11-02 three", "2026-11-02 15:00"),
        ("2026-11-02", "2026-11-02 16:40"),
        ("20 minutes ago", "2026-11-23 16:20"),
        ("20min ago", "2026-11-23 16:20"),
        ("an hour ago", "2026-11-23 15:40"),
        ("half an hour ago", "2026-11-23 16:10"),
        ("two days ago", "2026-11-21 16:40"),
        ("13", "2026-11-23 13:00"),
        ("20.11.2026", "2026-11-20 16:40"),
        ("20.11.2026 14:30", "2026-11-20 14:30"),
        ("20.11.2026, 14.30", "2026-11-20 14:30"),
        ("14:30 on 20.11.2026", "2026-11-20 14:30"),
        ("20. 11. 2026 14:30", "2026-11-20 14:30"),
        ("20.11.26 9", "2026-11-20 09:00"),
        ("20.11. 9:15", "2026-11-20 09:15"),
        ("20.11.", "2026-11-20 16:40"),
        ("20.11", "2026-11-22 20:11"),
        ("24.12. 9:15", "2025-12-24 09:15"),
        ("29.2. noon", "2024-02-29 12:00"),
        ("20/11/2026 14:30", "2026-11-20 14:30"),
        ("11/20/2026 14:30", "2026-11-20 14:30"),
        ("20-11-2026", "2026-11-20 16:40"),
        ("5/5 at 8", "2026-05-05 08:00"),
        ("2026/11/20 14:30", "2026-11-20 14:30"),
        ("20 Nov 14:30", "2026-11-20 14:30"),
        ("20 Nov. 2pm", "2026-11-20 14:00"),
        ("20th of November, half past two", "2026-11-20 14:30"),
        ("November 20th at 2:30 pm", "2026-11-20 14:30"),
        ("Nov 20, 2025 14:30", "2025-11-20 14:30"),
        ("2 December", "2025-12-02 16:40"),
        ("Friday, 20 November, about three", "2026-11-20 15:00"),
        ("half past two on 20 Nov", "2026-11-20 14:30"),
        ("this morning at 8", "2026-11-23 08:00"),
        ("8 this morning", "2026-11-23 08:00"),
        ("8 in the morning", "2026-11-23 08:00"),
        ("three in the morning", "2026-11-23 03:00"),
        ("yesterday evening about eight", "2026-11-22 20:00"),
        ("yesterday at 8 in the evening", "2026-11-22 20:00"),
        ("last night at 11", "2026-11-22 23:00"),
        ("last night at two", "2026-11-23 02:00"),
        ("ten last night", "2026-11-22 22:00"),
        ("tonight at ten", "2026-11-23 22:00"),
        ("at lunch", "2026-11-23 12:00"),
        ("half two", "2026-11-23 14:30"),
        ("two thirty", "2026-11-23 14:30"),
        ("twenty past two", "2026-11-23 14:20"),
        ("twenty-five to three", "2026-11-23 14:35"),
        ("a quarter to three", "2026-11-23 14:45"),
        ("14h30", "2026-11-23 14:30"),
        ("14h", "2026-11-23 14:00"),
        ("three days ago at 5", "2026-11-20 17:00"),
        ("a week ago at noon", "2026-11-16 12:00"),
        ("2 days ago 14:30", "2026-11-21 14:30"),
        ("a moment ago", "2026-11-23 16:40"),
        ("an hour and a half ago", "2026-11-23 15:10"),
        ("two and a half hours ago", "2026-11-23 14:10"),
        ("a couple of hours ago", "2026-11-23 14:40"),
        ("1 hour and 20 minutes ago", "2026-11-23 15:20"),
        ("1 h 20 min ago", "2026-11-23 15:20"),
        ("1.5 hours ago", "2026-11-23 15:10"),
        ("five mins ago", "2026-11-23 16:35"),
        ("24", "2026-11-23 00:00"),
    ],
)
def test_what_people_say(said: str, meant: str) -> None:
    assert read_moment(said, NOW) == datetime.fromisoformat(meant).replace(tzinfo=ZONE)


def test_iso_8601_is_taken_as_it_stands() -> None:
    assert read_moment("2026-03-02T14:30+05:30", NOW).isoformat() == "2026-03-02T14:30:00+05:30"
    assert read_moment("2026-03-02T14:30", NOW).tzinfo is ZONE
    assert read_moment("2030-03-02T14:30", NOW).year == 2030, "whether it may lie ahead is for the asker to say"


@pytest.mark.parametrize(
    "said",
    [
        *("", "soon", "yesterday soonish", "25:00", "13 pm", "0 am", "half past", "three ago", "3 moons ago", "ago"),
        *("31", "xminutes ago", "half past midnight ago", "quarter past soon", "99999999999 days ago"),
        *("20 Foo 14:30", "Nov 2026", "some days ago at 5", "5 minutes and ago", "eight past evening"),
        # What may mean one thing or another, or says too little, is not guessed at.
        *("-5 minutes ago", "nan minutes ago", "inf hours ago", "1e3 seconds ago", "minutes ago", "a while ago"),
        *("some time ago", "several minutes ago", "10 to 15 minutes ago", "10-15 min ago", "2 or 3 days ago"),
        *(
            "a day or two ago",
            "more than an hour ago",
            "20 minutes",
            "3 hours",
            "last week",
            "this week",
            "Friday soon",
        ),
        *("a week ago on Friday", "Friday before last", "tomorrow 10:00", "earlier", "10:61", "1475", "14:3", "half"),
        *("2026-11-20 24:30", "2026-11-20T25:00", "half past two days ago"),
        *("one in the evening", "10 at lunch", "lunchtime at five"),
    ],
)
def test_what_makes_no_sense_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write it like 14:30"):
        read_moment(said, NOW)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("31.11.2026", "November 2026 has 30 days"),
        ("31.11.2026 14:30", "November 2026 has 30 days"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("2026-02-30T10:00", "February 2026 has 28 days"),
        ("2026-02-30 10:00", "February 2026 has 28 days"),
        ("2026-13-01", "there is no month 13"),
        ("2026-13-01T10:00+01:00", "there is no month 13"),
        ("2026-00-01", "there is no month 0"),
        ("0000-01-01", "there is no year 0"),
        ("1.1.0000", "there is no year 0"),
        ("29.2.2026", "February 2026 has 28 days"),
        ("30 February", "February has 29 days"),
        ("Friday, 31 November", "November has 30 days"),
        ("10:00 on 31 Nov", "November has 30 days"),
        ("32.1.", "January has 31 days"),
        ("30.2.", "February has 29 days"),
        ("0.1.2026", "there is no day 0"),
        ("0 Jan", "there is no day 0"),
        ("40/50/2026", "there is no month 50"),
        ("the 32nd", "no month has a day 32"),
        ("the 0th at 10", "no month has a day 0"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_with_the_reason(said: str, why: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar") as refused:
        read_moment(said, NOW)
    assert str(refused.value) == f"“{said}” is not a day of the calendar: {why}"


@pytest.mark.parametrize("said", ["0026-11-20T14:30", "1.1.0026", "100000 days ago"])
def test_a_year_in_which_nobody_alive_was_numb_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"is in the year .*; check the year, and write it with four digits"):
        read_moment(said, NOW)


@pytest.mark.parametrize("said", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "0001-01-01T00:00"])
def test_the_ends_of_the_calendar_get_a_sentence_wherever_one_is(said: str) -> None:
    for hours in (-12, 14):
        now = NOW.astimezone(timezone(timedelta(hours=hours)))
        with pytest.raises(ValueError, match=f"“{re.escape(said)}” is"):
            read_moment(said, now)


FRIDAY = datetime(2026, 11, 27, 16, 40, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Friday 10:00", "2026-11-27 10:00"),
        ("on Friday at ten", "2026-11-27 10:00"),
        ("10:00 on Friday", "2026-11-27 10:00"),
        ("Fri. 10am", "2026-11-27 10:00"),
        ("Friday", "2026-11-27 16:40"),
        ("Friday morning", "2026-11-27 09:00"),
        ("this Friday 10:00", "2026-11-27 10:00"),
        ("Friday 17:30", "2026-11-20 17:30"),
        ("Friday night", "2026-11-20 22:00"),
        ("last Friday 10:00", "2026-11-20 10:00"),
        ("Friday last week at 10", "2026-11-20 10:00"),
        ("last week Friday at 10", "2026-11-20 10:00"),
        ("Thursday 10:00", "2026-11-26 10:00"),
        ("Thursday last week 10:00", "2026-11-19 10:00"),
        ("this Monday 10:00", "2026-11-23 10:00"),
        ("weds 10:00", "2026-11-25 10:00"),
        ("Saturday 10:00", "2026-11-21 10:00"),
    ],
)
def test_a_weekday_is_today_where_its_time_has_passed_today(said: str, meant: str) -> None:
    assert read_moment(said, FRIDAY) == datetime.fromisoformat(meant).replace(tzinfo=ZONE)


@pytest.mark.parametrize("said", ["3/4/2026", "03-04-2026 14:30", "4/3", "14:30 on 3/4/26"])
def test_a_day_that_may_be_two_is_refused_and_both_are_named(said: str) -> None:
    with pytest.raises(ValueError, match=r"may be . (April|March) or . (April|March); write the month as a word"):
        read_moment(said, NOW)


def test_a_day_has_the_offset_that_held_then_where_the_zone_is_known() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    summer = read_moment("20 July 14:30", NOW, lambda face: face.replace(tzinfo=berlin))
    assert summer.isoformat() == "2026-07-20T14:30:00+02:00"


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_moment_or_a_sentence(said: str) -> None:
    try:
        assert read_moment(said, NOW).tzinfo is not None
    except ValueError as refused:
        assert any(words in str(refused) for words in ("is not a time", "is not a day", "may be", "check the year"))


@pytest.mark.parametrize(
    ("said", "day_first", "meant", "timed"),
    [
        ("2026-03-02T14:30", None, "2026-03-02 14:30", True),
        ("20.11.2026 14:30", None, "2026-11-20 14:30", True),
        ("20.11.2026", None, "2026-11-20 12:00", False),
        ("3/4/2026", True, "2026-04-03 12:00", False),
        ("3/4/2026 9:15", False, "2026-03-04 09:15", True),
    ],
)
def test_a_row_of_a_file_names_its_date_and_perhaps_its_time(
    said: str, day_first: bool | None, meant: str, timed: bool
) -> None:
    moment, has_time = read_dated(said, NOW, day_first=day_first)
    assert (moment, has_time) == (datetime.fromisoformat(meant).replace(tzinfo=ZONE), timed)


@pytest.mark.parametrize("said", ["yesterday", "Friday 10:00", "14:30", "last week Someday", "the day after"])
def test_a_row_that_means_another_day_whenever_it_is_read_is_refused(said: str) -> None:
    with pytest.raises((NoDateError, ValueError)):
        read_dated(said, NOW)


@pytest.mark.parametrize("said", ["last week about three", "last summer", "last 14:30"])
def test_last_needs_a_day(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        read_moment(said, NOW)


@pytest.mark.parametrize(
    ("said", "minutes"), [("20 minutes", 20), ("1h30m", 90), ("an hour and a half", 90), (" 45m ", 45)]
)
def test_a_length_of_time_as_people_write_it(said: str, minutes: int) -> None:
    assert read_length(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["soon", "", "14:30 yesterday", "99999999999 hours"])
def test_what_is_no_length_of_time_gets_a_sentence(said: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        read_length(said)
