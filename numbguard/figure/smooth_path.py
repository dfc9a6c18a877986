"""Smooth outlines through a few measured points, shared by all drawn shapes. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .palette import FigurePalette

Points = Sequence[tuple[float, float]]


def _n(value: float) -> str:
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def closed(points: Points, *, pull: float = 1 / 6) -> str:
    """Path data of a smooth closed line through the points."""
    count = len(points)
    data = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for i in range(count):
        before, start = points[i - 1], points[i]
        end, after = points[(i + 1) % count], points[(i + 2) % count]
        data.append(
            f"C{_n(start[0] + (end[0] - before[0]) * pull)} {_n(start[1] + (end[1] - before[1]) * pull)}"
            f" {_n(end[0] - (after[0] - start[0]) * pull)} {_n(end[1] - (after[1] - start[1]) * pull)}"
            f" {_n(end[0])} {_n(end[1])}"
        )
    return "".join(data) + "Z"


def limb(front: Points, back: Points) -> str:
    """Path data of a limb that hangs down from (0, 0).

    `front` and `back` are pairs of a distance along the bone and the width in front of it or behind it. Both ends are
    rounded, the upper one by its starting width, so that joints stay covered as they bend.
    """
    top_front, top_back = front[0][1], back[0][1]
    end_front, end_back = front[-1][1], back[-1][1]
    top, end = front[0][0], front[-1][0]
    points: list[tuple[float, float]] = []
    for part in (0.75, 0.35):
        points.append((-top_back * part, top - top_back * math.sqrt(1 - part * part)))
    for part in (0.35, 0.75):
        points.append((top_front * part, top - top_front * math.sqrt(1 - part * part)))
    points.extend((wide, at) for at, wide in front)
    points.append((end_front * 0.7, end + end_front * 0.7))
    points.append((-end_back * 0.7, end + end_back * 0.7))
    points.extend((-wide, at) for at, wide in reversed(back))
    return closed(points)


def hull(x: float, y: float, r: float, to_x: float, to_y: float, to_r: float) -> str:
    """Path data around two discs and the space between them: one link of a chain that bends smoothly."""
    dx, dy = to_x - x, to_y - y
    far = math.hypot(dx, dy)
    towards = math.atan2(dy, dx)
    slant = math.acos(max(-1.0, min(1.0, (r - to_r) / far)))
    corners = []
    for side in (slant, -slant):
        a = towards + side
        corners.append((x + r * math.cos(a), y + r * math.sin(a), to_x + to_r * math.cos(a), to_y + to_r * math.sin(a)))
    (ax, ay, bx, by), (cx, cy, ex, ey) = corners
    large_end, large_start = int(to_r > r), int(r > to_r)
    return (
        f"M{_n(ax)} {_n(ay)}L{_n(bx)} {_n(by)}A{_n(to_r)} {_n(to_r)} 0 {large_end} 0 {_n(ex)} {_n(ey)}"
        f"L{_n(cx)} {_n(cy)}A{_n(r)} {_n(r)} 0 {large_start} 0 {_n(ax)} {_n(ay)}Z"
    )


def inked(lines: str, p: FigurePalette, dashes: str = "") -> str:
    """Path data drawn as a mark; a wider, pale line under each keeps it visible on cloth as well as on the wall."""
    shared = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<g class="mark"><path d="{lines}" {shared} stroke="{p.backdrop}" stroke-opacity=".8" stroke-width="7"/>'
        f'<path d="{lines}" {shared} stroke="{p.tint}" stroke-width="3.4"{dashes}/></g>'
    )
