"""The room around the figure: backdrop, floor, and the few things a movement needs. Pure; called by `svg.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from numbguard.core.cards.motion import Inset, Motion, Prop, StartPose, ViewAngle
from numbguard.figure.side.rig import FLOOR, SEAT

from . import scene_furniture as furniture
from .palette import FigurePalette

WIDTH, HEIGHT, ROUND = 480, 420, 24
FRAMES_A_SECOND: Final = 30
"""The frames in which a motion is played."""
WALL_X = 404.0
_FURNITURE: Final = {
    Prop.MAT: furniture.mat, Prop.PILLOWS: furniture.pillows, Prop.BED: furniture.bed, Prop.CAR: furniture.car,
}  # fmt: skip
STEP_X, STEP_HEIGHT = 344.0, 40.0

_INSET_ARROWS: Final = {
    Inset.PUMP: ("M11.5 -43.5A45 45 0 0 1 44.6 2M17.6 -45.4L11.5 -43.5L15 -38M39.4 -2L44.6 2L48.4 -4", -20, 21, 1.6),
    Inset.CIRCLE: ("M16.5 -35.2A22 11 56 1 1 10.3 -31M5.4 -27.5L10.3 -31L11.9 -25.2", -20, 21, 1.6),
    Inset.CIRCLE_BACK: ("M10.3 -31A22 11 56 1 0 16.5 -35.2M15.6 -41.4L16.5 -35.2L10.2 -35.6", -20, 21, 1.6),
    Inset.CHIN: ("M48 -14H33M38.6 -19.6L33 -14L38.6 -8.4", -8, 25, 1.2),
}  # fmt: skip
"""For each close-up: the path of its arrow, the offset of the drawing (x, y), and its scale."""


class Scene:
    """The surroundings of one motion, in the units of the figure."""

    def __init__(self, motion: Motion, palette: FigurePalette) -> None:
        self._motion = motion
        self._p = palette

    def inks(self) -> str:
        """The gradients of soft shadows and of warmth, for every layer."""
        p = self._p
        return (
            '<defs><radialGradient id="shade" cx=".5" cy=".5" r=".5">'
            f'<stop offset="0" stop-color="{p.shadow}" stop-opacity=".34"/>'
            f'<stop offset=".5" stop-color="{p.shadow}" stop-opacity=".16"/>'
            f'<stop offset="1" stop-color="{p.shadow}" stop-opacity="0"/></radialGradient>'
            '<radialGradient id="warmth" cx=".5" cy=".5" r=".5">'
            f'<stop offset="0" stop-color="{p.tint}" stop-opacity=".98"/>'
            f'<stop offset=".5" stop-color="{p.tint}" stop-opacity=".86"/>'
            f'<stop offset=".8" stop-color="{p.tint}" stop-opacity=".34"/>'
            f'<stop offset="1" stop-color="{p.tint}" stop-opacity="0"/></radialGradient></defs>'
        )

    def backdrop(self) -> str:
        p = self._p
        return (
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="{ROUND}" fill="{p.backdrop}"/>'
            f'<circle cx="240" cy="196" r="166" fill="{p.glow}"/>'
        )

    def shell(self) -> str:
        """Floor and wall, in the units of the sheet, so that they end at its rounded corners."""
        p = self._p
        if self._motion.view is ViewAngle.FEET:
            return self._rug()
        # From the front the camera looks down on more of the floor.
        floor = self._down(FLOOR - (9 if self._motion.view is ViewAngle.SIDE else 36))
        corner = f"a{ROUND} {ROUND} 0 0 1"
        ground = (
            f'<path d="M0 {floor:.1f}H{WIDTH}V{HEIGHT - ROUND}{corner} -{ROUND} {ROUND}H{ROUND}'
            f'{corner} -{ROUND} -{ROUND}Z" fill="{p.floor}"/>'
        )
        if Prop.WALL not in self._motion.props:
            return ground
        x, foot = self._across(WALL_X), self._down(FLOOR)
        return ground + (
            f'<path d="M{x:.1f} 0H{WIDTH - ROUND}{corner} {ROUND} {ROUND}V{foot:.1f}H{x:.1f}Z" fill="{p.wall}"/>'
            f'<path d="M{x:.1f} 0h4V{foot:.1f}h-4Z" fill="{p.wall_edge}"/>'
            f'<path d="M{x - 3:.1f} {foot - 17:.1f}H{WIDTH}V{foot:.1f}H{x - 3:.1f}Z" fill="{p.wall_edge}"/>'
        )

    def _rug(self) -> str:
        p = self._p
        return (
            f'<circle cx="240" cy="214" r="190" fill="{p.floor}"/>'
            f'<circle cx="240" cy="214" r="178" fill="none" stroke="{p.wall_edge}" stroke-width="3"/>'
        )

    def _across(self, x: float) -> float:
        camera = self._motion.camera
        return WIDTH / 2 + camera.zoom * (x - camera.x)

    def _down(self, y: float) -> float:
        camera = self._motion.camera
        return HEIGHT / 2 + camera.zoom * (y - (FLOOR - camera.y))

    def behind(self, run: Callable[[float, str], str]) -> str:
        things = ""
        if Prop.CHAIR in self._motion.props and self._motion.view is ViewAngle.SIDE:
            things += f'<ellipse cx="200" cy="{FLOOR}" rx="92" ry="9" fill="url(#shade)"/>' + self._chair_back()
        if self._motion.view is ViewAngle.FRONT:
            from .front import scene as front_scene

            things += front_scene.behind(self._motion, self._p)
        if Prop.STEP in self._motion.props:
            things += self._step()
        if Prop.DESK in self._motion.props:
            seated = self._motion.base is StartPose.SITTING
            things += furniture.desk(self._p, furniture.DESK_SEATED_X if seated else furniture.DESK_X)
        if Prop.RAISED_DESK in self._motion.props:
            things += furniture.desk(self._p, furniture.DESK_X, height=furniture.RAISED_DESK_HEIGHT)
        for prop, drawn in _FURNITURE.items():
            if prop in self._motion.props:
                things += drawn(self._p)
        if Prop.KNEE_PILLOW in self._motion.props and self._motion.view is ViewAngle.SIDE:
            things += furniture.knee_pillow(self._p)
        if Prop.PATH in self._motion.props:
            things += run(self._motion.travel, self._path())
        return things

    def between(self) -> str:
        if Prop.CHAIR in self._motion.props and self._motion.view is ViewAngle.SIDE:
            return self._chair_seat()
        if self._motion.view is ViewAngle.FRONT:
            from .front import scene as front_scene

            return front_scene.between(self._motion, self._p)
        return ""

    def over(self) -> str:
        """The things drawn over the figure."""
        if self._motion.view is ViewAngle.FRONT:
            from .front import scene as front_scene

            return front_scene.over(self._motion, self._p)
        return ""

    def marks(self) -> str:
        """The marks of the front view; those of the side view are `callouts`."""
        if self._motion.view is ViewAngle.FRONT:
            from .front import scene as front_scene

            return front_scene.marks(self._motion, self._p)
        return ""

    def close_up(self, drawn: str, tied_x: float, tied_y: float) -> str:
        """A round picture of a part, with a dotted line to where the part is and an arrow for its movement."""
        p = self._p
        x, y, r = 370.0, 148.0, 70.0
        pen = f'fill="none" stroke="{p.tint}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        arrow, dx, dy, size = _INSET_ARROWS[self._motion.inset or Inset.PUMP]
        across, down = x - tied_x, y - tied_y
        share = (r - 2) / math.hypot(across, down)
        return (
            f'<path d="M{x - across * share:.1f} {y - down * share:.1f} L{tied_x:.1f} {tied_y:.1f}"'
            f' stroke="{p.wall_edge}" stroke-width="2.5" stroke-linecap="round" stroke-dasharray="1 6"/>'
            f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{p.wall}" stroke="{p.wall_edge}" stroke-width="2.5"/>'
            f'<g transform="translate({x + dx:g} {y + dy:g}) scale({size:g})">{drawn}<path d="{arrow}" {pen}/></g>'
        )

    def _chair_back(self) -> str:
        p = self._p
        top = FLOOR - SEAT
        far = f'fill="none" stroke="{p.wood_dark}" stroke-linecap="round" stroke-width="7"'
        return (
            f'<path d="M166 {top + 14} L158 {FLOOR - 3}" {far}/><path d="M250 {top + 14} L258 {FLOOR - 3}" {far}/>'
            f'<path d="M155 {top + 12} C151 {top - 34} 147 {top - 66} 142 {top - 98}" fill="none"'
            f' stroke="{p.wood}" stroke-width="8" stroke-linecap="round"/>'
            f'<path d="M149.6 {top - 52} Q146.6 {top - 78} 141.6 {top - 104}" fill="none"'
            f' stroke="{p.cushion_dark}" stroke-width="15" stroke-linecap="round"/>'
            f'<path d="M152 {top - 56} Q149.2 {top - 80} 144.6 {top - 102}" fill="none"'
            f' stroke="{p.cushion}" stroke-width="7" stroke-linecap="round"/>'
        )

    def _chair_seat(self) -> str:
        p = self._p
        top = FLOOR - SEAT
        near = f'fill="none" stroke="{p.wood}" stroke-linecap="round" stroke-width="8"'
        return (
            f'<path d="M155 {top + 16} L147 {FLOOR}" {near}/><path d="M242 {top + 16} L248 {FLOOR}" {near}/>'
            f'<rect x="149" y="{top + 9}" width="107" height="10" rx="5" fill="{p.wood}"/>'
            f'<rect x="150" y="{top + 6}" width="107" height="8" rx="4" fill="{p.cushion_dark}"/>'
            f'<rect x="149" y="{top - 2}" width="110" height="13" rx="6.5" fill="{p.cushion}"/>'
        )

    def _step(self) -> str:
        p = self._p
        top = FLOOR - STEP_HEIGHT
        return (
            f'<ellipse cx="{STEP_X + 10}" cy="{FLOOR}" rx="66" ry="7" fill="url(#shade)"/>'
            f'<path d="M{STEP_X - 28} {top + 8} L{STEP_X - 34} {FLOOR} M{STEP_X + 48} {top + 8} L{STEP_X + 54} {FLOOR}"'
            f' stroke="{p.wood_dark}" stroke-width="8" stroke-linecap="round"/>'
            f'<rect x="{STEP_X - 40}" y="{top}" width="100" height="12" rx="6" fill="{p.wood}"/>'
        )

    def _path(self) -> str:
        """Marks on the floor and plants beside the path; they repeat with every loop."""
        found = []
        for first, spacing, thing in (
            (70.0, self._motion.travel / 2, self._mark()),
            (58.0, self._motion.travel, self._plant()),
        ):
            x = first + spacing
            while x - self._motion.travel < WIDTH - 50:
                drawn = thing
                # Each shape fades by itself: a group that fades would be drawn aside first, and then copied.
                if x - self._motion.travel < first + spacing - 1:
                    drawn = thing.replace("/>", ' class="leave"/>')
                elif x > WIDTH - 50:
                    drawn = thing.replace("/>", ' class="enter"/>')
                found.append(f'<g transform="translate({x:.1f} {FLOOR})">{drawn}</g>')
                x += spacing
        return "".join(found)

    def _mark(self) -> str:
        return f'<rect x="-13" y="7" width="26" height="4" rx="2" fill="{self._p.wall_edge}"/>'

    def _plant(self) -> str:
        p = self._p
        return (
            f'<ellipse rx="24" ry="4" cy="-4" fill="url(#shade)"/>'
            f'<path d="M0 -30 C-2 -52 -20 -58 -26 -76 C-8 -74 0 -58 0 -30 C0 -62 4 -80 18 -92 C24 -68 12 -48 0 -30'
            f' C6 -46 20 -52 32 -52 C28 -38 14 -30 0 -30Z" fill="{p.leaf}"/>'
            f'<path d="M0 -30 C0 -48 -6 -58 -16 -66 M0 -30 C2 -52 8 -66 14 -78 M0 -30 C8 -40 16 -44 24 -46"'
            f' fill="none" stroke="{p.leaf_dark}" stroke-width="1.6" stroke-linecap="round"/>'
            f'<path d="M-15 -32 L15 -32 L11 -5 Q0 -2 -11 -5Z" fill="{p.cushion_dark}"/>'
            f'<rect x="-17" y="-36" width="34" height="8" rx="4" fill="{p.cushion}"/>'
        )
