"""When NumbGuard may speak: working hours, and what each reason to keep quiet means.

Pure functions of settings and the wall clock, called by the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from .model import CALL, FULLSCREEN, PAUSED, SHARING
from .settings import Span

WORKED_THROUGH = 0.5
"""Input during at least this share of a card means the person worked on through it."""

HOLDS_SEAT = frozenset({CALL, FULLSCREEN, SHARING})
"""While one of these is on, no input is still sitting: a call, a talk or a film needs no keys."""

CLOSES_CARD = frozenset({CALL, PAUSED})
"""These take a card off the screen that is already up; the others let it run out."""

DAY_BEGINS_H = 4
"""Pausing "until tomorrow" ends at this hour, so that a late evening is still today."""


def working(hours: Mapping[int, tuple[Span, ...]], wall: datetime) -> bool:
    """Whether ``wall`` (local) lies in the working hours; no hours at all: always."""
    if not hours:
        return True
    clock = wall.timetz().replace(tzinfo=None)
    for span in hours.get(wall.weekday(), ()):
        if span.start < span.end and span.start <= clock < span.end:
            return True
        if span.start >= span.end and clock >= span.start:
            return True
    # A span that runs over midnight belongs to the day on which it starts.
    return any(span.start >= span.end and clock < span.end for span in hours.get((wall.weekday() - 1) % 7, ()))


def next_change(hours: Mapping[int, tuple[Span, ...]], wall: datetime) -> datetime | None:
    """When ``working`` next turns over, within eight days; ``None`` when it never does."""
    now = working(hours, wall)
    edges: list[datetime] = []
    for ahead in range(-1, 9):
        day = (wall + timedelta(days=ahead)).date()
        for span in hours.get(day.weekday(), ()):
            start = datetime.combine(day, span.start, wall.tzinfo)
            end = datetime.combine(day if span.start < span.end else day + timedelta(days=1), span.end, wall.tzinfo)
            edges += [start, end]
    return next((edge for edge in sorted(edges) if edge > wall and working(hours, edge) != now), None)


def tomorrow(wall: datetime) -> datetime:
    """The moment a pause "until tomorrow" ends: early on the next day a person would call tomorrow."""
    today = (wall - timedelta(hours=DAY_BEGINS_H)).date()
    next_day = today + timedelta(days=1)
    return wall.replace(
        year=next_day.year,
        month=next_day.month,
        day=next_day.day,
        hour=DAY_BEGINS_H,
        minute=0,
        second=0,
        microsecond=0,
    )
