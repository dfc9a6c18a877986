"""The furniture of a room seen from the side: desk and screen, mat, pillows, bed, car seat and wheel.

Pure; called by `scene.py`. Lengths are in the units of the figure, with the floor at `FLOOR`.
"""

from __future__ import annotations

from typing import Final

from numbguard.figure.side.rig import FLOOR

from .palette import FigurePalette

DESK_X: Final = 268.0
DESK_SEATED_X: Final = 218.0
DESK_HEIGHT: Final = 146.0
RAISED_DESK_HEIGHT: Final = 202.0
SCREEN_TOP: Final = 258.0
"""Height of the screen's upper edge: a little above the eyes of somebody who sits upright at the desk."""
BED_HEIGHT: Final = 70.0


def _rod(data: str, colour: str, width: float) -> str:
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _slab(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{height / 2:g}" fill="{colour}"/>'


def _shade(x: float, y: float, wide: float, tall: float) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{wide:g}" ry="{tall:g}" fill="url(#shade)"/>'


def desk(p: FigurePalette, x: float, *, height: float = DESK_HEIGHT) -> str:
    """A desk on one column, with a screen and a keyboard; `x` is the edge that faces the figure."""
    top = FLOOR - height
    screen_top = top - (SCREEN_TOP - DESK_HEIGHT)
    screen, column = x + 132, x + 112
    return (
        _shade(column, FLOOR, 92, 8)
        + _rod(f"M{column:g} {top + 12:g}V{FLOOR - 4:g}", p.wood_dark, 11)
        + _rod(f"M{column - 44:g} {FLOOR - 4:g}H{column + 44:g}", p.wood_dark, 8)
        + _rod(f"M{screen + 8:g} {top - 3:g}C{screen + 12:g} {top - 30:g} {screen + 8:g} {top - 44:g} {screen:g}"
               f" {top - 58:g}", p.wall_edge, 7)
        + _slab(screen - 20, top - 5, 50, 6, p.wall_edge)
        + _rod(f"M{screen:g} {screen_top + 5:g}L{screen - 4:g} {top - 24:g}", p.trousers_edge, 9)
        + _rod(f"M{screen - 4:g} {screen_top + 7:g}L{screen - 7.6:g} {top - 26:g}", p.glow, 2.4)
        + _slab(x + 20, top - 4, 44, 5, p.wall_edge)
        + _slab(x, top, 186, 12, p.wood)
        + _rod(f"M{x + 8:g} {top + 10:g}H{x + 178:g}", p.wood_dark, 3)
    )  # fmt: skip


def mat(p: FigurePalette) -> str:
    return (
        _shade(240, FLOOR + 6, 214, 9)
        + f'<path d="M58 {FLOOR - 5:g}H424L444 {FLOOR + 7:g}H38Z" fill="{p.cushion}" stroke="{p.cushion}"'
        ' stroke-width="5" stroke-linejoin="round"/>' + _rod(f"M37 {FLOOR + 9:g}H445", p.cushion_dark, 2.5)
    )


def pillows(p: FigurePalette) -> str:
    """Two pillows for the leg and a flat one for the head."""
    return _pillow(p, 72, FLOOR, 84, 26) + _pillow(p, 342, FLOOR, 132, 36) + _pillow(p, 344, FLOOR - 31, 120, 33)


def _pillow(p: FigurePalette, x: float, foot: float, wide: float, tall: float) -> str:
    half, top = wide / 2, foot - tall
    return (
        f'<path d="M{x - half:g} {foot - tall * 0.34:g}C{x - half - 4:g} {top + 4:g} {x - half * 0.7:g} {top:g} {x:g}'
        f" {top:g}S{x + half + 4:g} {top + 4:g} {x + half:g} {foot - tall * 0.34:g}C{x + half + 2:g} {foot:g}"
        f' {x + half * 0.8:g} {foot:g} {x:g} {foot:g}S{x - half - 2:g} {foot:g} {x - half:g} {foot - tall * 0.34:g}Z"'
        f' fill="{p.linen}"/>'
        + _rod(
            f"M{x - half * 0.84:g} {foot - 4:g}C{x - half * 0.4:g} {foot - 1:g} {x + half * 0.4:g} {foot - 1:g}"
            f" {x + half * 0.84:g} {foot - 4:g}",
            p.linen_dark,
            2.5,
        )
    )


def bed(p: FigurePalette) -> str:
    top = FLOOR - BED_HEIGHT
    return (
        _shade(240, FLOOR, 214, 9)
        + _rod(f"M52 {FLOOR:g}V{top - 44:g}M428 {FLOOR:g}V{top + 20:g}", p.wood_dark, 10)
        + _rod(f"M52 {top + 44:g}H428", p.wood, 14)
        + f'<rect x="50" y="{top:g}" width="380" height="40" rx="14" fill="{p.cushion}"/>'
        + _rod(f"M60 {top + 30:g}H420", p.cushion_dark, 5)
        + _pillow(p, 100, top + 3, 84, 24)
    )


def knee_pillow(p: FigurePalette) -> str:
    """A pillow on the bed, under the knees."""
    return _pillow(p, 312, FLOOR - BED_HEIGHT + 3, 74, 31)


def car(p: FigurePalette) -> str:
    """A driver's seat with its headrest, the wheel seen edge-on, and the front of the car up to the pedals."""
    edge = f'stroke="{p.wall_edge}" stroke-width="5" stroke-linejoin="round"'
    return (
        _shade(230, FLOOR + 2, 190, 9)
        + f'<path d="M326 {FLOOR - 158:g}C360 {FLOOR - 176:g} 412 {FLOOR - 170:g} 442 {FLOOR - 150:g}V{FLOOR:g}H372'
        f'L346 {FLOOR - 44:g}C352 {FLOOR - 96:g} 330 {FLOOR - 120:g} 326 {FLOOR - 158:g}Z" fill="{p.wall}" {edge}/>'
        + _rod(f"M70 {FLOOR + 2:g}H374", p.wall_edge, 7)
        + _rod(f"M334 {FLOOR - 140:g}L276 {FLOOR - 164:g}", p.wall_edge, 8)
        + _rod(f"M256 {FLOOR - 188:g}L282 {FLOOR - 138:g}", p.trousers_edge, 8)
        + _rod(f"M336 {FLOOR - 6:g}L350 {FLOOR - 32:g}", p.wood_dark, 6)
        + _rod(f"M136 {FLOOR - 70:g}C128 {FLOOR - 110:g} 122 {FLOOR - 140:g} 112 {FLOOR - 172:g}", p.cushion_dark, 34)
        + _rod(f"M110 {FLOOR - 186:g}L116 {FLOOR - 214:g}", p.wood_dark, 5)
        + _rod(f"M122 {FLOOR - 212:g}L117 {FLOOR - 240:g}", p.cushion_dark, 21)
        + _rod(f"M142 {FLOOR - 44:g}L238 {FLOOR - 50:g}", p.cushion_dark, 30)
        + _rod(f"M144 {FLOOR - 50:g}L236 {FLOOR - 56:g}", p.cushion, 18)
        + _rod(f"M142 {FLOOR - 72:g}C134 {FLOOR - 110:g} 128 {FLOOR - 140:g} 118 {FLOOR - 170:g}", p.cushion, 18)
        + f'<path d="M136 {FLOOR - 28:g}H226L232 {FLOOR:g}H130Z" fill="{p.wall_edge}"/>'
    )
