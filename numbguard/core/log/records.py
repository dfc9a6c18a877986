"""What the log keeps: breaks, sitting bouts, episodes of numbness, what was said to questions after signs of danger,
habit ticks and posture checks.

Frozen dataclasses and enums only; imported by every layer, runs nothing. Durations are seconds, moments are aware
``datetime`` objects that carry the local offset, ids are UUIDs as text, so that two logs can merge.
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
    """How a break ended. ``finished``: the card ran, getting up was not confirmed."""

    MOVED = "moved"
    FINISHED = "finished"
    CUT_SHORT = "cut_short"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    NATURAL = "natural"
    MISSED = "missed"


class BoutEnd(Enum):
    """What ended a sitting bout."""

    MOVED = "moved"
    NATURAL = "natural"
    OFF = "off"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    """Nobody can tell how it went on: part of its time a call or a full screen had not been touched for too long."""


@dataclass(frozen=True, slots=True)
class BreakRecord:
    """One break, or one answer to its announcement. Kept again under the same id when it grows an end."""

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
    """One stretch of sitting between two real movements. ``seated_s`` leaves out time away or standing."""

    id: str
    started_at: datetime
    ended_at: datetime
    seated_s: float
    end: BoutEnd


class Sensation(Enum):
    NUMB = "numb"
    TINGLING = "tingling"
    PINS_AND_NEEDLES = "pins_and_needles"
    BURNING = "burning"
    HEAVY = "heavy"
    WEAK = "weak"
    CRAMP = "cramp"
    PAIN = "pain"


class Posture(Enum):
    LEGS_CROSSED = "legs_crossed"
    FOOT_TUCKED = "foot_tucked"
    SLOUCHED = "slouched"
    SEAT_EDGE = "seat_edge"
    PERCHED = "perched"
    STANDING = "standing"
    OTHER = "other"


class Onset(Enum):
    SUDDEN = "sudden"
    GRADUAL = "gradual"


@dataclass(frozen=True, slots=True)
class Context:
    """The moment an episode was logged; ``None`` is "not known" (the app was not running)."""

    seated_s: float | None = None
    since_break_s: float | None = None
    skipped_today: int | None = None
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of numbness. What was not told is ``None`` or empty, never a made-up default."""

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
    """What a day's habits are: glasses of water, minutes of walking, stretching routines."""

    WATER = "water"
    WALK = "walk"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class HabitTick:
    """One click on a habit. An ``amount`` below nought takes back what was ticked by mistake."""

    id: str
    at: datetime
    kind: HabitKind
    amount: int


@dataclass(frozen=True, slots=True)
class PostureCheck:
    """One look at how one sits: which of the five desk points held."""

    id: str
    at: datetime
    feet_supported: bool
    knees_level: bool
    screen_level: bool
    back_supported: bool
    legs_uncrossed: bool


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """What was said to the question after one sign, about one episode."""

    id: str
    at: datetime
    episode: str
    sign: WarningSign
    present: bool
