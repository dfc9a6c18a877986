"""What the modules of the exchange share: formats, results, bounds, and the words for what cannot be taken. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 2 * 1024**3
"""Of a file; ten years of a busy log are a hundredth of it."""
MOST_ROWS: Final = 5_000_000
MOST_OF_ONE: Final = 8 * 1024**2
"""Characters of one entry in a file."""
MOST_TEXT: Final = 1_000_000
"""Characters of a note."""
MOST_TOLD: Final = 1000
"""Refused rows that are listed one by one; all of them are counted."""


class ExchangeFormat(Enum):
    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"

    @classmethod
    def of(cls, path: Path) -> ExchangeFormat | None:
        """The format that a file's name asks for: ``.csv``, ``.fhir.json`` or ``.fhir``, ``.json``."""
        name = path.name.lower()
        if name.endswith((".fhir.json", ".fhir")):
            return cls.FHIR
        return {".csv": cls.CSV, ".json": cls.JSON}.get(path.suffix.lower())


class ExchangeError(Exception):
    """A file could not be written or taken in. The message is a sentence: what happened, what was kept, what to do."""


class RowError(ValueError):
    """One entry cannot be taken; its text is the reason, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that was not taken. ``line`` is where it begins in the file, counted from 1."""

    line: int
    reason: str


@dataclass(slots=True)
class Imported:
    """What an import did. ``unchanged``: what the log held already, in this form or a newer one."""

    format: ExchangeFormat
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[RefusedEntry] = field(default_factory=list)
    """The first of the refused ones."""
    kept: bool = True
    """False: one entry was refused, all or nothing was asked for, and the log was left as it was."""

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_TOLD:
            self.refusals.append(RefusedEntry(line, reason))


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    path: Path
    format: ExchangeFormat
    episodes: int
