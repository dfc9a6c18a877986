"""The machine's clocks, sped up ``speed`` times for a demonstration or a test.

The runtime calls them on the GUI thread, for the time of every input.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, tzinfo

from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import ClockSet, Input, Woke
from numbguard.core.ports import Clock

_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)
_reread_zone = getattr(time, "tzset", lambda: None)
"""Make the C library read the time zone again, which it otherwise reads once; Windows notices a new zone by itself."""


class LocalZone(tzinfo):
    """The machine's time zone by the rules of the C library, which need neither zone names nor a copy of their data."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return _local(moment) - _utc(moment) if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return datetime.fromtimestamp(_local(moment).timestamp()).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        seconds = (moment.replace(tzinfo=None) - _EPOCH).total_seconds()
        return datetime.fromtimestamp(seconds).replace(tzinfo=self)  # noqa: DTZ006  # local time is meant


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # the local time and the time in UTC are compared without their zones


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    """The moment in UTC, without a zone.

    In an hour that summer time leaves out, ``datetime.astimezone`` of Python 3.11 and of 3.12 give different answers;
    ``datetime.timestamp`` follows PEP 495 in both.
    """
    return _EPOCH + timedelta(seconds=_local(moment).timestamp())


class SystemClock:
    """The wall clock and the monotonic clock; both run ``speed`` times as fast (1–600) from construction on."""

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
        _reread_zone()
        if (rules := _zone_rules()) != self._rules:
            # A new object, because results calculated with the former zone no longer hold.
            self._zone, self._rules = LocalZone(), rules
        return Instant(datetime.fromtimestamp(wall).astimezone(), mono, self._zone)

    def suspended_s(self) -> float | None:
        """Return how long the machine has slept since boot, in this clock's seconds; ``None`` where that is unknown.

        On Linux CLOCK_BOOTTIME counts sleep and CLOCK_MONOTONIC does not (clock_gettime(2)).
        """
        if _BOOTTIME is None:
            return None
        return (time.clock_gettime(_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)) * self.speed


def _zone_rules() -> tuple[object, ...]:
    return (time.tzname, time.timezone, time.altzone)


CLOCK_SET_S = 2.0
"""If the wall clock deviates this many seconds from the monotonic clock, somebody set it."""


SLEPT_S = 60.0
"""Where the system does not count sleep, a wall clock this many seconds ahead means that the machine slept."""


class Timekeeper:
    """Reads the clock and detects sleep and a clock that was set. ``last`` is the most recent reading."""

    def __init__(self, clock: Clock, *, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self.last = clock.now()
        self._suspended = clock.suspended_s()

    def now(self) -> tuple[Instant, tuple[Input, ...]]:
        """Return the present moment and the inputs that the engine needs before it: ``Woke``, ``ClockSet``, or none."""
        now, suspended = self._clock.now(), self._clock.suspended_s()
        last, before = self.last, self._suspended
        self.last, self._suspended = now, suspended
        drift = (now.wall - last.wall).total_seconds() - (now.mono - last.mono)
        if suspended is not None and before is not None:
            slept = max(0.0, suspended - before)
            slept = slept if slept > 1.0 * self._speed else 0.0
        else:
            slept = drift if drift > SLEPT_S * self._speed else 0.0
        inputs: tuple[Input, ...] = (Woke(now, slept),) if slept else ()
        if abs(drift - slept) > CLOCK_SET_S * self._speed:
            inputs = (*inputs, ClockSet(now, drift - slept))
        return now, inputs
