"""The messages of the engine: the inputs that it takes and the effects that it returns.

Frozen dataclasses and enums only, which every floor imports. Durations are seconds (float) of the monotonic clock;
moments for people are aware ``datetime`` objects with the local offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from numbguard.core.log.records.sitting import BreakRecord, SittingBout
from numbguard.core.settings.choices import SoundMoment, Style

from .instant import Instant

# A sense may add others; the engine treats these in a special way.
HOURS, PAUSED, DND, FULLSCREEN, CALL = "hours", "paused", "dnd", "fullscreen", "call"
SHARING, PROGRAM = "sharing", "program"


# --- the state of the person and of a break --------------------------------------------------------------------------


class State(Enum):
    """The present state in one word, as ``numbguard status`` prints it."""

    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    ANNOUNCED = "announced"
    BREAK = "break"
    PAUSED = "paused"
    OFF = "off"


class Phase(Enum):
    """The phase of a break."""

    NONE = "none"
    ANNOUNCED = "announced"
    CARD = "card"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A reason why nothing may pop up; ``Release`` ends it by its id."""

    id: str
    reason: str
    until: datetime | None = None


# --- inputs, from a sense or a person --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """The alarm clock rang, or the figures have to be brought up to date."""

    at: Instant


@dataclass(frozen=True, slots=True)
class IdleSeen:
    """Seconds since the last touch of key or pointer; ``None`` where the desktop does not report it."""

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
    """A reason to keep quiet begins."""

    at: Instant
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Release:
    """A reason to keep quiet ends."""

    at: Instant
    id: str


@dataclass(frozen=True, slots=True)
class Pause:
    """The person wants quiet for ``for_s`` seconds, or until ``until``, or (both ``None``) until they end it."""

    at: Instant
    for_s: float | None = None
    until: datetime | None = None


class Action(Enum):
    """What a person can answer or report with one click."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    SHORT = "short"
    """Take a short break of ``policy.SHORT_S``, which is offered once a break can no longer be skipped."""
    DONE = "done"
    ANOTHER = "another"
    MOVED = "moved"
    NOT_MOVED = "not_moved"
    CLOSE = "close"
    STAND = "stand"
    SIT = "sit"
    RESUME = "resume"
    GONE = "gone"
    """The numbness is gone. Like ``UNDO``, it concerns the log: the runtime handles it, not the engine."""
    UNDO = "undo"
    RELIEF = "relief"
    """Show step-by-step relief; the runtime handles it."""
    HELP = "help"
    """Show *When to get help*; the runtime handles it."""
    POSTURE = "posture"
    """Show *Check my posture*; the runtime handles it."""
    ROUTINE = "routine"
    """Start the daily routine; the runtime finds it and gives the engine a ``StartRoutine``."""
    ROUTINE_LATER = "routine_later"
    """Offer the daily routine again in half an hour."""
    ROUTINE_NOT_TODAY = "routine_not_today"
    DETAILS = "details"
    """Add details to the episode that a notification is about: the runtime's, like the two below."""
    ADD_TO_IT = "add_to_it"
    """The episode just logged is part of the one that was still open."""
    ANOTHER_ONE = "another_one"
    """It is another one than the one that was still open."""
    PANEL = "panel"
    """Show the panel; the runtime handles it, like the two below."""
    LOG = "log"
    """Log numbness, as the one click does."""
    NOT_AGAIN = "not_again"
    """Do not show this message again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The person pressed a button or chose from the menu."""

    at: Instant
    action: Action


@dataclass(frozen=True, slots=True)
class StartRoutine:
    """The person starts a break with several cards in a row, for as long as they take together."""

    at: Instant
    card: str
    """The routine's name in place of a card's slug; see ``core.cards.routines.break_name``."""
    duration_s: float


@dataclass(frozen=True, slots=True)
class StartCard:
    """The person chose a card: a break begins with it, or the break that is on goes on with it."""

    at: Instant
    card: str
    """The card's slug."""


@dataclass(frozen=True, slots=True)
class TurnCard:
    """The person turns the open card, or routine, back or on: to ``to_s`` seconds after its beginning."""

    at: Instant
    to_s: float


@dataclass(frozen=True, slots=True)
class HoldCard:
    """The person pauses the open card, or (``held`` is false) goes on with it. ``Pause`` is for the reminders."""

    at: Instant
    held: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """The card shows a step. The same step may be reported more than once."""

    at: Instant
    step: str
    """Tells the steps of the break apart: the card, the round and the step."""
    words: str
    """The step in the person's language."""


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
    | StartCard
    | TurnCard
    | HoldCard
    | StepShown
)


# --- effects, for the runtime to carry out ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Announce:
    """Announce a due break and offer the answers."""

    card: str
    seated_s: float
    can_snooze: bool
    snooze_s: float
    insists: bool = False
    """The break was announced before, but perhaps nobody saw it: announce it in a window of our own."""
    skips: int = 0
    """The breaks skipped in a row, if the settings allow no more: a short break is offered in place of *Skip*. 0: it
    can be skipped."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraw the announcement."""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Show a card."""

    card: str
    duration_s: float
    style: Style
    can_snooze: bool
    way_out: Action | None = Action.SKIP
    """The answer with which the person gets out of the break: ``SKIP``, ``SHORT`` once too many were skipped in a row,
    ``None`` on the short break itself."""


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """Show another card within the same break; the time left stays."""

    card: str


@dataclass(frozen=True, slots=True)
class AskAfter:
    """Ask whether the person got up, because the card is over."""


@dataclass(frozen=True, slots=True)
class CloseCard:
    """Close the card, or the question after it."""

    got_up: bool = False
    """The person has just said that they got up: there is a word about it first."""


@dataclass(frozen=True, slots=True)
class KeepBreak:
    """Record a break in the log; replaces one with the same id."""

    record: BreakRecord


@dataclass(frozen=True, slots=True)
class KeepBout:
    """Record a sitting bout that has ended in the log."""

    bout: SittingBout


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse an answer that does not fit the moment; ``why`` is a sentence for the person."""

    why: str


@dataclass(frozen=True, slots=True)
class NudgePosture:
    """Show the posture tip with this slug, without a sound; it disappears by itself."""

    tip: str


@dataclass(frozen=True, slots=True)
class RemindStanding:
    """Say that the person still counts as standing, without a sound; it disappears by itself."""


@dataclass(frozen=True, slots=True)
class OfferRoutine:
    """Ask whether the daily routine suits now."""


@dataclass(frozen=True, slots=True)
class RoutineDone:
    """A routine ended with the person up from the chair."""

    name: str
    """As in the record of the break: ``routine:daily``."""


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play the sound that the settings choose for a moment."""

    moment: SoundMoment


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Read a step aloud, in place of the one that is being read."""

    words: str
    after_s: float
    """Seconds to wait first: a sound has just begun."""


@dataclass(frozen=True, slots=True)
class StopReading:
    """Stop reading aloud, in the middle of a word if need be."""


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
    | PlaySound
    | ReadAloud
    | StopReading
)
