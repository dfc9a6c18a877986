"""Dates, times, numbers and lists as the person's language and country write them, in English as well.

The wording, the windows and the command line call it, on any thread. Nothing here is for files or JSON, which have one
form everywhere. Patterns come from the Unicode locale data: those of British English are below, any other's are in the
``formats.json`` that the build writes beside each compiled catalogue. The country comes from ``LC_ALL``, ``LC_TIME``
and ``LANG``, so English on a German desktop is written as in ``en_DE``. Digits are Western in every language: a log is
read by doctors, and compared with the clock on the desktop.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from numbguard.wording import catalogue

BRITISH: Final[Mapping[str, Any]] = {
    "months": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "short_months": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    "weekdays": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "short_weekdays": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "narrow_weekdays": ("M", "T", "W", "T", "F", "S", "S"),
    "halves": ("am", "pm"),
    "time": "HH:mm",
    "date": "d MMMM y",
    "short_date": "d MMM y",
    "day": "d MMMM",
    "short_day": "d MMM",
    "month": "MMMM y",
    "decimal": ".",
    "group": ",",
    "percent": "#,##0%",
    "and": {"start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0} and {1}", "2": "{0} and {1}"},
    "or": {"start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0} or {1}", "2": "{0} or {1}"},
    "comma": ", ",
    "semicolon": "; ",
    "first_weekday": 0,
}  # fmt: skip
"""CLDR 47, ``en_GB``. A test compares it with Babel's."""

_FIELD: Final = re.compile(r"'([^']*)'|([A-Za-z])\2*")
_ISOLATE: Final = "\u2068"
_END_ISOLATE: Final = "\u2069"
"""The Unicode Bidirectional Algorithm's marks round a text of another direction."""
_read: dict[str, Mapping[str, Any]] = {}
"""The formats of each locale asked for so far."""


def forget() -> None:
    """Read the formats again when they are next needed; for tests."""
    _read.clear()


# --- times and dates -------------------------------------------------------------------------------------------------


def clock(at: datetime | time) -> str:
    """A time of day: ``15:10``, or ``3:10 pm`` where people use twelve hours."""
    return _written(_formats()["time"], at)


def has_twelve_hours() -> bool:
    """Whether a time of day is written with twelve hours."""
    return "h" in re.sub(r"'[^']*'", "", _formats()["time"])


def full_date(at: date) -> str:
    """``2 November 2026``."""
    return _written(_formats()["date"], at)


def short_date(at: date) -> str:
    """``2 Nov 2026``, or in figures where that is usual."""
    return _written(_formats()["short_date"], at)


def day(at: date) -> str:
    """``2 November``."""
    return _written(_formats()["day"], at)


def short_day(at: date) -> str:
    """``2 Nov``."""
    return _written(_formats()["short_day"], at)


def month(at: date) -> str:
    """``November 2026``."""
    return _written(_formats()["month"], at)


def short_month(at: date) -> str:
    """``Nov``."""
    return str(_formats()["short_months"][at.month - 1])


def weekday(at: date | int) -> str:
    """``Friday``; a number counts from 0 for Monday."""
    return str(_formats()["weekdays"][at if isinstance(at, int) else at.weekday()])


def short_weekday(at: date | int) -> str:
    """``Fri``; a number counts from 0 for Monday."""
    return str(_formats()["short_weekdays"][at if isinstance(at, int) else at.weekday()])


def narrow_weekday(at: date | int) -> str:
    """``F``; a number counts from 0 for Monday."""
    return str(_formats()["narrow_weekdays"][at if isinstance(at, int) else at.weekday()])


def first_weekday() -> int:
    """The day on which the week begins; 0 is Monday, 6 is Sunday."""
    return int(_formats()["first_weekday"])


NOTHING: Final = "—"
"""Stands for a value that there is not, in windows, on the command line and on paper."""


# --- numbers ---------------------------------------------------------------------------------------------------------


