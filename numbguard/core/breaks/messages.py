"""The words the whole house shares: moments, inputs, effects and snapshots.

Frozen dataclasses and enums only; imported by every layer, runs nothing. Durations are seconds (float) taken from the
monotonic clock; moments for people are aware ``datetime`` objects that carry the local offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from numbguard.core.log.records import BreakRecord, SittingBout
from numbguard.core.settings.choices import Style

from .instant import Instant

# Others may be added by a sense; these have a meaning of their own.
HOURS, PAUSED, DND, FULLSCREEN, CALL = "hours", "paused", "dnd", "fullscreen", "call"
SHARING, PROGRAM = "sharing", "program"


# --- what a person is doing, and where a break stands ----------------------------------------------------------------


class State(Enum):
    """The one word for the present moment, as ``numbguard status`` gives it."""

    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    ANNOUNCED = "announced"
    BREAK = "break"
    PAUSED = "paused"
    OFF = "off"


class Phase(Enum):
    """How far one break has come."""

    NONE = "none"
    ANNOUNCED = "announced"
    CARD = "card"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A reason why nothing may pop up, known and taken away by its id."""

    id: str
    reason: str
    until: datetime | None = None


# --- inputs: what a sense or a person tells the engine ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """The alarm clock rang, or somebody merely wants the figures brought up to date."""

    at: Instant


@dataclass(frozen=True, slots=True)
class IdleSeen:
    """Seconds since the last key or pointer movement; ``None`` where this desktop cannot tell."""

    at: Instant
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Locked:
    """The screen was locked."""

    at: Instant


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The screen was unlocked."""

    at: Instant


@dataclass(frozen=True, slots=True)
class FallingAsleep:
    """The machine is about to sleep."""

    at: Instant


@dataclass(frozen=True, slots=True)
class Woke:
    """The machine woke; ``slept_s`` is sleep that the monotonic clock did not count (0 where it did)."""

    at: Instant
    slept_s: float


@dataclass(frozen=True, slots=True)
class ClockSet:
    """The wall clock was set by ``by_s`` seconds (negative: back) while the machine was awake."""

    at: Instant
    by_s: float


@dataclass(frozen=True, slots=True)
class Suppress:
    """A reason to keep quiet holds from now on."""

    at: Instant
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Release:
    """A reason to keep quiet holds no longer."""

    at: Instant
    id: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Keep quiet for ``for_s`` seconds, or until ``until``, or (both ``None``) until resumed."""

    at: Instant
    for_s: float | None = None
    until: datetime | None = None


class Action(Enum):
    """What a person can answer or say with one click."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    DONE = "done"
    ANOTHER = "another"
    MOVED = "moved"
    NOT_MOVED = "not_moved"
    CLOSE = "close"
    STAND = "stand"
    SIT = "sit"
    RESUME = "resume"
    GONE = "gone"
    """The numbness is gone. Of the log, like ``UNDO``: the runtime sees to it, the engine never does."""
    UNDO = "undo"
    RELIEF = "relief"
    """Show relief, step by step: the runtime's as well."""
    POSTURE = "posture"
    """Show *Check my posture*: likewise."""
    ROUTINE = "routine"
    """Start the daily routine: the runtime finds it and tells the engine by ``StartRoutine``."""
    ROUTINE_LATER = "routine_later"
    """The daily routine was offered: ask again in a while."""
    ROUTINE_NOT_TODAY = "routine_not_today"


@dataclass(frozen=True, slots=True)
class Answer:
    """The person pressed a button or chose from the menu."""

    at: Instant
    action: Action


@dataclass(frozen=True, slots=True)
class StartRoutine:
    """Begin a break with several cards in a row, for as long as they take together."""

    at: Instant
    card: str
    """Its name in place of a card's slug; see ``core.cards.routines.break_name``."""
    duration_s: float


@dataclass(frozen=True, slots=True)
class SkipAhead:
    """The rest of a routine's card is left out: so much less of the routine remains."""

    at: Instant
    by_s: float


Input = (
    Tick
    | IdleSeen
    | Locked
    | Unlocked
    | FallingAsleep
    | Woke
    | ClockSet
    | Suppress
    | Release
    | Pause
    | Answer
    | StartRoutine
    | SkipAhead
)


# --- effects: what the engine wants done -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the person a break is due and offer the answers."""

    card: str
    seated_s: float
    can_snooze: bool
    snooze_s: float


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the announcement back: it no longer holds."""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Show a card."""

    card: str
    duration_s: float
    style: Style
    can_snooze: bool


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """Another card within the same break; the time left stays."""

    card: str


@dataclass(frozen=True, slots=True)
class AskAfter:
    """The card is over: ask whether the person got up."""


@dataclass(frozen=True, slots=True)
class CloseCard:
    """Take the card away."""


@dataclass(frozen=True, slots=True)
class KeepBreak:
    """Write a break down."""

    record: BreakRecord


@dataclass(frozen=True, slots=True)
class KeepBout:
    """Write down a time of sitting that is over."""

    bout: SittingBout


@dataclass(frozen=True, slots=True)
class Refuse:
    """The answer does not fit the moment; ``why`` is a sentence for the person."""

    why: str


@dataclass(frozen=True, slots=True)
class NudgePosture:
    """Say one posture tip, known by its slug: silent, and gone by itself."""

    tip: str


@dataclass(frozen=True, slots=True)
class RemindStanding:
    """Say that the person still counts as standing: silent, and gone by itself."""


@dataclass(frozen=True, slots=True)
class OfferRoutine:
    """Ask whether the daily routine suits now."""


@dataclass(frozen=True, slots=True)
class RoutineDone:
    """A routine ended with the person up from the chair."""

    name: str
    """As the break kept it: ``routine:daily``."""


Effect = (
    Announce
    | Withdraw
    | OpenCard
    | ChangeCard
    | AskAfter
    | CloseCard
    | KeepBreak
    | KeepBout
    | Refuse
    | NudgePosture
    | RemindStanding
    | OfferRoutine
    | RoutineDone
)
