"""The records of sitting bouts and breaks, and how each ended. See the room for units and ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Outcome(Enum):
    """How a break ended. ``finished`` means that the card ran and the person did not confirm getting up."""

    MOVED = "moved"
    FINISHED = "finished"
    CUT_SHORT = "cut_short"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    NATURAL = "natural"
    MISSED = "missed"


class BoutEnd(Enum):
    """How a sitting bout ended."""

    MOVED = "moved"
    NATURAL = "natural"
    OFF = "off"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    """Nobody can tell how it went on: part of its time a call or a full screen had not been touched for too long."""


@dataclass(frozen=True, slots=True)
class BreakRecord:
    """One break, or one answer to its announcement. It is stored again under the same id once it has an end."""

    id: str
    outcome: Outcome
    started_at: datetime
    ended_at: datetime | None
    card: str | None = None
    announced_at: datetime | None = None
    seated_s: float = 0.0
    snoozes: int = 0


@dataclass(frozen=True, slots=True)
class SittingBout:
    """One stretch of sitting between two real movements. ``seated_s`` excludes time away or standing."""

    id: str
    started_at: datetime
    ended_at: datetime
    seated_s: float
    end: BoutEnd
