"""Turns the shapes of a figure into a drawing in ink on paper, for high contrast: outlines of 2 pixels, no shades.

Pure; ``svg.py`` and ``water_and_snack.py`` call it for the two themes in black and white. A filled shape becomes paper
with an outline, a rod becomes its two edges, a thin line becomes ink. What is ink already (hair, eyes) and the part
that is stretched are solid, so that nobody needs a colour to find it. Soft shadows go.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from .palette import FigurePalette

OUTLINE_PX: Final = 2.0
"""The width of an outline in pixels of the screen, whatever the size of the picture."""
_ROD_FROM: Final = 7.0
"""The width in units from which a line is a thing with two edges, such as the leg of a chair."""
_EDGE: Final = 2.5
"""The width of each of these edges in units."""
_THINNEST: Final = 1.6
"""The least width in units of a line within a shape."""
_SHAPE: Final = re.compile(r"<(path|circle|ellipse|rect)([^<>]*)/>")
_ATTRIBUTE: Final = re.compile(r' ([\w-]+)="([^"]*)"')
_OF_COLOUR: Final = ("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linejoin")

_ON_SCREEN: Final = re.compile(r'stroke-width="([\d.]+)"( [^<>]*vector-effect="non-scaling-stroke")')
_WITHOUT_EDGE: Final = ("url(#shade)", "url(#fade)")
"""Shadows, and what fades away at the edge of a close-up."""


class DrawingPass(Enum):
    """What is drawn of the shapes. Shapes that join, such as the pieces of the trunk, have one outline in common: first
    comes the ink around each of them, then the paper of each."""

    WHOLE = auto()
    AROUND = auto()
    WITHIN = auto()


def in_lines(svg: str, p: FigurePalette, part: DrawingPass = DrawingPass.WHOLE) -> str:
    """Return shapes drawn with the palette of a theme in black and white, as ink on paper."""
    return _SHAPE.sub(lambda found: _drawn(found[1], dict(_ATTRIBUTE.findall(found[2])), p, part), svg)


def for_screen(svg: str, *, pixels: float) -> str:
    """Return a drawing whose outlines keep their width on a screen with ``pixels`` pixels for each one of a window."""
    if pixels == 1:
        return svg
    return _ON_SCREEN.sub(lambda found: f'stroke-width="{float(found[1]) * pixels:g}"{found[2]}', svg)


def _drawn(kind: str, attributes: dict[str, str], p: FigurePalette, part: DrawingPass) -> str:
    form = "".join(f' {name}="{value}"' for name, value in attributes.items() if name not in _OF_COLOUR)
    fill, stroke = attributes.get("fill", "none"), attributes.get("stroke")
    if fill in _WITHOUT_EDGE:
        return ""
    if fill == "url(#warmth)":
        fill = p.ink
    elif "fill-opacity" in attributes:
        fill = "none"
    if part is DrawingPass.AROUND:
        is_warm = attributes.get("fill") == "url(#warmth)"
        return (
            _shape(kind, form, p.ink, p.ink, 2 * OUTLINE_PX, on_screen=True) if fill != "none" and not is_warm else ""
        )
    if fill not in ("none", p.ink, p.backdrop):
        fill, stroke = p.backdrop, stroke or "outline"
    if stroke == "outline" and part is DrawingPass.WHOLE:
        return _shape(kind, form, fill, p.ink, OUTLINE_PX, on_screen=True)
    if stroke is None or stroke == "outline":
        return _shape(kind, form, fill) if fill != "none" else ""
    return _line(kind, form, fill, stroke, float(attributes.get("stroke-width", "1")), p)


def _line(kind: str, form: str, fill: str, stroke: str, width: float, p: FigurePalette) -> str:
    if stroke == p.backdrop:
        return _shape(kind, form, fill, stroke, width)
    if width < _ROD_FROM and fill == p.backdrop:
        return _shape(kind, form, fill, p.ink, OUTLINE_PX, on_screen=True)
    line = _shape(kind, form, fill, p.ink, max(width, _THINNEST))
    return line if width < _ROD_FROM else line + _shape(kind, form, fill, p.backdrop, width - 2 * _EDGE)


def _shape(kind: str, form: str, fill: str, stroke: str = "", width: float = 0.0, *, on_screen: bool = False) -> str:
    drawn = f' stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"' if stroke else ""
    if on_screen:
        drawn += ' vector-effect="non-scaling-stroke"'
    return f'<{kind}{form} fill="{fill}"{drawn}/>'
