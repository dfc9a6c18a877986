"""Days as people write and say them: ``20.11.2026``, ``20 Nov``, ``November 20th``, ``yesterday``, ``last Friday``.

Pure, on any thread: the caller passes in today. Used by `moments.py` and by the command line's ``--since``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_BEFORE_YESTERDAY: Final = "day before yesterday"
_AGO: Final = re.compile(r"(an?|\d{1,3}|[a-z]+) (day|week)s? ago(?: |$)")
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})\.?"
_YEAR: Final = r"(?: (?P<year>\d{4}))?"
_WRITTEN: Final = tuple(
    re.compile(pattern + r"(?= |$)")
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}|\d{2}(?!\d|[:.])))?",
        r"(?P<either>\d{1,2})(?P<sign>[-/])(?P<other>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?",
        f"{_DAY} {_MONTH}{_YEAR}",
        f"{_MONTH} {_DAY}{_YEAR}",
    )
)


class UnclearDayError(ValueError):
    """The text may mean either of two days; the message names both."""


def read_day(said: str, today: date) -> tuple[date | None, str]:
    """The day that the first words name, and the words after it; ``None`` and all of ``said`` where they name no day.

    ``said`` is in lower case with single spaces. A day without a year means the latest such day up to today. Raises
    ``UnclearDayError`` where either number may be the month, and ``ValueError`` for a day that no calendar has.
    """
    first, _, rest = said.partition(" ")
    if ago := _AGO.match(said):
        count = 1 if ago[1] in ("a", "an") else NUMBERS.get(ago[1]) or int(ago[1])
        return today - timedelta(days=count * (7 if ago[2] == "week" else 1)), said[ago.end() :]
    if first in ("today", "this"):
        return today, rest
    if first == "tonight":
        return today, f"night {rest}".strip()
    if said.startswith(_BEFORE_YESTERDAY):
        return today - timedelta(days=2), said.removeprefix(_BEFORE_YESTERDAY).strip()
    if first == "yesterday":
        return today - timedelta(days=1), rest
    if first == "last":
        name, _, after = rest.partition(" ")
        if name == "night":
            return today - timedelta(days=1), f"night {after}".strip()
        first, rest = name, after
    weekday = next((at for at, name in enumerate(_WEEKDAYS) if len(first) > 2 and name.startswith(first)), None)
    if weekday is not None:
        written, after = _written(rest, today)
        if written is not None:  # “Friday, 20 November”: the date decides
            return written, after
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7), rest
    return _written(said, today)


def _written(said: str, today: date) -> tuple[date | None, str]:
    for pattern in _WRITTEN:
        found = pattern.match(said)
        if found is None:
            continue
        parts = found.groupdict()
        month = _month(parts.get("month") or "")
        if "either" in parts:
            day, month = _unmistakable(found[0], int(parts["either"]), int(parts["other"]))
        elif month is None:
            continue
        else:
            day = int(parts["day"])
        year = parts["year"]
        full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
        return _made(full, month, day, today), said[found.end() :].strip()
    return None, said


def _month(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return next((at for at, name in enumerate(_MONTHS, start=1) if said and name.startswith(said)), None)


def _unmistakable(said: str, either: int, other: int) -> tuple[int, int]:
    """The day and the month, given two numbers in an unknown order: some people write the month first."""
    if either > 12 or either == other:
        return either, other
    if other > 12:
        return other, either
    names = [f"{day} {_MONTHS[month - 1].capitalize()}" for day, month in ((either, other), (other, either)) if month]
    raise UnclearDayError(
        f"“{said}” may be {' or '.join(names)}; write the month as a word, or the date like 2026-03-02"
    )


def _made(year: int | None, month: int, day: int, today: date) -> date:
    if year is not None:
        return date(year, month, day)
    for back in range(9):  # two 29ths of February may be eight years apart
        try:
            made = date(today.year - back, month, day)
        except ValueError:
            continue
        if made <= today:
            return made
    raise ValueError(f"there is no day {day} of the month {month}")
