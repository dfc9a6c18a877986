"""Durations as people write and read them: ``90s``, ``45m``, ``1h30m``, "47 minutes".

Pure, on any thread. Used by the settings, the command line, the wording and the windows.
"""

from __future__ import annotations

import re
from math import floor

from numbguard.core.sentence import N_, sentence

_WRITTEN = re.compile(r"(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")


def parse_duration(text: str) -> float:
    """The seconds of a written duration. Raises ``ValueError`` with a sentence for any other text."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    if match is None or not match.group(0):
        raise ValueError(f"“{text}” is not a duration; write it like 90s, 45m or 1h30m")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def write_duration(seconds: float) -> str:
    """The shortest written form of a duration, rounded to whole seconds: 5400 gives ``1h30m``."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{count}{unit}" for count, unit in ((hours, "h"), (minutes, "m"), (left, "s")) if count]
    return "".join(parts) or "0s"


def say_rounded(seconds: float) -> str:
    """A length that is over, rounded: ``45 seconds``, ``18 minutes`` for 17.9, ``1 h 05 min``."""
    if seconds < 59.5:
        whole = _rounded(seconds)
        return N_("1 second") if whole == 1 else f"{whole} seconds"
    return say_minutes(_rounded(seconds / 60) * 60)


def _rounded(value: float) -> int:
    """The nearest whole number; a half is rounded up, which ``round`` does only for every other one."""
    return floor(value + 0.5)


def say_minutes(seconds: float) -> str:
    """The whole minutes that have passed, in words: ``under a minute``, ``1 minute``, ``47 minutes``, ``1 h 05 min``.

    For a clock that is running; ``say_rounded`` rounds.
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return N_("under a minute")
    if minutes == 1:
        return N_("1 minute")
    if minutes < 60:
        return f"{minutes} minutes"
    return sentence("{minutes} h {minutes_2:02d} min", minutes=minutes // 60, minutes_2=minutes % 60)
