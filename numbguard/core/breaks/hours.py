"""Working hours by the local clock: when the day is on, when that next changes, and moments such as "tomorrow".

Pure functions of the settings, a moment and its zone, called by the engine and, for the end of a pause, by the runtime.
A boundary is the first moment at which the local clock shows that time or a later one: an hour that daylight saving
leaves out is skipped, one that it repeats is worked once, and a day that the calendar left out (Samoa, 30 December
2011) has no hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from numbguard.core.settings.settings import WorkingSpan
from numbguard.core.when.local_clock import reached

from .instant import Instant

Hours = Mapping[int, tuple[WorkingSpan, ...]]
"""Weekday (0 is Monday) to its spans; empty: every hour counts."""

DAY_BEGINS = time(4)
""""Tomorrow" begins at this hour, so that a late evening is still today."""

_DAY = timedelta(days=1)
_BACK, _AHEAD = 2, 16
"""How many days back and ahead to search: a span over midnight began earlier, and one calendar day may be missing."""


@dataclass(frozen=True, slots=True)
class HoursStretch:
    """From ``seen`` to ``until`` (``None``: for good) the hours are on, or off, without a change."""

    on: bool
    seen: datetime
    until: datetime | None
    zone: tzinfo | None

    def holds(self, at: Instant) -> bool:
        """Whether it is still true at that moment, in the moment's zone."""
        if self.until is None and self.on:
            return True
        wall = at.wall
        return self.seen <= wall and (self.until is None or wall < self.until) and self.zone == at.local


def stretch(hours: Hours, at: Instant) -> HoursStretch:
    """Return whether the hours are on at that moment, and until when that holds."""
    zone = at.local
    if not hours:
        return HoursStretch(True, at.wall, None, zone)
    today = at.wall.astimezone(zone).date()
    end: datetime | None = None
    for ahead in range(-_BACK, _AHEAD):
        day = today + ahead * _DAY
        for span in sorted(hours.get(day.weekday(), ()), key=_by_start):
            start, stop = _moments(day, span, zone)
            if stop <= at.wall or stop <= start:
                continue
            if end is None:
                if start > at.wall:
                    return HoursStretch(False, at.wall, lived(start, zone), zone)
                end = stop
            elif start <= end:
                end = max(end, stop)
            else:
                return HoursStretch(True, at.wall, lived(end, zone), zone)
    return HoursStretch(end is not None, at.wall, None, zone)


def tomorrow(at: Instant) -> datetime:
    """Return the early morning of the next day that a person would call tomorrow."""
    return lived(reached(_today(at) + _DAY, DAY_BEGINS, at.local), at.local)


def next_workday(hours: Hours, at: Instant) -> datetime:
    """Return when the next working day after today begins; without working hours, tomorrow."""
    zone, today = at.local, _today(at)
    for back in (1, 0):  # In the small hours of a night shift, today is the day on which it began.
        day = at.wall.astimezone(zone).date() - back * _DAY
        if any(start <= at.wall < stop for start, stop in (_moments(day, span, zone) for span in _spans(hours, day))):
            today = day
            break
    for ahead in range(1, _AHEAD):
        day = today + ahead * _DAY
        for span in sorted(_spans(hours, day), key=_by_start):
            start, stop = _moments(day, span, zone)
            if start < stop:
                return lived(start, zone)
    return tomorrow(at)


def next_time(at: Instant, clock: time) -> datetime:
    """Return when the local clock next shows ``clock``."""
    zone = at.local
    today = at.wall.astimezone(zone).date()
    moments = (reached(today + ahead * _DAY, clock, zone) for ahead in range(3))
    return lived(next(moment for moment in moments if moment > at.wall), zone)


def lived(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment with the offset that holds then. (Sums within one zone would be sums of clock faces.)"""
    local = moment.astimezone(zone)
    offset = local.utcoffset()
    assert offset is not None
    return local.replace(tzinfo=timezone(offset), fold=0)


def _today(at: Instant) -> date:
    local = at.wall.astimezone(at.local)
    return local.date() if local.time() >= DAY_BEGINS else local.date() - _DAY


def _moments(day: date, span: WorkingSpan, zone: tzinfo) -> tuple[datetime, datetime]:
    return (
        reached(day, span.start, zone),
        reached(day if span.start < span.end else day + _DAY, span.end, zone),
    )


def _spans(hours: Hours, day: date) -> tuple[WorkingSpan, ...]:
    return hours.get(day.weekday(), ())


def _by_start(span: WorkingSpan) -> time:
    return span.start
