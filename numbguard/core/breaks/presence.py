"""Whether the person is sitting, standing or away, by lock, sleep, idleness and the person's own word.

Functions over ``EngineState``, called by the engine; they also enter the passing time in the ledger. Idle does not mean
up: a short idleness is sitting, and so is idleness during a call.
"""

from __future__ import annotations

from numbguard.core.log.records.episode import Seat
from numbguard.core.settings.choices import AwayRule
from numbguard.core.settings.settings import Settings

from . import policy
from .instant import Instant
from .messages import HOURS
from .state.engine_state import CurrentBreak, EngineState, OffChair, Rest
from .state.ledger import StretchKind

ASLEEP_S = 2.0
"""Ignore readings of idleness this many seconds after a sleep notice: they answer a query from before it."""

SAME_TOUCH_S = 0.5
"""Seconds by which two readings of the same touch may differ."""


def idle_so_far(state: EngineState) -> float:
    """Return the seconds without input that count towards being away."""
    return min(state.idle_s, state.free_s) if state.idle_known else 0.0


def away(state: EngineState, settings: Settings) -> bool:
    """Whether nobody is at the desk, as far as is known."""
    return (
        (state.locked and settings.away_lock is AwayRule.AWAY)
        or (state.asleep and settings.away_sleep is AwayRule.AWAY)
        or (idle_so_far(state) >= settings.natural_break and not _stopped(state, settings))
        or (state.unseen_s is not None and state.off_chair is not None)
    )


def _stopped(state: EngineState, settings: Settings) -> bool:
    """Whether a lock or a sleep stops the clock, by the person's settings."""
    return (state.locked and settings.away_lock is AwayRule.PAUSE) or (
        state.asleep and settings.away_sleep is AwayRule.PAUSE
    )


def reachable(state: EngineState, settings: Settings) -> bool:
    """Whether somebody sits there who could read an announcement."""
    unseen = state.unseen_s is not None
    return not (state.locked or state.asleep or unseen or state.seat is Seat.STANDING or away(state, settings))


def kind_now(state: EngineState, settings: Settings) -> StretchKind:
    """Return the kind as which the ledger enters the present second."""
    if HOURS in state.suppressions:
        return StretchKind.OFF
    if away(state, settings):
        return StretchKind.AWAY
    if _stopped(state, settings):
        return StretchKind.OFF
    if believed_for(state, settings) <= 0:
        return StretchKind.UNKNOWN
    if state.seat is Seat.STANDING:
        return StretchKind.STANDING
    return StretchKind.AWAY if state.off_chair else StretchKind.SITTING


def believed_for(state: EngineState, settings: Settings) -> float:
    """Return for how many more seconds a call or a full screen alone counts as somebody at the desk."""
    if not state.idle_known or policy.HOLDS_SEAT.isdisjoint(state.suppressions):
        return float("inf")
    return settings.quiet_untouched - untouched_for(state)


def counting(state: EngineState, settings: Settings) -> bool:
    """Whether the seated clock runs."""
    return kind_now(state, settings) is StretchKind.SITTING


def held(state: EngineState, settings: Settings) -> bool:
    """Whether idleness says nothing about being away just now."""
    return not policy.HOLDS_SEAT.isdisjoint(state.suppressions) or _stopped(state, settings)


def advance(state: EngineState, settings: Settings, at: Instant, passed: float) -> None:
    """Let ``passed`` seconds pass, up to ``at``."""
    kind, believed_s = kind_now(state, settings), believed_for(state, settings)
    state.ledger.passes(kind, passed if kind is StretchKind.OFF else min(passed, believed_s))
    if kind is not StretchKind.OFF and passed > believed_s:
        state.ledger.passes(kind if kind is StretchKind.AWAY else StretchKind.UNKNOWN, passed - max(0.0, believed_s))
    if kind in (StretchKind.SITTING, StretchKind.UNKNOWN) and state.seated_s >= state.due_at_s:
        _hold(state, min(passed, state.seated_s - state.due_at_s) if kind is StretchKind.SITTING else passed)
    if kind is StretchKind.STANDING:
        state.standing_s += passed
    state.gone_s = state.gone_s + passed if _gone(state, settings) else 0.0
    if state.awaits_pause:
        state.awaited_s += passed
    if HOURS in state.suppressions:
        state.off_hours_s += passed
    if state.off_chair:
        state.off_chair.length_s += passed
        if _known_off(state, settings):
            state.off_chair.known_s += passed
    if state.asleep:
        state.asleep_s += passed
    else:
        state.settle_s = max(0.0, state.settle_s - passed)
        if state.current and state.current.held_since_s is None:
            state.current.phase_s += passed
    if state.unseen_s is not None:
        state.unseen_s += passed
        if not state.idle_known and state.run_s + passed >= policy.UNHEARD_S:
            state.unseen_s = None  # Nobody can tell, so running has to do.
    if state.since_break_s is not None:
        state.since_break_s += passed
    state.since_sample_s += passed
    state.run_s += passed
    state.seen_s += passed
    state.free_s = 0.0 if held(state, settings) else state.free_s + passed
    today = at.wall.date()
    if today != state.skipped_on:
        state.skipped_on, state.skipped_today, state.skips = today, 0, 0
    state.at = at


