"""What of the engine's state may be shown: the ``Snapshot``, and when time alone will change it.

Pure functions of the state, called by the engine.
"""

from __future__ import annotations

import math

from . import offer, policy, posture
from .model import HOURS, PAUSED, BreakView, Phase, Snapshot, State
from .presence import away, counting, held, reachable
from .records import Seat
from .settings import Settings
from .state import Current, EngineState

LATE_S = 5.0
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
    match current.phase:
        case Phase.ANNOUNCED:
            return settings.patience
        case Phase.CARD:
            return card_length(current, settings)
        case _:
            return settings.natural_break


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
    """Seconds until time alone changes something; ``None`` where it never does."""
    left = min(
        changes_in(state, settings, word_in_s=word_in(state, settings)),
        worth_asking_in(state, settings),
    )
    return None if left == math.inf else max(0.0, left)


def worth_asking_in(state: EngineState, settings: Settings) -> float:
    """Whoever was told that a pause began is not told when it becomes a break, so that is when to ask."""
    if not state.idle_known or state.off_chair or not WORTH_ASKING_S <= state.idle_s < settings.natural_break:
        return math.inf
    left = settings.natural_break - state.idle_s - state.since_sample_s
    # Another input may come just before the alarm; a sense that gives no answer is not asked for ever.
    return left if left > -LATE_S else math.inf


def word_in(state: EngineState, settings: Settings) -> float:
    """Seconds until time alone brings a word about posture or the daily routine; infinite if it never does."""
    if not posture.may_speak(state, settings):
        return math.inf
    nudge_in, offer_in = posture.wait(state, settings), offer.wait(state, settings)
    left = math.inf if nudge_in is None else nudge_in
    return left if offer_in is None or offer_in > left else offer_in


def changes_in(state: EngineState, settings: Settings, *, word_in_s: float) -> float:
    """Seconds until time alone changes something, whatever a look at idleness would tell; infinite if it never does.

    ``word_in_s`` is what ``word_in`` gave for the same state.
    """
    left, off = math.inf, state.off_chair
    if state.current:
        left = _phase_left(state.current, settings)
    elif state.awaits_pause:
        left = wait_left(state, settings)
    elif not state.suppressions and counting(state, settings) and reachable(state, settings):
        left = max(state.due_at_s - state.seated_s, state.settle_s)
    if word_in_s < left:
        left = word_in_s
    other = math.inf
    if off is not None:
        if not off.credited and HOURS not in state.suppressions:
            other = settings.natural_break - off.length_s
    elif state.idle_known and state.idle_s >= settings.natural_break and not held(state, settings):
        other = settings.natural_break - state.free_s
    if other < left:
        left = other
    if state.suppressions and (other := _held_back(state, settings)) < left:
        left = other
    if state.hours and state.hours.until and (other := (state.hours.until - state.at.wall).total_seconds()) < left:
        left = other
    return left


def _held_back(state: EngineState, settings: Settings) -> float:
    """Until a pause ends, the sitting before the evening is over, or a due break was held for as long as it may be."""
    left, pause = math.inf, state.suppressions.get(PAUSED)
    if pause and pause.until:
        left = (pause.until - state.at.wall).total_seconds()
    if HOURS in state.suppressions and state.seated_s > 0 and state.off_hours_s < settings.natural_break:
        left = min(left, settings.natural_break - state.off_hours_s)
    if pause or HOURS in state.suppressions:
        return left
    if not counting(state, settings):
        return math.inf
    left = settings.quiet_longest - max(state.held_s.values(), default=0.0)
    return max(0.0, state.due_at_s - state.seated_s) + left if left > 0 else math.inf
