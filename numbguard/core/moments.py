"""Moments as people say them: ``yesterday about three``, ``20 minutes ago``, ``14:30``, ``2026-03-02T14:30``.

Pure: the present moment is handed in. Used by the episode form and by the command line's ``--at`` and ``--ended``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from .duration import parse_duration

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS_OF_DAY = {"morning": 9, "noon": 12, "midday": 12, "afternoon": 15, "evening": 19, "night": 22, "midnight": 0}
_UNITS = {"m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "day": 86400, "week": 7 * 86400}
_FILLERS = re.compile(r"\b(?:at|about|around|roughly|circa|ca|the|in|on|o'clock|o’clock)\b|[,~]")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})? ?(am|pm|a\.m\.|p\.m\.)?")
_PAST_TO = re.compile(r"(half|quarter|\w+)(?: minutes?)? (past|to) (\w+)")
_FIRST_OF_DAY = 7
"""An hour below this without am or pm means the afternoon: a desk is rarely sat at in the small hours."""


_BEFORE_YESTERDAY = "day before yesterday"


def read_moment(text: str, now: datetime) -> datetime:
    """The moment that was meant, in the zone of ``now``: the latest one that has passed, where several would fit.

    ISO 8601 is taken as it stands, with or without offset. Raises ``ValueError`` with a sentence.
    """
    said = text.strip()
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        pass
    else:
        if len(said) > 10:
            return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    try:
        return _understood(" ".join(_FILLERS.sub(" ", said.lower()).split()), now)
    except (LookupError, OverflowError, ValueError):
        raise ValueError(
            f"“{text}” is not a time; write it like 14:30, “yesterday about three” or 2026-03-02T14:30"
        ) from None


def _understood(said: str, now: datetime) -> datetime:
    if said in ("now", "just now"):
        return now
    if said.endswith(" ago"):
        return now - _length(said.removesuffix(" ago"))
    day, rest = _day(said, now.date())
    if day is None and " " in said:  # "three yesterday"
        time_of_day, _, last = said.rpartition(" ")
        day, turned = _day(f"{last} {time_of_day}", now.date())
        rest = rest if day is None else turned
    if not rest and day is None:
        raise LookupError(said)
    readings = list(_times(rest)) if rest else [now.timetz().replace(tzinfo=None)]
    latest = now + timedelta(minutes=1)
    if day is not None:
        moments = [datetime.combine(day, clock, now.tzinfo) for clock in readings]
        return next((one for one in moments if one <= latest), moments[0])
    today = [datetime.combine(now.date(), clock, now.tzinfo) for clock in readings]
    passed = [one for one in today if one <= latest]
    return max(passed) if passed else today[0] - timedelta(days=1)


def _length(said: str) -> timedelta:
    words = said.replace("half an", "0.5").replace("half a", "0.5").split()
    if len(words) == 1:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]+)", words[0])
        if found is None:
            return timedelta(seconds=parse_duration(said))
        words = [found[1], found[2]]
    count, unit = words
    number = 1.0 if count in ("a", "an") else float(_NUMBERS.get(count, count))
    return timedelta(seconds=number * _UNITS[unit if unit in _UNITS else unit.removesuffix("s")])


def _day(said: str, today: date) -> tuple[date | None, str]:
    """The day that was named, and what is left to say the time of day."""
    first, _, rest = said.partition(" ")
    if first in ("today", "this"):
        return today, rest
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
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7), rest
    try:
        return date.fromisoformat(first), rest
    except ValueError:
        return None, said


def _times(said: str) -> Iterator[time]:
    """The times of day that may be meant, the likelier first."""
    part, _, rest = said.partition(" ")
    if part in _PARTS_OF_DAY and not rest:
        yield time(_PARTS_OF_DAY[part])
        return
    if found := _PAST_TO.fullmatch(said):
        share, way, word = found.groups()
        minutes = {"half": 30, "quarter": 15}.get(share) or int(_NUMBERS.get(share, share))
        hour = int(_NUMBERS.get(word, word))
        for at in _halves(hour):
            whole = (at.hour * 60 + (minutes if way == "past" else -minutes)) % 1440
            yield time(whole // 60, whole % 60)
        return
    if said in _NUMBERS:
        yield from _halves(_NUMBERS[said])
        return
    clock = _CLOCK.fullmatch(said)
    if clock is None:
        raise LookupError(said)
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if clock[3]:
        if not 1 <= hour <= 12:
            raise LookupError(said)
        yield time(hour % 12 + (12 if clock[3].startswith("p") else 0), minute)
    elif clock[2] is not None:
        yield time(hour, minute)
    else:
        yield from _halves(hour)


def _halves(hour: int) -> Iterator[time]:
    """A bare hour of the dial, both halves of the day."""
    if hour == 0 or hour > 12:
        yield time(hour % 24 if hour == 24 else hour)
        return
    early, late = hour % 12, hour % 12 + 12
    yield from (time(late), time(early)) if hour < _FIRST_OF_DAY or hour == 12 else (time(early), time(late))
