"""A lull: until it ends, time changes nothing; and at the desk nor does a look at hands that rest a little.

Most of what the engine is told comes in one. ``Lull.takes`` then only adds the time up; the engine lets it pass on the
state in one go, when somebody asks or when the lull is over. Used by the engine alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from . import policy, view
from .model import HOURS, AwayRule, IdleSeen, Input, Instant, Tick
from .presence import held
from .settings import Settings
from .state import EngineState

LONGEST_S = 86_400.0


@dataclass(slots=True)
class Lull:
    at: Instant
    """The latest moment; the state stands ``passed_s`` before it."""
    passed_s: float
    left_s: float
    """How long the state's own time may go on before it has to be looked at again."""
    began: datetime
    until: datetime
    """The clock on the wall stays between these, or the lull is over: somebody has set it, or the machine slept."""
    zone: tzinfo | None
    awaits_pause: bool
    """A break is due: how long ago idleness was last heard of matters."""
    least_s: float
    enough_s: float
    """A look at idleness changes nothing from the one to below the other: who was there still is, who was away too."""

    def takes(self, given: Input, state: EngineState) -> bool:
        """Whether the input brought nothing but time, and how long the hands have rested; that much is taken in."""
        at = given.at
        passed_s = at.mono - self.at.mono
        passed_s = self.passed_s + passed_s if passed_s > 0.0 else self.passed_s
        if passed_s >= self.left_s or at.zone is not self.zone or not self.began <= at.wall < self.until:
            return False
        kind = type(given)
        if kind is IdleSeen:
            seconds: float | None = given.seconds  # type: ignore[union-attr]  # an exact type is the quickest question
            if seconds is None:
                if state.idle_known or self.least_s:
                    return False
            elif not state.idle_known or not self.least_s <= seconds < self.enough_s:
                return False
            else:
                state.idle_s = seconds
            state.since_sample_s = -passed_s
        elif kind is not Tick or self.awaits_pause:
            return False
        self.at, self.passed_s = at, passed_s
        return True

    def passes(self) -> float:
        """Seconds that the state has still to be told of; from now on it has."""
        passed_s, self.passed_s = self.passed_s, 0.0
        self.left_s -= passed_s
        return passed_s

    def wake_in(self, state: EngineState, settings: Settings) -> float | None:
        """As ``view.wake_in`` would give it, had the state been told of the time."""
        left_s, passed_s = self.left_s, self.passed_s
        if state.idle_s >= view.WORTH_ASKING_S:
            ask_in_s = view.worth_asking_in(state, settings)
            if passed_s - view.LATE_S < ask_in_s < left_s:
                left_s = ask_in_s
        return None if left_s == math.inf else max(0.0, left_s - passed_s)


def lull(state: EngineState, settings: Settings) -> Lull | None:
    """The lull that begins with the state as it stands, if one does."""
    natural = settings.natural_break
    if state.asleep:
        return None
    if HOURS in state.suppressions and (state.current or state.off_hours_s < natural):
        return None
    least_s, enough_s = _same(state, settings)
    left_s = view.changes_in(state, settings)
    at = state.at
    until = at.wall + timedelta(seconds=min(left_s, LONGEST_S))
    return Lull(at, 0.0, left_s, at.wall, until, at.zone, state.awaits_pause, least_s, enough_s)


def _same(state: EngineState, settings: Settings) -> tuple[float, float]:
    """Lengths of idleness that leave everything as it is."""
    natural, off = settings.natural_break, state.off_chair
    if state.current or (off and not off.credited):
        return math.inf, math.inf
    if held(state, settings) or (state.locked and settings.away_lock is AwayRule.AWAY):
        return 0.0, math.inf
    if state.idle_s < natural:
        return 0.0, policy.PAUSE_S if state.awaits_pause else natural
    return (natural, math.inf) if off else (math.inf, math.inf)
