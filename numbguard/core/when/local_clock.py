"""The moment at which the local clock shows a time of day, also where summer time leaves that time out. Pure.

The working hours and all that is counted by the local day use it, on any thread.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def reached(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the first moment (UTC) at which the local clock shows ``clock`` on ``day``, or a later time."""
    wanted = datetime.combine(day, clock)
    after = wanted.replace(tzinfo=zone).astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == wanted:
        return after
    # The clock was put forward over that time. By PEP 495, the two offsets give moments before and after the change.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = 0, round((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        passed = (before + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None) >= wanted
        low, high = (low, middle) if passed else (middle, high)
    return before + timedelta(seconds=high)
