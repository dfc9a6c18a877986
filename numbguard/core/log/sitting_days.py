"""How the sitting of a bout that reaches past midnight is shared between its days. Pure.

Every place that shows sitting by day uses it: the history, the insights and the line of a day. A bout records how long
the person sat in it, but not when the pauses were, so each day gets the share of the sitting that it has of the bout's
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from numbguard.core.when.local_clock import reached

from .records.sitting import SittingBout

_DAY: Final = timedelta(days=1)
_FIRST: Final = date.min + 2 * _DAY
_LAST: Final = date.max - 2 * _DAY
"""The first and the last day whose midnights Python can express in every zone."""
_ZONES_ARE_KNOWN: Final = range(1970, 3000)
"""The years for which the C library of every platform knows the local clock."""


def sat_by_day(
    bout: SittingBout, *, oldest: date = _FIRST, newest: date = _LAST, zone: tzinfo | None = None
) -> dict[date, float]:
    """Return the seconds of sitting on each local day of a bout, from ``oldest`` to ``newest``, oldest first.

    A day is the local one where the person was: the bout has the offset from UTC of its start and of its end. Where the
    two differ, the clock was changed in between. If that is how the clock of ``zone`` was changed, ``zone`` says when
    midnight was; otherwise the offset of the start does. A bout that does not end after it began counts on the day on
    which it began.
    """
    first = bout.started_at.date()
    began, ended = bout.started_at.astimezone(UTC), bout.ended_at.astimezone(UTC)
    if first >= bout.ended_at.date() or began >= ended:
        return {first: bout.seated_s} if oldest <= first <= newest else {}
    sat = {}
    for day, starts, ends in _days(bout, max(oldest, _FIRST), min(newest, _LAST), zone):
        within = min(ended, ends) - max(began, starts)
        if within > timedelta(0):
            sat[day] = bout.seated_s * (within / (ended - began))
    return sat


def _days(
    bout: SittingBout, oldest: date, newest: date, zone: tzinfo | None
) -> Iterator[tuple[date, datetime, datetime]]:
    """Yield each day of a bout with the moments (UTC) at which it starts and ends."""
    here = _zone_of(bout, zone)
    day, last = (moment.astimezone(here).date() for moment in (bout.started_at, bout.ended_at))
    day, last = max(day, oldest), min(last, newest)
    if day > last:
        return
    starts = reached(day, time(), here)
    while day <= last:
        ends = reached(day + _DAY, time(), here)
        yield day, starts, ends
        day, starts = day + _DAY, ends


def _zone_of(bout: SittingBout, zone: tzinfo | None) -> tzinfo:
    moments = bout.started_at, bout.ended_at
    offset, offset_of_end = (moment.utcoffset() or timedelta(0) for moment in moments)
    if zone is not None and offset != offset_of_end and bout.started_at.year in _ZONES_ARE_KNOWN:
        there = tuple(moment.astimezone(zone).utcoffset() for moment in moments)
        if there == (offset, offset_of_end):
            return zone
    return timezone(offset)
