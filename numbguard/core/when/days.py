"""Days as people write and say them: ``20.11.2026``, ``20 Nov``, ``the 20th``, ``yesterday``, ``last Friday``.

Pure, on any thread: the caller passes in today. Used by `moments.py` and by the command line's ``--since``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from numbguard.core.sentence import N_, alternatives, counted, sentence

_SMALL: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Final = (
    {word: number for number, word in enumerate(_SMALL, start=1)}
    | {tens: number for number, tens in zip(range(20, 100, 10), _TENS, strict=True)}
    | {
        f"{tens}-{unit}": number + place
        for number, tens in zip(range(20, 100, 10), _TENS, strict=True)
        for place, unit in enumerate(_SMALL[:9], start=1)
    }
)
"""The words for 1 to 99."""
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NAMES: Final = (
    *(sentence("January"), sentence("February"), sentence("March"), sentence("April"), sentence("May")),
    *(sentence("June"), sentence("July"), sentence("August"), sentence("September"), sentence("October")),
    *(sentence("November"), sentence("December")),
)
"""As a sentence names them."""
_FILLERS: Final = re.compile(
    r"\b(?:at|about|around|roughly|approximately|approx|circa|ca|maybe|probably|almost|nearly|or so|the|in|on|of|since"
    r"|from|until|till|o'clock|o’clock)\b\.?|[,~]"
)
_ISO_DAY: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})t")
_BEFORE_YESTERDAY: Final = N_("day before yesterday")
_AGO: Final = re.compile(r"(an?|\d{1,3}|[a-z-]+) (day|week|fortnight|month|year)s? ago(?: |$)")
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})\.?"
_YEAR: Final = r"(?:[ /-](?P<year>(?:19|20)\d{2}))?"
_WRITTEN: Final = tuple(
    re.compile(pattern + r"(?= |$)")
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}|\d{2}(?!\d|[:.])))?",
        r"(?P<either>\d{1,2})(?P<sign>[-/])(?P<other>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?",
        f"{_DAY}[ /-]{_MONTH}{_YEAR}",
        f"{_MONTH} {_DAY}{_YEAR}",
    )
)
_DAY_OF_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)(?= |$)")


class UnclearDayError(ValueError):
    """The text may mean either of two days; the message names both."""


class NoSuchDayError(ValueError):
    """The text names a day that no calendar has; the message says why."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that somebody named."""

    day: date
    weekly: bool = False
    """By its weekday alone, so that it may as well be a week earlier."""
    is_date: bool = False
    """By its number and month: the same day whenever it is read, in the same year at least."""


def plain_words(text: str) -> str:
    """The text in lower case with single spaces, without the words that do not change its meaning."""
    return " ".join(_FILLERS.sub(" ", _ISO_DAY.sub(r"\1 ", text.lower())).split())


def read_day(said: str, today: date, *, day_first: bool | None = None) -> tuple[NamedDay | None, str]:
    """The day that the first words name, and the words after it; ``None`` and all of ``said`` where they name no day.

    ``said`` comes from ``plain_words``. A day without a year means the latest such day up to today, and so does a
    weekday. ``day_first``: which of the two numbers in ``3/4/2026`` is the day, where that is known. Raises
    ``UnclearDayError`` where it is not and either may be the month, and ``NoSuchDayError``.
    """
    first, _, rest = said.partition(" ")
    if (ago := _AGO.match(said)) and (count := _count(ago[1])):
        return NamedDay(_before(today, count, ago[2])), said[ago.end() :]
    if first == "tonight":
        return NamedDay(today), f"night {rest}".strip()
    if said.startswith(_BEFORE_YESTERDAY):
        return NamedDay(today - timedelta(days=2)), said.removeprefix(_BEFORE_YESTERDAY).strip()
    if first == "yesterday":
        return NamedDay(today - timedelta(days=1)), rest
    if first in ("today", "this", "last"):
        return _relative(first, rest, today)
    if (weekday := _weekday(first)) is not None:
        if rest == "last week" or rest.startswith("last week "):
            return _of_week(weekday, today - timedelta(days=7)), rest.removeprefix("last week").strip()
        written, after = _written(rest, today, day_first)
        if written is not None:  # “Friday, 20 November”: the date decides
            return NamedDay(written, is_date=True), after
        return NamedDay(today - timedelta(days=(today.weekday() - weekday) % 7), weekly=True), rest
    written, after = _written(said, today, day_first)
    return (None, said) if written is None else (NamedDay(written, is_date=True), after)


