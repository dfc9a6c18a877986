"""The person seen from the side, facing right: the shape of every part, in the frame of its bone.

Pure; called by `figure/svg.py`. A limb hangs down from (0, 0) with its front to the right; spine and head rise from
(0, 0). Neighbouring shapes end in the same curve, which covers the joint between them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Motion, WarmMuscle
from numbguard.figure.palette import FigurePalette
from numbguard.figure.smooth_path import closed, hull, limb

from .rig import SPINE, SidePart

_THIGH: Final = limb(
    [(-2, 18), (14, 18.5), (40, 16.5), (66, 13.5), (86, 12)],
    [(-2, 19), (14, 19), (40, 16), (66, 12.5), (86, 12)],
)
_SHIN: Final = limb(
    [(0, 12), (18, 10.8), (44, 9.3), (66, 8.2), (72, 8)],
    [(0, 12), (22, 13.6), (44, 11.2), (64, 8.6), (72, 8)],
)
_CALF_SKIN: Final = limb([(66, 6.2), (84, 6)], [(66, 6.4), (84, 6.4)])
_CUFF: Final = "M-8.4 69 L8.4 69 L8 76 Q0 78 -8 76 Z"
_SHOE: Final = "M-9 -3 C-7 -6 5 -6.5 8 -4 C11 0 16 2.5 21 3.2 A5 5 0 0 1 21 11 L-11 11 C-13 6 -11.5 1 -9 -3Z"
_SHOE_SOLE: Final = "M-12 8.6 L19 8.6 L19 13 L-9 13 Q-12.5 13 -12 8.6Z"
_TOE: Final = "M-3 -4.6 C4 -3.6 11 -2.4 13.4 .6 C14.2 2 13.6 3.2 12 3.2 L-3 3.2Z"
_TOE_SOLE: Final = "M-3 .6 L13.6 .6 Q14.6 5 11 5 L-3 5Z"
_UPPER_ARM: Final = limb([(30, 8.2), (58, 7.3)], [(30, 8.4), (58, 7.3)])
_SLEEVE: Final = limb([(0, 11.5), (14, 11.3), (30, 11), (33, 11)], [(0, 11.8), (14, 11.6), (30, 11.2), (33, 11.2)])
_SLEEVE_CUT: Final = (
    "M-11.8 0 A11.6 11.6 0 0 1 11.5 0 C11.8 10 11.6 22 11.2 34 Q0 38 -11.4 34 C-11.8 22 -12 10 -11.8 0Z"
)
_FOREARM: Final = limb([(0, 7.3), (12, 7.4), (30, 6.2), (52, 4.8)], [(0, 7.3), (14, 7), (30, 5.8), (52, 4.8)])
_HAND: Final = closed(
    [(-4.6, -2), (4.6, -2), (6.4, 5), (6.2, 11), (5.2, 18), (3, 22.5), (-1, 22.5), (-4, 18), (-5.6, 10), (-5.2, 4)]
)
_THUMB: Final = closed([(3, 2), (7.4, 5), (9.6, 10.5), (8.6, 13.8), (6.4, 12.6), (4, 8)])
_PELVIS: Final = closed(
    [(15, 6), (15.5, -6), (13, -16), (0, -20), (-13, -17), (-18.6, -6), (-19, 6), (-10, 16), (6, 16)]
)
# Discs at the ends of the spine's pieces, from the hip up, which shape the trunk: offset in front of the spine, radius.
_TRUNK: Final = ((0.0, 17.6), (0.8, 17.0), (1.7, 17.5), (1.8, 18.0), (0.9, 16.6), (-0.6, 10.2))
_HEM: Final = "M-15.6 -26 C-17 -16 -18.6 -10 -18.9 -4 Q-18.8 -1 -15 -.6 Q0 1.4 14 -1 Q17.4 -1.8 17.4 -5 L17.6 -26Z"

_FACE: Final = (
    "M-9 1 C-17 -10 -18 -36 3 -41 C15 -42 21.5 -35 22 -27.5 C22 -25.6 23.2 -22.6 25.4 -18.6 "
    "C26.3 -16.8 25.2 -15.9 22.9 -15.9 C22.4 -14.6 22.6 -13.8 23.2 -12.9 C23.7 -12 23.3 -11.3 22.3 -11 "
    "C23 -10 22.6 -9 21.6 -8.6 C22.3 -5 21.2 -.8 17 .2 C11 1.2 5 -.6 1 -4 C-1 -1 -4 2 -9 1Z"
)
_HAIR: Final = (
    "M21.4 -31 C22 -41 12 -47.5 1 -47 C-14 -46.4 -23 -35 -21.6 -20 C-21 -11 -17 -4 -9.6 -1.6 "
    "C-6.6 -4.4 -6 -8 -5.4 -11.4 C-4 -10.4 -3.2 -11.6 -3.6 -13.6 C-6 -20 .4 -23 3.4 -18.6 "
    "C6 -22 6.4 -26 7 -29.6 C12 -31 18 -31.6 21.4 -31Z"
)
_BUN: Final = closed([(-16, -44), (-24, -46), (-30.5, -39), (-29.5, -31), (-22, -28.4), (-16, -32)])
_EAR: Final = "M-1.6 -21C2.4 -22.6 4.4 -18.6 2.6 -15.4C1.4 -12.8 -1.6 -12 -2.6 -14C-3.6 -16 -3.6 -20 -1.6 -21Z"
_NECK: Final = "M-9.6 8 C-8.8 0 -8.6 -8 -9 -20 L9 -18 C7.6 -9 7.8 1 10.4 7Z"


def path(data: str, fill: str, extra: str = "") -> str:
    return f'<path d="{data}" fill="{fill}"{extra}/>'


def line(data: str, colour: str, width: float = 1.2, opacity: float = 1.0, kind: str = "") -> str:
    faint = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    named = f' class="{kind}"' if kind else ""
    return (
        f'<path{named} d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}"{faint}'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _leg(p: FigurePalette, part: str, *, near: bool) -> str:
    cloth = p.trousers if near else p.trousers_far
    if part == "thigh":
        return path(_THIGH, cloth)
    if part == "shin":
        return (
            path(_CALF_SKIN, p.skin if near else p.skin_far)
            + path(_SHIN, cloth)
            + path(_CUFF, p.trousers_edge if near else p.trousers_far)
        )
    shoe, sole = (p.shoe, p.sole) if near else (p.shoe_far, p.sole_far)
    if part == "foot":
        laces = line("M9 -.6 L5.6 2.6 M13 1.8 L10.2 4.8", "#ffffff", 1.3, 0.8)
        return path(_SHOE, shoe) + path(_SHOE_SOLE, sole) + laces
    return path(_TOE, shoe) + path(_TOE_SOLE, sole)


def _arm(p: FigurePalette, part: str, *, near: bool) -> str:
    skin = p.skin if near else p.skin_far
    if part == "arm":
        sleeve = path(_SLEEVE_CUT, p.shirt_near if near else p.shirt_far)
        hem = line("M-10.6 31.4 Q0 35 10.6 31.4", p.shirt_edge, 1.1, 0.55) if near else ""
        edge = line("M-11.9 1 C-12.1 10 -11.9 22 -11.5 33.6", p.shirt_edge, 1.4, 0.75) if near else ""
        return path(_UPPER_ARM, skin) + sleeve + hem + edge
    if part == "forearm":
        return path(_FOREARM, skin)
    fingers = line("M.6 21.4 L1 14.6 M-2.6 20 L-1.8 14", p.skin_shade, 0.9, 0.7)
    return path(_HAND, skin) + (fingers if near else "") + path(_THUMB, skin)


def _head(p: FigurePalette) -> str:
    return (
        path(_BUN, p.hair)
        + line("M-27 -40 Q-23.6 -43.6 -19.6 -41.6", p.hair_light, 1.6)
        + path(_FACE, p.skin)
        + f'<circle cx="14.2" cy="-12.6" r="4.2" fill="{p.cheek}" fill-opacity=".32"/>'
        + path(_HAIR, p.hair)
        + line("M-12 -37 Q-2 -44 11 -41", p.hair_light, 1.8)
        + path(_EAR, p.skin)
        + line("M-.4 -18.8 C1.6 -19 1.4 -16 -.4 -15", p.skin_shade, 1.1)
        + f'<ellipse cx="16.2" cy="-21.4" rx="1.7" ry="2.3" fill="{p.ink}" class="eye"/>'
        + line("M13.6 -21 Q16 -19.6 18 -21", p.ink, 1.2, kind="lid")
        + line("M12.4 -26.6 Q16 -28.8 19.4 -26.8", p.hair, 1.5)
        + line("M22.2 -10.6 Q19.8 -9 17.6 -11.4", "#a8554a", 1.3)
    )


def _trunk(p: FigurePalette, index: int) -> str:
    if index == 0:
        return path(_HEM, p.shirt) + line("M-17.6 -4.2 Q0 -1.6 16 -4.6", p.shirt_edge, 1.1, 0.5)
    (dx, r), (to_dx, to_r) = _TRUNK[index], _TRUNK[index + 1]
    shape = hull(dx, 0, r, to_dx, -SPINE[index], to_r)
    return path(shape, p.shirt)


def drawing(part: StrEnum, p: FigurePalette) -> str:
    """The shapes of one part, as SVG; empty for the loin, which is only ever warm."""
    name = part.value
    side, _, rest = name.partition("_")
    if side in ("near", "far"):
        near = side == "near"
        return _leg(p, rest, near=near) if rest in ("thigh", "shin", "foot", "toes") else _arm(p, rest, near=near)
    if part is SidePart.HEAD:
        return _head(p)
    if part is SidePart.NECK:
        return path(_NECK, p.skin_shade)
    if part is SidePart.LOIN:
        return ""
    if part is SidePart.PELVIS:
        return path(_PELVIS, p.trousers)
    return _trunk(p, _TRUNK_PARTS.index(part))


_TRUNK_PARTS: Final = (SidePart.SPINE_1, SidePart.SPINE_2, SidePart.SPINE_3, SidePart.SPINE_4, SidePart.SPINE_5)

JOINED: Final = dict.fromkeys(_TRUNK_PARTS, "trunk")
"""The parts that have one outline in common in a drawing in lines, by what they are together."""
BEHIND: Final = (
    SidePart.FAR_ARM, SidePart.FAR_FOREARM, SidePart.FAR_HAND,
    SidePart.FAR_FOOT, SidePart.FAR_TOES, SidePart.FAR_SHIN, SidePart.FAR_THIGH,
)  # fmt: skip
BEFORE: Final = (
    SidePart.NECK, SidePart.PELVIS,
    SidePart.NEAR_FOOT, SidePart.NEAR_TOES, SidePart.NEAR_SHIN, SidePart.NEAR_THIGH,
    *_TRUNK_PARTS, SidePart.LOIN, SidePart.HEAD,
    SidePart.NEAR_HAND, SidePart.NEAR_FOREARM, SidePart.NEAR_ARM,
)  # fmt: skip


def layers(motion: Motion) -> tuple[tuple[SidePart, ...], tuple[SidePart, ...]]:
    """The parts in drawing order: those behind the furniture, then those in front of it."""
    return BEHIND, BEFORE


_HIP: Final[list[tuple[float, float]]] = [(15, -8), (17.4, 8), (17, 26), (14, 42), (7, 44), (3, 28), (2.6, 4), (8, -13)]
_MUSCLES: Final[dict[WarmMuscle, tuple[tuple[SidePart, list[tuple[float, float]]], ...]]] = {
    WarmMuscle.HAMSTRING: (
        (SidePart.NEAR_THIGH, [(-16.5, 8), (-16.8, 24), (-14, 48), (-10.4, 76), (-4, 80), (-3, 50), (-4, 22), (-9, 8)]),
    ),
    WarmMuscle.QUAD: (
        (SidePart.NEAR_THIGH, [(15.5, 8), (16.4, 24), (14, 48), (10.4, 74), (4, 80), (2.6, 50), (3.4, 22), (8, 8)]),
    ),
    WarmMuscle.CALF: ((SidePart.NEAR_SHIN, [(-9.4, 6), (-11.8, 22), (-9.6, 44), (-6, 62), (-1.6, 60), (-.6, 36),
    (-1.4, 14)]),),
    WarmMuscle.SOLEUS: ((SidePart.NEAR_SHIN, [(-10, 34), (-10, 46), (-8.6, 58), (-7.4, 70), (-3, 74), (-1, 64),
    (-1.4, 48), (-4, 36)]),),
    WarmMuscle.SHIN: ((SidePart.NEAR_SHIN, [(9.6, 8), (10, 22), (8.8, 44), (6.8, 62), (2.4, 61), (1.6, 36),
    (3, 14)]),),
    WarmMuscle.ANKLE: ((SidePart.NEAR_SHIN, [(-9, 66), (0, 61), (9, 66), (10, 78), (8, 92), (0, 97), (-8, 92),
    (-10, 78)]),),
    WarmMuscle.BUTTOCK: ((SidePart.NEAR_THIGH, [(-15, -12), (-18, 2), (-16.6, 20), (-9, 27), (0, 14), (2, -2),
    (-5, -15)]),),
    WarmMuscle.HIP: ((SidePart.NEAR_THIGH, _HIP),),
    WarmMuscle.FAR_HIP: ((SidePart.FAR_THIGH, _HIP),),
    WarmMuscle.BACK: (
        (SidePart.LOIN, [(-15, 16), (-15.6, -4), (-15, -28), (-11, -44), (-5, -42), (-3, -18), (-5, 8), (-10, 19)]),
    ),
    WarmMuscle.CORE: (
        (SidePart.LOIN, [(15, 16), (16.4, -4), (16.8, -24), (13, -36), (6, -34), (3, -14), (5, 8), (10, 18)]),
    ),
    WarmMuscle.SHOULDER: (
        (SidePart.NEAR_ARM, [(-8, -4), (0, -10), (8, -4), (9, 12), (8, 30), (0, 36), (-8, 28), (-9, 10)]),
    ),
    WarmMuscle.NECK: ((SidePart.NECK, [(-8, 9), (-8.4, -2), (-8.6, -14), (-1, -15), (1, -2), (-1, 9)]),),
    WarmMuscle.LEGS: (
        (SidePart.NEAR_THIGH, [(13, 8), (13, 30), (10, 60), (4, 76), (-4, 74), (-10, 52), (-13, 24), (-8, 6)]),
        (SidePart.NEAR_SHIN, [(5, 12), (6, 34), (4, 58), (-2, 60), (-7.6, 42), (-9.6, 22), (-4, 8)]),
    ),
}  # fmt: skip


def muscle(tint: WarmMuscle, part: StrEnum, p: FigurePalette) -> str:
    """The warm area in this part, as SVG; empty if there is none."""
    return "".join(path(closed(points), "url(#warmth)") for where, points in _MUSCLES.get(tint, ()) if where is part)


FOOT_CLOSE_UP: Final = (SidePart.NEAR_SHIN, SidePart.NEAR_FOOT, SidePart.NEAR_TOES)
"""The parts in a close-up of the foot; a dotted line joins the picture to the second of them."""
HEAD_CLOSE_UP: Final = (SidePart.SPINE_5, SidePart.NECK, SidePart.HEAD)
WARM_IN_CLOSE_UP: Final = (WarmMuscle.ANKLE, WarmMuscle.NECK)
"""The muscles that are within a close-up. The others end above the short piece of the shin that it shows."""
_STUB: Final = "M-10.6 49 L9.1 49 C8.8 56 8.4 62 8.2 72 L-8.2 72 C-8.6 62 -9.8 56 -10.6 49Z"
_BUST: Final = "M-9 -17 C-17 -15 -23 -8 -24 4 L-24 14 L23 14 L22 4 C21 -8 17 -15 10 -16Z"


def _fading(name: str, colour: str, start: float, end: float) -> str:
    """A vertical gradient from transparent at `start` to the full colour at `end`."""
    return (
        f'<defs><linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" y1="{start:g}" x2="0" y2="{end:g}">'
        f'<stop offset="0" stop-color="{colour}" stop-opacity="0"/><stop offset="1" stop-color="{colour}"/>'
        "</linearGradient></defs>"
    )


def stub(part: SidePart, p: FigurePalette) -> str:
    """A part as a close-up shows it; it fades out where the rest of the body would begin."""
    if part is SidePart.NEAR_SHIN:
        return (
            _fading("fade", p.trousers, 50, 66)
            + path(_CALF_SKIN, p.skin)
            + path(_STUB, "url(#fade)")
            + path(_CUFF, p.trousers_edge)
        )
    if part is SidePart.SPINE_5:
        return _fading("fade", p.shirt, 13, -3) + path(_BUST, "url(#fade)")
    return drawing(part, p)


SHADOWS: Final = (SidePart.FAR_SHADOW, SidePart.NEAR_SHADOW)
SHADOW: Final = (34, 5.5)
