"""The part of the engine's state that may be shown: the ``Snapshot``, and when time alone will change it.

Pure functions of the state, called by the engine.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, time

from numbguard.core.log.records.episode import Seat
from numbguard.core.settings.settings import Settings
from numbguard.core.when.local_clock import reached

from . import policy, verdict
from .messages import HOURS, PAUSED, Phase, State
from .nudges import posture, routine_offer, standing
from .presence import away, counting, held, kind_now, lately_touched, reachable
from .snapshot import BreakView, Snapshot
from .state.engine_state import CurrentBreak, EngineState
from .state.ledger import StretchKind

LATE_S = 5.0
WORTH_ASKING_S = 20.0
"""Seconds from which a pause may become a natural break."""


def can_snooze(state: EngineState, settings: Settings) -> bool:
    """Whether the break can be put off; a routine cannot, because the person asked for it."""
    routine = state.current is not None and state.current.routine_s is not None
    return not routine and state.snoozes < settings.max_snoozes


def skips_used_up(state: EngineState, settings: Settings) -> int:
    """Return the breaks skipped in a row if the settings allow no more, else 0; a routine can always be stopped."""
    routine = state.current is not None and state.current.routine_s is not None
    return state.skips if 0 < settings.max_skips <= state.skips and not routine else 0


def snapshot(state: EngineState, settings: Settings) -> Snapshot:
    pause = state.suppressions.get(PAUSED)
    seated_s = verdict.seated_s(state)
    today = verdict.seated_parts(state, since_s=_midnight(state))
    return Snapshot(
        at=state.at,
        state=_word(state, settings),
        seat=state.seat,
        seated_s=seated_s,
        interval_s=settings.interval,
        due_in_s=state.due_at_s - state.seated_s,
        since_break_s=verdict.since_break_s(state),
        skipped_today=state.skipped_today,
        suppressed=tuple(state.suppressions.values()),
        paused_until=pause.until if pause else None,
        current=_view(state, settings),
        idle_known=state.idle_known,
        wake_in_s=wake_in(state, settings),
        awaits_pause=state.awaits_pause,
        numb_after_s=verdict.numb_after_s(state),
        bout_s=state.ledger.now_s - state.ledger.bout_s,
        hours_end=state.hours.until if state.hours and state.hours.on else None,
        seated_today_s=sum(today),
        longest_today_s=max(today),
        is_away=away(state, settings),
        overdue=_overdue(state, settings),
    )


def _midnight(state: EngineState) -> float:
    """Return when the local day began, on the ledger's clock."""
    at = state.at
    began = state.day_began
    if began is None or (began.date(), began.tzinfo) != (at.wall.date(), at.local):
        began = state.day_began = reached(at.wall.date(), time(0), at.local).astimezone(at.local)
    return state.ledger.now_s - (at.wall - began.astimezone(UTC)).total_seconds()


def _overdue(state: EngineState, settings: Settings) -> bool:
    long = state.held_s >= settings.quiet_longest or state.blinks >= policy.BLINKS
    held_now = bool(state.suppressions) or (state.blinks > 1 and state.gap_s < settings.settle)
    return long and held_now and policy.OWN_WISH.isdisjoint(state.suppressions)


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


def card_length(current: CurrentBreak, settings: Settings) -> float:
    """Return the seconds that the card runs altogether, with what was skipped or repeated."""
    return whole_length(current, settings) - current.ahead_s


def whole_length(current: CurrentBreak, settings: Settings) -> float:
    """Return the seconds that the card or routine takes if nobody turns it back or on."""
    if current.short:
        return policy.SHORT_S
    return settings.duration if current.routine_s is None else current.routine_s


def phase_length(current: CurrentBreak, settings: Settings) -> float:
    """Return the seconds that a phase lasts without an answer; "Did you get up?" waits for ``natural_break``."""
    match current.phase:
        case Phase.ANNOUNCED:
            return _patience(current, settings)
        case Phase.CARD:
            return card_length(current, settings)
        case _:
            return settings.natural_break


def _patience(current: CurrentBreak, settings: Settings) -> float:
    return settings.patience + (policy.INSISTS_S if current.insisted else 0.0)


def waits_for_a_touch(state: EngineState, current: CurrentBreak, settings: Settings) -> bool:
    """Whether the patience is over, and nobody is there to see the card open."""
    over = current.phase is Phase.ANNOUNCED and current.phase_s >= _patience(current, settings)
    return over and _hung_in(current, settings) > 0 and not lately_touched(state)


def _hung_in(current: CurrentBreak, settings: Settings) -> float:
    """Return the seconds until the card no longer waits for a sense: the absence would long be a break."""
    return _patience(current, settings) + settings.natural_break + policy.HUNG_S - current.phase_s


