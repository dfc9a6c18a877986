"""The person seen from the front or half turned: the shape of every part, in the frame of its bone.

Pure; called by `figure/svg.py`. Limbs hang down from (0, 0); the rig shortens one along its bone when it points at the
viewer. Discs at the joints, which are never scaled, keep them round.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Limb, Motion
from numbguard.figure.palette import FigurePalette
from numbguard.figure.side.body import line, path
from numbguard.figure.smooth_path import closed

from .muscle_glow import ONLY_WARMTH
from .muscle_glow import muscle as muscle
from .rig_parts import FrontPart

_PELVIS: Final = closed([(-13, -8), (13, -8), (17, -1), (19, 8), (11, 15), (-11, 15), (-19, 8), (-17, -1)])
_WAIST: Final = (
    "M-25 7 Q-25.4 11 -21 11.4 Q0 14 21 11.4 Q25.4 11 25 7 C25 -4 19.4 -15 17.8 -30 L-17.8 -30 C-19.4 -15 -25 -4 -25 7Z"
)
_CHEST: Final = "M-17.8 6 C-17.8 -8 -20.4 -24 -21.6 -44 L21.6 -44 C20.4 -24 17.8 -8 17.8 6Z"
_SHOULDERS: Final = (
    "M-21.2 5 C-22 -4 -23.6 -12 -24 -18 C-23.6 -24 -17 -27 -9.4 -31.4 Q0 -34 9.4 -31.4 C17 -27 23.6 -24 24 -18 "
    "C23.6 -12 22 -4 21.2 5Z"
)
_YOKE: Final = "M-8.4 -1 A8.4 8.4 0 0 1 8.4 -1 C9.6 6 10.6 12 11 20 A11 11 0 0 1 -11 20 C-10.6 12 -9.6 6 -8.4 -1Z"
_COLLAR: Final = "M-9.6 -1.6 C-7 7.4 7 7.4 9.6 -1.6 Q0 -6 -9.6 -1.6Z"
_NECK: Final = "M-9 3 C-7.6 -3 -7.6 -10 -7.6 -18 L7.6 -18 C7.6 -10 7.6 -3 9 3 Q0 9 -9 3Z"
_BACK_HAIR: Final = closed(
    [
        (0, -25.4), (15, -21), (22, -7), (20, 8), (12, 15), (0, 17),
        (-12, 15), (-20, 8), (-22, -7), (-15, -21),
    ]
)  # fmt: skip
_FACE: Final = closed(
    [
        (0, -21), (13, -17), (18, -4), (16.4, 9), (9.6, 19.4), (0, 23),
        (-9.6, 19.4), (-16.4, 9), (-18, -4), (-13, -17),
    ]
)  # fmt: skip
_FRINGE: Final = (
    "M-20.4 2 C-23.4 -14 -15 -26.4 0 -26.4 C15 -26.4 23.4 -14 20.4 2 C18.4 -1.6 17.6 -6 16 -9.4 "
    "C9 -9.4 -1 -12.4 -5.4 -17 C-8 -11 -14.6 -8.6 -16.6 -7.4 C-18 -4 -19 -1 -20.4 2Z"
)
_BUN: Final = closed([(0, -17), (8.4, -13.6), (10.4, -5), (6, 2), (-6, 2), (-10.4, -5), (-8.4, -13.6)])
_THIGH: Final = (
    "M-13 0 A13 13 0 0 1 13 0 C14.8 4 15.6 12 15.4 22 C15 44 13.8 66 12.6 86 L-12.6 86 "
    "C-13.8 66 -15 44 -15.4 22 C-15.6 12 -14.8 4 -13 0Z"
)
_SHIN: Final = (
    "M-12.4 0 C-13.4 20 -12.4 34 -10.4 52 C-9.4 62 -8.8 66 -8.6 74 Q0 77 8.6 74 "
    "C8.8 66 9.4 62 10.4 52 C12.4 34 13.4 20 12.4 0Z"
)
_CUFF: Final = "M-8.9 67 Q0 70 8.9 67 L8.6 75 Q0 78 -8.6 75Z"
_ANKLE: Final = "M-6 72 L6 72 L6 84 L-6 84Z"
_FOOT: Final = "M-7.4 0 A7.4 7.4 0 0 1 7.4 0 L8.8 32 L-8.8 32Z"
_SLEEVE: Final = "M-11 0 A11 11 0 0 1 11 0 C11.6 10 11.4 22 11 34 Q0 38 -11 34 C-11.4 22 -11.6 10 -11 0Z"
_UPPER_ARM: Final = "M-8.2 28 L8.2 28 L7.3 58 L-7.3 58Z"
_FOREARM: Final = "M-7.3 0 C-7.8 10 -6.6 30 -4.9 52 L4.9 52 C6.6 30 7.8 10 7.3 0Z"
_HAND: Final = closed(
    [(-4.8, -2), (4.8, -2), (6.4, 5), (6.2, 11), (5.2, 18), (3, 22), (-1, 22), (-4, 18), (-5.6, 10), (-5.2, 4)]
)
_THUMB: Final = closed([(3, 2), (7.4, 5), (9.6, 10.5), (8.6, 13.8), (6.4, 12.6), (4, 8)])


def _disc(r: float, fill: str, x: float = 0.0, y: float = 0.0) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def _leg(p: FigurePalette, part: str, *, left: bool) -> str:
    # Two shades keep legs side by side apart.
    cloth = p.trousers_edge if left else p.trousers
    if part == "thigh":
        return path(_THIGH, cloth)
    if part == "knee":
        return _disc(12.8, cloth)
    if part == "shin":
        cuff = p.trousers_far if left else p.trousers_edge
        return path(_ANKLE, p.skin_shade) + path(_SHIN, cloth) + path(_CUFF, cuff)
    if part == "foot":
        return path(_FOOT, p.shoe_far)
    return (
        f'<path d="M-9.4 0 L-9.4 4 Q-8.6 8.6 0 8.8 Q8.6 8.6 9.4 4 L9.4 0Z" fill="{p.sole}"/>'
        f'<path d="M-9 2.6 C-9.6 -7 -6 -11.6 0 -11.6 C6 -11.6 9.6 -7 9 2.6 Q0 6.4 -9 2.6Z" fill="{p.shoe}"/>'
        + line("M-3.6 -7.4 Q0 -5.8 3.6 -7.4 M-4.2 -4 Q0 -2.2 4.2 -4", "#ffffff", 1.3, 0.8)
    )


def _arm(p: FigurePalette, part: str, *, left: bool) -> str:
    if part == "arm":
        hem = line("M-10.6 31.4 Q0 35 10.6 31.4", p.shirt_edge, 1.1, 0.55)
        x = -1 if left else 1
        edge = line(f"M{11.2 * x} 6 C{11.6 * x} 14 {11.4 * x} 24 {11 * x} 33.4", p.shirt_edge, 1.3, 0.6)
        return path(_UPPER_ARM, p.skin) + path(_SLEEVE, p.shirt_near) + hem + edge
    if part == "elbow":
        return _disc(7.3, p.skin)
    if part == "forearm":
        return path(_FOREARM, p.skin)
    shapes = (
        path(_HAND, p.skin) + line("M.6 21 L1 14.6 M-2.6 19.6 L-1.8 14", p.skin_shade, 0.9, 0.7) + path(_THUMB, p.skin)
    )
    return shapes if left else f'<g transform="scale(-1 1)">{shapes}</g>'


def _head(part: StrEnum, p: FigurePalette) -> str:
    if part is FrontPart.BUN:
        return path(_BUN, p.hair) + line("M-4 -11 Q0 -14 4.6 -11.4", p.hair_light, 1.6)
    if part is FrontPart.HEAD:
        return path(_BACK_HAIR, p.hair)
    if part is FrontPart.FACE:
        return path(_FACE, p.skin)
    if part is FrontPart.FRINGE:
        return path(_FRINGE, p.hair) + line("M-3 -20 Q6 -21 13.6 -13.6", p.hair_light, 1.7)
    if part is FrontPart.NOSE:
        return line("M-1.4 -3 Q2.8 1.6 -.4 2.4", p.skin_shade, 1.5)
    if part is FrontPart.MOUTH:
        return line("M-4.4 -.6 Q0 3.2 4.4 -.6", "#a8554a", 1.6)
    if part in (FrontPart.LEFT_CHEEK, FrontPart.RIGHT_CHEEK):
        return f'<circle r="4.2" fill="{p.cheek}" fill-opacity=".3"/>'
    if part in (FrontPart.LEFT_EAR, FrontPart.RIGHT_EAR):
        return f'<ellipse rx="3.4" ry="5" fill="{p.skin_shade}"/>'
    return (
        f'<ellipse rx="1.9" ry="2.5" fill="{p.ink}" class="eye"/>'
        + line("M-2.4 .2 Q0 1.8 2.4 .2", p.ink, 1.3, kind="lid")
        + line("M-3.6 -5.4 Q0 -7.6 3.6 -5.6", p.hair, 1.6)
    )


def drawing(part: StrEnum, p: FigurePalette) -> str:
    """The shapes of one part, as SVG; empty for a part in `ONLY_WARMTH`."""
    trunk = {
        FrontPart.PELVIS: (_PELVIS, p.trousers), FrontPart.WAIST: (_WAIST, p.shirt), FrontPart.CHEST: (_CHEST, p.shirt),
        FrontPart.SHOULDERS: (_SHOULDERS, p.shirt), FrontPart.NECK: (_NECK, p.skin_shade),
        FrontPart.LEFT_YOKE: (_YOKE, p.shirt), FrontPart.RIGHT_YOKE: (_YOKE, p.shirt),
    }  # fmt: skip
    if part in trunk:
        data, fill = trunk[FrontPart(part)]
        extra = line("M-24 7 Q0 10.4 24 7", p.shirt_edge, 1.1, 0.5) if part is FrontPart.WAIST else ""
        return path(data, fill) + extra
    if part is FrontPart.COLLAR:
        return path(_COLLAR, p.skin_shade) + line("M-9.8 -1.6 C-7 8 7 8 9.8 -1.6", p.shirt_edge, 1.6)
    if part in ONLY_WARMTH:
        return ""
    side, _, rest = part.value.partition("_")
    if rest in ("thigh", "knee", "shin", "foot", "toe"):
        return _leg(p, rest, left=side == "left")
    if rest in ("arm", "elbow", "forearm", "hand"):
        return _arm(p, rest, left=side == "left")
    return _head(part, p)


_LEGS: Final = {
    Limb.LEFT_FOOT: (
        FrontPart.LEFT_FOOT,
        FrontPart.LEFT_TOE,
        FrontPart.LEFT_SHIN,
        FrontPart.LEFT_THIGH,
        FrontPart.LEFT_KNEE,
    ),
    Limb.RIGHT_FOOT: (
        FrontPart.RIGHT_FOOT,
        FrontPart.RIGHT_TOE,
        FrontPart.RIGHT_SHIN,
        FrontPart.RIGHT_THIGH,
        FrontPart.RIGHT_KNEE,
    ),
}
_RAISED: Final = {
    Limb.LEFT_FOOT: (
        FrontPart.LEFT_THIGH,
        FrontPart.LEFT_KNEE,
        FrontPart.LEFT_FOOT,
        FrontPart.LEFT_SHIN,
        FrontPart.LEFT_TOE,
    ),
    Limb.RIGHT_FOOT: (
        FrontPart.RIGHT_THIGH,
        FrontPart.RIGHT_KNEE,
        FrontPart.RIGHT_FOOT,
        FrontPart.RIGHT_SHIN,
        FrontPart.RIGHT_TOE,
    ),
}
"""The order for a leg laid across the other: its shin is nearer to the viewer than its thigh."""
_ARMS: Final = {
    Limb.LEFT_HAND: (FrontPart.LEFT_HAND, FrontPart.LEFT_FOREARM, FrontPart.LEFT_ELBOW, FrontPart.LEFT_ARM),
    Limb.RIGHT_HAND: (FrontPart.RIGHT_HAND, FrontPart.RIGHT_FOREARM, FrontPart.RIGHT_ELBOW, FrontPart.RIGHT_ARM),
}
_TRUNK: Final = (
    FrontPart.WAIST, FrontPart.CHEST, FrontPart.LEFT_YOKE, FrontPart.RIGHT_YOKE, FrontPart.SHOULDERS,
    FrontPart.LEFT_FLANK, FrontPart.RIGHT_FLANK,
    FrontPart.COLLAR, FrontPart.NECK,
)  # fmt: skip
_ON_HEAD: Final = (
    FrontPart.HEAD, FrontPart.LEFT_EAR, FrontPart.RIGHT_EAR, FrontPart.FACE, FrontPart.LEFT_CHEEK,
    FrontPart.RIGHT_CHEEK, FrontPart.MOUTH,
    FrontPart.LEFT_EYE, FrontPart.RIGHT_EYE, FrontPart.NOSE, FrontPart.FRINGE,
)  # fmt: skip


def layers(motion: Motion) -> tuple[tuple[FrontPart, ...], tuple[FrontPart | tuple[FrontPart, ...], ...]]:
    """The parts in drawing order: the breathing ring behind chair and figure, then the figure.

    The parts of the face are one tuple, which is drawn in the frame of its first part, the head.
    """
    back = [part for limb, parts in _ARMS.items() if limb in motion.behind for part in parts]
    legs = [part for limb, parts in _LEGS.items() if limb not in motion.before for part in parts]
    raised = [part for limb, parts in _RAISED.items() if limb in motion.before for part in parts]
    arms = [part for limb, parts in _ARMS.items() if limb not in motion.behind for part in parts]
    return (FrontPart.RING,), (
        FrontPart.BUN, FrontPart.HEAD, FrontPart.PELVIS, *legs, *_TRUNK, *back, _ON_HEAD, *raised, *arms,
        FrontPart.LEFT_NAPE, FrontPart.RIGHT_NAPE, FrontPart.SIGHT,
    )  # fmt: skip


JOINED: Final = {
    **dict.fromkeys((FrontPart.WAIST, FrontPart.CHEST, FrontPart.LEFT_YOKE, FrontPart.RIGHT_YOKE), "trunk"),
    FrontPart.SHOULDERS: "trunk",
    **dict.fromkeys((FrontPart.LEFT_THIGH, FrontPart.LEFT_KNEE), "left leg"),
    **dict.fromkeys((FrontPart.RIGHT_THIGH, FrontPart.RIGHT_KNEE), "right leg"),
    **dict.fromkeys((FrontPart.LEFT_ELBOW, FrontPart.LEFT_ARM), "left arm"),
    **dict.fromkeys((FrontPart.RIGHT_ELBOW, FrontPart.RIGHT_ARM), "right arm"),
}
"""The parts that have one outline in common in a drawing in lines, by what they are together."""
SHADOWS: Final = (FrontPart.RIGHT_SHADOW, FrontPart.LEFT_SHADOW)
SHADOW: Final = (26, 11)
