"""Projects the three-dimensional room of the front view onto the picture, through a camera that looks slightly down.

Pure geometry for `rig.py`, `scene.py` and the tests. Room coordinates are x (to the right of the picture), height
(above the floor) and depth (towards the viewer).
"""

from __future__ import annotations

import math
from typing import Final

from numbguard.figure.side.rig import FLOOR

Vector = tuple[float, float, float]

PITCH: Final = 16.0
"""Degrees by which the camera looks down."""
_COS, _SIN = math.cos(math.radians(PITCH)), math.sin(math.radians(PITCH))
_FRONT_EDGE: Final = 40.0
"""The depth that appears on the picture's floor line."""


def projected(point: Vector) -> tuple[float, float]:
    """Where a point of the room appears in the picture."""
    x, height, depth = point
    return x, FLOOR - height * _COS + (depth - _FRONT_EDGE) * _SIN


def projected_line(start: Vector, end: Vector) -> tuple[float, float, float, float]:
    """A line of the room in the picture: its start (x, y), its turn from hanging down (degrees), its length."""
    x, height, depth = start
    dx, dy = end[0] - x, (height - end[1]) * _COS + (end[2] - depth) * _SIN
    turn = -math.degrees(math.atan2(dx, dy)) if abs(dx) + abs(dy) > 0.01 else 0.0
    return x, FLOOR - height * _COS + (depth - _FRONT_EDGE) * _SIN, turn, math.hypot(dx, dy)


def plus(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times


def minus(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit(a: Vector) -> Vector:
    x, y, z = a
    size = math.sqrt(x * x + y * y + z * z) or 1.0
    return x / size, y / size, z / size


def heading(yaw: float) -> tuple[Vector, Vector]:
    """The directions ahead and to the left of somebody turned by `yaw` degrees."""
    a = math.radians(yaw)
    return (math.sin(a), 0.0, math.cos(a)), (math.cos(a), 0.0, -math.sin(a))


UP: Final[Vector] = (0.0, 1.0, 0.0)


def reach(start: Vector, goal: Vector, first: float, second: float, pole: Vector) -> tuple[Vector, Vector]:
    """The middle joint and the end of two bones that reach from `start` towards `goal`; the joint bends to `pole`."""
    line = minus(goal, start)
    far = min(max(math.sqrt(dot(line, line)), abs(first - second) + 1e-6), first + second - 1e-6)
    towards = unit(line)
    out = unit(plus(pole, towards, -dot(pole, towards)))
    share = (first * first + far * far - second * second) / (2 * far)
    joint = plus(plus(start, towards, share), out, math.sqrt(max(0.0, first * first - share * share)))
    return joint, plus(start, towards, far)


def swing(forward: float, outward: float, ahead: Vector, left: Vector) -> Vector:
    """The direction of a limb swung from hanging down: `forward` in degrees, `outward` in radians."""
    f = math.radians(forward)
    across, along = math.sin(outward), math.sin(f) * math.cos(outward)
    return (
        ahead[0] * along + left[0] * across,
        -math.cos(f) * math.cos(outward),
        ahead[2] * along + left[2] * across,
    )