def _phase_left(current: CurrentBreak, settings: Settings) -> float:
    return max(0.0, phase_length(current, settings) - current.phase_s)


def held_left(state: EngineState, settings: Settings) -> float:
    """Return the seconds until a held card closes by itself; infinite for one that runs."""
    since_s = state.current.held_since_s if state.current else None
    return math.inf if since_s is None else settings.natural_break - (state.ledger.now_s - since_s)


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
        current.held_since_s is not None,
        skips_used_up(state, settings),
        current.id,
    )


def wait_left(state: EngineState, settings: Settings) -> float:
    """Return the seconds for which a due break still waits for a pause in typing."""
    return min(settings.patience, state.longest_wait_s) - state.awaited_s


def look_in(state: EngineState) -> float:
    """Return the seconds until the hands may have paused, by the last reading of idleness."""
    return max(0.0, policy.PAUSE_S - state.idle_s - state.since_sample_s)


def wake_in(state: EngineState, settings: Settings) -> float | None:
    """Return the seconds until time alone changes something or idleness should be read; ``None`` if neither ever does.

    The alarm clock rings then and at no other time, so everything that time alone brings about must be added here.
    """
    left = min(
        _break_in(state, settings),
        posture.wait(state, settings),
        routine_offer.wait(state, settings),
        standing.wait(state, settings),
        _natural_break_in(state, settings),
        _worth_asking_in(state, settings),
        _touched_in(state),
        _pause_over_in(state),
        _hours_change_in(state),
        _day_over_in(state, settings),
        _overdue_in(state, settings),
    )
    return None if left == math.inf else max(0.0, left)


def _break_in(state: EngineState, settings: Settings) -> float:
    """Return the seconds until the current break goes a step further, or the next one is announced."""
    if state.current and state.current.held_since_s is not None:
        return held_left(state, settings)
    if state.current:
        waits = waits_for_a_touch(state, state.current, settings)
        return _hung_in(state.current, settings) if waits else _phase_left(state.current, settings)
    if state.awaits_pause:
        return wait_left(state, settings)
    if state.suppressions or not counting(state, settings) or not reachable(state, settings):
        return math.inf
    return max(state.due_at_s - state.seated_s, state.settle_s)


def _natural_break_in(state: EngineState, settings: Settings) -> float:
    """Return the seconds until time off the chair is a break, or until idleness after a call counts as away."""
    if state.off_chair:
        counted = state.off_chair.credited
        return math.inf if counted else settings.natural_break - state.off_chair.length_s
    if state.idle_known and state.idle_s >= settings.natural_break and not held(state, settings):
        return settings.natural_break - state.free_s
    return math.inf


def _worth_asking_in(state: EngineState, settings: Settings) -> float:
    """Return the seconds until a pause may be a natural break: a sense reports its beginning and nothing more."""
    if not state.idle_known or state.off_chair or not WORTH_ASKING_S <= state.idle_s < settings.natural_break:
        return math.inf
    left = settings.natural_break - state.idle_s - state.since_sample_s
    # Another input may come just before the alarm; a sense without an answer is not queried for ever.
    return left if left > -LATE_S else math.inf


def _touched_in(state: EngineState) -> float:
    """Return the seconds until the next query whether somebody has touched the machine since it woke or started."""
    if state.unseen_s is None or state.locked:
        return math.inf
    if not state.idle_known:
        return policy.UNHEARD_S - state.run_s
    return min((at_s - state.unseen_s for at_s in policy.AWAKE_ASK_S if at_s > state.unseen_s), default=math.inf)


def _pause_over_in(state: EngineState) -> float:
    pause = state.suppressions.get(PAUSED)
    return _seconds_to(pause.until, state) if pause else math.inf


def _hours_change_in(state: EngineState) -> float:
    return _seconds_to(state.hours.until, state) if state.hours else math.inf


def _seconds_to(moment: datetime | None, state: EngineState) -> float:
    return (moment - state.at.wall).total_seconds() if moment else math.inf


def _day_over_in(state: EngineState, settings: Settings) -> float:
    """Return the seconds until the bout is recorded because the working hours have been over for a natural break."""
    if HOURS not in state.suppressions or state.seated_s <= 0 or state.off_hours_s >= settings.natural_break:
        return math.inf
    return settings.natural_break - state.off_hours_s


def _overdue_in(state: EngineState, settings: Settings) -> float:
    """Return the seconds until sensed reasons have held a break back for as long as they may."""
    held = bool(state.suppressions) and policy.OWN_WISH.isdisjoint(state.suppressions)
    left_s = settings.quiet_longest - state.held_s
    if not held or left_s <= 0 or kind_now(state, settings) not in (StretchKind.SITTING, StretchKind.UNKNOWN):
        return math.inf
    return max(0.0, state.due_at_s - state.seated_s) + left_s
