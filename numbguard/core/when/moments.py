"""Moments as people say them: ``yesterday about three``, ``20 minutes ago``, ``14:30``, ``20 Nov 14:30``.

Pure, on any thread: the caller passes in the present moment; `days.py` reads the days. Used by the episode form, the
filter of the history, and the command line's ``--at`` and ``--ended``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from .days import NUMBERS, UnclearDayError, read_day
from .duration import parse_duration

_PARTS_OF_DAY = {"morning": 9, "noon": 12, "midday": 12, "afternoon": 15, "evening": 19, "night": 22, "midnight": 0,
                 "lunch": 12, "lunchtime": 12}  # fmt: skip
_MORE_NUMBERS = {
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
}
_UNITS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hr": 3600,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
}
_FILLERS = re.compile(r"\b(?:at|about|around|roughly|circa|ca|the|in|on|of|o'clock|o’clock)\b|[,~]")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?(?::\d{2})? ?(am|pm|a\.m\.|p\.m\.)?")
_PAST_TO = re.compile(r"(?:a )?(half|quarter|[\w-]+)(?: minutes?)? (past|to) (\w+)")
_HALF = re.compile(r"half (\w+)")
_SPOKEN = re.compile(r"(\w+) ([a-z-]+)")
_FIRST_OF_DAY = 7
"""A bare hour below this, without am or pm, means the afternoon: few people sit at a desk in the small hours."""


def read_moment(text: str, now: datetime, localise: Callable[[datetime], datetime] | None = None) -> datetime:
    """The moment that the text means: where several fit, the latest that has passed.

    ``localise`` gives a naive local time the UTC offset in force on its day; without it, all days have the offset of
    ``now``. A text in ISO 8601, with or without offset, may also lie in the future. Raises ``ValueError`` with a
    sentence for a text that is not a moment.
    """
    said = text.strip()
    place = localise or (lambda face: face.replace(tzinfo=now.tzinfo))
    try:
        if len(said) > 10 and (moment := _iso(said)) is not None:
            return moment if moment.tzinfo else place(moment)
        return _understood(" ".join(_FILLERS.sub(" ", said.lower()).split()), now, place)
    except UnclearDayError:
        raise
    except (LookupError, OverflowError, ValueError):
        raise ValueError(
            f"“{text}” is not a time; write it like 14:30, “yesterday about three” or 2026-03-02T14:30"
        ) from None


def _iso(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _understood(said: str, now: datetime, place: Callable[[datetime], datetime]) -> datetime:
    if said in ("now", "just now", "right now", "a moment ago"):
        return now
    if said.endswith(" ago"):
        # In UTC, because within one time zone Python does arithmetic on local clock time and ignores a changed offset.
        return (now.astimezone(UTC) - _length(said.removesuffix(" ago"))).astimezone(now.tzinfo)
    day, rest = _day(said, now.date())
    if not rest and day is None:
        raise LookupError(said)
    readings = list(_readings(rest)) if rest else [(now.timetz().replace(tzinfo=None), 0)]
    latest = now + timedelta(minutes=1)

    def on(which: date) -> list[datetime]:
        return [place(datetime.combine(which + timedelta(days=after), clock)) for clock, after in readings]

    if day is not None:
        moments = on(day)
        return next((one for one in moments if one <= latest), moments[0])
    today = on(now.date())
    passed = [one for one in today if one <= latest]
    return max(passed) if passed else on(now.date() - timedelta(days=1))[0]


def _day(said: str, today: date) -> tuple[date | None, str]:
    """The day that the text names, before or after the time of day, and the rest of the text."""
    day, rest = read_day(said, today)
    words = said.split()
    for at in range(1, len(words)):  # “three yesterday”, “14:30 on 20 November”
        if day is not None:
            break
        day, after = read_day(" ".join(words[at:]), today)
        rest = said if day is None else " ".join((*words[:at], after)).strip()
    return day, rest


def _length(said: str) -> timedelta:
    """``20 minutes``, ``an hour and a half``, ``1 h 20 min``, ``two and a half hours``, ``1h30m``."""
    said = re.sub(r"(\w+) and a half (\w+)", r"\1 \2 and half \2", said)
    said = re.sub(r"(\w+) and a half$", r"\1 and half \1", said)
    said = re.sub(r"\bhalf an?\b", "half", said).replace("a couple", "two").replace("of ", "")
    if re.fullmatch(r"[a-z0-9]+", said) and not re.fullmatch(r"\d+[a-z]+", said):
        return timedelta(seconds=parse_duration(said))
    words = re.sub(r"(\d)([a-z])", r"\1 \2", said.replace(" and ", " ")).split()
    if not words or len(words) % 2:
        raise LookupError(said)
    return timedelta(
        seconds=sum(_count(count) * _unit(unit) for count, unit in zip(words[::2], words[1::2], strict=True))
    )


def _count(word: str) -> float:
    special = {"a": 1.0, "an": 1.0, "half": 0.5}
    return special[word] if word in special else float(NUMBERS.get(word, _MORE_NUMBERS.get(word, word)))


def _unit(word: str) -> int:
    return _UNITS[word if word in _UNITS else word.removesuffix("s")]


def _readings(said: str) -> Iterator[tuple[time, int]]:
    """The times of day that the text may mean, the likelier first, each with the number of days after the named day."""
    first, _, rest = said.partition(" ")
    before, _, last = said.rpartition(" ")
    part, clock = (first, rest) if first in _PARTS_OF_DAY else (last, before.removesuffix(" this"))
    if part not in _PARTS_OF_DAY or not clock or part in ("noon", "midday", "midnight"):
        yield from ((one, 0) for one in _times(said))
        return
    for one in _times(clock):
        # “Eight in the evening” settles the half of the day; “two at night” means the night that follows the day.
        if part == "night":
            if not 6 <= one.hour < 18:
                yield one, int(one.hour < 6)
        elif (one.hour < 12) == (part == "morning"):
            yield one, 0


def _times(said: str) -> Iterator[time]:
    """The times of day that the text may mean, the likelier first."""
    part, _, rest = said.partition(" ")
    if part in _PARTS_OF_DAY and not rest:
        yield time(_PARTS_OF_DAY[part])
        return
    if found := _PAST_TO.fullmatch(said):
        share, way, word = found.groups()
        minutes = {"half": 30, "quarter": 15}.get(share) or int(_count(share))
        for at in _halves(int(NUMBERS.get(word, word))):
            whole = (at.hour * 60 + (minutes if way == "past" else -minutes)) % 1440
            yield time(whole // 60, whole % 60)
        return
    if said in NUMBERS:
        yield from _halves(NUMBERS[said])
        return
    if (found := _HALF.fullmatch(said)) and found[1] in NUMBERS:  # British: “half two” is 14:30, not 13:30
        yield from _times(f"half past {found[1]}")
        return
    if (found := _SPOKEN.fullmatch(said)) and found[1] in NUMBERS and found[2] in _MORE_NUMBERS:
        yield from (at.replace(minute=_MORE_NUMBERS[found[2]]) for at in _halves(NUMBERS[found[1]]))
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
    """A bare hour of the clock face in both halves of the day, the likelier first."""
    if hour == 0 or hour > 12:
        yield time(hour % 24 if hour == 24 else hour)
        return
    early, late = hour % 12, hour % 12 + 12
    yield from (time(late), time(early)) if hour < _FIRST_OF_DAY or hour == 12 else (time(early), time(late))