def _known_off(state: EngineState, settings: Settings) -> bool:
    """Whether a lock, a sleep or the person's own word shows the absence, not idleness alone."""
    return (
        state.seat is Seat.STANDING
        or (state.locked and settings.away_lock is AwayRule.AWAY)
        or (state.asleep and settings.away_sleep is AwayRule.AWAY)
    )


def _hold(state: EngineState, seconds: float) -> None:
    """Add to the time for which sensed reasons have held the due break back; the person's own wishes do not count."""
    if not state.suppressions:
        state.gap_s += seconds
    elif policy.OWN_WISH.isdisjoint(state.suppressions):
        state.held_s += seconds


def held_again(state: EngineState, settings: Settings) -> None:
    """Note that a reason to keep quiet begins: a gap shorter than ``settle`` counts as held back."""
    if state.held_s > 0 and state.gap_s < settings.settle:
        state.held_s += state.gap_s
        state.blinks += 1
    state.gap_s = 0.0


def _gone(state: EngineState, settings: Settings) -> bool:
    """Whether nobody is there, whatever ``[away]`` says."""
    return state.locked or state.asleep or state.unseen_s is not None or idle_so_far(state) >= settings.natural_break


# --- the hands -------------------------------------------------------------------------------------------------------


def cannot_be(state: EngineState, settings: Settings, idle_s: float) -> bool:
    """Whether not to believe a reading of idleness, because idleness grows no faster than the clock.

    The engine doubts only a reading that would make an absence, or make sitting unknown, and none in the first seconds
    of a run, before the senses have settled. It believes the reading if the next one says the same.
    """
    now_s = state.ledger.now_s
    says = Rest(now_s - idle_s, now_s)
    apart_s = max(policy.TOLD_APART_S, state.fast_s)
    doubted, state.doubted = state.doubted, None
    matters = min(idle_s, state.free_s) >= settings.natural_break or idle_s >= settings.quiet_untouched
    if state.told_s is None or state.run_s <= policy.START_S or not matters:
        return False
    if idle_s <= state.told_s + now_s - state.told_at_s + apart_s:
        return False
    if doubted is not None and abs(says.since_s - doubted.since_s) <= apart_s:
        return False
    state.doubted = says
    return True


def looked(state: EngineState, settings: Settings, idle_s: float) -> None:
    """Take a reading of idleness in: nothing was touched for the last ``idle_s`` seconds."""
    state.told_s, state.told_at_s = idle_s, state.ledger.now_s
    # A call is not believed beyond this; the time was entered as sitting because idleness had not been read.
    believed_s = state.ledger.now_s - idle_s + settings.quiet_untouched
    state.ledger.rewrite(
        believed_s, state.ledger.now_s, StretchKind.UNKNOWN, only=(StretchKind.SITTING, StretchKind.STANDING)
    )
    touched_s = max(state.ledger.now_s - idle_s, state.ledger.now_s - state.seen_s)
    if touched_s > state.touched_s + SAME_TOUCH_S:
        _rest_ends(state, state.rested_s)
        state.touched_s = touched_s
    looked_s, state.rested_s = state.rested_s, state.ledger.now_s
    if state.unseen_s is None:
        return
    if idle_s >= state.unseen_s - SAME_TOUCH_S:
        if state.off_chair:
            state.off_chair.unread_s = 0.0
    else:
        seen(state, _back_since(state, state.unseen_s, touched_s=state.ledger.now_s - idle_s, looked_s=looked_s))


def _back_since(state: EngineState, unseen_s: float, *, touched_s: float, looked_s: float) -> float:
    """Return when the person came back, whose last known touch was at ``touched_s``.

    The reading at ``looked_s`` showed no touch yet, so they came back between the two: halfway, if the two are close.
    If idleness had not been read since the machine woke, the person woke it.
    """
    woke_s = state.ledger.now_s - unseen_s
    if looked_s <= woke_s + SAME_TOUCH_S:
        return woke_s if state.woke and unseen_s <= policy.EARLY_S else touched_s
    between_s = max(0.0, touched_s - looked_s)
    return looked_s + between_s / 2 if between_s <= policy.LOOKS_APART_S else touched_s


def seen(state: EngineState, back_s: float) -> None:
    """Note that somebody has touched the machine since it woke, and is back since that moment of the ledger."""
    state.unseen_s = None
    if state.off_chair:
        state.off_chair.until_s = max(back_s, state.off_chair.since_s)


def untouched_for(state: EngineState) -> float:
    """Return the seconds since the last known touch. Hands that rested still rest until a touch is reported."""
    return state.idle_s + (state.since_sample_s if state.idle_s >= policy.RESTS_S else 0.0)


