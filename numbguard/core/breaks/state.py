"""Everything the engine remembers from one step to the next, and how it outlives the process.

Durations are grown, never computed from two clock readings far apart, so that a jump of either clock cannot tear them.
Used by the engine only; ``to_table`` and ``from_table`` are what the state file holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from numbguard.core.log.records import BreakRecord, Seat

from .hours import HoursStretch
from .instant import Instant
from .messages import PAUSED, Phase, Suppression

VERSION = 1

_MOST = 1e9
"""Seconds, some thirty years: no clock of a sitting reads as much."""
_YEARS = (1970, 9000)
"""Away from the ends of the calendar, where sums overflow."""
_LONGEST_WORD, _MOST_WORDS = 200, 1000


@dataclass(slots=True)
class OffChair:
    """The present time off the chair: standing, or away."""

    since: datetime
    length_s: float
    counted_s: float
    """How much of it the seated clock had already taken for sitting."""
    credited: bool = False
    record: BreakRecord | None = None


@dataclass(slots=True)
class CurrentBreak:
    """The break that is announced or on."""

    phase: Phase
    card: str
    announced_at: datetime | None
    started_at: datetime
    seated_s: float
    routine_s: float | None = None
    """How long the cards of a routine take together; ``None``: one card, for as long as the settings say."""
    ahead_s: float = 0.0
    """How much of them was left out."""
    phase_s: float = 0.0
    ran_s: float = 0.0
    """How long the card was up."""
    ran_whole: bool = False
    worked_s: float = 0.0
    sat_s: float = 0.0
    """How much of the question's time the seated clock has run."""


@dataclass(slots=True)
class EngineState:
    """All that the engine remembers."""

    at: Instant
    bout_since: datetime
    due_at_s: float
    """The reading of the seated clock at which the next break is due."""
    seated_s: float = 0.0
    seat: Seat = Seat.SITTING
    since_break_s: float | None = None
    idle_known: bool = False
    idle_s: float = 0.0
    since_sample_s: float = 0.0
    free_s: float = float("inf")
    """For how long no call or presentation has held the machine; idleness before that does not count."""
    seen_s: float = 0.0
    """For how long this person has been watched; idleness before that is no break, for nobody knows what it was."""
    locked: bool = False
    asleep: bool = False
    asleep_s: float = 0.0
    """Time run since the machine said it would sleep."""
    off_chair: OffChair | None = None
    hours: HoursStretch | None = None
    """How the working hours stand, and until when; ``None``: to be looked up."""
    off_hours_s: float = 0.0
    settle_s: float = 0.0
    awaits_pause: bool = False
    """A break is due and could be announced, but for hands that are typing."""
    awaited_s: float = 0.0
    """For how long the present due break has waited for a pause in typing."""
    longest_wait_s: float = float("inf")
    """A wait for a pause is given up after this, however much patience there is."""
    held_s: dict[str, float] = field(default_factory=dict)
    """For how long each reason to keep quiet has held the present due break back."""
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    pause_is_length: bool = False
    """The pause was given as a length: setting the clock moves its end along."""
    current: CurrentBreak | None = None
    snoozes: int = 0
    shown: list[str] = field(default_factory=list)
    skipped_today: int = 0
    skipped_on: date = date.min
    posture_s: float = 0.0
    """Time at the desk since the last posture nudge."""
    rest_s: float = 0.0
    """For how long after a break posture still keeps quiet."""
    tips: list[str] = field(default_factory=list)
    """Slugs of the posture tips shown lately, the last one last."""
    offered_on: date | None = None
    """The day on which the daily routine was last offered, or begun without being."""
    offer_in_s: float | None = None
    """How long until it is offered again, as the person asked for."""


def paused(until: datetime | None) -> Suppression:
    """The pause that a person asked for; ``None``: until they end it."""
    return Suppression(PAUSED, "paused", until)


