"""Lengths of time in words, ``47 minutes``, and in an input field, ``1 h 30 min``, with what a person types there.

Pure, no Qt, on any thread; called by the rest of the wording, the windows and the command line. What an input field
shows can be typed there again; ``h``, ``min`` and ``s`` are understood in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import floor

from numbguard.core.when.languages import in_english
from numbguard.wording import formats
from numbguard.wording.catalogue import _, language, ngettext, pgettext

_PART = re.compile(r"([0-9]{1,5}) *(h|m|s)[a-z]*", re.IGNORECASE)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_UNITS = {"h": 3600, "m": 60, "s": 1}
TYPED = re.compile(r"[\w: ]*")
"""Matches a text made only of characters that a length can contain."""


def say_rounded(seconds: float) -> str:
    """A length that is over, rounded: ``45 seconds``, ``18 minutes`` for 17.9, ``1 h 05 min``."""
    if seconds < 59.5:
        return say_seconds(_rounded(seconds))
    return say_minutes(_rounded(seconds / 60) * 60)


def _rounded(value: float) -> int:
    """The nearest whole number; a half is rounded up, which ``round`` does only for every other one."""
    return floor(value + 0.5)


def say_seconds(count: int) -> str:
    """``1 second``, ``45 seconds``."""
    return ngettext("{count} second", "{count} seconds", count).format(count=formats.number(count))


def count_minutes(count: int) -> str:
    """``1 minute``, ``90 minutes``."""
    return ngettext("{count} minute", "{count} minutes", count).format(count=formats.number(count))


def say_minutes(seconds: float) -> str:
    """The whole minutes that have passed, in words: ``under a minute``, ``1 minute``, ``47 minutes``, ``1 h 05 min``.

    For a clock that is running; ``say_rounded`` rounds.
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("under a minute")
    return count_minutes(minutes) if minutes < 60 else hours_and_minutes(minutes)


def hours_and_minutes(minutes: int) -> str:
    """``1 h 05 min``."""
    return _("{hours} h {minutes:02d} min").format(hours=minutes // 60, minutes=minutes % 60)


def say_length(seconds: float) -> str:
    """``45 min``, ``1 h 30 min``, ``30 s``."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, left = divmod(rest, 60)
    units = _own_units()
    parts = [f"{count} {units[letter]}" for count, letter in ((hours, "h"), (minutes, "m"), (left, "s")) if count]
    return " ".join(parts) or f"0 {units['s']}"


def _own_units() -> Mapping[str, str]:
    """The units of an input field in the language in use, by their first letters in English."""
    return {
        "h": pgettext("unit after a number in a field", "h"),
        "m": pgettext("unit after a number in a field", "min"),
        "s": pgettext("unit after a number in a field", "s"),
    }


def read_length(text: str, *, bare: int) -> int | None:
    """Seconds in a typed text: ``45``, ``45 min``, ``1h30``, ``1:30``, ``90 s``; ``None`` if it is not a length.

    The text is English or in the language in use: ``2 Stunden`` is two hours.

    ``bare`` is the number of seconds that a number without a unit counts for; after hours, such a number means minutes.
    """
    for letter, unit in _own_units().items():
        text = re.sub(rf"(?<=[0-9 ]){re.escape(unit)}(?!\w)", letter, text)
    words = (in_english(text, language()) or text).strip().lower()
    if words.isascii() and words.isdigit() and len(words) <= 6:
        return int(words) * bare
    if clock := _CLOCK.fullmatch(words):
        return int(clock[1]) * 3600 + int(clock[2]) * 60
    if re.search(r"h[a-z]* *[0-9]{1,2}$", words):
        words += "m"
    parts = _PART.findall(words)
    if not parts or _PART.sub("", words).strip():
        return None
    return sum(int(number) * _UNITS[unit.lower()] for number, unit in parts)


def next_length(seconds: int, steps: int) -> int:
    """The length in seconds after ``steps`` steps of a field's arrows, down if negative: always a round figure, and the
    longer the length, the larger the steps."""
    for _unused in range(abs(steps)):
        below = seconds - 1 if steps < 0 else seconds
        grain = next(grain for limit, grain in _GRAINS if below < limit)
        seconds = (seconds // grain + 1 if steps > 0 else (seconds - 1) // grain) * grain
    return max(0, seconds)


_GRAINS = ((60, 5), (300, 30), (1800, 60), (7200, 300), (float("inf"), 1800))
"""The steps of the arrows: below the first figure, one step is the second; both in seconds."""
