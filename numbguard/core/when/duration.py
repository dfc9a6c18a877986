"""Durations as people write and read them: ``90s``, ``45m``, ``1h30m``, "47 minutes".

Pure, on any thread. Used by the settings, the command line, the wording and the windows.
"""

from __future__ import annotations

import re

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


def say_minutes(seconds: float) -> str:
    """Seconds in words, for a sentence: ``under a minute``, ``1 minute``, ``47 minutes``, ``1 h 05 min``."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "under a minute"
    if minutes == 1:
        return "1 minute"
    if minutes < 60:
        return f"{minutes} minutes"
    return f"{minutes // 60} h {minutes % 60:02d} min"
