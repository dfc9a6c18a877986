"""Marks that show what to look at in a picture: level lines, angles, arrows and short strokes in the warm colour.

Pure; called by `svg.py`. Each mark is placed where the figure's parts are at the warmest moment of the loop, and it
brightens with the glow of the muscle.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Callout
from numbguard.figure.side.rig import FLOOR, HEEL, SidePart

from .palette import FigurePalette
from .pose import FigureFrame, PlacedPart, above, along
from .smooth_path import inked

Parts = Mapping[StrEnum, PlacedPart]


def drawn(mark: Callout, moment: FigureFrame, p: FigurePalette) -> str:
    """The SVG of one mark. Empty for the marks of the front view, which `figure/front/scene.py` draws around the
    figure."""
    if mark not in _MARKS:
        return ""
    return inked(_MARKS[mark](moment.parts), p, ' stroke-dasharray="1 7"' if mark in _DOTTED else "")


def _line(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    towards = math.degrees(math.atan2(to_x - x, to_y - y))
    barbs = (along(to_x, to_y, towards + side, 8) for side in (145, -145))
    one, other = barbs
    return _line((x, y), (to_x, to_y)) + _line(one, (to_x, to_y), other)


def _feet(parts: Parts) -> str:
    feet = [parts[SidePart.NEAR_FOOT].x, parts[SidePart.FAR_FOOT].x]
    return _line((min(feet) + HEEL - 4, FLOOR + 8), (max(feet) + 36, FLOOR + 8))


def _knee(parts: Parts) -> str:
    thigh, shin = parts[SidePart.NEAR_THIGH], parts[SidePart.NEAR_SHIN]
    r = 34.0
    up_x, up_y = along(shin.x, shin.y, -thigh.turn + 180, r)
    down_x, down_y = along(shin.x, shin.y, -shin.turn, r)
    return f"M{up_x:.1f} {up_y:.1f}A{r:g} {r:g} 0 0 0 {down_x:.1f} {down_y:.1f}"


def _eyes(parts: Parts) -> str:
    head = parts[SidePart.HEAD]
    return _line((head.x + 32, head.y - 22), (head.x + 152, head.y - 22))


def _back(parts: Parts) -> str:
    found = []
    for part, behind in ((SidePart.PELVIS, 27), (SidePart.SPINE_2, 25), (SidePart.SPINE_3, 25), (SidePart.SPINE_4, 25)):
        at = parts[part]
        found.append(along(at.x, at.y, -at.turn - 90, behind))
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = found
    return f"M{ax:.1f} {ay:.1f}C{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f} {dx:.1f} {dy:.1f}"


def _thighs(parts: Parts) -> str:
    """A line along each shin, side by side."""
    lines = ""
    for part in (SidePart.FAR_SHIN, SidePart.NEAR_SHIN):
        at = parts[part]
        lines += _line(along(at.x, at.y, -at.turn, 12), along(at.x, at.y, -at.turn, 60))
    return lines


def _plumb(parts: Parts) -> str:
    """A plumb line from the ear past shoulder and hip to the ankle."""
    ear = above(parts[SidePart.HEAD].x, parts[SidePart.HEAD].y, parts[SidePart.HEAD].turn, 17)
    return _line((ear[0] + 1, ear[1] - 46), (parts[SidePart.NEAR_FOOT].x + 4, FLOOR - 2))


def _heart(parts: Parts) -> str:
    """A heart, and a dashed line from it at the same level towards the legs."""
    chest = parts[SidePart.SPINE_4]
    x, y = chest.x + 4, chest.y - 1
    level = "".join(_line((x + far, y), (x + far + 7, y)) for far in range(28, 240, 16))
    return (
        f"M{x:.1f} {y + 7:.1f}C{x - 13:.1f} {y - 2:.1f} {x - 7:.1f} {y - 11:.1f} {x:.1f} {y - 4:.1f}"
        f"C{x + 7:.1f} {y - 11:.1f} {x + 13:.1f} {y - 2:.1f} {x:.1f} {y + 7:.1f}Z{level}"
    )


def _squeeze(parts: Parts) -> str:
    hip = parts[SidePart.PELVIS]
    return _arrow(hip.x - 54, hip.y - 10, hip.x - 30, hip.y) + _arrow(hip.x - 50, hip.y + 42, hip.x - 29, hip.y + 24)


def _shake(parts: Parts) -> str:
    at = parts[SidePart.NEAR_SHIN]
    lines, at_turn = "", -at.turn
    for r in (58, 74):
        for turn in (at_turn + 30, at_turn - 32):
            start, end = (along(at.x, at.y, turn + side, r) for side in (-500 / r, 500 / r))
            lines += f"M{start[0]:.1f} {start[1]:.1f}A{r} {r} 0 0 0 {end[0]:.1f} {end[1]:.1f}"
    return lines


_DOTTED: Final = (Callout.EYES, Callout.PLUMB)
_MARKS: Final[dict[Callout, Callable[[Parts], str]]] = {
    Callout.FEET: _feet, Callout.KNEE: _knee, Callout.EYES: _eyes, Callout.BACK: _back, Callout.THIGHS: _thighs,
    Callout.PLUMB: _plumb, Callout.HEART: _heart, Callout.SQUEEZE: _squeeze, Callout.SHAKE: _shake,
}  # fmt: skip
