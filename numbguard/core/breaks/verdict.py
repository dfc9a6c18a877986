"""Decides whether a break counts, and when the person was up: by the chair, or by the person's own word.

Pure functions of the state. The engine and ``BreakLifecycle`` call them, and ``view`` does for the seated clock that is
shown while the question "Did you get up?" is open.
"""

from __future__ import annotations

from functools import partial

from numbguard.core.settings.settings import Settings

from . import policy, presence
from .messages import Phase
from .state.engine_state import CurrentBreak, EngineState, OffChair, Rest
from .state.ledger import StretchKind


def by_chair(state: EngineState, current: CurrentBreak) -> Rest | None:
    """Return the time off the chair that makes the break count without an answer; ``None`` if nothing does.

    It counts after ``natural_break`` off the chair at any point of the break, or if the hands rested for a whole card.
    """
    absence = _absence(state, current)
    if absence is None and current.rested_until_s is not None:
        return _rest(state, current) or _open_card(state, current)
    return absence


def by_answer(state: EngineState, current: CurrentBreak) -> Rest:
    """Return the time the person was up, now that they say so: as the chair shows it, if it shows an absence."""
    return _absence(state, current) or by_word(state, current)


def span(state: EngineState, off: OffChair) -> Rest:
    """Return from when to when the person was off the chair; until now if they still are."""
    return Rest(off.since_s, state.ledger.now_s if off.until_s is None else off.until_s)


def _absence(state: EngineState, current: CurrentBreak) -> Rest | None:
    """Return the first absence that makes the break count, unless it began after a card for which the hands rested."""
    return next(
        (
            span(state, off)
            for off in current.absences
            if current.rested_until_s is None or off.since_s < current.rested_until_s
        ),
        None,
    )


def by_word(state: EngineState, current: CurrentBreak) -> Rest:
    """Return the time the person was up, if they say so: the longest rest of their hands since the break began.

    Where the hands cannot be watched, it is the whole time since the card opened, but not the time for which it
    was held. If the hands never rested, the break
    is the moment of the answer.
    """
    now_s = state.ledger.now_s
    if not state.idle_known and current.rested_until_s is None:
        return Rest(current.ran_from_s, now_s)
    rest = _rest(state, current)
    if rest is not None:
        return rest
    card = _open_card(state, current)
    # The moments between the card and the answer belong to the break.
    return Rest(card.since_s, now_s) if now_s - card.until_s <= presence.shortest_rest(state) else card


def _rest(state: EngineState, current: CurrentBreak) -> Rest | None:
    """Return the longest rest of the hands since the break began, if it was long enough to be one."""
    rest = presence.longest_rest(current, Rest(state.touched_s, presence.resting_until(state)))
    return rest if rest is not None and rest.length_s >= presence.shortest_rest(state) else None


def _open_card(state: EngineState, current: CurrentBreak) -> Rest:
    """Return the time for which the card was open; if the person worked through it, the present moment."""
    ran_s = current.ran_s if current.phase is Phase.AFTER else current.phase_s
    if current.worked_s >= policy.WORKED_THROUGH * ran_s > 0:
        return Rest(state.ledger.now_s, state.ledger.now_s)
    return Rest(current.ran_from_s, current.ran_from_s + ran_s)


def outweighs_no(current: CurrentBreak, settings: Settings) -> bool:
    """Whether the break counts although the person denies it, because a lock, a sleep or standing is known."""
    return any(off.known_s >= settings.natural_break for off in current.absences)


def seated_s(state: EngineState) -> float:
    """Return the seated clock to show, in seconds: without a break that counts unless the person denies it."""
    up = by_chair(state, state.current) if state.current else None
    return state.ledger.spent(StretchKind.SITTING, since_s=up.until_s) if up else state.seated_s


def numb_after_s(state: EngineState) -> float:
    """Return the seconds of sitting before numbness that is noticed now: on rising from a card, those of that bout."""
    up = by_chair(state, state.current) if state.current else None
    now_s = state.ledger.now_s
    if up is not None and now_s - up.until_s < policy.RISING_S:
        return state.ledger.spent(StretchKind.SITTING, since_s=state.ledger.bout_s, until_s=up.since_s)
    sat_s = seated_s(state)
    risen = up is None and state.since_break_s is not None and state.since_break_s < policy.RISING_S
    return state.rose_after_s if risen and state.rose_after_s > sat_s else sat_s


def seated_parts(state: EngineState, *, since_s: float) -> tuple[float, ...]:
    """Return the seconds of sitting since that moment of the ledger, before and after a current break that counts."""
    sat = partial(state.ledger.spent, StretchKind.SITTING)
    up = by_chair(state, state.current) if state.current else None
    if up is None:
        return (sat(since_s=since_s),)
    return sat(since_s=since_s, until_s=up.since_s), sat(since_s=max(since_s, up.until_s))


def since_break_s(state: EngineState) -> float | None:
    """Return the seconds since the last break, counted as in ``seated_s``; ``None`` if there was none yet."""
    up = by_chair(state, state.current) if state.current else None
    return state.ledger.now_s - up.until_s if up else state.since_break_s
