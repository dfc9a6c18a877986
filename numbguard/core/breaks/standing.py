"""The word that NumbGuard still counts somebody as standing: once, without a sound, for they may have sat down since.

Functions over ``EngineState``, called by the engine and, for the alarm, by ``view``.
"""

from __future__ import annotations

import math

from numbguard.core.log.records import Seat
from numbguard.core.settings.settings import Settings

from . import posture
from .messages import RemindStanding
from .state import EngineState


def reminders(state: EngineState, settings: Settings) -> tuple[RemindStanding, ...]:
    """The reminder that is to be given now, if any."""
    if wait(state, settings) > 0:
        return ()
    state.standing_said = True
    return (RemindStanding(),)


def wait(state: EngineState, settings: Settings) -> float:
    """Seconds until time alone brings it; infinite where nobody stands, it was given, or nobody may be spoken to."""
    if state.seat is not Seat.STANDING or state.standing_said or not posture.may_speak(state, settings):
        return math.inf
    return max(0.0, settings.standing_for - state.standing_s)
