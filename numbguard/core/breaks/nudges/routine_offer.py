"""When the daily routine is offered: once a day, at the hour that the person chose, or later if they put it off.

Functions over ``EngineState``, called by the engine. While NumbGuard must keep quiet, the offer waits, until the end of
its day. A little later does no harm, so the offer also keeps five minutes away from a break on either side.
"""

from __future__ import annotations

import math
from datetime import datetime, time
from typing import Final

from numbguard.core.settings.settings import Settings

from ..messages import OfferRoutine
from ..state.engine_state import EngineState
from . import posture

_DAY_S: Final = 24 * 3600.0
LATER_S: Final = 30 * 60.0
"""Seconds by which *In half an hour* puts the offer off."""


def advance(state: EngineState, passed: float) -> None:
    """Let ``passed`` seconds pass for an offer that was put off."""
    if state.offer_in_s is not None:
        state.offer_in_s = max(0.0, state.offer_in_s - passed)


def offers(state: EngineState, settings: Settings) -> tuple[OfferRoutine, ...]:
    """Return the offer to make now, if any. Posture tips keep their distance from it, as from a break."""
    if wait(state, settings) != 0:
        return ()
    now = state.at.wall
    at = settings.routine_at
    if state.offer_in_s is None or at is None or _on(now, at) <= now:
        taken(state)
    else:
        state.offer_in_s = None  # It was put off past midnight; today's own offer is still to be made.
    posture.rest(state)
    return (OfferRoutine(),)


def wait(state: EngineState, settings: Settings) -> float:
    """Return the seconds until the offer; infinite if a break comes first or NumbGuard must keep quiet."""
    due_in = _due_in(state, settings)
    if due_in is None or not posture.may_speak(state, settings):
        return math.inf
    left = max(0.0, due_in, state.rest_s, state.settle_s)
    return math.inf if posture.near_break(state, settings, left) else left


def taken(state: EngineState) -> None:
    """Note that the routine was offered, started or turned down, and is not offered again today."""
    state.offered_on, state.offer_in_s = state.at.wall.date(), None


def put_off(state: EngineState) -> None:
    """Offer the routine again in half an hour."""
    state.offer_in_s = LATER_S


def configured(state: EngineState, before: Settings, now: Settings) -> None:
    """Note a change of the settings; an hour that has passed when it is chosen is meant for tomorrow."""
    if now.routine_at is None:
        state.offer_in_s = None
    elif now.routine_at != before.routine_at and _on(state.at.wall, now.routine_at) <= state.at.wall:
        taken(state)


def _due_in(state: EngineState, settings: Settings) -> float | None:
    """Return the seconds until the offer is due, 0 or less once it is; ``None`` if none is wanted."""
    if state.offer_in_s is not None:
        return state.offer_in_s
    if settings.routine_at is None:
        return None
    now = state.at.wall
    left = (_on(now, settings.routine_at) - now).total_seconds()
    return left + (_DAY_S if state.offered_on == now.date() else 0.0)


def _on(day: datetime, at: time) -> datetime:
    return datetime.combine(day.date(), at, day.tzinfo)
