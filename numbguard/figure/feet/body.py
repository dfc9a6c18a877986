"""Bare feet seen from above by their owner: the shapes of foot and toes, each in its own frame.

Pure; called by `figure/svg.py`. In the frame of a toe, its root is at (0, 0) and its tip points upwards.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Motion, WarmMuscle
from numbguard.figure.palette import FigurePalette
from numbguard.figure.side.body import line, path
from numbguard.figure.smooth_path import closed

from .rig import FOOT_TURN, TOES, FootPart, Toe

_FOOT: Final = closed(
    [
        (-25, 30), (-28, 8), (-33, -6), (-30, -30), (-30, -66), (-36, -104), (-46, -136), (-43, -158), (-28, -166),
        (-13, -168), (-3, -170), (8, -166), (17, -164), (27, -156), (34, -152), (44, -142), (54, -132), (57, -116),
        (51, -88), (41, -48), (34, -14), (35, 0), (29, 14), (25, 30),
    ]
)  # fmt: skip
_LEG: Final = "M-36 26 C-38 54 -40 78 -42 108 L42 108 C40 78 38 54 36 26 Q0 40 -36 26Z"
_CUFF: Final = "M-36.6 20 Q0 35 36.6 20 L38 34 Q0 50 -38 34Z"
_SHADE: Final = "M-25 30 L-28 14 Q0 30 29 14 L25 30 Q0 44 -25 30Z"
_TENDONS: Final = (
    "M-24 -72 C-27 -100 -29 -120 -30 -138M-4 -76 C-3 -104 -3 -120 -3 -142M8 -74 C12 -100 15 -118 16 -138"
    "M17 -70 C24 -94 29 -110 32 -126M24 -62 C34 -84 40 -98 44 -112"
)
_WARM: Final = closed(
    [(-46, -136), (-20, -160), (14, -158), (44, -138), (54, -112), (40, -88), (4, -92), (-32, -98)]
)  # fmt: skip


def _toe(toe: Toe, p: FigurePalette, *, big: bool) -> str:
    half, tip = toe.half, toe.length
    root = half * 0.94
    # The ball of the toe is a little wider than its neck; its outline ends where the skin between two toes begins.
    round_it = [
        (-root, 14), (-root, -tip * 0.2), (-half, -tip + half * 1.5), (-half * 0.86, -tip + half * 0.5), (0, -tip),
        (half * 0.86, -tip + half * 0.5), (half, -tip + half * 1.5), (root, -tip * 0.2), (root, 14),
    ]  # fmt: skip
    edge = (
        f"M{-root:.1f} {-tip * 0.16:.1f}C{-root:.1f} {-tip * 0.4:.1f} {-half:.1f} {-tip + half * 2:.1f} {-half:.1f}"
        f" {-tip + half * 1.4:.1f}C{-half:.1f} {-tip + half * 0.4:.1f} {-half * 0.5:.1f} {-tip:.1f} 0 {-tip:.1f}"
        f"C{half * 0.5:.1f} {-tip:.1f} {half:.1f} {-tip + half * 0.4:.1f} {half:.1f} {-tip + half * 1.4:.1f}"
        f"C{half:.1f} {-tip + half * 2:.1f} {root:.1f} {-tip * 0.4:.1f} {root:.1f} {-tip * 0.16:.1f}"
    )
    wide, top = half * 0.6, -tip + half * 0.34
    long = half * (1.15 if big else 1.05)
    low, side = top + long, top + long * 0.3
    nail = (
        f"M{-wide:.1f} {low:.1f}C{-wide * 1.1:.1f} {side:.1f} {-wide * 0.7:.1f} {top:.1f} 0 {top:.1f}"
        f"C{wide * 0.7:.1f} {top:.1f} {wide * 1.1:.1f} {side:.1f} {wide:.1f} {low:.1f}"
        f"Q0 {low + long * 0.25:.1f} {-wide:.1f} {low:.1f}Z"
    )
    crease = f"M{-half * 0.5:.1f} {-tip * 0.42:.1f}Q0 {-tip * 0.47:.1f} {half * 0.5:.1f} {-tip * 0.42:.1f}"
    return (
        path(closed(round_it), p.skin)
        + path(edge, p.skin)
        + line(edge, p.skin_shade, 1.8, 0.8)
        + path(nail, p.sole, f' fill-opacity=".5" stroke="{p.skin_shade}" stroke-width="1" stroke-opacity=".7"')
        + line(crease, p.skin_shade, 1.3, 0.55)
    )


def _foot(p: FigurePalette) -> str:
    return (
        path(_FOOT, p.skin, f' stroke="{p.skin_shade}" stroke-width="1.8" stroke-opacity=".8"')
        + line(_TENDONS, p.skin_shade, 1.6, 0.35)
        + path(_SHADE, p.skin_shade)
        + f'<g transform="rotate({-FOOT_TURN:g})">{path(_LEG, p.trousers)}{path(_CUFF, p.trousers_edge)}</g>'
    )


def drawing(part: StrEnum, p: FigurePalette) -> str:
    """The shapes of one part, as SVG; empty for the balls, which are only ever warm."""
    side, _, rest = part.value.partition("_")
    if rest == "ball":
        return ""
    shapes = _foot(p) if rest == "foot" else _toe(TOES[int(rest[-1]) - 1], p, big=rest == "toe_1")
    return f'<g transform="scale(-1 1)">{shapes}</g>' if side == "left" else shapes


_ORDER: Final = (
    FootPart.LEFT_FOOT, FootPart.LEFT_TOE_5, FootPart.LEFT_TOE_4, FootPart.LEFT_TOE_3, FootPart.LEFT_TOE_2,
    FootPart.LEFT_TOE_1,
    FootPart.LEFT_BALL,
    FootPart.RIGHT_FOOT, FootPart.RIGHT_TOE_5, FootPart.RIGHT_TOE_4, FootPart.RIGHT_TOE_3, FootPart.RIGHT_TOE_2,
    FootPart.RIGHT_TOE_1,
    FootPart.RIGHT_BALL,
)  # fmt: skip
JOINED: Final[dict[FootPart, str]] = {}
"""No parts have one outline in common in a drawing in lines."""
SHADOWS: Final = (FootPart.LEFT_SHADOW, FootPart.RIGHT_SHADOW)
SHADOW: Final = (78, 150)


def layers(motion: Motion) -> tuple[tuple[FootPart, ...], tuple[FootPart, ...]]:
    """The parts in drawing order, none of them behind furniture: the toes over the foot, the big toe last."""
    return (), _ORDER


def muscle(tint: WarmMuscle, part: StrEnum, p: FigurePalette) -> str:
    """The warm area in this part, as SVG; empty if there is none."""
    if tint is not WarmMuscle.FOOT or part not in (FootPart.LEFT_BALL, FootPart.RIGHT_BALL):
        return ""
    warm = path(_WARM, "url(#warmth)", ' fill-opacity=".62"')
    return f'<g transform="scale(-1 1)">{warm}</g>' if part is FootPart.LEFT_BALL else warm