def to_table(state: EngineState) -> dict[str, object]:
    """What of the state is worth keeping over a restart, as JSON can hold it."""
    pause = state.suppressions.get(PAUSED)
    return {
        "version": VERSION,
        "wall": state.at.wall.isoformat(),
        "bout_since": state.bout_since.isoformat(),
        "due_at_s": state.due_at_s,
        "seated_s": state.seated_s,
        "seat": state.seat.value,
        "since_break_s": state.since_break_s,
        "phase": state.current.phase.value if state.current else Phase.NONE.value,
        "card": state.current.card if state.current else None,
        "snoozes": state.snoozes,
        "shown": list(state.shown),
        "skipped_today": state.skipped_today,
        "skipped_on": state.skipped_on.isoformat(),
        "paused": pause is not None,
        "paused_until": pause.until.isoformat() if pause and pause.until else None,
        "posture_s": state.posture_s,
        "tips": list(state.tips),
        "offered_on": state.offered_on.isoformat() if state.offered_on else None,
        "offer_in_s": state.offer_in_s,
        "awaited_s": state.awaited_s,
        "seen_s": state.seen_s,
        "free_s": None if state.free_s == float("inf") else state.free_s,
    }


@dataclass(frozen=True, slots=True)
class SavedState:
    """A state file, read and checked."""

    wall: datetime
    bout_since: datetime
    due_at_s: float
    seated_s: float
    seat: Seat
    since_break_s: float | None
    phase: Phase
    card: str | None
    snoozes: int
    shown: tuple[str, ...]
    skipped_today: int
    skipped_on: date
    paused: bool
    paused_until: datetime | None
    posture_s: float
    tips: tuple[str, ...]
    offered_on: date | None
    offer_in_s: float | None
    awaited_s: float
    seen_s: float
    free_s: float
    counting: bool


def from_table(table: Mapping[str, object]) -> SavedState | None:
    """What ``to_table`` wrote; ``None`` for anything else, be it one value of another kind or out of range."""
    try:
        if table["version"] != VERSION:
            return None
        since_break, card, until = table["since_break_s"], table["card"], table["paused_until"]
        offered, wait = table.get("offered_on"), table.get("offer_in_s")
        return SavedState(
            wall=_moment(table["wall"]),
            bout_since=_moment(table["bout_since"]),
            due_at_s=_figure(table["due_at_s"], least=-_MOST),
            seated_s=_figure(table["seated_s"]),
            seat=Seat(table["seat"]),
            since_break_s=None if since_break is None else _figure(since_break),
            phase=Phase(table["phase"]),
            card=None if card is None else _word(card),
            snoozes=int(_figure(table["snoozes"])),
            shown=_words(table["shown"]),
            skipped_today=int(_figure(table["skipped_today"])),
            skipped_on=_day(table["skipped_on"]),
            paused=table["paused"] is True,
            paused_until=None if until is None else _moment(until),
            posture_s=_seconds(table.get("posture_s")),
            tips=_words(tips) if isinstance(tips := table.get("tips"), list) else (),
            offered_on=None if offered is None else _day(offered),
            offer_in_s=None if wait is None else _seconds(wait),
            awaited_s=_seconds(table.get("awaited_s")),
            seen_s=_seconds(table.get("seen_s")),
            free_s=float("inf") if table.get("free_s") is None else _seconds(table["free_s"]),
            counting=table.get("counting") is not False,
        )
    except (KeyError, ValueError):
        return None


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_word(value))
    if moment.tzinfo is None or not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise ValueError("no moment in which NumbGuard could have run")
    return moment


def _day(value: object) -> date:
    return date.fromisoformat(_word(value))


def _word(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        raise ValueError("no word")
    return value


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_WORDS:
        raise ValueError("no list of words")
    return tuple(_word(one) for one in value)


def _figure(value: object, *, least: float = 0.0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < _MOST:
        raise ValueError("no figure, or out of range")
    return value


def _seconds(value: object) -> float:
    """What is not in the files of earlier versions, or makes no sense there, begins at nothing."""
    return value if isinstance(value, float) and 0 <= value < _MOST else 0.0
