"""Draws the picture of the last relief step: a glass of water drunk in sips, an apple and some nuts.

Pure; called by the relief window on the GUI thread. Backdrop, size and colours are those of the cards' figures.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from .line_drawing import in_lines
from .palette import FigurePalette, FigureTheme, palette_of
from .scene import HEIGHT, ROUND, WIDTH

_TABLE: Final = 318.0
_RIM, _FOOT, _FULL = 118.0, 312.0, 146.0
"""Heights in the picture (y): the rim of the glass, its foot, and the water in a full glass."""
_LEFT, _NARROW, _ACROSS = 152.0, 11.0, 104.0
_LOOP: Final = 12.0
_SIPS: Final = ((0.0, 0.0), (1.2, 0.0), (2.4, 38.0), (4.0, 38.0), (5.2, 80.0), (6.8, 80.0), (8.0, 122.0), (9.6, 122.0),
                (11.0, 0.0), (_LOOP, 0.0))  # fmt: skip
"""Pairs of a second of the loop and how far the water has sunk by then."""


_SAMPLE_S: Final = 0.1
"""Qt ignores key times and easing: it needs samples that are evenly spaced and already eased."""


def water_svg(theme: FigureTheme, *, moving: bool) -> str:
    """The picture as an SVG document: animated if `moving`, otherwise with a full glass."""
    p = palette_of(theme)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="{ROUND}" fill="{p.backdrop}"/>'
        f'<circle cx="240" cy="196" r="166" fill="{p.glow}"/>'
        f"{_water(p, moving=moving)}{_table(p)}{_glass(p)}{_apple(p)}{_nuts(p)}</svg>"
    )
    return in_lines(drawn, p) if theme.is_in_lines else drawn


def _table(p: FigurePalette) -> str:
    corner = f"a{ROUND} {ROUND} 0 0 1"
    return (
        f'<path d="M0 {_TABLE:g}H{WIDTH}V{HEIGHT - ROUND}{corner} -{ROUND} {ROUND}H{ROUND}{corner} -{ROUND} -{ROUND}Z"'
        f' fill="{p.wood}"/><rect y="{_TABLE:g}" width="{WIDTH}" height="7" fill="{p.wood_dark}"/>'
    )


def _side(y: float) -> float:
    """How far the glass has narrowed on each side at this height."""
    return _NARROW * (y - _RIM) / (_FOOT - _RIM)


def _bowl(top: float, bottom: float, inset: float) -> str:
    left, right = _LEFT + inset, _LEFT + _ACROSS - inset
    return (
        f"M{left + _side(top):.1f} {top:g}H{right - _side(top):.1f}L{right - _side(bottom):.1f} {bottom:g}"
        f"H{left + _side(bottom):.1f}Z"
    )


def _water(p: FigurePalette, *, moving: bool) -> str:
    """The water, which sinks as a block; shapes in the backdrop's colour cover it beside and under the glass."""
    left, right = _LEFT + 3, _LEFT + _ACROSS - 3
    water = (
        f'<path d="M{left:g} {_FULL:g}H{right:g}V{_FOOT - 8:g}H{left:g}Z" fill="{p.sky}"/>'
        f'<path d="M{left:g} {_FULL:g}H{right:g}" stroke="{p.calm}" stroke-width="4"/>'
    )
    beside = "".join(
        f'<path fill="{p.glow}" d="M{x:g} {_RIM:g}L{x + turn * _NARROW:g} {_TABLE:g}H{x - turn * 8:g}V{_RIM:g}Z"/>'
        for x, turn in ((left, 1), (right, -1))
    )
    under = f'<path d="M{left:g} {_FOOT - 8:g}H{right:g}V{_TABLE:g}H{left:g}Z" fill="{p.glow}"/>'
    return f"<g>{_sinking() if moving else ''}{water}</g>{under}{beside}"


def _sinking() -> str:
    values = ";".join(f"0 {_sunk(step * _SAMPLE_S):.2f}" for step in range(round(_LOOP / _SAMPLE_S) + 1))
    return (
        f'<animateTransform attributeName="transform" type="translate" dur="{_LOOP:g}s" repeatCount="indefinite"'
        f' values="{values}"/>'
    )


def _sunk(at: float) -> float:
    """How far the water has sunk at this second of the loop, eased."""
    for (begins, high), (ends, low) in pairwise(_SIPS):
        if at < ends:
            return high + (low - high) * (1 - math.cos(math.pi * (at - begins) / (ends - begins))) / 2
    return 0.0


def _glass(p: FigurePalette) -> str:
    shine = _LEFT + 20
    middle = _LEFT + _ACROSS / 2
    return (
        f'<ellipse cx="{middle:g}" cy="{_TABLE + 2:g}" rx="54" ry="6" fill="{p.shadow}" fill-opacity=".16"/>'
        f'<path d="{_bowl(_RIM, _FOOT, 2)}" fill="{p.linen}" fill-opacity=".16" stroke="{p.wall_edge}"'
        ' stroke-width="5" stroke-linejoin="round"/>'
        f'<path d="M{_LEFT + 14:g} {_FOOT:g}H{_LEFT + _ACROSS - 14:g}" stroke="{p.wall_edge}" stroke-width="10"'
        ' stroke-linecap="round"/>'
        f'<path d="M{shine:g} {_RIM + 26:g}L{shine + 7:g} {_FOOT - 34:g}" stroke="{p.linen}" stroke-opacity=".75"'
        ' stroke-width="7" stroke-linecap="round"/>'
    )


def _apple(p: FigurePalette) -> str:
    return (
        f'<ellipse cx="334" cy="{_TABLE + 2:g}" rx="48" ry="6" fill="{p.shadow}" fill-opacity=".16"/>'
        f'<path d="M334 246C316 232 290 238 286 266C282 298 304 322 322 320C330 319 338 319 346 320'
        f'C364 322 386 298 382 266C378 238 352 232 334 246Z" fill="{p.cheek}"/>'
        f'<path d="M302 262C304 252 311 248 318 249" fill="none" stroke="{p.linen}" stroke-opacity=".7"'
        ' stroke-width="6" stroke-linecap="round"/>'
        f'<path d="M334 250C334 238 336 230 342 222" fill="none" stroke="{p.hair}" stroke-width="5"'
        ' stroke-linecap="round"/>'
        f'<path d="M340 232C350 216 368 214 378 220C370 236 354 240 340 232Z" fill="{p.leaf_dark}"/>'
    )


def _nuts(p: FigurePalette) -> str:
    nuts = ((92, 311, 18), (118, 313, -24), (106, 300, 8))
    return f'<ellipse cx="106" cy="{_TABLE + 3:g}" rx="36" ry="5" fill="{p.shadow}" fill-opacity=".16"/>' + "".join(
        f'<g transform="translate({x} {y}) rotate({turn})"><path d="M-17 0C-13 -10 2 -13 17 0C2 13 -13 10 -17 0Z"'
        f' fill="{p.wood_dark}"/><path d="M-10 -2C-3 -5 4 -5 10 -1M-9 3C-3 4 3 4 8 3" fill="none" stroke="{p.hair}"'
        ' stroke-opacity=".4" stroke-width="1.6" stroke-linecap="round"/></g>'
        for x, y, turn in nuts
    )
