"""Reads moments as people say them, and refuses in a sentence what makes no sense."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.when.moments import read_moment

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 16, 40, tzinfo=ZONE)  # a Monday


@pytest.mark.parametrize(
    ("said", "meant"),
    [
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
        ("monday 10", "2026-11-16 10:00"),
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
        *(
            "31.11.2026",
            "32.1.",
            "30.2.",
            "40/50/2026",
            "20 Foo 14:30",
            "Nov 2026",
            "some days ago at 5",
            "5 minutes and ago",
            "eight past evening",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write it like 14:30"):
        read_moment(said, NOW)


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
        assert "is not a time" in str(refused) or "may be" in str(refused)
