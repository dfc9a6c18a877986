"""Which column of a file is what, where the file is a diary of the person's own. Pure.

The import, its window and ``numbguard import --map`` use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from numbguard.core.sentence import N_, counted, enumerated, sentence

from ..types import ExchangeError

TARGETS: Final = (
    *("started_at", "started_time", "ended_at", "ended_time", "lasted", "side", "regions", "sensations", "severity"),
    *("posture", "onset", "weakness", "back_pain", "relief", "note"),
)
"""What a column of a diary can be, by the names of our own columns and three more that ``cells`` joins to them."""
SAMPLE_ROWS: Final = 5
_ANOTHER: Final = re.compile(r",(?=\s*[A-Za-z_ ]+=)")
_ALIASES: Final = {"time": "started_time", "end_time": "ended_time", "duration": "lasted", "region": "regions",
                   "sensation": "sensations", "date": "started_at", "sites": "sites", "signs": "signs"}  # fmt: skip
_ORDERS: Final = {"day_first": True, "month_first": False}
_USUAL_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "started_at": frozenset({"date", "day", "datum", "when", "began", "start", "started", "onset date", "date/time"}),
    "started_time": frozenset({"time", "uhrzeit", "hour", "start time", "time of day"}),
    "ended_at": frozenset({"end date", "ended"}),
    "ended_time": frozenset({"end", "end time", "gone", "until", "bis"}),
    "lasted": frozenset({"duration", "lasted", "length", "minutes", "min", "how long", "dauer"}),
    "side": frozenset({"side", "leg", "bein", "seite", "which leg"}),
    "regions": frozenset({"where", "place", "region", "part", "location", "site"}),
    "sensations": frozenset({"sensation", "sensations", "feeling", "symptom", "symptoms"}),
    "severity": frozenset({"strength", "severity", "intensity", "score", "how bad", "stärke", "0-10", "nrs", "pain"}),
    "posture": frozenset({"posture", "sitting", "position"}),
    "relief": frozenset({"relief", "what helped", "helped"}),
    "note": frozenset({"note", "notes", "remark", "remarks", "comment", "comments", "bemerkung", "notiz"}),
}


class UnmappedColumnsError(ExchangeError):
    """The file is a table without the columns of a log; ``sheet`` shows what it has."""

    def __init__(self, sentence: str, sheet: SheetSample) -> None:
        super().__init__(sentence)
        self.sheet = sheet


class ColumnMapError(ExchangeError):
    """A map names a column that the file does not have, or something that no column can be."""


@dataclass(frozen=True, slots=True)
class SheetSample:
    """The names of a file's columns, and its first rows, as they are in the file."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """``columns``: by what it is (one of ``TARGETS``), the name of the column in the file."""

    columns: Mapping[str, str]
    unused: frozenset[str] = frozenset()
    """Names of columns that are passed over, although they are named as ours."""
    day_first: bool | None = None
    """Whether 3/4/2026 is 3 April; where not said, the dates of the file may show it."""

    @classmethod
    def parse(cls, words: Sequence[str]) -> ColumnMap:
        """Read ``started_at=Date,side=Leg``, which may be several words. Raises ``ColumnMapError``.

        ``dates=day-first`` or ``dates=month-first`` says how dates are written.
        """
        columns: dict[str, str] = {}
        day_first: bool | None = None
        for pair in (pair for word in words for pair in _ANOTHER.split(word)):
            target, equals, name = (part.strip() for part in pair.partition("="))
            target = "_".join(target.lower().replace("-", " ").split())
            if target == "dates":
                day_first = _ORDERS.get("_".join(name.lower().replace("-", " ").split()))
                if day_first is None:
                    raise ColumnMapError(
                        sentence(
                            "“{pair}” is not an order of dates; it can be day-first or month-first.", pair=pair.strip()
                        )
                    )
                continue
            target = target if target in TARGETS else _ALIASES.get(target, target)
            if not equals or not name or target not in TARGETS:
                raise ColumnMapError(
                    sentence(
                        "“{pair}” does not say what a column is; write it like started_at=Date. "
                        "A column can be {targets}.",
                        pair=pair.strip(),
                        targets=enumerated(TARGETS),
                    )
                )
            if target in columns:
                raise ColumnMapError(
                    sentence(
                        "{target} is two columns, “{columns}” and “{name}”; it can be one.",
                        target=target,
                        columns=columns[target],
                        name=name,
                    )
                )
            columns[target] = name
        return cls(columns, day_first=day_first)

    @classmethod
    def guessed(cls, names: Sequence[str]) -> ColumnMap:
        """What the columns may be by their names, for a person to confirm."""
        columns: dict[str, str] = {}
        for name in names:
            plain = " ".join(name.lower().split())
            target = next((target for target, usual in _USUAL_NAMES.items() if plain in usual), None)
            if target is not None and target not in columns:
                columns[target] = name
        return cls(columns)

    def places(self, names: Sequence[str]) -> dict[str, int]:
        """Where each target is among the file's names. Raises ``ColumnMapError`` for a column that the file lacks."""
        plain = [_plain(name) for name in names]
        places: dict[str, int] = {}
        for target, name in self.columns.items():
            found = [place for place, one in enumerate(plain) if one == _plain(name)]
            if len(found) != 1:
                words = (
                    N_("The file has several columns “{name}”. Its columns are {columns}. Nothing was imported.")
                    if found
                    else N_("The file has no column “{name}”. Its columns are {columns}. Nothing was imported.")
                )
                raise ColumnMapError(sentence(words, name=name, columns=listed(names)))
            places[target] = found[0]
        return places


def listed(names: Sequence[str]) -> str:
    """The names of columns, for use within a sentence."""
    shown = [f"“{name[:40]}”" for name in names if name.strip()]
    columns, more = enumerated(shown[:20]), len(shown) - 20
    return (
        counted("{columns} and {count} more", "{columns} and {count} more", more, columns=columns)
        if more > 0
        else columns
    )


def example(sample: SheetSample) -> str:
    """A map for a file with these columns, as an example: ``started_at=Date,side=Leg``."""
    guessed = ColumnMap.guessed(sample.names).columns
    named = [name for name in sample.names if name.strip()]
    columns = guessed if "started_at" in guessed else {"started_at": named[0] if named else "Date"}
    return ",".join(f"{target}={name}" for target, name in columns.items())


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
