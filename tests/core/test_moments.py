"""Moments are understood as people say them; what makes no sense is refused in a sentence."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.moments import read_moment

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
    ],
)
def test_what_makes_no_sense_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write it like 14:30"):
        read_moment(said, NOW)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_moment_or_a_sentence(said: str) -> None:
    try:
        assert read_moment(said, NOW).tzinfo is not None
    except ValueError as refused:
        assert "is not a time" in str(refused)
