"""Everything the engine remembers from one step to the next, and its form in the state file.

Durations grow step by step. None is computed from two clock readings far apart, so a jump of either clock does no harm.
Only the engine uses it. ``to_table`` gives the content of the state file, and ``from_table`` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from numbguard.core.log.records import BreakRecord, Outcome, Seat

from .hours import HoursStretch, lived
from .instant import Instant
from .ledger import Kind, Ledger, Stretch
from .messages import PAUSED, Phase, Suppression

VERSION = 1

_MOST = 1e9
"""Seconds, about thirty years: no length in a state file is greater."""
_YEARS = (1970, 9000)
"""The first and last year of a moment in a state file, far from the ends of the calendar, where sums overflow."""
_LONGEST_WORD, _MOST_WORDS = 200, 1000


@dataclass(slots=True)
class OffChair:
    """The present time off the chair: standing, or away. Moments are on the ledger's clock."""

    since_s: float
    length_s: float
    known_s: float = 0.0
    """Seconds of it that were locked, asleep or standing; the rest is known from idleness alone."""
    credited: bool = False
    record: BreakRecord | None = None
    until_s: float | None = None
    """When it ended; ``None`` while it lasts."""
    refused: bool = False
    """The person has said that it was no break."""
    restarted: bool = False
    """The program was not running for a part of it, and idleness has not been read since."""


@dataclass(frozen=True, slots=True)
class CarriedBout:
    """A sitting bout carried over a restart of the machine, whose clock may have stood still while it was off."""

    ended_s: float
    """The last moment of the earlier run, on the ledger's clock."""
    wall: datetime
    """The same by the wall clock of that run."""
    began_s: float
    """The first moment of this run, on the ledger's clock."""
    gone_s: float
    """Seconds for which the machine was off by the wall clock; negative where the clock went back."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Time without a touch of key or pointer, on the ledger's clock."""

    since_s: float
    until_s: float

    @property
    def length_s(self) -> float:
        return self.until_s - self.since_s


@dataclass(slots=True)
class CurrentBreak:
    """The break that is announced or on. Moments are on the ledger's clock."""

    phase: Phase
    card: str
    announced_s: float | None
    started_s: float
    seated_s: float
    routine_s: float | None = None
    """Seconds that the cards of a routine take together; ``None``: one card, for as long as the settings say."""
    ahead_s: float = 0.0
    """Seconds of the routine that were skipped."""
    phase_s: float = 0.0
    ran_s: float = 0.0
    """Seconds for which the card was open."""
    ran_whole: bool = False
    worked_s: float = 0.0
    rested_until_s: float | None = None
    """When the card ended, if it ran to its end while the hands rested: that was the break, and no later rest is."""
    absences: list[OffChair] = field(default_factory=list)
    """Each time off the chair that was long enough to make this break count, whatever is pressed."""
    waited: bool = False
    """The announcement has waited for a touch of key or pointer."""
    insisted: bool = False
    """The break was announced a second time, in a window of our own."""
    rest: Rest | None = None
    """The longest rest of the hands since the announcement, or since the person started the break."""


