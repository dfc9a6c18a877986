"""The room around the figure: backdrop, floor, and the few things a movement leans on. Pure; called by `figure.py`."""

from __future__ import annotations

from collections.abc import Callable

from numbguard.core.motion import Motion, Prop, View
from numbguard.ui.palette import Palette
from numbguard.ui.rig import FLOOR, SEAT

WALL_X = 404.0
STEP_X, STEP_HEIGHT = 330.0, 40.0


class Room:
    """One motion's surroundings, in the same units as the figure."""

    def __init__(self, motion: Motion, palette: Palette) -> None:
        self._motion = motion
        self._p = palette

    def backdrop(self) -> str:
        p = self._p
        return (
            '<defs><radialGradient id="shade" cx=".5" cy=".5" r=".5">'
            f'<stop offset="0" stop-color="{p.shadow}" stop-opacity=".34"/>'
            f'<stop offset=".5" stop-color="{p.shadow}" stop-opacity=".16"/>'
            f'<stop offset="1" stop-color="{p.shadow}" stop-opacity="0"/></radialGradient></defs>'
            f'<rect width="480" height="420" rx="24" fill="{p.backdrop}"/>'
            f'<circle cx="240" cy="196" r="172" fill="{p.glow}"/>'
        )

    def behind(self, run: Callable[[float, str], str]) -> str:
        p = self._p
        floor = f'<ellipse cx="240" cy="{FLOOR + 3}" rx="214" ry="15" fill="{p.floor}"/>'
        things = ""
        if Prop.WALL in self._motion.props:
            things += self._wall()
        if Prop.CHAIR in self._motion.props and self._motion.view is View.SIDE:
            things += (
                f'<ellipse cx="200" cy="{FLOOR}" rx="92" ry="9" fill="url(#shade)"/>' + self._chair_back()
            )
        if Prop.STEP in self._motion.props:
            things += self._step()
        if Prop.PATH in self._motion.props:
            things += run(self._motion.travel, self._path())
        return floor + things

    def between(self) -> str:
        if Prop.CHAIR in self._motion.props and self._motion.view is View.SIDE:
            return self._chair_seat()
        return ""

    def before(self) -> str:
        return ""

    def _chair_back(self) -> str:
        p = self._p
        top = FLOOR - SEAT
        return (
            f'<path d="M153 {top + 8} C149 {top - 40} 144 {top - 74} 140 {top - 104}" fill="none"'
            f' stroke="{p.wood}" stroke-width="9" stroke-linecap="round"/>'
            f'<path d="M147 {top - 60} L141.5 {top - 100}" fill="none" stroke="{p.cushion_dark}"'
            ' stroke-width="16" stroke-linecap="round"/>'
            f'<path d="M162 {top + 14} L154 {FLOOR}" stroke="{p.wood_dark}" stroke-width="7.5" stroke-linecap="round"/>'
            f'<path d="M252 {top + 14} L258 {FLOOR}" stroke="{p.wood_dark}" stroke-width="7.5" stroke-linecap="round"/>'
        )

    def _chair_seat(self) -> str:
        p = self._p
        top = FLOOR - SEAT
        return (
            f'<rect x="148" y="{top + 11}" width="116" height="8" rx="4" fill="{p.wood}"/>'
            f'<rect x="150" y="{top - 1}" width="114" height="14" rx="7" fill="{p.cushion}"/>'
            f'<path d="M153 {top + 16} L145 {FLOOR - 2}" stroke="{p.wood}" stroke-width="8" stroke-linecap="round"/>'
            f'<path d="M244 {top + 16} L248 {FLOOR - 2}" stroke="{p.wood}" stroke-width="8" stroke-linecap="round"/>'
        )

    def _wall(self) -> str:
        p = self._p
        return (
            f'<rect x="{WALL_X}" y="-80" width="200" height="{FLOOR + 82}" fill="{p.wall}"/>'
            f'<rect x="{WALL_X}" y="-80" width="4" height="{FLOOR + 82}" fill="{p.wall_edge}"/>'
            f'<rect x="{WALL_X - 3}" y="{FLOOR - 16}" width="203" height="18" fill="{p.wall_edge}"/>'
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
        p = self._p
        step = self._motion.travel
        marks = []
        x = -step * 2
        while x < 720 + step:
            marks.append(f'<rect x="{x}" y="{FLOOR + 5}" width="26" height="4" rx="2" fill="{p.leaf_dark}"/>')
            x += step / 2 if step else 800
        return "".join(marks)
