"""The records of habit ticks and posture checks. See the room for units and ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class HabitKind(Enum):
    """A daily habit and its unit: glasses of water, minutes of walking, stretching routines."""

    WATER = "water"
    WALK = "walk"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class HabitTick:
    """One click on a habit. A negative ``amount`` undoes ticks made by mistake."""

    id: str
    at: datetime
    kind: HabitKind
    amount: int


@dataclass(frozen=True, slots=True)
class PostureCheck:
    """One check of how the person sits: which of the five desk points were met."""

    id: str
    at: datetime
    feet_supported: bool
    knees_level: bool
    screen_level: bool
    back_supported: bool
    legs_uncrossed: bool
