"""The surroundings of the figure seen from the front: its chair, a window, a pillow, and the arrows around it.

Pure; called by `figure/scene.py` for a motion in this view.
"""

from __future__ import annotations

from numbguard.core.cards.motion import Callout, Joint, Motion, Prop
from numbguard.figure.palette import FigurePalette
from numbguard.figure.side.rig import SEAT
from numbguard.figure.smooth_path import inked

from .projection import heading, projected


def behind(motion: Motion, p: FigurePalette) -> str:
    """The things farthest away."""
    return _window(p) if Prop.WINDOW in motion.props else ""


def between(motion: Motion, p: FigurePalette) -> str:
    """The things behind the figure and in front of the ring of its breath."""
    things = _chair(motion, p) if Prop.CHAIR in motion.props else ""
    if Callout.HIPS_ROUND in motion.marks:
        things += _hips_round(p, front=False)
    return things


def over(motion: Motion, p: FigurePalette) -> str:
    """The things drawn over the figure."""
    return _between_knees(motion, p) if Prop.KNEE_PILLOW in motion.props else ""


def marks(motion: Motion, p: FigurePalette) -> str:
    """The marks, which lie over everything else."""
    drawn = ""
    if Callout.HIPS_ROUND in motion.marks:
        drawn += _hips_round(p, front=True)
    if Callout.SHOULDERS_ROUND in motion.marks:
        drawn += _shoulders_round(motion, p)
    if Callout.TURNING in motion.marks:
        drawn += _turning(motion, p)
    if Callout.EVENLY in motion.marks:
        drawn += _evenly(p)
    if Callout.SPINE in motion.marks:
        drawn += _spine(motion, p)
    return drawn


def _chair(motion: Motion, p: FigurePalette) -> str:
    pose = motion.keys[0].pose
    hip = pose.get(Joint.HIP_X, 240.0)
    ahead, left = heading(pose.get(Joint.FACE, 0.0))

    def at(x: float, height: float, depth: float) -> str:
        across, down = projected((hip + x * left[0] + depth * ahead[0], height, x * left[2] + depth * ahead[2]))
        return f"{across:.1f} {down:.1f}"

    def leg(x: float, depth: float, splay: float, colour: str) -> str:
        return (
            f'<path d="M{at(x, SEAT - 8, depth)}L{at(x + splay, 0, depth)}" stroke="{colour}"'
            ' stroke-width="8" stroke-linecap="round"/>'
        )

    middle_x, middle_y = projected((hip, 0, 10))
    return (
        f'<ellipse cx="{middle_x:.1f}" cy="{middle_y:.1f}" rx="86" ry="20" fill="url(#shade)"/>'
        + "".join(leg(x, -40, x / 12, p.wood_dark) for x in (-36, 36))
        + "".join(
            f'<path d="M{at(x, SEAT, -40)}L{at(x, SEAT + 60, -48)}" stroke="{p.wood}" stroke-width="8"'
            ' stroke-linecap="round"/>'
            for x in (-30, 30)
        )
        + f'<path d="M{at(-36, SEAT + 58, -48)}L{at(-36, SEAT + 96, -52)}L{at(36, SEAT + 96, -52)}'
        f'L{at(36, SEAT + 58, -48)}Z" fill="{p.cushion_dark}" stroke="{p.cushion_dark}" stroke-width="16"'
        ' stroke-linejoin="round"/>'
        f'<path d="M{at(-36, SEAT + 61, -46)}L{at(-36, SEAT + 96, -50)}L{at(36, SEAT + 96, -50)}'
        f'L{at(36, SEAT + 61, -46)}Z" fill="{p.cushion}" stroke="{p.cushion}" stroke-width="9"'
        ' stroke-linejoin="round"/>'
        + "".join(leg(x, 40, x / 12, p.wood) for x in (-38, 38))
        + f'<path d="M{at(-42, SEAT - 9, -40)}L{at(42, SEAT - 9, -40)}L{at(44, SEAT - 9, 40)}'
        f'L{at(-44, SEAT - 9, 40)}Z" fill="{p.wood}" stroke="{p.wood}" stroke-width="10"'
        ' stroke-linejoin="round"/>'
        f'<path d="M{at(-42, SEAT - 5, -40)}L{at(42, SEAT - 5, -40)}L{at(44, SEAT - 5, 40)}'
        f'L{at(-44, SEAT - 5, 40)}Z" fill="{p.cushion}" stroke="{p.cushion}" stroke-width="12"'
        ' stroke-linejoin="round"/>'
    )


