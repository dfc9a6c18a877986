"""The clocks of this machine, run ``speed`` times as fast for a demonstration or a test.

Called by the runtime on the GUI thread, for every input's moment.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, tzinfo

from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import ClockSet, Input, Woke
from numbguard.core.ports import Clock

_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)
_look_at_zone_again = getattr(time, "tzset", lambda: None)
"""The C library keeps to the zone it first saw; after this it knows of a journey. Windows does so by itself."""


class LocalZone(tzinfo):
    """The zone this machine is in, by the rules of the C library: they need no names of zones, nor a copy of them."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        seconds = (moment.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001  # it is UTC
        return datetime.fromtimestamp(seconds).replace(tzinfo=self)  # noqa: DTZ006  # the local face of the clock


class SystemClock:
    """``now`` gives both clocks; from the moment of construction on they run ``speed`` times as fast (1–600)."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._wall = time.time()
        self._mono = time.monotonic()
        self._zone = LocalZone()
        self._rules = _zone_rules()

    def now(self) -> Instant:
        wall, mono = time.time(), time.monotonic()
        if self.speed != 1.0:
            wall = self._wall + (wall - self._wall) * self.speed
            mono = self._mono + (mono - self._mono) * self.speed
        _look_at_zone_again()
        if (rules := _zone_rules()) != self._rules:
            # Another zone, and not the same one that changed: what was worked out by the former holds no longer.
            self._zone, self._rules = LocalZone(), rules
        return Instant(datetime.fromtimestamp(wall).astimezone(), mono, self._zone)

    def suspended_s(self) -> float | None:
        """Seconds (at this clock's speed) the machine has slept since it booted; ``None`` where it does not say.

        Linux counts sleep in CLOCK_BOOTTIME and leaves it out of CLOCK_MONOTONIC (clock_gettime(2)).
        """
        if _BOOTTIME is None:
            return None
        return (time.clock_gettime(_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)) * self.speed


def _zone_rules() -> tuple[object, ...]:
    return (time.tzname, time.timezone, time.altzone)


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
