"""Draws a motion as one animated SVG that looks the same in a browser and in Qt's renderer.

Called on the GUI thread by the windows that show a figure, and by the commands that make pictures; imports no Qt. Every
part of the figure is one group that slides and turns through evenly spaced values, already eased by `timeline.py`: Qt
supports neither key splines nor key times. The warmth of a muscle is a CSS opacity, the one change of colour that both
renderers support; Qt needs a separate rule for each percentage.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import groupby
from types import ModuleType
from typing import Final

from numbguard.core.cards.motion import Inset, Joint, Motion, ViewAngle, WarmMuscle
from numbguard.figure.side.rig import FLOOR

from .line_drawing import DrawingPass, in_lines
from .palette import FigurePalette, FigureTheme, palette_of
from .pose import FigureFrame, PlacedPart
from .scene import FRAMES_A_SECOND, HEIGHT, WIDTH, Scene
from .side import body as side_body
from .timeline import PlayableMotion, Track, noticed_frames, play

FADE_FROM = 0.55
"""The share of a walking loop at which things that leave with the floor begin to fade out, and new ones to fade in."""

_LAYER = re.compile(r'(?=<g id="layer\d+">)')
"""The beginning of each layer of an animated document."""
_LEAST_SHAPES: Final = 5
"""Shapes in a layer over what moves: drawing fewer takes no longer than copying a layer."""
_SHAPE = re.compile("<(?:path|circle|ellipse|rect)")
_FRAMES = re.compile(r'^<svg [^>]*data-frames="([\d ]*)"')
_SHUT_AT: Final = 0.62
"""The share of the loop at which the eyes blink."""
_SHUT_S: Final = 0.13
"""Seconds for which a blink shuts them."""
_WARM_FROM: Final = 0.5
"""The glow (0–1) from which a muscle is solid in a drawing in black and white."""
_CLOSE_UP: Final = 1.6
"""The largest scale of a close-up."""

__all__ = ["HEIGHT", "WIDTH", "FigureTheme", "animated_svg", "layers_of", "noticed_frames_in", "still_svg"]


def animated_svg(motion: Motion, *, mirrored: bool = False, theme: FigureTheme = FigureTheme.LIGHT) -> str:
    """The motion as an SVG document that loops for ever."""
    track = play(motion)
    return _Sheet(motion, track.moments[0], theme, mirrored=mirrored).document(_Moving(track))


def still_svg(motion: Motion, *, at: float, mirrored: bool = False, theme: FigureTheme = FigureTheme.LIGHT) -> str:
    """The motion at one moment, `at` seconds into the loop, as an SVG document in which nothing moves."""
    moment = PlayableMotion(motion).at(at % motion.loop)
    return _Sheet(motion, moment, theme, mirrored=mirrored).document(_Still(moment, motion.loop))


def layers_of(svg: str) -> list[str]:
    """The layers of an `animated_svg`, from the back to the front, as documents, of which the first, the third and so
    on may be drawn once: nothing in them moves.

    Of any other document, the first layer is empty and the second is all of it.
    """
    head, *layers = _LAYER.split(svg)
    if not layers:
        return ["", svg]
    return [f"{head}{layer.removesuffix('</svg>')}</svg>" for layer in layers]


def noticed_frames_in(svg: str) -> tuple[int, ...]:
    """The frames of one loop in which an `animated_svg` looks different from the frame before; empty: all, as far as is
    known. The last number is that of the first frame of the next loop."""
    found = _FRAMES.match(svg)
    return tuple(int(frame) for frame in found[1].split()) if found else ()


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Still:
    """Writes groups as they are at one moment."""

    def __init__(self, moment: FigureFrame, loop: float) -> None:
        self._moment = moment
        self._share = moment.at / loop

    def layer(self, _number: int) -> str:
        return "<g>"

    def frames(self, _motion: Motion) -> str:
        return ""

    def group(self, place: Callable[[FigureFrame], PlacedPart], inside: str) -> str:
        at = place(self._moment)
        squeeze = "" if at.wide == at.tall == 1 else f" scale({_n(at.wide)} {_n(at.tall)})"
        return f'<g transform="translate({_n(at.x)} {_n(at.y)}) rotate({_n(at.turn)}){squeeze}">{inside}</g>'

    def fade(self, name: str, value: Callable[[FigureFrame], float]) -> str:
        return f".{name}{{opacity:{_n(value(self._moment))}}}"

    def run(self, distance: float, inside: str) -> str:
        return f'<g transform="translate({_n(-distance * self._share)} 0)">{inside}</g>'

    def blink(self) -> str:
        return ".lid{opacity:0}"

    def passing(self) -> str:
        entered = max(0.0, (self._share - FADE_FROM) / (1 - FADE_FROM))
        return f".leave{{opacity:{_n(1 - entered)}}}.enter{{opacity:{_n(entered)}}}"


class _Moving:
    """Writes groups that move through the whole loop."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._dur = f'dur="{track.loop:g}s" repeatCount="indefinite"'

    def layer(self, number: int) -> str:
        return f'<g id="layer{number}">'

    def frames(self, motion: Motion) -> str:
        """For our own player, which need not draw a frame that looks like the last; everybody else ignores it."""
        if motion.travel:
            return ""
        zoom = motion.camera.zoom * (_CLOSE_UP if motion.inset else 1)
        found = set(noticed_frames(self._track, frames_a_second=FRAMES_A_SECOND, zoom=zoom))
        last = math.ceil(self._track.loop * FRAMES_A_SECOND)
        shut = math.floor(_SHUT_AT * last)
        found.update(range(shut, min(shut + math.ceil(_SHUT_S * FRAMES_A_SECOND) + 3, last)))
        return f' data-frames="{" ".join(str(frame) for frame in sorted({*found, last}))}"'

    def group(self, place: Callable[[FigureFrame], PlacedPart], inside: str) -> str:
        places = [place(each) for each in self._track.moments]
        first = places[0]
        if any(p.wide != first.wide or p.tall != first.tall for p in places):
            inside = self._animated("scale", [f"{p.wide:.3f} {p.tall:.3f}" for p in places], inside)
        elif first.wide != 1 or first.tall != 1:
            inside = f'<g transform="scale({first.wide:.3f} {first.tall:.3f})">{inside}</g>'
        if any(p.turn != first.turn for p in places):
            inside = self._animated("rotate", [f"{a:.2f}" for a in _unwound([p.turn for p in places])], inside)
        elif first.turn:
            inside = f'<g transform="rotate({first.turn:.2f})">{inside}</g>'
        if any(p.x != first.x or p.y != first.y for p in places):
            return self._animated("translate", [f"{p.x:.2f} {p.y:.2f}" for p in places], inside)
        return f'<g transform="translate({first.x:.2f} {first.y:.2f})">{inside}</g>'

    def _animated(self, kind: str, values: list[str], inside: str) -> str:
        return (
            f'<g><animateTransform attributeName="transform" type="{kind}" values="{";".join(values)}"'
            f" {self._dur}/>{inside}</g>"
        )

    def fade(self, name: str, value: Callable[[FigureFrame], float]) -> str:
        marks = []
        before, held = None, ""
        for each in self._track.moments:
            now = value(each)
            mark = f"{100 * each.at / self._track.loop:.2f}%{{opacity:{now:.2f}}}"
            if now != before or each.at in (0, self._track.loop):
                marks += [held, mark]  # a value that is held for a while changes only at the end of it
                held = ""
            else:
                held = mark
            before = now
        return f"@keyframes {name}{{{''.join(marks)}}}.{name}{{animation:{name} {self._track.loop:g}s linear infinite}}"

    def run(self, distance: float, inside: str) -> str:
        return self._animated("translate", ["0 0", f"{-distance:g} 0"], inside)

    def blink(self) -> str:
        # One blink a loop. Each percentage has a rule of its own: Qt drops lists of them.
        shut, wide = 100 * _SHUT_AT, 100 * (_SHUT_AT + _SHUT_S / self._track.loop)
        loop = f"{self._track.loop:g}s linear infinite"
        rules = []
        for name, awake in (("eye", 1), ("lid", 0)):
            marks = [(0.0, awake), (shut, awake), (shut + 0.01, 1 - awake)]
            marks += [(wide, 1 - awake), (wide + 0.01, awake), (100.0, awake)]
            steps = "".join(f"{at:.2f}%{{opacity:{value}}}" for at, value in marks)
            rules.append(f"@keyframes {name}{{{steps}}}.{name}{{animation:{name} {loop}}}")
        return "".join(rules)

    def passing(self) -> str:
        """Things fade out before the floor carries them off the sheet, and fade in after it brings them on."""
        loop = f"{self._track.loop:g}s linear infinite"
        return (
            f"@keyframes leave{{0%{{opacity:1}}{100 * FADE_FROM:g}%{{opacity:1}}100%{{opacity:0}}}}"
            f"@keyframes enter{{0%{{opacity:0}}{100 * FADE_FROM:g}%{{opacity:0}}100%{{opacity:1}}}}"
            f".leave{{animation:leave {loop}}}.enter{{animation:enter {loop}}}"
        )


