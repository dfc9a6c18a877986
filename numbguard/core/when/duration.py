"""Durations as they are written in the settings and on the command line: ``90s``, ``45m``, ``1h30m``.

Pure, on any thread. Used by the settings, the command line and the windows.
"""

from __future__ import annotations

import re

from numbguard.core.sentence import sentence

_WRITTEN = re.compile(r"(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")


def parse_duration(text: str) -> float:
    """The seconds of a written duration. Raises ``ValueError`` with a sentence for any other text."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    if match is None or not match.group(0):
        raise ValueError(sentence("“{text}” is not a duration; write it like 90s, 45m or 1h30m", text=text))
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def write_duration(seconds: float) -> str:
    """The shortest written form of a duration, rounded to whole seconds: 5400 gives ``1h30m``."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{count}{unit}" for count, unit in ((hours, "h"), (minutes, "m"), (left, "s")) if count]
    return "".join(parts) or "0s"
