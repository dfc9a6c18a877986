"""Poses and the geometry of jointed bones, shared by the views of the figure. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from numbguard.core.cards.motion import Joint


class PlacedPart(NamedTuple):
    """Where the origin of a part is, its turn (degrees clockwise), and its scale across and along (1 is full size)."""

    x: float
    y: float
    turn: float
    wide: float = 1.0
    tall: float = 1.0


class FigureFrame(NamedTuple):
    at: float
    parts: Mapping[StrEnum, PlacedPart]
    glow: float
    other_glow: float = 0.0


Pose = dict[Joint, float]


Spot = tuple[float, ...]
"""The target of a hand or foot: its coordinates, then its turn in degrees; NaN lets it follow the limb."""


def along(x: float, y: float, angle: float, length: float) -> tuple[float, float]:
    a = math.radians(angle)
    return x + length * math.sin(a), y + length * math.cos(a)


def above(x: float, y: float, lean: float, length: float) -> tuple[float, float]:
    a = math.radians(lean)
    return x + length * math.sin(a), y - length * math.cos(a)


def two_bones(dx: float, dy: float, first: float, second: float, *, forward: bool) -> tuple[float, float]:
    """The angles, in degrees, of two jointed bones that reach from (0, 0) to (dx, dy).

    `forward` puts the joint in front of the straight line. A limb too short for its target points at it and keeps its
    length.
    """
    far = math.hypot(dx, dy)
    far = min(max(far, abs(first - second) + 1e-6), first + second - 1e-6)
    towards = math.degrees(math.atan2(dx, dy))
    cosine = (first * first + far * far - second * second) / (2 * first * far)
    opening = math.degrees(math.acos(min(1.0, max(-1.0, cosine))))
    upper = towards + (opening if forward else -opening)
    x, y = along(0.0, 0.0, upper, first)
    a = math.radians(towards)
    return upper, math.degrees(math.atan2(far * math.sin(a) - x, far * math.cos(a) - y))


def ease(share: float) -> float:
    """A share from 0 to 1, eased to start and to stop slowly, without a jerk at either end."""
    return share * share * share * (share * (share * 6 - 15) + 10)
