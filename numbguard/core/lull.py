"""A lull: until it ends, time changes nothing; and at the desk nor does a look at hands that rest a little.

Most of what the engine is told comes in one. ``Lull.takes`` then only adds the time up; the engine lets it pass on the
state in one go, when somebody asks or when the lull is over. Used by the engine alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from . import policy, view
from .model import HOURS, AwayRule, IdleSeen, Input, Instant, Phase, Tick
from .presence import held
from .settings import Settings
from .state import EngineState
from .view import LATE_S, WORTH_ASKING_S

LONGEST_S = 86_400.0
_LONGEST = timedelta(seconds=LONGEST_S)
_SLACK_S = 0.001
"""Sums of readings differ by less, where nobody was idle for any longer."""


@dataclass(slots=True)
class Lull:
    at: Instant
    """The latest moment."""
    since: float
    """Up to this reading of the monotonic clock the state has been told of the time."""
    ends: float
    """At this reading the state has to be looked at again."""
    alarm: float
    """At this one something is to be done: the lull ends, or it is worth asking for idleness."""
    began: datetime
    until: datetime
    """The clock on the wall stays between these, or the lull is over: somebody has set it, or the machine slept."""
    zone: tzinfo | None
    awaits_pause: bool
    """A break is due: how long ago idleness was last heard of matters."""
    least_s: float
    enough_s: float
    """A look at idleness changes nothing from the one to below the other: who was there still is, who was away too."""
    natural_s: float
    """A pause that may grow to this is worth asking for again when it has; nought where none is."""
    left_at: float
    """Who is off the chair left at this reading; hands that have rested for longer say it was sooner."""

    def takes(self, given: Input, state: EngineState) -> bool:
        """Whether the input brought nothing but time, and how long the hands have rested; that much is taken in."""
        at = given.at
        mono = at.mono
        if not self.at.mono <= mono < self.ends or at.zone is not self.zone or not self.began <= at.wall < self.until:
            return False
        kind = type(given)
        if kind is IdleSeen:
            seconds: float | None = given.seconds  # type: ignore[union-attr]  # an exact type is the quickest question
            if seconds is None:
                if state.idle_known or self.least_s:
                    return False
            elif not state.idle_known or not self.least_s <= seconds < self.enough_s or mono - seconds < self.left_at:
                return False
            else:
                state.idle_s = seconds
                self.alarm = self.ends
                if WORTH_ASKING_S <= seconds < self.natural_s:
                    asks_at = mono + self.natural_s - seconds
                    if asks_at < self.ends:
                        self.alarm = asks_at
            state.since_sample_s = self.since - mono
        elif kind is not Tick or self.awaits_pause:
            return False
        elif self.alarm <= mono - LATE_S:
            self.alarm = self.ends  # A sense that gives no answer is not asked for ever.
        self.at = at
        return True

    def passes(self) -> float:
        """Seconds that the state has still to be told of; from now on it has."""
        passed_s, self.since = self.at.mono - self.since, self.at.mono
        return passed_s


def lull(state: EngineState, settings: Settings, *, word_in_s: float) -> Lull | None:
    """The lull that begins with the state as it stands, if one does. ``word_in_s`` as for ``view.changes_in``."""
    off, natural = state.off_chair, settings.natural_break
    if state.asleep or (HOURS in state.suppressions and state.current):
        return None
    at, wall, mono = state.at, state.at.wall, state.at.mono
    left_s = view.changes_in(state, settings, word_in_s=word_in_s)
    asks_s = view.worth_asking_in(state, settings)
    least_s, enough_s = _same(state, settings)
    # In the order of the fields: names would cost more than all the rest of it.
    return Lull(
        at,
        mono,
        mono + left_s,
        mono + (left_s if left_s < asks_s else asks_s),
        wall,
        wall + (timedelta(seconds=left_s) if left_s < LONGEST_S else _LONGEST),
        at.zone,
        state.awaits_pause,
        least_s,
        enough_s,
        natural if state.idle_known and off is None else 0.0,
        mono - off.length_s - _SLACK_S if off and not off.credited else -math.inf,
    )


def _same(state: EngineState, settings: Settings) -> tuple[float, float]:
    """Lengths of idleness that leave everything as it is."""
    natural = settings.natural_break
    if state.current and state.current.phase is Phase.CARD:
        return math.inf, math.inf  # Every look says how much of the card was worked through.
    if held(state, settings) or (state.locked and settings.away_lock is AwayRule.AWAY):
        return 0.0, math.inf
    if state.idle_s < natural:
        return 0.0, policy.PAUSE_S if state.awaits_pause else natural
    return (natural, math.inf) if state.off_chair else (math.inf, math.inf)
