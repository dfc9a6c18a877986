"""The words that some settings may hold. Pure; apart from ``core.breaks.messages``, so that reading settings does not
load it."""

from __future__ import annotations

from enum import Enum, StrEnum


class Style(Enum):
    """How much a break shows of itself."""

    GENTLE = "gentle"
    STANDARD = "standard"
    FIRM = "firm"


class AwayRule(Enum):
    """What a lock or a sleep of the machine means for the seated clock."""

    AWAY = "away"
    PAUSE = "pause"
    IGNORE = "ignore"


class GoalKind(Enum):
    """What the person has picked as the week's goal."""

    NONE = "none"
    ROUTINE = "routine"
    WALK = "walk"
    WATER = "water"


class Place(StrEnum):
    SEATED = "seated"
    STANDING = "standing"
    WALL = "wall"
    FLOOR = "floor"