def _window(p: FigurePalette) -> str:
    """A window in the back wall, with hills that grow paler with distance and the sun above them."""
    x, y, wide, high = 330.0, 96.0, 118.0, 150.0
    frame = f'x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"'
    near = (
        f"M{x:g} {y + 122:g}C{x + 30:g} {y + 104:g} {x + 52:g} {y + 106:g} {x + 74:g} {y + 118:g}"
        f"S{x + 104:g} {y + 128:g} {x + wide:g} {y + 120:g}V{y + high:g}H{x:g}Z"
    )
    hill = (
        f"M{x:g} {y + 112:g}C{x + 22:g} {y + 106:g} {x + 40:g} {y + 70:g} {x + 60:g} {y + 66:g}"
        f"S{x + 98:g} {y + 108:g} {x + wide:g} {y + 110:g}V{y + high:g}H{x:g}Z"
    )
    far = (
        f"M{x:g} {y + 92:g}C{x + 16:g} {y + 84:g} {x + 26:g} {y + 86:g} {x + 40:g} {y + 96:g}"
        f"S{x + 84:g} {y + 74:g} {x + wide:g} {y + 84:g}V{y + high:g}H{x:g}Z"
    )
    bars = f"M{x + wide / 2:g} {y:g}V{y + high:g}M{x:g} {y + 52:g}H{x + wide:g}"
    return (
        f'<rect {frame} fill="{p.sky}"/><circle cx="{x + 88:g}" cy="{y + 34:g}" r="11" fill="{p.sun}"/>'
        f'<path d="{far}" fill="{p.leaf}" fill-opacity=".35"/><path d="{hill}" fill="{p.leaf}" fill-opacity=".75"/>'
        f'<path d="{near}" fill="{p.leaf_dark}"/>'
        f'<path d="{bars}" stroke="{p.linen}" stroke-width="4"/>'
        f'<rect {frame} rx="3" fill="none" stroke="{p.linen}" stroke-width="8"/>'
        f'<rect x="{x - 10:g}" y="{y + high:g}" width="{wide + 20:g}" height="9" rx="3" fill="{p.wood}"/>'
    )


def _hips_round(p: FigurePalette, *, front: bool) -> str:
    """Half of a flat ring at hip height, open where its arrow ends. The arrow follows the hips: in front, they move
    to the right of the picture."""
    x, y = projected((240.0, 168.0, 0.0))
    if front:
        way = f"M{x - 52:g} {y + 9:.1f}A56 18 0 0 0 {x + 42:g} {y + 13:.1f}m-9.6 -6l9.6 6l-7.4 8.6"
    else:
        way = f"M{x - 55:g} {y - 3:.1f}A56 18 0 0 1 {x + 55:g} {y - 3:.1f}"
    return inked(way, p)


def _shoulders_round(motion: Motion, p: FigurePalette) -> str:
    """An arrow beside each shoulder: up, back and down."""
    x, y = projected((motion.keys[0].pose.get(Joint.HIP_X, 240.0), 196.0, 0.0))
    arrows = ""
    for out in (-52.0, 54.0):
        start, end = f"{x + out + 10.6:.1f} {y - 7.4:.1f}", f"{x + out + 6.6:.1f} {y + 11.2:.1f}"
        arrows += inked(f"M{start}A13 13 0 1 0 {end}m-7.2 -6.6l7.2 6.6l-6.4 7.4", p)
    return arrows


def _turning(motion: Motion, p: FigurePalette) -> str:
    """A flat arrow above the head, towards the figure's right and back."""
    x, y = projected((motion.keys[0].pose.get(Joint.HIP_X, 240.0), 276.0, 0.0))
    return inked(f"M{x + 50:g} {y - 4:.1f}A58 26 0 0 1 {x - 50:g} {y - 4:.1f}m13 -0.6l-13 0.6l0.8 -12.6", p)


def _evenly(p: FigurePalette) -> str:
    """A level line across the hips, and an arrow down each leg, both of the same length."""
    x, hips = projected((240.0, 172.0, 0.0))
    lines = f"M{x - 46:g} {hips:.1f}L{x + 46:g} {hips:.1f}"
    for out in (-46.0, 46.0):
        lines += f"M{x + out:g} {hips + 62:.1f}L{x + out:g} {hips + 132:.1f}m-7 -8l7 8l7 -8"
    return inked(lines, p)


def _hips(motion: Motion) -> tuple[float, float]:
    pose = motion.keys[0].pose
    return projected((pose.get(Joint.HIP_X, 240.0), pose.get(Joint.HIP_Y, 180.0), pose.get(Joint.HIP_Z, 0.0)))


def _between_knees(motion: Motion, p: FigurePalette) -> str:
    """A pillow, seen end-on, that keeps the knees of somebody lying on their right side apart."""
    x, y = _hips(motion)
    return (
        f'<rect x="{x + 58:.1f}" y="{y - 11:.1f}" width="62" height="23" rx="11" fill="{p.linen}"/>'
        f'<path d="M{x + 68:.1f} {y + 7:.1f}H{x + 110:.1f}" stroke="{p.linen_dark}" stroke-width="2.5"'
        ' stroke-linecap="round"/>'
    )


def _spine(motion: Motion, p: FigurePalette) -> str:
    """The spine of somebody lying on their side, from the hips to the neck."""
    x, y = _hips(motion)
    return inked(f"M{x - 2:.1f} {y:.1f}H{x - 98:.1f}", p)