def _unwound(angles: Iterable[float]) -> list[float]:
    """The angles without jumps of more than half a turn, so that no step between two goes the long way round."""
    found: list[float] = []
    for angle in angles:
        if found:
            angle += 360 * round((found[-1] - angle) / 360)
        found.append(angle)
    return found


class _Sheet:
    """Lays room, shadows, figure and warmth on one sheet."""

    def __init__(self, motion: Motion, first: FigureFrame, theme: FigureTheme, *, mirrored: bool) -> None:
        self._motion = motion
        self._first = first
        self._palette: FigurePalette = palette_of(theme)
        self._in_lines = theme.is_in_lines
        self._mirrored = mirrored
        self._body: ModuleType = side_body
        if motion.view is ViewAngle.FRONT:
            from .front import body as front_body

            self._body = front_body
        elif motion.view is ViewAngle.FEET:
            from .feet import body as feet_body

            self._body = feet_body

    def document(self, pen: _Still | _Moving) -> str:
        motion, p = self._motion, self._palette
        room = Scene(motion, p)
        camera = motion.camera
        look = (
            f"translate({WIDTH / 2} {HEIGHT / 2}) scale({camera.zoom:g})"
            f" translate({_n(-camera.x)} {_n(camera.y - FLOOR)})"
        )
        flip = f'<g transform="translate({WIDTH} 0) scale(-1 1)">' if self._mirrored else "<g>"
        body = self._body
        behind, before = body.layers(motion)
        around = room.behind(pen.run)
        style = ".eye{opacity:0}" if motion.eyes_shut else pen.blink()
        if motion.tint:
            style += pen.fade("warm", self._shown(lambda each: each.glow, motion.tint))
        if motion.other_tint:
            style += pen.fade("otherwarm", self._shown(lambda each: each.other_glow, motion.other_tint))
        if motion.marks:
            style += pen.fade("mark", lambda each: 1.0 if self._in_lines else 0.25 + 0.75 * each.glow)
        if motion.travel:
            style += pen.passing()
        pieces = [
            self._inked(around),
            *self._shadows(pen),
            *self._pieces(pen, behind),
            self._inked(room.between()),
            *self._pieces(pen, before),
            self._inked(room.over()),
            *self._marks(),
            self._inset(pen, room),
        ]
        shell, ground = self._inked(room.shell()), room.backdrop()
        drawn = []
        for number, layer in enumerate(_layers(pieces)):
            drawn.append(f'{pen.layer(number)}{ground}{flip}{shell}<g transform="{look}">{"".join(layer)}</g></g></g>')
            shell = ground = ""
        return "".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
                f' width="{WIDTH}" height="{HEIGHT}"{pen.frames(motion)}><style>{style}</style>',
                room.inks(),
                *drawn,
                "</svg>",
            )
        )

    def _inked(self, shapes: str) -> str:
        """Shapes as the theme has them: in their colours, or in black and white."""
        return in_lines(shapes, self._palette) if self._in_lines else shapes

    def _pieces(self, pen: _Still | _Moving, pieces: Iterable[StrEnum | tuple[StrEnum, ...]]) -> list[str]:
        if not self._in_lines:
            return [self._piece(pen, piece) for piece in pieces]
        found = []
        for joined, run in groupby(pieces, self._body.JOINED.get):
            drawn = [self._piece(pen, piece) for piece in run]
            passes = (DrawingPass.AROUND, DrawingPass.WITHIN) if joined else (DrawingPass.WHOLE,)
            found += [in_lines(piece, self._palette, part) for part in passes for piece in drawn]
        return found

    def _shown(self, glow: Callable[[FigureFrame], float], tint: WarmMuscle | None) -> Callable[[FigureFrame], float]:
        """How visible a warm area is. In black and white nothing is grey: it is there while it is warm, or always."""
        if not self._in_lines:
            return glow
        if tint in (WarmMuscle.BREATH, WarmMuscle.SIGHT):
            return lambda _each: 1.0
        return lambda each: float(glow(each) >= _WARM_FROM)

    def _piece(self, pen: _Still | _Moving, piece: StrEnum | tuple[StrEnum, ...]) -> str:
        """One part, or several in the frame of the first: a part that moves with it needs no animation of its own."""
        if isinstance(piece, StrEnum):
            return self._part(pen, piece, _place_of(piece))
        carrier, *carried = piece
        inside = "".join(self._part(pen, part, _place_within(part, carrier)) for part in carried)
        return pen.group(_place_of(carrier), inside)

    def _part(self, pen: _Still | _Moving, part: StrEnum, place: Callable[[FigureFrame], PlacedPart]) -> str:
        shapes = self._body.drawing(part, self._palette) + self._warmth(part)
        return pen.group(place, shapes) if shapes else ""

    def _warmth(self, part: StrEnum) -> str:
        """The warm areas in a part: one for each muscle of the motion that is there."""
        warmth = ""
        for tint, kind in ((self._motion.tint, "warm"), (self._motion.other_tint, "otherwarm")):
            area = self._body.muscle(tint, part, self._palette) if tint else ""
            warmth += f'<g class="{kind}">{area}</g>' if area else ""
        return warmth

    def _marks(self) -> list[str]:
        if not self._motion.marks:
            return []
        from . import callouts

        at, warmest = 0.0, -1.0
        for key in self._motion.keys:
            if key.pose.get(Joint.GLOW, warmest) > warmest:
                at, warmest = key.at, key.pose[Joint.GLOW]
        moment = PlayableMotion(self._motion).at(at)
        return [self._inked(callouts.drawn(mark, moment, self._palette)) for mark in self._motion.marks]

    def _inset(self, pen: _Still | _Moving, room: Scene) -> str:
        """A close-up of a foot or of the head, in a round picture."""
        if self._motion.inset is None:
            return ""
        parts = side_body.HEAD_CLOSE_UP if self._motion.inset is Inset.CHIN else side_body.FOOT_CLOSE_UP
        tied = parts[1]
        drawn = []
        is_warm = self._motion.tint in side_body.WARM_IN_CLOSE_UP
        for part in parts:

            def beside(moment: FigureFrame, part: StrEnum = part) -> PlacedPart:
                at, middle = moment.parts[part], moment.parts[tied]
                return at._replace(x=at.x - middle.x, y=at.y - middle.y)

            shapes = side_body.stub(part, self._palette) + (self._warmth(part) if is_warm else "")
            drawn.append(pen.group(beside, shapes))
        middle = self._first.parts[tied]
        dx, dy = (24, -14) if self._motion.inset is Inset.CHIN else (12, -26)
        return self._inked(room.close_up("".join(drawn), middle.x + dx, middle.y + dy))

    def _shadows(self, pen: _Still | _Moving) -> list[str]:
        """A soft patch under each foot; it shrinks as the foot leaves the floor. In black and white, none."""
        if self._in_lines:
            return []
        rx, ry = self._body.SHADOW
        patch = f'<ellipse rx="{rx}" ry="{ry}" fill="url(#shade)"/>'
        return [pen.group(_place_of(part), patch) for part in self._body.SHADOWS]


