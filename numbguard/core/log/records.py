"""The log's records: breaks, sitting bouts, episodes of numbness, answers to questions about warning signs, habit ticks
and posture checks.

Frozen dataclasses and enums only, used by every layer on any thread. Durations are in seconds, moments are aware
``datetime`` objects with the local offset, and ids are UUIDs as text, so that two logs can merge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from numbguard.core.body import Region, Side

from .red_flags import WarningSign


class Seat(Enum):
    """What the person says they are doing at the desk."""

    SITTING = "sitting"
    STANDING = "standing"


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


class Sensation(Enum):
    """How the numbness feels."""

    NUMB = "numb"
    TINGLING = "tingling"
    PINS_AND_NEEDLES = "pins_and_needles"
    BURNING = "burning"
    HEAVY = "heavy"
    WEAK = "weak"
    CRAMP = "cramp"
    PAIN = "pain"


class Posture(Enum):
    """How the person was sitting or standing when it began."""

    LEGS_CROSSED = "legs_crossed"
    FOOT_TUCKED = "foot_tucked"
    SLOUCHED = "slouched"
    SEAT_EDGE = "seat_edge"
    PERCHED = "perched"
    STANDING = "standing"
    OTHER = "other"


class Onset(Enum):
    """How quickly it began."""

    SUDDEN = "sudden"
    GRADUAL = "gradual"


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances in which an episode was logged; ``None`` means "not known" (the app was not running)."""

    seated_s: float | None = None
    since_break_s: float | None = None
    skipped_today: int | None = None
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of numbness. A detail that was not given is ``None`` or empty, never a made-up default.

    ``severity`` is 0–10.
    """

    id: str
    started_at: datetime
    ended_at: datetime | None = None
    side: Side | None = None
    regions: tuple[Region, ...] = ()
    sensations: tuple[Sensation, ...] = ()
    severity: int | None = None
    posture: Posture | None = None
    onset: Onset | None = None
    weakness: bool | None = None
    back_pain: bool | None = None
    relief: str | None = None
    relief_after_s: float | None = None
    note: str | None = None
    context: Context = Context()


class HabitKind(Enum):
    """A daily habit and its unit: glasses of water, minutes of walking, stretching routines."""

    WATER = "water"
    WALK = "walk"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class HabitTick:
    """One click on a habit. A negative ``amount`` undoes ticks made by mistake."""

    id: str
    at: datetime
    kind: HabitKind
    amount: int


@dataclass(frozen=True, slots=True)
class PostureCheck:
    """One check of how the person sits: which of the five desk points were met."""

    id: str
    at: datetime
    feet_supported: bool
    knees_level: bool
    screen_level: bool
    back_supported: bool
    legs_uncrossed: bool


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """The answer to the question about one warning sign, for one episode."""

    id: str
    at: datetime
    episode: str
    sign: WarningSign
    present: bool
