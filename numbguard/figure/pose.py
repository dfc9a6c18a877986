"""Poses and the geometry of jointed bones, shared by the views of the figure. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from numbguard.core.cards.motion import Joint


class PlacedPart(NamedTuple):
    """Where a part's own origin is, how far it is turned (clockwise degrees), and how it is squeezed."""

    x: float
    y: float
    turn: float
    wide: float = 1.0
    tall: float = 1.0


class FigureFrame(NamedTuple):
    at: float
    parts: Mapping[StrEnum, PlacedPart]
    glow: float


Pose = dict[Joint, float]


Spot = tuple[float, ...]
"""A hand's or foot's target: its coordinates, then its own turn (NaN: as the limb falls)."""


def along(x: float, y: float, angle: float, length: float) -> tuple[float, float]:
    a = math.radians(angle)
    return x + length * math.sin(a), y + length * math.cos(a)


def above(x: float, y: float, lean: float, length: float) -> tuple[float, float]:
    a = math.radians(lean)
    return x + length * math.sin(a), y - length * math.cos(a)


def two_bones(dx: float, dy: float, first: float, second: float, *, forward: bool) -> tuple[float, float]:
    """The angles of two jointed bones whose end is to reach (dx, dy); `forward` puts the joint before the line.

    Out of reach, the limb points at its target and stays as long as it is.
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
    """Slow out, slow in, with no jerk at either end."""
    return share * share * share * (share * (share * 6 - 15) + 10)
