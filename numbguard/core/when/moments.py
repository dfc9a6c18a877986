"""Moments as people say them: ``yesterday about three``, ``20 minutes ago``, ``14:30``, ``20 Nov 14:30``.

Pure, on any thread: the caller passes in the present moment; `days.py` reads the days. Used by the episode form, the
filter of the history, and the command line's ``--at`` and ``--ended``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar

from numbguard.core.sentence import sentence

from .days import NUMBERS, NamedDay, NoSuchDayError, UnclearDayError, plain_words, read_day
from .duration import parse_duration
from .languages import in_english

T = TypeVar("T")

FIRST_YEAR: Final = 1900
"""The year of the earliest moment that somebody alive may mean."""
LAST_YEAR: Final = 9998
"""The last year whose moments have a local time in every zone."""
_PARTS_OF_DAY = {"morning": 9, "noon": 12, "midday": 12, "afternoon": 15, "evening": 19, "night": 22, "midnight": 0,
                 "lunch": 12, "lunchtime": 12}  # fmt: skip
_FROM_TO = {"morning": (0, 12), "afternoon": (12, 24), "evening": (15, 24), "lunch": (11, 16), "lunchtime": (11, 16)}
"""The hours that may be meant with a part of the day: “one in the evening” is refused."""
_HOURS = {word: number for word, number in NUMBERS.items() if number <= 12}
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
    "fortnight": 14 * 86400,
}
_FEW = "3"
"""What “a few” is read as; a field shows the moment that it understood."""
_ISH = re.compile(rf"\b(\d{{1,2}}(?:[:.]\d{{2}})?|{'|'.join(_HOURS)})-?ish\b")
_TENS_AND_UNIT = re.compile(
    rf"\b({'|'.join(word for word, number in NUMBERS.items() if number >= 20 and number % 10 == 0)})"
    rf" ({'|'.join(word for word, number in NUMBERS.items() if number < 10)})\b"
)
# A grammar marks an hour with “@”.
_CLOCK = re.compile(
    r"(?:(?P<digits>\d{3,4})|(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)"
    r"(?: ?(?P<half>am|pm|a\.m\.|p\.m\.)| ?(?:h|hrs?))?"
    r"|(?P<bare>\d{1,2})(?:[h@]| ?(?P<bare_half>am|pm|a\.m\.|p\.m\.))?"
)
_SPOKEN_HALF = re.compile(r"(.+?) (am|pm|a\.m\.|p\.m\.)")
_PAST_TO = re.compile(r"(?:a )?(half|quarter|[\w-]+)(?: minutes?)? (past|to) (\w+)")
_HALF = re.compile(r"half (\w+)")
_SPOKEN = re.compile(r"(\w+) ([a-z-]+)")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FIRST_OF_DAY = 7
"""A bare hour below this, without am or pm, means the afternoon: few people sit at a desk in the small hours."""


def read_moment(
    text: str, now: datetime, localise: Callable[[datetime], datetime] | None = None, *, language: str = "en"
) -> datetime:
    """The moment that the text means: where several fit, the latest that has passed.

    The text is English or in ``language``, such as ``de`` (see `languages.py`).

    ``localise`` gives a naive local time the UTC offset in force on its day; without it, all days have the offset of
    ``now``. A text in ISO 8601, with or without offset, may also lie in the future. Raises ``ValueError`` with a
    sentence for a text that is not a moment, for a day that no calendar has, and for a year before ``FIRST_YEAR`` or
    after ``LAST_YEAR``.
    """
    place = localise or (lambda face: face.replace(tzinfo=now.tzinfo))
    with _sentence_about(text):
        moment = _iso_moment(text, place)
        return _in_range(
            text, moment or _in_either(text, language, lambda said: _understood(_plain(said.strip()), now, place))
        )


def read_dated(
    text: str,
    now: datetime,
    localise: Callable[[datetime], datetime] | None = None,
    *,
    day_first: bool | None = None,
) -> tuple[datetime, bool]:
    """The moment in a text that names its date, as a row of a file does, and whether it names a time of day as well.

    Without one, the moment is noon. ``now`` gives the year where the text names none; ``day_first`` says whether
    ``3/4/2026`` is 3 April, where that is known. Raises ``ValueError`` as
    ``read_moment`` does, and for a text without a date: “yesterday” means another day whenever the file is read.
    """
    place = localise or (lambda face: face.replace(tzinfo=now.tzinfo))
    with _sentence_about(text):
        if (moment := _iso_moment(text, place)) is not None:
            return _in_range(text, moment), True
        said = _plain(text.strip())
        named, rest = _day(said, now.date(), day_first)
        moment = _understood(said, now, place, day_first) if rest else None
        if named is not None and named.is_date:
            noon = place(datetime.combine(named.day, time(12)))
            return _in_range(text, moment or noon), moment is not None
    raise NoDateError(sentence("“{text}” does not give a date", text=text))


def read_length(text: str, *, language: str = "en") -> timedelta:
    """The length of time in a text such as ``20 minutes``, ``an hour and a half``, ``1h30m``; raises ``ValueError``.

    The text is English or in ``language``.
    """
    try:
        return _in_either(text, language, lambda said: _length(_plain(said.strip())))
    except (LookupError, OverflowError, ValueError):
        raise ValueError(
            sentence("“{text}” is not a length of time; write it like 45m, “20 minutes” or 1h30m", text=text)
        ) from None


def _in_either(text: str, language: str, read: Callable[[str], T]) -> T:
    """What ``read`` makes of the text as English, or else in the language."""
    try:
        return read(text)
    except (UnclearDayError, NoSuchDayError):
        raise
    except (LookupError, OverflowError, ValueError):
        english = in_english(text, language)
        if english is None:
            raise
        return read(english)


class NoDateError(ValueError):
    """The text names no date."""


@contextmanager
def _sentence_about(text: str) -> Iterator[None]:
    """Turn what reading the text raises into a sentence about it."""
    try:
        yield
    except (UnclearDayError, _YearError):
        raise
    except NoSuchDayError as error:
        raise NoSuchDayError(
            sentence("“{text}” is not a day of the calendar: {error}", text=text, error=error.args[0])
        ) from None
    except (LookupError, OverflowError, ValueError):
        raise ValueError(
            sentence(
                "“{text}” is not a time; write it like 14:30, “yesterday about three” or 2026-03-02T14:30", text=text
            )
        ) from None


class _YearError(ValueError):
    pass


def _in_range(text: str, moment: datetime) -> datetime:
    moment.astimezone(UTC)  # raises OverflowError at the ends of the calendar
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _YearError(
            sentence(
                "“{text}” is in the year {year}; check the year, and write it with four digits",
                text=text,
                year=moment.year,
            )
        )
    return moment


def _iso_moment(text: str, place: Callable[[datetime], datetime]) -> datetime | None:
    said = text.strip()
    moment = _iso(said) if len(said) > 10 else None
    return place(moment) if moment is not None and moment.tzinfo is None else moment


def _iso(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _plain(said: str) -> str:
    """The words of a text in one form: 3 for “3ish”, “twenty-five” for “twenty five”, 1.5 for “1½” and “1,5”."""
    said = re.sub(r"(?<=\d),(?=\d+ ?[a-z]+ ago$)", ".", said.lower())
    for sign, figures in _FRACTIONS.items():
        said = re.sub(rf"(\d*) ?{sign}", rf"\g<1>{figures}", said)
    said = re.sub(r"(?<!\d)(?=\.\d)", "0", said)
    return _ISH.sub(r"\1", _TENS_AND_UNIT.sub(r"\1-\2", plain_words(said)))


def _understood(
    said: str, now: datetime, place: Callable[[datetime], datetime], day_first: bool | None = None
) -> datetime:
    if said in ("now", "just now", "right now", "a moment ago", "moments ago", "just a moment ago"):
        return now
    if said.endswith(" ago"):
        try:
            length = _length(said.removesuffix(" ago").removeprefix("just "))
        except (LookupError, ValueError):
            pass  # it may name a day: “14:30 two days ago”
        else:
            # In UTC, because within a time zone Python does arithmetic on local clock time, whatever the offset.
            return (now.astimezone(UTC) - length).astimezone(now.tzinfo)
    named, rest = _day(said, now.date(), day_first)
    if not rest and named is None:
        raise LookupError(said)
    readings = list(_readings(rest)) if rest else [(now.timetz().replace(tzinfo=None), 0)]
    latest = now + timedelta(minutes=1)

    def on(which: date) -> list[datetime]:
        return [place(datetime.combine(which + timedelta(days=after), clock)) for clock, after in readings]

    if named is not None:
        moments = on(named.day)
        passed = next((one for one in moments if one <= latest), None)
        if passed is None and named.weekly:  # “Friday 17:30” on a Friday at 16:40 is that of a week ago
            return on(named.day - timedelta(days=7))[0]
        return passed or moments[0]
    passed_today = [one for one in on(now.date()) if one <= latest]
    return max(passed_today) if passed_today else on(now.date() - timedelta(days=1))[0]


def _day(said: str, today: date, day_first: bool | None) -> tuple[NamedDay | None, str]:
    """The day that the text names, before or after the time of day, and the rest of the text."""
    named, rest = read_day(said, today, day_first=day_first)
    words = said.split()
    for at in range(1, len(words)):  # “three yesterday”, “14:30 on 20 November”
        if named is not None:
            break
        named, after = read_day(" ".join(words[at:]), today, day_first=day_first)
        rest = said if named is None else " ".join((*words[:at], after)).strip()
    return named, rest


def _length(said: str) -> timedelta:
    """``20 minutes``, ``an hour and a half``, ``a quarter of an hour``, ``a few minutes``, ``1 h 20 min``."""
    said = re.sub(r"\b(half|quarter)-(?=an? |[a-z]*$)", r"\1 ", said.replace("-an-", "-an "))
    said = re.sub(r"\b(?:three|3)[ -]quarters? an? (\w+)", r"0.75 \1", said)
    said = re.sub(r"(\w+) and an? (half|quarter) (\w+)", r"\1 \3 and \2 \3", said)
    said = re.sub(r"(\w+) and an? (half|quarter)$", r"\1 and \2 \1", said)
    said = re.sub(r"\b(?:an? )?(half|quarter) (?:an? )?(?=\w)", r"\1 ", said)
    said = re.sub(r"\ba (?:good )?few\b", _FEW, said).replace("a couple", "two")
    if re.fullmatch(r"[a-z0-9]+", said) and not re.fullmatch(r"\d+[a-z]+", said):
        return timedelta(seconds=parse_duration(said))
    words = re.sub(r"(\d)([a-z])", r"\1 \2", said.replace(" and ", " ")).split()
    if not words or len(words) % 2:
        raise LookupError(said)
    return timedelta(
        seconds=sum(_count(count) * _unit(unit) for count, unit in zip(words[::2], words[1::2], strict=True))
    )


def _count(word: str) -> float:
    special = {"a": 1.0, "an": 1.0, "half": 0.5, "quarter": 0.25}
    if word in special:
        return special[word]
    return float(word) if _NUMBER.fullmatch(word) else float(NUMBERS[word])


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
        elif _FROM_TO[part][0] <= one.hour < _FROM_TO[part][1]:
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
        for at in _halves(int(_HOURS.get(word, word))):
            whole = (at.hour * 60 + (minutes if way == "past" else -minutes)) % 1440
            yield time(whole // 60, whole % 60)
        return
    if said in _HOURS:
        yield from _halves(_HOURS[said])
        return
    if found := _HALF.fullmatch(said):  # British: “half two” is 14:30, not 13:30
        yield from _times(f"half past {found[1]}")
        return
    if (found := _SPOKEN.fullmatch(said)) and found[1] in _HOURS and 10 <= NUMBERS.get(found[2], 0) < 60:
        yield from (at.replace(minute=NUMBERS[found[2]]) for at in _halves(_HOURS[found[1]]))
        return
    clock = _CLOCK.fullmatch(said)
    if clock is None:
        found = _SPOKEN_HALF.fullmatch(said)  # “three pm”, “half past two pm”
        if found is None:
            raise LookupError(said)
        yield from (at for at in _times(found[1]) if (at.hour >= 12) == found[2].startswith("p"))
        return
    digits, bare, half = clock["digits"], clock["bare"], clock["half"] or clock["bare_half"]
    hour, minute = divmod(int(digits), 100) if digits else (int(clock["hour"] or bare), int(clock["minute"] or 0))
    if half:
        if not 1 <= hour <= 12:
            raise LookupError(said)
        yield time(hour % 12 + (12 if half.startswith("p") else 0), minute)
    elif bare:
        yield from _halves(hour)
    else:
        yield time(hour, minute)


def _halves(hour: int) -> Iterator[time]:
    """A bare hour of the clock face in both halves of the day, the likelier first."""
    if hour == 0 or hour > 12:
        yield time(hour % 24 if hour == 24 else hour)
        return
    early, late = hour % 12, hour % 12 + 12
    yield from (time(late), time(early)) if hour < _FIRST_OF_DAY or hour == 12 else (time(early), time(late))
