"""Settings: all that a person can set, with its defaults. ``table`` says what each may be.

Pure; used by the engine, the store and the windows, on any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from .choices import AwayRule, GoalKind, Place, Style

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class WorkingSpan:
    """A range of working time within a day, by the local clock. ``end`` before ``start`` runs over midnight."""

    start: time
    end: time


MIDNIGHT = time(0, 0)
WHOLE_DAY = WorkingSpan(MIDNIGHT, MIDNIGHT)
"""A span that ends where it starts lasts until then on the next day."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, validated. Durations in seconds. ``hours`` empty: every hour counts."""

    interval: float = 45 * 60.0
    duration: float = 2 * 60.0
    patience: float = 3 * 60.0
    snooze: float = 5 * 60.0
    max_snoozes: int = 3
    natural_break: float = 5 * 60.0
    settle: float = 30.0
    standing_for: float = 3600.0
    """How long somebody may be counted as standing before NumbGuard says so."""
    style: Style = Style.STANDARD
    posture_enabled: bool = True
    posture_interval: float = 25 * 60.0
    away_lock: AwayRule = AwayRule.AWAY
    away_sleep: AwayRule = AwayRule.AWAY
    quiet_dnd: bool = True
    quiet_fullscreen: bool = True
    quiet_call: bool = True
    quiet_sharing: bool = True
    quiet_programs: tuple[str, ...] = ()
    """Names of programs that mean "not now" while one of their windows is in front."""
    quiet_not_calls: tuple[str, ...] = ()
    """Names of programs whose microphone or camera is no call: voice control, a loop of the last minutes …"""
    quiet_longest: float = 2 * 3600.0
    """How long sensed reasons together may hold a due break back before the icon says that a break waits."""
    quiet_untouched: float = 2 * 3600.0
    """How long a call or a full screen is believed to have somebody in front of it without a touch."""
    goal: GoalKind = GoalKind.NONE
    goal_walk: float = 15 * 60.0
    goal_water: int = 8
    routine_at: time | None = None
    """When the daily routine is offered, by the local clock; ``None``: it is not."""
    places: tuple[Place, ...] = (Place.SEATED, Place.STANDING, Place.WALL)
    """Where break cards may be done."""
    help_number: str = ""
    """The emergency number that *When to get help* names; none is made up."""
    hours: Mapping[int, tuple[WorkingSpan, ...]] = field(default_factory=dict)
    """Weekday (0 is Monday) to its spans; a day left out has no working hours once any day is given."""
