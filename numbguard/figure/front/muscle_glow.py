"""The warm areas of the front view: the muscle a movement works, the ring of a breath, the line of a long look.

Pure; called by `body.py`. Each area is drawn in the frame of a part of the body and moves with it; flanks and nape
are parts that exist only for it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import WarmMuscle
from numbguard.figure.palette import FigurePalette
from numbguard.figure.side.body import path
from numbguard.figure.smooth_path import Points, closed

from .rig_parts import FrontPart

_FLANK: Final = [(-5, 0), (-7.4, 12), (-8, 27), (-7.4, 42), (-5, 54), (5, 54), (7.4, 42), (8, 27), (7.4, 12), (5, 0)]
_LOW_FLANK: Final = [(-5.6, -5), (-8, 6), (-8, 18), (-5.6, 30), (5.6, 30), (8, 18), (8, 6), (5.6, -5)]
_NAPE: Final = [(-4, -3), (-7, 8), (-8, 20), (-6, 31), (0, 35), (6, 31), (8, 20), (7, 8), (4, -3)]
_GROIN: Final = [(1, -4), (11, -6), (15, 8), (14.4, 26), (8, 36), (1, 20)]
_BUTTOCK: Final = [(-13, -3), (-8, -12), (4, -13), (12, -4), (15, 18), (12, 42), (0, 50), (-12, 42), (-15, 18)]
_MUSCLES: Final[dict[WarmMuscle, tuple[tuple[FrontPart, Points], ...]]] = {
    WarmMuscle.WAIST: ((FrontPart.LEFT_FLANK, _FLANK), (FrontPart.RIGHT_FLANK, _FLANK)),
    WarmMuscle.FLANK: ((FrontPart.LEFT_FLANK, _FLANK),),
    WarmMuscle.BACK: ((FrontPart.LEFT_FLANK, _LOW_FLANK), (FrontPart.RIGHT_FLANK, _LOW_FLANK)),
    WarmMuscle.HIP: ((FrontPart.LEFT_THIGH, _GROIN), (FrontPart.RIGHT_THIGH, [(-x, y) for x, y in _GROIN])),
    WarmMuscle.BUTTOCK: ((FrontPart.RIGHT_THIGH, _BUTTOCK),),
    WarmMuscle.SHOULDER: ((FrontPart.LEFT_NAPE, _NAPE), (FrontPart.RIGHT_NAPE, _NAPE)),
}
ONLY_WARMTH: Final = frozenset(
    {
        FrontPart.RING,
        FrontPart.SIGHT,
        FrontPart.LEFT_FLANK,
        FrontPart.RIGHT_FLANK,
        FrontPart.LEFT_NAPE,
        FrontPart.RIGHT_NAPE,
    }
)
"""Parts without a shape of their own."""
_RING: Final = 117.0
_LOOK: Final = "M24 2L174 18"


def muscle(tint: WarmMuscle, part: StrEnum, p: FigurePalette) -> str:
    """The warm area in this part, as SVG; empty if there is none."""
    if part is FrontPart.RING and tint is WarmMuscle.BREATH:
        return (
            f'<circle r="{_RING:g}" fill="{p.calm}" fill-opacity=".3"/>'
            f'<circle r="{_RING:g}" fill="none" stroke="{p.calm}" stroke-width="5"/>'
        )
    if part is FrontPart.SIGHT and tint is WarmMuscle.SIGHT:
        return (
            f'<path d="{_LOOK}" fill="none" stroke="{p.tint}" stroke-width="4" stroke-linecap="round"'
            ' stroke-dasharray="1 10"/>'
        )
    # A broad area of cloth needs less colour than a limb.
    soft = ' fill-opacity=".88"'
    areas = (points for where, points in _MUSCLES.get(tint, ()) if where is part)
    return "".join(path(closed(points), "url(#warmth)", soft) for points in areas)