@dataclass(slots=True)
class EngineState:
    """All that the engine remembers."""

    at: Instant
    due_at_s: float
    """The reading of the seated clock at which the next break is due."""
    rose_after_s: float = 0.0
    """Seconds of sitting in the last bout that a card ended."""
    due_is_snooze: bool = False
    """The person put the break off until then, so a new interval does not move it."""
    ledger: Ledger = field(default_factory=Ledger)
    seat: Seat = Seat.SITTING
    since_break_s: float | None = None
    idle_known: bool = False
    idle_s: float = 0.0
    since_sample_s: float = 0.0
    touched_s: float = 0.0
    """The last known touch of key or pointer, on the ledger's clock."""
    rested_s: float = 0.0
    """Until when nothing was touched after that, by the last reading of idleness."""
    free_s: float = float("inf")
    """Seconds since the last call or presentation ended; idleness before that does not count."""
    seen_s: float = 0.0
    """Seconds for which idleness has been watched; earlier idleness is no break, because nobody knows what it was."""
    locked: bool = False
    asleep: bool = False
    asleep_s: float = 0.0
    """Seconds since the machine announced its sleep."""
    unseen_s: float | None = None
    """Seconds without a known touch after an absence: since the machine woke, or since the earlier run ended. ``None``:
    it was touched."""
    woke: bool = False
    """``unseen_s`` counts from a waking, not from the end of an earlier run."""
    run_s: float = 0.0
    """Seconds for which this run has lasted, without sleep."""
    off_chair: OffChair | None = None
    carried: CarriedBout | None = None
    hours: HoursStretch | None = None
    """Whether the working hours are on, and until when; ``None``: not known yet."""
    day_began: datetime | None = None
    """When the local day began that was last asked for, in the zone of that moment."""
    off_hours_s: float = 0.0
    settle_s: float = 0.0
    awaits_pause: bool = False
    """A break is due, and only the typing hands keep it from being announced."""
    awaited_s: float = 0.0
    """Seconds for which the current due break has waited for a pause in typing."""
    longest_wait_s: float = float("inf")
    """Seconds after which a wait for a pause ends, even within the patience."""
    held_s: float = 0.0
    """Seconds for which sensed reasons to keep quiet have held back the current due break, all reasons together."""
    gap_s: float = 0.0
    """Seconds since the last of them ended."""
    blinks: int = 0
    """How often a reason has come back within ``settle``."""
    standing_s: float = 0.0
    """Seconds counted as standing since the person said that they stand."""
    standing_said: bool = False
    """NumbGuard has said that it still counts the person as standing."""
    gone_s: float = 0.0
    """Seconds for which the machine has been locked, asleep or untouched, whatever ``[away]`` says."""
    told_s: float | None = None
    """The last believed reading of idleness, in seconds."""
    told_at_s: float = 0.0
    """When it was read, on the ledger's clock."""
    doubted: Rest | None = None
    """The last reading if it could not be true: from when to when it says that nothing was touched."""
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    pause_is_length: bool = False
    """The pause was given as a length: setting the clock moves its end along."""
    current: CurrentBreak | None = None
    snoozes: int = 0
    shown: list[str] = field(default_factory=list)
    skipped_today: int = 0
    skipped_on: date = date.min
    posture_s: float = 0.0
    """Seconds at the desk since the last posture nudge."""
    rest_s: float = 0.0
    """Seconds of quiet for posture that are left after a break."""
    tips: list[str] = field(default_factory=list)
    """Slugs of the posture tips shown lately, the last one last."""
    offered_on: date | None = None
    """The day on which the daily routine was last offered, or started without an offer."""
    offer_in_s: float | None = None
    """Seconds until the routine is offered again at the person's wish; ``None``: it was not put off."""

    @property
    def seated_s(self) -> float:
        """The reading of the seated clock: the seconds of sitting since the last real movement."""
        return self.ledger.seated_s

    @property
    def fast_s(self) -> float:
        """How many seconds seem to lie between two stirs of the mouse on a fast clock; 0 at the usual speed."""
        return 2.5 * self.longest_wait_s if self.longest_wait_s < float("inf") else 0.0

    def lived_at(self, moment_s: float) -> datetime:
        """Return the date of a moment on the ledger's clock, by the wall clock as it is set now."""
        return lived(self.at.wall - timedelta(seconds=self.ledger.now_s - moment_s), self.at.local)


def paused(until: datetime | None) -> Suppression:
    """Return the pause that a person asked for; ``None``: until they end it."""
    return Suppression(PAUSED, "paused", until)


def to_table(state: EngineState) -> dict[str, object]:
    """Return the part of the state that outlives a restart, as values that JSON can represent."""
    pause = state.suppressions.get(PAUSED)
    return {
        "version": VERSION,
        "wall": state.at.wall.isoformat(),
        "mono": state.at.mono,
        "stretches": _stretches_table(state.ledger),
        "due_at_s": state.due_at_s,
        "due_is_snooze": state.due_is_snooze,
        "held_s": state.held_s,
        "standing_s": state.standing_s,
        "standing_said": state.standing_said,
        "left_s": state.gone_s,
        "untouched_s": state.ledger.now_s - state.touched_s,
        "rested_s": max(0.0, state.rested_s - state.touched_s),
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
        "pause_is_length": state.pause_is_length,
        "off_chair": _off_chair_table(state),
        "posture_s": state.posture_s,
        "tips": list(state.tips),
        "offered_on": state.offered_on.isoformat() if state.offered_on else None,
        "offer_in_s": state.offer_in_s,
        "awaited_s": state.awaited_s,
        "seen_s": state.seen_s,
        "free_s": None if state.free_s == float("inf") else state.free_s,
    }


def _off_chair_table(state: EngineState) -> dict[str, object] | None:
    off = state.off_chair
    if off is None:
        return None
    return {
        "gone_s": state.ledger.now_s - off.since_s,
        "length_s": off.length_s,
        "known_s": off.known_s,
        "credited": off.credited,
        "record": off.record and off.record.id,
        "seated_s": off.record.seated_s if off.record else 0.0,
    }


