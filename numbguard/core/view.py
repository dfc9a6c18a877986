"""What of the engine's state may be shown: the ``Snapshot``, and when time alone will change it.

Pure functions of the state, called by the engine.
"""

from __future__ import annotations

from . import offer, policy, posture
from .model import HOURS, PAUSED, BreakView, Phase, Snapshot, State
from .presence import away, counting, reachable
from .records import Seat
from .settings import Settings
from .state import Current, EngineState

WORTH_ASKING_S = 20.0
"""A pause this long may become a natural break."""


def can_snooze(state: EngineState, settings: Settings) -> bool:
    """A routine was asked for: there is nothing to put off."""
    routine = state.current is not None and state.current.routine_s is not None
    return not routine and state.snoozes < settings.max_snoozes


def snapshot(state: EngineState, settings: Settings) -> Snapshot:
    pause = state.suppressions.get(PAUSED)
    return Snapshot(
        at=state.at,
        state=_word(state, settings),
        seat=state.seat,
        seated_s=state.seated_s,
        interval_s=settings.interval,
        due_in_s=state.due_at_s - state.seated_s,
        since_break_s=state.since_break_s,
        skipped_today=state.skipped_today,
        suppressed=tuple(state.suppressions.values()),
        paused_until=pause.until if pause else None,
        current=_view(state, settings),
        idle_known=state.idle_known,
        wake_in_s=wake_in(state, settings),
        awaits_pause=state.awaits_pause,
        overdue=_overdue(state, settings),
    )


def _overdue(state: EngineState, settings: Settings) -> bool:
    return policy.OWN_WISH.isdisjoint(state.suppressions) and any(
        held_s >= settings.quiet_longest for held_s in state.held_s.values()
    )


def _word(state: EngineState, settings: Settings) -> State:
    if state.current:
        return State.ANNOUNCED if state.current.phase is Phase.ANNOUNCED else State.BREAK
    if PAUSED in state.suppressions:
        return State.PAUSED
    if HOURS in state.suppressions:
        return State.OFF
    if away(state, settings):
        return State.AWAY
    return State.STANDING if state.seat is Seat.STANDING else State.SITTING


def card_length(current: Current, settings: Settings) -> float:
    return settings.duration if current.routine_s is None else current.routine_s - current.ahead_s


def phase_length(current: Current, settings: Settings) -> float:
    """How long a phase lasts when nobody answers. "Did you get up?" waits as long as being away takes to count."""
    return {
        Phase.ANNOUNCED: settings.patience,
        Phase.CARD: card_length(current, settings),
    }.get(current.phase, settings.natural_break)


def _phase_left(current: Current, settings: Settings) -> float:
    return max(0.0, phase_length(current, settings) - current.phase_s)


def _view(state: EngineState, settings: Settings) -> BreakView | None:
    current = state.current
    if current is None:
        return None
    return BreakView(
        current.card,
        current.phase,
        _phase_left(current, settings),
        state.snoozes,
        can_snooze(state, settings),
        current.phase_s,
        current.ahead_s,
    )


def wait_left(state: EngineState, settings: Settings) -> float:
    """For how much longer a due break waits for a pause in typing."""
    return min(settings.patience, state.longest_wait_s) - state.awaited_s


def look_in(state: EngineState) -> float:
    """Seconds until the hands may have rested for a pause, by what was heard of them last."""
    return max(0.0, policy.PAUSE_S - state.idle_s - state.since_sample_s)


def wake_in(state: EngineState, settings: Settings) -> float | None:
    """Seconds until time alone changes something."""
    waits: list[float] = []
    if state.current:
        waits.append(_phase_left(state.current, settings))
    elif state.awaits_pause:
        waits.append(wait_left(state, settings))
    elif counting(state, settings) and reachable(state, settings) and not state.suppressions:
        waits.append(max(state.due_at_s - state.seated_s, state.settle_s))
    if (nudge_in := posture.wait(state, settings)) is not None:
        waits.append(nudge_in)
    if (offer_in := offer.wait(state, settings)) is not None:
        waits.append(offer_in)
    if state.off_chair and not state.off_chair.credited and HOURS not in state.suppressions:
        waits.append(settings.natural_break - state.off_chair.length_s)
    elif not state.off_chair and state.idle_known and state.idle_s >= settings.natural_break:
        waits.append(settings.natural_break - state.free_s)
    elif not state.off_chair and state.idle_known and state.idle_s >= WORTH_ASKING_S:
        # Whoever was told that a pause began is not told when it becomes a break, so that is when to ask.
        left = settings.natural_break - state.idle_s - state.since_sample_s
        if left > 0:
            waits.append(left)
    if state.suppressions:
        waits += _held_back(state, settings)
    if state.hours and state.hours.until:
        waits.append((state.hours.until - state.at.wall).total_seconds())
    return max(0.0, min(waits)) if waits else None


def _held_back(state: EngineState, settings: Settings) -> list[float]:
    """Until a pause ends, and until a reason has held a due break for as long as it may."""
    waits: list[float] = []
    pause = state.suppressions.get(PAUSED)
    if pause and pause.until:
        waits.append((pause.until - state.at.wall).total_seconds())
    if policy.OWN_WISH.isdisjoint(state.suppressions) and counting(state, settings):
        left = settings.quiet_longest - max(state.held_s.values(), default=0.0)
        if left > 0:
            waits.append(max(0.0, state.due_at_s - state.seated_s) + left)
    return waits
