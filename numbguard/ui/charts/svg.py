"""Draws charts as plain SVG: the same picture on the screen, on paper and in a browser.

Called by the insights window and the report, on any thread. Colours are attributes of the marks and not in a style
sheet, of which Qt supports only part; a picture refers to no other file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from numbguard.ui.widgets.markup import escaped
from numbguard.wording.catalogue import _

from .contents import BarChart, Chart, CurveChart, LegMapChart
from .look import ChartLook

FAMILY: Final = "sans-serif"
TEXT_SHARE: Final = 0.92
"""The size of the letters, as a share of ``text_size``."""
_LETTER: Final = 0.56
"""The width of a letter of a label, as a share of the size of the text."""
OUTLINE: Final = 2.0
"""The width of a line in black and white, in pixels where the picture has its usual size."""
_CURVE_IN_LINES: Final = 4.0
"""The width of the curve there, between the edges of its band."""
_POINTS: Final = 300
"""Points of a curve that are drawn; nobody would see more."""


def natural_height(chart: Chart, text_size: float) -> float | None:
    """The height at which each bar has a line of text beside it; `None` for a chart that fits any height."""
    return max(1, len(chart.labels)) * text_size * 1.7 if isinstance(chart, BarChart) else None


def svg_of(
    chart: Chart, look: ChartLook, *, width: float, height: float, text_size: float = 12.0, mirrored: bool = False
) -> bytes:
    """The picture of a chart. ``text_size`` is the height of its text, in the unit of width and height.

    ``mirrored``: bars and time go from right to left, as the language around them does. The body map is never mirrored.
    """
    picture = _Picture(look, width, height, text_size, mirrored=mirrored)
    match chart:
        case BarChart():
            return picture.bars(chart)
        case CurveChart():
            return picture.curve(chart)
        case LegMapChart():
            from .leg_map_svg import leg_map_svg

            return leg_map_svg(chart, look, text_size=text_size)


class _Picture:
    """A picture under construction, mark by mark; later marks lie on top."""

    def __init__(self, look: ChartLook, width: float, height: float, text_size: float, *, mirrored: bool) -> None:
        self._look = look
        self._mirrored = mirrored
        self._turned = f' transform="matrix(-1 0 0 1 {width:g} 0)"' if mirrored else ""
        """Mirrors a mark; texts are placed on the other side instead, so that they can be read."""
        self._width = width
        self._height = height
        self._text_size = text_size
        self._marks: list[str] = []

    def bars(self, chart: BarChart) -> bytes:
        text_size, row = self._text_size, self._height / max(1, len(chart.labels))
        widest = max((len(label) for label in chart.labels), default=0) * text_size * _LETTER
        left = min(widest + text_size, self._width * 0.5)
        room = max((len(word) for word in chart.value_words), default=0) * text_size * _LETTER + text_size
        most, longest = max(1, *chart.values) if chart.values else 1, self._width - left - room
        thick = min(row * 0.66, text_size * 1.2)
        for place, (label, value, word) in enumerate(zip(chart.labels, chart.values, chart.value_words, strict=True)):
            middle, long = row * (place + 0.5), longest * value / most
            self._text(left - text_size * 0.6, middle + text_size * 0.33, label, self._look.text, anchor="end")
            if value:
                self._marks.append(
                    f'<rect x="{left:.2f}" y="{middle - thick / 2:.2f}" width="{long:.3f}" height="{thick:.2f}" '
                    f'fill="{self._look.fill}"{self._turned}/>'
                )
            at = left + long + text_size * 0.4
            self._text(at, middle + text_size * 0.33, word, self._look.text, anchor="start")
        if chart.labels:
            self._path(f"M{left:.2f} 0 v{self._height:.2f}", self._look.line)
        return self._whole()

    def curve(self, chart: CurveChart) -> bytes:
        look, text_size = self._look, self._text_size
        left, right = text_size * 4, self._width - text_size * 1.6
        top, foot = text_size * 0.5, self._height - text_size * 3.7
        longest = max(60.0, chart.points[-1].t_s if chart.points else 60.0) / 60
        steps = (5, 10, 15, 30, 60, 120, 240, 480, 10**9)
        every = next(step for step in steps if longest / step * text_size * 3.2 <= self._width)
        ticks = range(0, (math.ceil(longest / every) + 1) * every, every)

        def at(minutes: float, share: float) -> tuple[float, float]:
            return left + (right - left) * minutes / ticks[-1], foot - (foot - top) * share

        for percent in (0, 25, 50, 75, 100):
            _unused, y = at(0, percent / 100)
            self._text(
                left - text_size * 0.4,
                y + text_size * 0.33,
                _("{percent}%").format(percent=percent),
                look.quiet,
                anchor="end",
            )
            if percent:
                self._path(f"M{left:.2f} {y:.2f} h{right - left:.2f}", look.line, wide=0.5, dashes="1,3")
        self._ground_line(left, foot, right)
        for minutes in ticks:
            self._text(at(minutes, 0)[0], foot + text_size * 1.5, str(minutes), look.quiet)
        self._text((left + right) / 2, self._height - text_size * 0.3, _("minutes of sitting"), look.quiet)

        points = chart.points[:: math.ceil(len(chart.points) / _POINTS) or 1]
        points = (*points, *chart.points[-1:])
        lower, curve, upper = (
            _steps([at(one.t_s / 60, getattr(one, name)) for one in points]) for name in ("lower", "survival", "upper")
        )
        if points:
            band = "none" if look.in_lines else look.band
            self._path(_line([*upper, *reversed(lower)]), look.fill, fill=band, wide=0.8, dashes="3,2")
            self._path(_line(curve), look.fill, wide=_CURVE_IN_LINES if look.in_lines else 2.2)
        if chart.median_s is not None:
            x, y = at(chart.median_s / 60, 0.5)
            self._path(_line([(x, y), (x, foot)]), look.text, wide=1, dashes="1.5,2.5")
            # To the right of its line, or to the left where there is no room.
            anchor, away = ("end", -0.5) if x > self._width - 12 * text_size else ("start", 0.5)
            half = _("half: {minutes} min").format(minutes=math.floor(chart.median_s / 60 + 0.5))
            self._text(x + text_size * away, foot - text_size * 0.5, half, look.text, anchor=anchor)
        return self._whole()

    def _whole(self) -> bytes:
        size = f"{self._width:g} {self._height:g}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="{FAMILY}">'
        return "".join([head, *self._marks, "</svg>"]).encode()

    def _ground_line(self, left: float, y: float, right: float) -> None:
        self._path(f"M{left:.2f} {y:.2f} h{right - left:.2f}", self._look.line)

    def _path(self, d: str, stroke: str, *, fill: str = "none", wide: float | None = None, dashes: str = "") -> None:
        if self._look.in_lines:
            wide = max(wide or 1.0, OUTLINE)
        width = f' stroke-width="{wide:g}"' if wide else ""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._marks.append(f'<path d="{d}" fill="{fill}" stroke="{stroke}"{width}{dashed}{self._turned}/>')

    def _text(self, x: float, y: float, text: str, fill: str, *, anchor: str = "middle") -> None:
        if self._mirrored:
            x, anchor = self._width - x, {"start": "end", "end": "start"}.get(anchor, anchor)
        if text:
            self._marks.append(
                f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" font-size="{self._text_size * TEXT_SHARE:g}" '
                f'fill="{fill}">{escaped(text)}</text>'
            )


def _line(points: Iterable[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _steps(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of a step curve: level from each point to the next, then down."""
    return [
        *points[:1],
        *(corner for (_unused, before), (x, y) in pairwise(points) for corner in ((x, before), (x, y))),
    ]