def rested_for_a_break(state: EngineState, settings: Settings) -> bool:
    """Whether hands that were last seen at rest have by now rested for a natural break, and no look has shown it yet.

    A sense that is polled would have been asked since: its last answer may be of a pause that a key has ended.
    """
    rests = state.idle_known and state.idle_s >= policy.RESTS_S and state.off_chair is None
    by_event = state.since_sample_s > policy.LOOKS_APART_S
    long = min(untouched_for(state), state.free_s) >= settings.natural_break
    return rests and by_event and long and not held(state, settings)


def lately_touched(state: EngineState) -> bool:
    """Whether somebody is there to see a card open. On a fast clock, a minute passes between two stirs of the mouse."""
    return not state.idle_known or untouched_for(state) <= max(policy.LATELY_S, state.fast_s)


def touched(state: EngineState) -> None:
    """Note that the person pressed something in NumbGuard itself: they are there."""
    _rest_ends(state, resting_until(state))
    state.touched_s = state.rested_s = state.ledger.now_s
    state.idle_s = 0.0
    if state.unseen_s is not None:
        seen(state, state.ledger.now_s)


def resting_until(state: EngineState) -> float:
    """Return until when the hands have rested. A sense that reported their rest would have reported its end as well."""
    return state.ledger.now_s if state.idle_known and state.idle_s >= policy.RESTS_S else state.rested_s


def shortest_rest(state: EngineState) -> float:
    """Return the seconds from which resting hands are a rest. On a fast clock, two stirs of the mouse are far apart."""
    return max(policy.RESTS_S, state.fast_s)


def _rest_ends(state: EngineState, until_s: float) -> None:
    # Hands that rest while the person has paused the card say nothing about the break.
    if state.current and state.current.held_since_s is None:
        state.current.rest = longest_rest(state.current, Rest(state.touched_s, until_s))


def longest_rest(current: CurrentBreak, rest: Rest) -> Rest | None:
    """Return the longest rest of this break, with ``rest`` if it lasted into it; of two equal ones, the earlier."""
    began_s = current.started_s if current.announced_s is None else current.announced_s
    if rest.until_s <= began_s:
        return current.rest
    too_late = current.rested_until_s is not None and rest.since_s >= current.rested_until_s
    shorter = current.rest is not None and current.rest.length_s >= rest.length_s
    return current.rest if too_late or shorter else rest


# --- off the chair ---------------------------------------------------------------------------------------------------


def follow(state: EngineState, settings: Settings) -> OffChair | None:
    """Begin, extend or end the time off the chair as the senses now say; returns the one that has just ended."""
    if state.idle_known and _gone(state, settings):
        # A person who locks the screen after four idle minutes has been gone for four minutes.
        state.gone_s = max(state.gone_s, min(untouched_for(state), state.free_s))
    if not _gone(state, settings):
        if state.gone_s >= settings.natural_break and state.seat is Seat.STANDING:
            sit_down(state)  # A person who has been away sits down when they come back.
        state.gone_s = 0.0
    if state.seat is not Seat.STANDING and not away(state, settings):
        ended, state.off_chair = state.off_chair, None
        if ended:
            if ended.until_s is None:
                ended.until_s = state.ledger.now_s
            kind = kind_now(state, settings)
            state.ledger.rewrite(ended.until_s, state.ledger.now_s, kind, only=(StretchKind.AWAY,))
        return ended
    if state.off_chair is None:
        idle = 0.0 if _stopped(state, settings) else min(idle_so_far(state), state.seen_s)
        length = idle if idle_so_far(state) >= settings.natural_break else 0.0
        state.off_chair = OffChair(since_s=state.ledger.now_s - length, length_s=length)
    else:
        state.off_chair.until_s = None
        if not state.off_chair.credited and _heard_now(state):
            _lengthen(state, state.off_chair)
    return None


def sit_down(state: EngineState) -> None:
    """Count the person as sitting from now on."""
    state.seat, state.standing_s, state.standing_said = Seat.SITTING, 0.0, False


def _heard_now(state: EngineState) -> bool:
    """Whether this step brought a reading of idleness: an older one may be of a pause that a key has ended since."""
    return state.since_sample_s == 0 and (not state.asleep or state.asleep_s < ASLEEP_S)


def _lengthen(state: EngineState, off: OffChair) -> None:
    """Extend the absence back to the last touch: a person who locks the screen after four idle minutes left then."""
    left_s = state.ledger.now_s - min(idle_so_far(state), state.seen_s)
    if left_s < off.since_s:
        off.length_s += off.since_s - left_s
        off.since_s = left_s


def slept(state: EngineState, settings: Settings, seconds: float) -> None:
    """Enter a sleep of ``seconds`` that the monotonic clock did not count."""
    state.seen_s += seconds
    state.gone_s += seconds
    off_hours, away_then = HOURS in state.suppressions, settings.away_sleep is AwayRule.AWAY
    if off_hours:
        state.off_hours_s += seconds
    if away_then:
        if state.off_chair is None:
            state.off_chair = OffChair(since_s=state.ledger.now_s, length_s=0.0)
        state.off_chair.length_s += seconds
        state.off_chair.known_s += seconds
    state.ledger.passes(StretchKind.AWAY if away_then and not off_hours else StretchKind.OFF, seconds)
    if state.since_break_s is not None:
        state.since_break_s += seconds
