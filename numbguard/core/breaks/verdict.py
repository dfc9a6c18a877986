"""Whether a break was one, and when the person was up: decided by the chair, or by the person's own word.

Pure functions of the state, called by the engine, by the life of a break, and for the seated clock that is shown while
the question "Did you get up?" is open.
"""

from __future__ import annotations

from functools import partial

from numbguard.core.settings.settings import Settings

from . import policy, presence
from .ledger import Kind
from .messages import Phase
from .state import CurrentBreak, EngineState, OffChair, Rest


def by_chair(state: EngineState, current: CurrentBreak) -> Rest | None:
    """The time off the chair that makes the break count without an answer; ``None`` where nothing does.

    That is a long enough time off the chair at any point of the break, or hands that rested while the whole card ran.
    """
    if current.rested_until_s is not None:
        return by_word(state, current)
    return span(state, current.absences[0]) if current.absences else None


def span(state: EngineState, off: OffChair) -> Rest:
    """From when to when somebody was off the chair; until now, where they still are."""
    return Rest(off.since_s, state.ledger.now_s if off.until_s is None else off.until_s)


def by_word(state: EngineState, current: CurrentBreak) -> Rest:
    """The time the person was up, where they say that they were: the longest rest of their hands since the break began.

    Where the hands cannot be watched it is the whole time since the card opened. Hands that never rested made no pause:
    the break is then the moment of the answer.
    """
    now_s = state.ledger.now_s
    if not state.idle_known and current.rested_until_s is None:
        return Rest(current.started_s, now_s)
    rest = presence.longest_rest(current, Rest(state.touched_s, presence.resting_until(state)))
    if rest is not None and rest.length_s >= presence.shortest_rest(state):
        return rest
    ran_s = current.ran_s if current.phase is Phase.AFTER else current.phase_s
    if current.worked_s >= policy.WORKED_THROUGH * ran_s > 0:
        return Rest(now_s, now_s)
    until_s = current.started_s + ran_s
    # The moments between the card and the answer belong to the break.
    return Rest(current.started_s, now_s if now_s - until_s <= presence.shortest_rest(state) else until_s)


def outweighs_no(current: CurrentBreak, settings: Settings) -> bool:
    """Whether the break counts although the person says that it was none: a lock, a sleep or standing is known."""
    return any(off.known_s >= settings.natural_break for off in current.absences)


def seated_s(state: EngineState) -> float:
    """The seated clock as it may be shown: a break that counts unless somebody objects is not shown as sitting."""
    up = by_chair(state, state.current) if state.current else None
    return state.ledger.spent(Kind.SITTING, since_s=up.until_s) if up else state.seated_s


def numb_after_s(state: EngineState) -> float:
    """How long somebody had sat whose numbness is noticed now: on rising from a card, it is the bout before."""
    up = by_chair(state, state.current) if state.current else None
    now_s = state.ledger.now_s
    if up is not None and now_s - up.until_s < policy.RISING_S:
        return state.ledger.spent(Kind.SITTING, since_s=state.ledger.bout_s, until_s=up.since_s)
    sat_s = seated_s(state)
    risen = up is None and state.since_break_s is not None and state.since_break_s < policy.RISING_S
    return state.rose_after_s if risen and state.rose_after_s > sat_s else sat_s


def seated_parts(state: EngineState, *, since_s: float) -> tuple[float, ...]:
    """What was sat in the present bout since that moment of the ledger; before and after a break, where one is on."""
    sat = partial(state.ledger.spent, Kind.SITTING)
    up = by_chair(state, state.current) if state.current else None
    if up is None:
        return (sat(since_s=since_s),)
    return sat(since_s=since_s, until_s=up.since_s), sat(since_s=max(since_s, up.until_s))


def since_break_s(state: EngineState) -> float | None:
    """Seconds since the last break, counted as ``seated_s`` is."""
    up = by_chair(state, state.current) if state.current else None
    return state.ledger.now_s - up.until_s if up else state.since_break_s
