"""The verbs whose documents must be the same on Windows as on Linux, and what in a document may differ. Pure.

`tools.windows.play` runs them under Wine, `tools.windows.__main__` on this machine, each with an app that runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

VERBS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("check",),
    ("log",),
    (
        *("log", "--site", "left:calf", "--site", "both:toes", "--sensation", "numb", "--severity", "4"),
        *("--posture", "normal", "--onset", "gradual", "--note", "Zoë’s Fuß – 腿", "--at", "2026-01-05T09:30:00+00:00"),
        *("--ended", "2026-01-05T09:50:00+00:00"),
    ),
    ("gone",),
    ("undo",),
    ("episodes",),
    ("habit", "water"),
    ("habit", "walk", "10"),
    ("habit", "goal", "walk", "20"),
    ("pause", "45m"),
    ("pause", "--until", "tomorrow"),
    ("resume",),
    ("stand",),
    ("sit",),
    ("break", "start"),
    ("break", "skip"),
    ("breaks",),
    ("cards",),
    ("insights",),
    ("red-flags",),
    ("export", "log.csv"),
    ("export", "log.json"),
    ("import", "log.json"),
    ("report", "log.pdf"),
    ("backup",),
    ("restore", "no-such-backup.db"),  # the list of backups differs by those that the app makes by itself
    ("repair",),
    ("no-such-verb",),
)

_TIME = re.compile(r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:?\d\d|Z)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(-\d{6,})?")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BY_THE_SYSTEM = frozenset({"senses", "suppressed", "notes", "bytes", "card"})
"""Keys whose values differ between two desktops, or, as a break's card, by chance."""
_BY_THE_CLOCK = frozenset({"hours", "weekdays"})
"""Keys whose counts are those of the hours of the day, or of the days of the week."""


def comparable(document: object, folder: str) -> object:
    """A document without times, ids, counted seconds and paths of the profile, to be compared with another's."""
    if isinstance(document, Mapping):
        return {
            key: "…"
            if key in _BY_THE_SYSTEM or _is_counted(key, value)
            else _without_places(value)
            if key in _BY_THE_CLOCK
            else comparable(value, folder)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [comparable(one, folder) for one in document]
    if isinstance(document, str):
        words = document.replace("\\", "/").replace(folder.replace("\\", "/"), "FOLDER")
        return _ID.sub("ID", _DAY.sub("DAY", _TIME.sub("TIME", words)))
    return document


def _without_places(counted: object) -> object:
    """Counts of hours or weekdays without which hour or day it is."""
    if isinstance(counted, Mapping) and isinstance(counted.get("counts"), Mapping):
        return {**counted, "counts": sorted(counted["counts"].values()), "most": counted.get("most") is not None}
    return counted


def _is_counted(key: str, value: object) -> bool:
    return key.endswith("_s") and isinstance(value, int | float) and not isinstance(value, bool)