def _layers(pieces: Iterable[str]) -> list[list[str]]:
    """The pieces in layers, as `layers_of` has them. Few still pieces between others stay with those that move."""
    layers: list[list[str]] = [[]]
    for is_still, run in groupby(pieces, _is_still):
        found = list(run)
        shapes = sum(len(_SHAPE.findall(piece)) for piece in found)
        apart = is_still and (len(layers) == 1 or shapes >= _LEAST_SHAPES)
        if apart is not bool(len(layers) % 2):
            layers.append([])
        layers[-1] += found
    return layers if len(layers) > 1 else [*layers, []]


def _is_still(piece: str) -> bool:
    """Whether nothing in it moves, and nothing fades: what fades has a class."""
    return "<animate" not in piece and " class=" not in piece


def _place_of(part: StrEnum) -> Callable[[FigureFrame], PlacedPart]:
    return lambda moment: moment.parts[part]


def _place_within(part: StrEnum, carrier: StrEnum) -> Callable[[FigureFrame], PlacedPart]:
    def place(moment: FigureFrame) -> PlacedPart:
        at, by = moment.parts[part], moment.parts[carrier]
        a, dx, dy = math.radians(by.turn), at.x - by.x, at.y - by.y
        cos, sin = math.cos(a), math.sin(a)
        # Rounded as in the output, so that a part that keeps its place within the carrier counts as still.
        x, y = round(dx * cos + dy * sin, 2), round(dy * cos - dx * sin, 2)
        return PlacedPart(x, y, round(at.turn - by.turn, 2), at.wide, at.tall)

    return place
