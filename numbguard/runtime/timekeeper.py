"""Notices that the machine slept, or that its clock was set, between two moments. No Qt; asked by the runtime."""

from __future__ import annotations

from numbguard.core.breaks.messages import ClockSet, Input, Instant, Woke
from numbguard.core.ports import Clock

SET_BY_S = 2.0
"""A wall clock this far from where the monotonic one says it should be was set."""
SLEPT_S = 60.0
"""Where the system does not count its sleep: a wall clock this far ahead means the machine slept."""


class Timekeeper:
    """``last`` is the moment that was given last."""

    def __init__(self, clock: Clock, *, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self.last = clock.now()
        self._suspended = clock.suspended_s()

    def now(self) -> tuple[Instant, tuple[Input, ...]]:
        """The present moment, and what the engine has to hear of before it: a sleep, a clock that was set."""
        now, suspended = self._clock.now(), self._clock.suspended_s()
        last, before = self.last, self._suspended
        self.last, self._suspended = now, suspended
        drift = (now.wall - last.wall).total_seconds() - (now.mono - last.mono)
        if suspended is not None and before is not None:
            slept = max(0.0, suspended - before)
            slept = slept if slept > 1.0 * self._speed else 0.0
        else:
            slept = drift if drift > SLEPT_S * self._speed else 0.0
        heard: tuple[Input, ...] = (Woke(now, slept),) if slept else ()
        if abs(drift - slept) > SET_BY_S * self._speed:
            heard = (*heard, ClockSet(now, drift - slept))
        return now, heard
