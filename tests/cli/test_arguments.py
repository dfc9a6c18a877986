"""Days on the command line, as people write them: what is understood, and the reason where a day is refused."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, datetime, timedelta

import pytest

from numbguard.cli.arguments import parse_date, parse_last_date


def _today() -> date:
    return datetime.now().astimezone().date()


def test_days_as_people_say_them() -> None:
    for said, days in (("the day before yesterday", 2), ("on the day before yesterday", 2), ("a week ago", 7)):
        assert parse_date(said).date() == _today() - timedelta(days=days)
    assert parse_date(f"{_today():%A}").date() == _today(), "a weekday is today where it is that day"
    assert parse_date("a month ago").date() <= _today() - timedelta(days=28)
    assert parse_date("20-Nov-2025").date() == date(2025, 11, 20)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2026-02-30", "“2026-02-30” is not a day of the calendar: February 2026 has 28 days"),
        ("31.11.2026", "“31.11.2026” is not a day of the calendar: November 2026 has 30 days"),
        ("30 February", "“30 February” is not a day of the calendar: February has 29 days"),
        ("2026-13-01", "“2026-13-01” is not a day of the calendar: there is no month 13"),
        ("0000-01-01", "“0000-01-01” is not a day of the calendar: there is no year 0"),
        ("2026-02-30T10:00", "“2026-02-30T10:00” is not a day of the calendar: February 2026 has 28 days"),
        ("0001-01-01", "“0001-01-01” is not a date like 2026-03-02"),
        ("0001-01-01T00:00+14:00", "“0001-01-01T00:00+14:00” is not a date like 2026-03-02"),
        ("Friday soon", "“Friday soon” is not a date like 2026-03-02"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(said: str, why: str) -> None:
    for parse in (parse_date, parse_last_date):
        with pytest.raises(ArgumentTypeError) as refused:
            parse(said)
        assert str(refused.value) == why
