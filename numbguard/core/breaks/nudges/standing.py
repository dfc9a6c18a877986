"""The reminder that NumbGuard still counts the person as standing, who may have sat down since: once, without a sound.

Functions over ``EngineState``, called by the engine and, for the alarm, by ``view``.
"""

from __future__ import annotations

import math

from numbguard.core.log.records.episode import Seat
from numbguard.core.settings.settings import Settings

from ..messages import RemindStanding
from ..state.engine_state import EngineState
from . import posture


def reminders(state: EngineState, settings: Settings) -> tuple[RemindStanding, ...]:
    """Return the reminder to give now, if any."""
    if wait(state, settings) > 0:
        return ()
    state.standing_said = True
    return (RemindStanding(),)


def wait(state: EngineState, settings: Settings) -> float:
    """Return the seconds until the reminder; infinite if nobody stands, it was given, or NumbGuard must keep quiet."""
    if state.seat is not Seat.STANDING or state.standing_said or not posture.may_speak(state, settings):
        return math.inf
    return max(0.0, settings.standing_for - state.standing_s)