@dataclass(frozen=True, slots=True)
class SavedState:
    """A state file, read and checked."""

    wall: datetime
    mono: float | None
    """``None`` in the files of earlier versions."""
    due_at_s: float
    ledger: Ledger
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
    pause_is_length: bool
    due_is_snooze: bool
    held_s: float
    standing_s: float
    standing_said: bool
    left_s: float
    """For how long the machine had been locked, asleep or untouched."""
    hands: Rest
    """The last known rest of the hands."""
    off_chair: OffChair | None
    up: Rest | None
    """When the person was up during a card or a question that was open, if that counts without an answer."""

    @property
    def seated_s(self) -> float:
        return self.ledger.seated_s


def from_table(table: Mapping[str, object]) -> SavedState | None:
    """Read what ``to_table`` wrote; returns ``None`` if a single value has another type or is out of range."""
    try:
        if table["version"] != VERSION:
            return None
        since_break, card, until = table["since_break_s"], table["card"], table["paused_until"]
        offered, wait, mono = table.get("offered_on"), table.get("offer_in_s"), table.get("mono")
        ledger = _ledger(table)
        return SavedState(
            wall=(wall := _moment(table["wall"])),
            mono=None if mono is None else _figure(mono),
            due_at_s=_figure(table["due_at_s"], least=-_MOST),
            ledger=ledger,
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
            pause_is_length=table.get("pause_is_length") is True,
            due_is_snooze=table.get("due_is_snooze") is True,
            held_s=_seconds(table.get("held_s")),
            standing_s=_seconds(table.get("standing_s")),
            standing_said=table.get("standing_said") is True,
            left_s=_seconds(table.get("left_s")),
            hands=_hands(table, ledger),
            off_chair=_off_chair(table.get("off_chair"), ledger, wall),
            up=_rest(table.get("up"), ledger),
        )
    except (KeyError, TypeError, ValueError):
        return None


def rest_table(rest: Rest | None, ledger: Ledger) -> list[float] | None:
    """Return how many seconds before now a rest began and ended."""
    return None if rest is None else [ledger.now_s - rest.since_s, ledger.now_s - rest.until_s]


def _rest(kept: object, ledger: Ledger) -> Rest | None:
    if not isinstance(kept, list):
        return None
    since_s, until_s = map(_seconds, kept)
    return Rest(ledger.now_s - since_s, ledger.now_s - until_s)


def _hands(table: Mapping[str, object], ledger: Ledger) -> Rest:
    touched_s = ledger.now_s - _seconds(table.get("untouched_s"))
    return Rest(touched_s, min(touched_s + _seconds(table.get("rested_s")), ledger.now_s))


def _off_chair(kept: object, ledger: Ledger, wall: datetime) -> OffChair | None:
    if not isinstance(kept, dict):
        return None
    gone_s = _seconds(kept.get("gone_s"))
    off = OffChair(ledger.now_s - gone_s, _seconds(kept.get("length_s")), _seconds(kept.get("known_s")))
    off.credited = kept.get("credited") is True
    if kept.get("record"):
        began, seated_s = wall - timedelta(seconds=gone_s), _seconds(kept.get("seated_s"))
        off.record = BreakRecord(str(kept["record"]), Outcome.NATURAL, began, None, seated_s=seated_s)
    return off


def _stretches_table(ledger: Ledger) -> list[list[object]]:
    """Return the current bout's stretches: the kind, and how many seconds before now each began and ended."""
    now_s = ledger.now_s
    return [[each.kind.value, now_s - each.since_s, now_s - each.until_s] for each in ledger.stretches]


def _ledger(table: Mapping[str, object]) -> Ledger:
    """Return the saved ledger; a file of an earlier version contains only the sum of the sitting."""
    seated_s = _figure(table["seated_s"])
    kept = table.get("stretches", [[Kind.SITTING.value, seated_s, 0.0]])
    if not isinstance(kept, list) or len(kept) > _MOST_WORDS:
        raise ValueError("no list of stretches")
    parts = [(Kind(kind), _figure(since), _figure(until)) for kind, since, until in kept]
    edges = [_MOST, *(edge for _, since, until in parts for edge in (since, until)), 0.0]
    if any(not earlier >= later for earlier, later in pairwise(edges)):
        raise ValueError("stretches out of order")
    length_s = parts[0][1] if parts else 0.0
    ledger = Ledger(now_s=length_s)
    ledger.stretches = [Stretch(kind, length_s - since, length_s - until) for kind, since, until in parts]
    ledger.seated_s = ledger.spent(Kind.SITTING, since_s=0.0)
    for stretch in ledger.stretches:
        ledger.totals[stretch.kind] += stretch.until_s - stretch.since_s
    return ledger


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
    """Return a length in seconds; 0 where the file of an earlier version lacks it or has nonsense there."""
    return value if isinstance(value, float) and 0 <= value < _MOST else 0.0
