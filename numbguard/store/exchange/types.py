"""Types that the modules of the exchange share: formats, results, bounds and errors. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Final
from uuid import uuid4

MOST_BYTES: Final = 2 * 1024**3
"""The longest file read, in bytes; ten years of a busy log take a hundredth of it."""
MOST_ROWS: Final = 5_000_000
MOST_OF_ONE: Final = 8 * 1024**2
"""The longest entry in a file, in characters."""
MOST_OF_ENTRY: Final = 64 * 1024**2
"""The longest entry in a JSON file, in characters: the one at the start of a FHIR document lists all episodes."""
MOST_TEXT: Final = 1_000_000
"""The longest note, in characters."""
MOST_TOLD: Final = 1000
"""The most refused rows that are listed; all of them are counted."""


class ExchangeFormat(Enum):
    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"

    @classmethod
    def of(cls, path: Path) -> ExchangeFormat | None:
        """Return the format of a file's name: ``.csv``, ``.fhir.json`` or ``.fhir``, ``.json``."""
        name = path.name.lower()
        if name.endswith((".fhir.json", ".fhir")):
            return cls.FHIR
        return {".csv": cls.CSV, ".json": cls.JSON}.get(path.suffix.lower())


@dataclass(frozen=True, slots=True)
class Patient:
    """What the person gives of themselves to a clinic. ``id`` is a UUID, a new one each time."""

    name: str | None = None
    born: date | None = None
    id: str = field(default_factory=lambda: str(uuid4()))


class ExchangeError(Exception):
    """A file could not be written or imported. The message is a sentence: what happened, what was kept, what to do."""


@dataclass(slots=True)
class ReadingNotes:
    """What the reading of a file assumed. ``at_noon``: rows that name the day of an episode and no time of day."""

    at_noon: int = 0
    time_column: str = ""


class RowError(ValueError):
    """One entry is refused; the text is the reason, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """A refused entry. ``line`` is its first line in the file, counted from 1."""

    line: int
    reason: str


@dataclass(slots=True)
class Imported:
    """What an import did. ``unchanged``: entries that the log already had, in this version or a newer one.

    An undone episode of which the log knew nothing is in none of the counts.
    """

    format: ExchangeFormat
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[RefusedEntry] = field(default_factory=list)
    """The first refused entries, up to the bound."""
    at_noon: int = 0
    """Episodes of which the file names the day alone: they are at noon."""
    time_column: str = ""
    """The column with their times of day, where the map does not name it and the file shows it."""
    kept: bool = True
    """False: an entry was refused, all or nothing was asked for, and the log is unchanged."""

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_TOLD:
            self.refusals.append(RefusedEntry(line, reason))


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of an export."""

    path: Path
    format: ExchangeFormat
    episodes: int
