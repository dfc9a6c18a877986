"""The room around the figure: backdrop, floor, and the few things a movement leans on. Pure; called by `figure.py`."""

from __future__ import annotations

from collections.abc import Callable

from numbguard.core.motion import Motion, Prop, View
from numbguard.ui.palette import Palette
from numbguard.ui.rig import FLOOR, SEAT

WIDTH, HEIGHT, ROUND = 480, 420, 24
WALL_X = 404.0
STEP_X, STEP_HEIGHT = 344.0, 40.0


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
            f'<stop offset="1" stop-color="{p.shadow}" stop-opacity="0"/></radialGradient>'
            '<radialGradient id="warmth" cx=".5" cy=".5" r=".5">'
            f'<stop offset="0" stop-color="{p.tint}" stop-opacity=".98"/>'
            f'<stop offset=".5" stop-color="{p.tint}" stop-opacity=".86"/>'
            f'<stop offset=".8" stop-color="{p.tint}" stop-opacity=".34"/>'
            f'<stop offset="1" stop-color="{p.tint}" stop-opacity="0"/></radialGradient></defs>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="{ROUND}" fill="{p.backdrop}"/>'
            f'<circle cx="240" cy="196" r="166" fill="{p.glow}"/>'
        )

    def shell(self) -> str:
        """Floor and wall, in the sheet's own units so that they end with its rounded corners."""
        p = self._p
        floor = self._down(FLOOR - 9)
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

    def _across(self, x: float) -> float:
        camera = self._motion.camera
        return WIDTH / 2 + camera.zoom * (x - camera.x)

    def _down(self, y: float) -> float:
        camera = self._motion.camera
        return HEIGHT / 2 + camera.zoom * (y - (FLOOR - camera.y))

    def behind(self, run: Callable[[float, str], str]) -> str:
        things = ""
        if Prop.CHAIR in self._motion.props and self._motion.view is View.SIDE:
            things += (
                f'<ellipse cx="200" cy="{FLOOR}" rx="92" ry="9" fill="url(#shade)"/>' + self._chair_back()
            )
        if Prop.STEP in self._motion.props:
            things += self._step()
        if Prop.PATH in self._motion.props:
            things += run(self._motion.travel, self._path())
        return things

    def between(self) -> str:
        if Prop.CHAIR in self._motion.props and self._motion.view is View.SIDE:
            return self._chair_seat()
        return ""

    def before(self) -> str:
        return ""

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
        p = self._p
        step = self._motion.travel
        marks = []
        x = -step * 2
        while x < 720 + step:
            marks.append(f'<rect x="{x}" y="{FLOOR + 5}" width="26" height="4" rx="2" fill="{p.leaf_dark}"/>')
            x += step / 2 if step else 800
        return "".join(marks)
