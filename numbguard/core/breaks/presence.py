"""Who is at the desk: what lock, sleep, idleness and the person's own word say of sitting, standing and being away.

Functions over ``EngineState``, called by the engine. Idle is not the same as up: short idleness is sitting, and while a
call holds the machine any idleness is.
"""

from __future__ import annotations

from datetime import timedelta

from numbguard.core.log.records import Seat
from numbguard.core.settings.choices import AwayRule
from numbguard.core.settings.settings import Settings

from . import policy
from .instant import Instant
from .messages import HOURS, Phase
from .state import EngineState, OffChair

ASLEEP_S = 2.0
"""What is told of idleness this soon after the machine said it would sleep was asked for before it did."""


def idle_so_far(state: EngineState) -> float:
    """Seconds without input that may count towards being away."""
    return min(state.idle_s, state.free_s) if state.idle_known else 0.0


def away(state: EngineState, settings: Settings) -> bool:
    """Nobody is at the desk, as far as is known."""
    return (
        (state.locked and settings.away_lock is AwayRule.AWAY)
        or (state.asleep and settings.away_sleep is AwayRule.AWAY)
        or (idle_so_far(state) >= settings.natural_break and not _stopped(state, settings))
    )


def _stopped(state: EngineState, settings: Settings) -> bool:
    """Locked or asleep, and the person wants that only to stop the clock."""
    return (state.locked and settings.away_lock is AwayRule.PAUSE) or (
        state.asleep and settings.away_sleep is AwayRule.PAUSE
    )


def reachable(state: EngineState, settings: Settings) -> bool:
    """Somebody sits there who could read an announcement."""
    return not (state.locked or state.asleep or state.seat is Seat.STANDING or away(state, settings))


def counting(state: EngineState, settings: Settings) -> bool:
    """Whether the seated clock runs."""
    return not (
        HOURS in state.suppressions
        or state.off_chair
        or state.seat is Seat.STANDING
        or away(state, settings)
        or _stopped(state, settings)
    )


def held(state: EngineState, settings: Settings) -> bool:
    """Idleness says nothing of being away just now."""
    return not policy.HOLDS_SEAT.isdisjoint(state.suppressions) or _stopped(state, settings)


def advance(state: EngineState, settings: Settings, at: Instant, passed: float) -> None:
    """Let ``passed`` seconds pass, up to ``at``."""
    if counting(state, settings):
        state.seated_s += passed
        if state.seated_s > state.due_at_s:
            _hold(state, min(passed, state.seated_s - state.due_at_s))
        if state.current and state.current.phase is Phase.AFTER:
            state.current.sat_s += passed
    if state.awaits_pause:
        state.awaited_s += passed
    if HOURS in state.suppressions:
        state.off_hours_s += passed
    elif state.off_chair:
        state.off_chair.length_s += passed
    if state.asleep:
        state.asleep_s += passed
    else:
        state.settle_s = max(0.0, state.settle_s - passed)
        if state.current:
            state.current.phase_s += passed
    if state.since_break_s is not None:
        state.since_break_s += passed
    state.since_sample_s += passed
    state.seen_s += passed
    state.free_s = 0.0 if held(state, settings) else state.free_s + passed
    today = at.wall.date()
    if today != state.skipped_on:
        state.skipped_on, state.skipped_today = today, 0
    state.at = at


def _hold(state: EngineState, seconds: float) -> None:
    """A due break is held back by every reason that was not the person's own wish, each for its own length."""
    for id in state.suppressions:
        if id not in policy.OWN_WISH:
            state.held_s[id] = state.held_s.get(id, 0.0) + seconds


def follow(state: EngineState, settings: Settings) -> OffChair | None:
    """Begin, lengthen or end the time off the chair as the senses now stand; gives the one that has just ended."""
    if state.seat is not Seat.STANDING and not away(state, settings):
        ended, state.off_chair = state.off_chair, None
        return ended
    if state.off_chair is None:
        idle = 0.0 if _stopped(state, settings) else min(idle_so_far(state), state.seen_s)
        length = idle if idle_so_far(state) >= settings.natural_break else 0.0
        state.off_chair = OffChair(
            since=state.at.wall - timedelta(seconds=length), length_s=length, counted_s=min(length, state.seated_s)
        )
    elif not state.off_chair.credited and _heard_now(state):
        _lengthen(state, state.off_chair)
    return None


def _heard_now(state: EngineState) -> bool:
    """Whether this step brought a look at idleness: an older one may tell of a pause that a key has ended since."""
    return state.since_sample_s == 0 and (not state.asleep or state.asleep_s < ASLEEP_S)


def _lengthen(state: EngineState, off: OffChair) -> None:
    """Somebody who locks the screen after four idle minutes left at the last key, not at the lock."""
    longer = min(idle_so_far(state), state.seen_s) - off.length_s
    if longer > 0:
        off.since -= timedelta(seconds=longer)
        off.length_s += longer
        off.counted_s = min(off.counted_s + longer, state.seated_s)


def slept(state: EngineState, settings: Settings, seconds: float) -> None:
    """The machine slept for ``seconds`` that the monotonic clock left out."""
    state.seen_s += seconds
    if HOURS in state.suppressions:
        state.off_hours_s += seconds
    elif settings.away_sleep is AwayRule.AWAY:
        if state.off_chair is None:
            state.off_chair = OffChair(since=state.at.wall - timedelta(seconds=seconds), length_s=0.0, counted_s=0.0)
        state.off_chair.length_s += seconds
    if state.since_break_s is not None:
        state.since_break_s += seconds
