"""The rectangle that the shapes of an SVG fragment fill, so that a player repaints no more than what changes.

Pure; called by `change.py` on the GUI thread. It knows the elements and transforms that the figure is drawn with. A
curve counts with its control points and an arc with its radii, so a rectangle may be larger than its shapes, never
smaller.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_ELEMENT: Final = re.compile(r"<(/?g|path|circle|ellipse|rect)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_TRANSFORM: Final = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
_NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_COMMAND: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_TAKES: Final = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "Q": 4, "S": 4, "C": 6, "A": 7}
"""The number of coordinates of each command of a path."""

Point = tuple[float, float]


class Extent(NamedTuple):
    """A rectangle in the units of what it is about."""

    left: float
    top: float
    right: float
    bottom: float


def around(points: Iterable[Point]) -> Extent | None:
    """The smallest rectangle around the points; `None` without any."""
    found = list(points)
    if not found:
        return None
    across, down = [x for x, _ in found], [y for _, y in found]
    return Extent(min(across), min(down), max(across), max(down))


def corners(extent: Extent) -> tuple[Point, Point, Point, Point]:
    left, top, right, bottom = extent
    return (left, top), (right, top), (left, bottom), (right, bottom)


@lru_cache(maxsize=256)
def extent_of(shapes: str) -> Extent | None:
    """The rectangle around the shapes and their lines, in the frame of the fragment; `None` if it has no shape.

    Raises `ValueError` for a transform other than a shift, a turn about the origin or a scale.
    """
    return around(_points(shapes))


class _Frame(NamedTuple):
    """A frame within another: a point (x, y) in it is at (a·x + c·y + e, b·x + d·y + f) in the other."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, a: float, b: float, c: float, d: float) -> _Frame:
        return self._replace(
            a=self.a * a + self.c * b,
            b=self.b * a + self.d * b,
            c=self.a * c + self.c * d,
            d=self.b * c + self.d * d,
        )


def _points(shapes: str) -> Iterator[Point]:
    frames = [_Frame()]
    for kind, text in _ELEMENT.findall(shapes):
        if kind == "/g":
            frames.pop()
            continue
        given = dict(_ATTRIBUTE.findall(text))
        frame = _transformed(frames[-1], given.get("transform", ""))
        if kind == "g":
            frames.append(frame)
            continue
        # Not half of it, so that a pointed corner is within, too.
        line = float(given.get("stroke-width", 1)) if "stroke" in given else 0.0
        outline = around(_outline(kind, given))
        if outline is not None:
            left, top, right, bottom = outline
            for x, y in corners(Extent(left - line, top - line, right + line, bottom + line)):
                yield frame.at(x, y)


def _transformed(frame: _Frame, transform: str) -> _Frame:
    known = _TRANSFORM.findall(transform)
    if _TRANSFORM.sub("", transform).strip():
        raise ValueError(f"a transform that has no extent: {transform}")
    for kind, text in known:
        x, *more = _numbers(text)
        y = more[0] if more else None
        if kind == "translate":
            e, f = frame.at(x, y or 0.0)
            frame = frame._replace(e=e, f=f)
        elif kind == "scale":
            frame = frame.within(x, 0.0, 0.0, x if y is None else y)
        else:
            cos, sin = math.cos(math.radians(x)), math.sin(math.radians(x))
            frame = frame.within(cos, sin, -sin, cos)
    return frame


def _outline(kind: str, given: dict[str, str]) -> Iterable[Point]:
    if kind == "path":
        return _along(given["d"])
    if kind == "rect":
        x, y, wide, high = (float(given.get(name, 0)) for name in ("x", "y", "width", "height"))
        return (x, y), (x + wide, y + high)
    x, y = float(given.get("cx", 0)), float(given.get("cy", 0))
    rx, ry = (float(given.get(name, given.get("r", 0))) for name in ("rx", "ry"))
    return (x - rx, y - ry), (x + rx, y + ry)


def _along(data: str) -> Iterator[Point]:
    """The points of a path, with the control points of its curves."""
    x = y = 0.0
    for command, text in _COMMAND.findall(data):
        kind, numbers = command.upper(), _numbers(text)
        if kind == "Z":
            continue
        for at in range(0, len(numbers), _TAKES[kind]):
            taken = numbers[at : at + _TAKES[kind]]
            from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
            if kind == "H":
                x = from_x + taken[0]
            elif kind == "V":
                y = from_y + taken[0]
            elif kind == "A":
                to_x, to_y = from_x + taken[5], from_y + taken[6]
                yield from corners(_of_arc(x, y, to_x, to_y, *taken[:2], large=taken[3] > 0, sweep=taken[4] > 0))
                x, y = to_x, to_y
            else:
                for across, down in zip(taken[::2], taken[1::2], strict=True):
                    yield from_x + across, from_y + down
                x, y = from_x + taken[-2], from_y + taken[-1]
            yield x, y


def _of_arc(x: float, y: float, to_x: float, to_y: float, rx: float, ry: float, *, large: bool, sweep: bool) -> Extent:
    """A rectangle around an arc of an ellipse between two points."""
    dx, dy = (to_x - x) / 2, (to_y - y) / 2
    half = math.hypot(dx, dy)
    middle_x, middle_y = x + dx, y + dy
    # Radii that are too short for the ends count as half the way between them.
    radius = max(rx, ry, half)
    # The lesser part of an ellipse is within its longer radius of the middle of its ends, the greater part within twice
    # that.
    if rx != ry:
        far = radius * 2 if large else radius
        return Extent(middle_x - far, middle_y - far, middle_x + far, middle_y + far)
    if not large:
        return Extent(middle_x - half, middle_y - half, middle_x + half, middle_y + half)
    away = math.sqrt(radius * radius - half * half) / half if half else 0.0
    centre_x, centre_y = (middle_x + dy * away, middle_y - dx * away) if sweep else (
        middle_x - dy * away, middle_y + dx * away
    )  # fmt: skip
    return Extent(centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