def _relative(first: str, rest: str, today: date) -> tuple[NamedDay, str] | tuple[None, str]:
    """“Today”, “this morning”, “this Friday”, “last night”, “last Friday”, “last week Friday”."""
    name, _, after = rest.partition(" ")
    weekday = _weekday(name)
    if first == "last":
        if name == "night":
            return NamedDay(today - timedelta(days=1)), f"night {after}".strip()
        if name == "week":
            word, _, after = after.partition(" ")
            weekday = _weekday(word)
            return (None, rest) if weekday is None else (_of_week(weekday, today - timedelta(days=7)), after)
        if weekday is None:
            return None, rest
        return NamedDay(today - timedelta(days=(today.weekday() - weekday) % 7 or 7)), after
    if first == "this" and weekday is not None:
        return _of_week(weekday, today), after
    return NamedDay(today), rest


def _of_week(weekday: int, day: date) -> NamedDay:
    return NamedDay(day + timedelta(days=weekday - day.weekday()))


def _weekday(word: str) -> int | None:
    name = "wednesday" if word in ("weds", "weds.") else word.removesuffix(".")
    return next((at for at, full in enumerate(_WEEKDAYS) if len(name) > 2 and full.startswith(name)), None)


def _count(word: str) -> int | None:
    return 1 if word in ("a", "an") else int(word) if word.isdigit() else NUMBERS.get(word)


def _before(today: date, count: int, unit: str) -> date:
    """The same day of the month where that has it, else the last of it: a month before 31 March is 28 February."""
    if unit not in ("month", "year"):
        return today - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _written(said: str, today: date, day_first: bool | None) -> tuple[date | None, str]:
    for pattern in _WRITTEN:
        found = pattern.match(said)
        if found is None:
            continue
        parts = found.groupdict()
        month = _month(parts.get("month") or "")
        if "either" in parts:
            day, month = _in_order(found[0], int(parts["either"]), int(parts["other"]), day_first)
        elif month is None:
            continue
        else:
            day = int(parts["day"])
        year = parts["year"]
        full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
        return _made(full, month, day, today), said[found.end() :].strip()
    if found := _DAY_OF_MONTH.match(said):
        return _of_month(int(found[1]), today), said[found.end() :].strip()
    return None, said


def _month(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return next((at for at, name in enumerate(_MONTHS, start=1) if said and name.startswith(said)), None)


def _in_order(said: str, either: int, other: int, day_first: bool | None) -> tuple[int, int]:
    """The day and the month, given two numbers: some people write the month first."""
    if day_first is not None:
        return (either, other) if day_first else (other, either)
    if either > 12 or either == other:
        return either, other
    if other > 12:
        return other, either
    names = [
        sentence("{day} {month}", day=day, month=_MONTH_NAMES[month - 1])
        for day, month in ((either, other), (other, either))
        if month
    ]
    raise UnclearDayError(
        sentence(
            "“{said}” may be {names}; write the month as a word, or the date like 2026-03-02",
            said=said,
            names=alternatives(names),
        )
    )


def calendar_day(year: int, month: int, day: int) -> date:
    """The day of the calendar; raises ``NoSuchDayError`` with the reason where there is none."""
    _check_month(month)
    if not 1 <= year <= 9999:
        raise NoSuchDayError(sentence("there is no year {year}", year=year))
    most = calendar.monthrange(year, month)[1]
    if not 1 <= day <= most:
        name = _MONTH_NAMES[month - 1]
        raise NoSuchDayError(
            counted("{month} {year} has {count} day", "{month} {year} has {count} days", most, month=name, year=year)
            if day
            else N_("there is no day 0")
        )
    return date(year, month, day)


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise NoSuchDayError(sentence("there is no month {month}", month=month))


def _made(year: int | None, month: int, day: int, today: date) -> date:
    if year is not None:
        return calendar_day(year, month, day)
    _check_month(month)
    for back in range(9):  # two 29ths of February may be eight years apart
        try:
            made = date(today.year - back, month, day)
        except ValueError:
            continue
        if made <= today:
            return made
    most = calendar.monthrange(2000, month)[1]
    raise NoSuchDayError(
        counted("{month} has {count} day", "{month} has {count} days", most, month=_MONTH_NAMES[month - 1])
        if day
        else N_("there is no day 0")
    )


def _of_month(day: int, today: date) -> date:
    """The latest day up to today with that number in its month."""
    if not 1 <= day <= 31:
        raise NoSuchDayError(sentence("no month has a day {day}", day=day))
    # Of three months in a row, one has 31 days and has seen that day.
    months = (_before(today.replace(day=1), back, "month") for back in range(3))
    long_enough = (one for one in months if day <= calendar.monthrange(one.year, one.month)[1])
    return next(made for one in long_enough if (made := one.replace(day=day)) <= today)