def number(value: float, digits: int = 0) -> str:
    """``1,234``, or with digits after the decimal separator: ``3.5``."""
    formats = _formats()
    signs = str.maketrans({",": formats["group"], ".": formats["decimal"], "-": "−"})
    return f"{value:,.{digits}f}".translate(signs)


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 as ``45%``."""
    return str(re.sub(r"[#,0.]+", lambda _found: number(share * 100, digits), _formats()["percent"], count=1))


# --- lists -----------------------------------------------------------------------------------------------------------


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return _joined(items, _formats()["and"])


def enumerated(items: Sequence[str]) -> str:
    """``a, b, c``."""
    return str(_formats()["comma"]).join(items)


def clauses(items: Sequence[str]) -> str:
    """``a; b; c``, of parts that may have commas themselves."""
    return str(_formats()["semicolon"]).join(items)


def alternatives(items: Sequence[str]) -> str:
    """``a, b or c``."""
    return _joined(items, _formats()["or"])


def own_words(text: str) -> str:
    """Words, a person's own or English ones, that keep their direction within a sentence from right to left."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if catalogue.is_right_to_left() else text


def _joined(items: Sequence[str], patterns: Mapping[str, str]) -> str:
    # Not str.format: an item may contain braces.
    def pair(pattern: str, first: str, second: str) -> str:
        before, _, rest = pattern.partition("{0}")
        between, _, after = rest.partition("{1}")
        return f"{before}{first}{between}{second}{after}"

    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return pair(patterns["2"], *items)
    said = pair(patterns["end"], items[-2], items[-1])
    for item in reversed(items[1:-2]):
        said = pair(patterns["middle"], item, said)
    return pair(patterns["start"], items[0], said)


# --- patterns --------------------------------------------------------------------------------------------------------


def locale_name() -> str:
    """The language in use with the person's country: ``en_GB``, ``de_AT``, or ``ar`` where the country is not known."""
    language = catalogue.language()
    if language == catalogue.PSEUDO:
        language = catalogue.ENGLISH
    country = _country()
    return f"{language}_{country}" if country and "_" not in language else language


def _country() -> str:
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG")]
    for name in (*names, *catalogue.system_languages()):
        country = name.partition(".")[0].partition("@")[0].replace("-", "_").rpartition("_")
        if country[1] and len(country[2]) == 2:
            return country[2].upper()
    return ""


def _formats() -> Mapping[str, Any]:
    name = locale_name()
    found = _read.get(name)
    if found is None:
        found = _read[name] = _load(name)
    return found


def _load(name: str) -> Mapping[str, Any]:
    if name in ("en", "en_GB"):
        return BRITISH
    import json

    from numbguard.resources import ResourcesError, resource

    language = name.partition("_")[0]
    try:
        text = resource("locale", language, "formats.json").read_text(encoding="utf-8")
        entries = json.loads(text)
        return {**BRITISH, **entries[language], **entries.get(name, {})}
    except (OSError, ValueError, KeyError, ResourcesError):  # a checkout whose translations were never compiled
        return BRITISH


def _written(pattern: str, at: date | time) -> str:
    """A date or time in a pattern of the Unicode locale data (Unicode Technical Standard 35, part 4)."""
    formats = _formats()

    def field(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1] or "'"
        letter, width = found[2], len(found[0])
        if isinstance(at, datetime | date):
            if letter == "y":
                return f"{at.year:04d}"[-2:] if width == 2 else str(at.year)
            if letter in "ML":
                names = {3: "short_months", 4: "months"}
                return str(formats[names[width]][at.month - 1]) if width in names else f"{at.month:0{width}d}"
            if letter == "d":
                return f"{at.day:0{width}d}"
            if letter in "Ec":
                return str(formats["weekdays" if width > 3 else "short_weekdays"][at.weekday()])
        if isinstance(at, datetime | time):
            if letter in "Hk":
                return f"{at.hour:0{width}d}"
            if letter in "hK":
                return f"{at.hour % 12 or 12:0{width}d}"
            if letter == "m":
                return f"{at.minute:0{width}d}"
            if letter in "aBb":
                return str(formats["halves"][at.hour >= 12])
        return found[0]

    return _FIELD.sub(field, pattern)
