"""The state file's content: what of the engine's state outlives a restart, and how a file of any age is read.

The engine writes it with ``to_table``; ``from_table`` reads and checks it at the next start, and before the file is
kept. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BreakRecord, Outcome

from ..messages import PAUSED, Phase
from .engine_state import EngineState, OffChair, Rest
from .ledger import Ledger, Stretch, StretchKind

VERSION = 1

_MOST = 1e9
"""Seconds, about thirty years: no length in a state file is greater."""
_YEARS = (1970, 9000)
"""The first and last year of a moment in a state file, far from the ends of the calendar, where sums overflow."""
_LONGEST_WORD, _MOST_WORDS = 200, 1000


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
        "skips": state.skips,
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
        "unread_s": state.unseen_s if off.unread_s else 0.0,
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
    skips: int
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
            skips=int(_figure(table.get("skips", 0))),
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
    off.unread_s = _seconds(kept.get("unread_s"))
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
    kept = table.get("stretches", [[StretchKind.SITTING.value, seated_s, 0.0]])
    if not isinstance(kept, list) or len(kept) > _MOST_WORDS:
        raise ValueError("no list of stretches")
    parts = [(StretchKind(kind), _figure(since), _figure(until)) for kind, since, until in kept]
    edges = [_MOST, *(edge for _, since, until in parts for edge in (since, until)), 0.0]
    if any(not earlier >= later for earlier, later in pairwise(edges)):
        raise ValueError("stretches out of order")
    length_s = parts[0][1] if parts else 0.0
    ledger = Ledger(now_s=length_s)
    ledger.stretches = [Stretch(kind, length_s - since, length_s - until) for kind, since, until in parts]
    ledger.seated_s = ledger.spent(StretchKind.SITTING, since_s=0.0)
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
