"""What stands around the figure seen from the front: its chair, a window, and the arrows for a way that goes round.

Pure; called by `stage_set.py` for a motion in this view.
"""

from __future__ import annotations

from numbguard.core.motion import Joint, Mark, Motion, Prop
from numbguard.ui.front_space import flat, heading
from numbguard.ui.palette import Palette
from numbguard.ui.rig import SEAT


def behind(motion: Motion, p: Palette) -> str:
    """All that the figure hides."""
    things = ""
    if Prop.WINDOW in motion.props:
        things += _window(p)
    if Prop.CHAIR in motion.props:
        things += _chair(motion, p)
    if Mark.HIPS_ROUND in motion.marks:
        things += _hips_round(p, front=False)
    return things


def over(motion: Motion, p: Palette) -> str:
    """All that is drawn upon the figure."""
    things = ""
    if Mark.HIPS_ROUND in motion.marks:
        things += _hips_round(p, front=True)
    if Mark.SHOULDERS_ROUND in motion.marks:
        things += _shoulders_round(p)
    return things


def _chair(motion: Motion, p: Palette) -> str:
    pose = motion.keys[0].pose
    hip = pose.get(Joint.HIP_X, 240.0)
    ahead, left = heading(pose.get(Joint.FACE, 0.0))

    def at(x: float, height: float, depth: float) -> str:
        across, down = flat((hip + x * left[0] + depth * ahead[0], height, x * left[2] + depth * ahead[2]))
        return f"{across:.1f} {down:.1f}"

    def leg(x: float, depth: float, splay: float, colour: str) -> str:
        return (
            f'<path d="M{at(x, SEAT - 8, depth)}L{at(x + splay, 0, depth)}" stroke="{colour}"'
            ' stroke-width="8" stroke-linecap="round"/>'
        )

    middle_x, middle_y = flat((hip, 0, 10))
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


def _window(p: Palette) -> str:
    return ""


def _hips_round(p: Palette, *, front: bool) -> str:
    return ""


def _shoulders_round(p: Palette) -> str:
    return ""
