"""Plays what a picture view shows: an SVG, or a bitmap of the person's own. On the GUI thread.

Neither player runs a timer: the view says how far to play. Only the current frame of a moving bitmap is kept decoded.
This module imports QtSvg, so only a window with a picture loads it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import inf
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QPaintDevice, QPainter, QPixmap, QRegion
from PySide6.QtSvg import QSvgRenderer

from numbguard.core.cards.picture_rules import OwnPicture, PictureKind
from numbguard.figure.scene import FRAMES_A_SECOND

if TYPE_CHECKING:
    from numbguard.figure.extent import Extent
    from numbguard.figure.svg import Marks

_LARGEST: Final = 1600
"""Pixels along the longer side of a still; more would not be visible on a card."""
_SHORTEST_S: Final = 0.02
_DEFAULT_FRAME_S: Final = 0.1
"""Duration of a frame that asks for less than ``_SHORTEST_S``, as in browsers."""
_MAX_BEHIND_S: Final = 1.0
_SAMPLED_FRAMES: Final = 6
"""Frames of an animation that are sampled to estimate its drawing time."""
_SLOWEST_FRAME_S: Final = 0.3
"""After a frame that took longer than this in spite of the estimate, the animation stops."""
_WAIT_FACTOR: Final = 3.0
"""The next frame waits this many times as long as drawing the last one took."""


class PicturePlayer(Protocol):
    def size(self) -> QSizeF:
        """Its own size; empty if it cannot be drawn."""

    def play_to(self, seconds: float) -> bool:
        """Play on to this time since it was first shown; whether it looks different now."""

    def rests_for(self, seconds: float) -> float:
        """How many seconds after this time since it was first shown it looks different next; 0 if with the next frame,
        infinite if never."""

    def has_room(self) -> bool:
        """Whether part of the picture never moves, and has to be painted first, by ``paint_room``."""

    def paint_room(self, painter: QPainter, place: QRectF) -> None: ...

    def changing_in(self, place: QRectF) -> QRectF:
        """The part of the place outside of which nothing changes, once the room is painted."""

    def paint(self, painter: QPainter, place: QRectF) -> None: ...


def player_of(picture: OwnPicture) -> PicturePlayer:
    """A player for a picture of the person's own. It refuses, with an empty size, an SVG that is too slow to draw."""
    if picture.kind is PictureKind.SVG:
        player = SvgPlayer(picture.data)
        player.refuse_if_slow()
        return player
    return RasterPlayer(picture)


class SvgPlayer:
    def __init__(
        self,
        svg: bytes,
        *,
        room: bytes = b"",
        over: Sequence[bytes] = (),
        marks: Marks | None = None,
        frames: Sequence[int] = (),
        area: Extent | None = None,
    ) -> None:
        """``room``: an SVG of what is under the picture and never moves. ``over``: what is over it, alternately an SVG
        that never moves and one that does. ``marks``: what is over all that and only fades. ``frames``: those of one
        loop to draw, as ``noticed_frames_in`` gives them; empty for all. ``area``: the part of the SVG, in its units,
        outside of which nothing in it or over it moves; all of it by default."""
        self._room = room
        self._still_over, self._moving_over = over[::2], [_renderer_of(each) for each in over[1::2]]
        self._cut_out: list[tuple[QPointF, QPixmap]] = []
        """The pictures of ``_still_over``, in the size of the room."""
        self._marks = marks
        self._cut_out_marks: tuple[QPointF, QPixmap] | None = None
        self._noticed = frames
        self._area = area
        renderer = self._renderer = _renderer_of(svg)
        self._moves = renderer.isValid() and renderer.animated()
        self._frame = 0
        self._paints_s = 0.0
        self._still: QPixmap | None = None
        self._is_slow = False

    def refuse_if_slow(self) -> None:
        """Treat the picture as one that cannot be drawn if drawing it would keep a click waiting."""
        from .svg_cost import MAX_DRAWING_S, seconds_to_draw

        largest = self.size().scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio).toSize()
        for look in range(_SAMPLED_FRAMES if self._moves else 1):
            if self._moves:
                self._renderer.setCurrentFrame(look * self._frames() // _SAMPLED_FRAMES)
            if seconds_to_draw(self._renderer, largest) > MAX_DRAWING_S:
                self._is_slow = True
                return

    def _frames(self) -> int:
        return max(1, self._renderer.animationDuration() * FRAMES_A_SECOND // 1000)

    def size(self) -> QSizeF:
        drawn = self._renderer.isValid() and not self._is_slow
        return QSizeF(self._renderer.defaultSize()) if drawn else QSizeF()

    def play_to(self, seconds: float) -> bool:
        frame = self._latest_noticed(round(seconds * FRAMES_A_SECOND))
        # A picture that is slow to draw shows fewer frames, so that the window can respond in between.
        apart = max(1.0, _WAIT_FACTOR * self._paints_s * FRAMES_A_SECOND)
        if not self._moves or 0 <= frame - self._frame < apart:
            return False
        self._frame = frame
        return True

    def rests_for(self, seconds: float) -> float:
        if not self._moves:
            return inf
        if not self._noticed:
            return 0.0
        loop, at = divmod(round(seconds * FRAMES_A_SECOND), self._noticed[-1])
        following = self._noticed[bisect_right(self._noticed, at)]
        return (loop * self._noticed[-1] + following) / FRAMES_A_SECOND - seconds

    def _latest_noticed(self, frame: int) -> int:
        """The last frame up to this one that looks different from the one before it."""
        if not self._noticed:
            return frame
        loop, at = divmod(frame, self._noticed[-1])
        return loop * self._noticed[-1] + self._noticed[bisect_right(self._noticed, at) - 1]

    def has_room(self) -> bool:
        return bool(self._room)

    def paint_room(self, painter: QPainter, place: QRectF) -> None:
        QSvgRenderer(QByteArray(self._room)).render(painter, place)
        self._cut_out = [_cut_out(each, place, painter.device()) for each in self._still_over]
        if self._marks is not None:
            self._cut_out_marks = _cut_out(self._marks.svg.encode(), place, painter.device())

    def changing_in(self, place: QRectF) -> QRectF:
        if self._area is None:
            return place
        left, top, right, bottom = self._area
        scale = place.width() / self._renderer.defaultSize().width()
        changing = QRectF(
            place.x() + scale * left, place.y() + scale * top, scale * (right - left), scale * (bottom - top)
        )
        if self._cut_out_marks is not None:
            at, marks = self._cut_out_marks
            changing |= QRectF(at, marks.deviceIndependentSize())
        return changing & place

    def paint(self, painter: QPainter, place: QRectF) -> None:
        if self._moves:
            began, spent = perf_counter(), thread_time()
            self._renderer.setCurrentFrame(self._frame)
            self._renderer.render(painter, place)
            for index, (at, still) in enumerate(self._cut_out):
                painter.drawPixmap(at, still)
                if index < len(self._moving_over):
                    self._moving_over[index].setCurrentFrame(self._frame)
                    self._moving_over[index].render(painter, place)
            if self._cut_out_marks is not None:
                painter.setOpacity(self._opacity_of_marks())
                painter.drawPixmap(*self._cut_out_marks)
            self._paints_s = perf_counter() - began
            # Its own time: a moment in which the machine had other work says nothing of the picture.
            self._moves = thread_time() - spent < _SLOWEST_FRAME_S
            return
        scale = painter.device().devicePixelRatio()
        size = (place.size() * scale).toSize().expandedTo(QSize(1, 1))
        if max(size.width(), size.height()) > _LARGEST:
            size = size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        if self._still is None or self._still.size() != size:
            still = QPixmap(size)
            still.fill(Qt.GlobalColor.transparent)
            brush = QPainter(still)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._renderer.render(brush)
            brush.end()
            self._still = still
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._still, QRectF(self._still.rect()))

    def _opacity_of_marks(self) -> float:
        assert self._marks is not None
        fades = self._marks.fades
        share = self._frame * 1000 / FRAMES_A_SECOND / self._renderer.animationDuration() % 1
        following = min(bisect_right(fades, (share, inf)), len(fades) - 1)
        (since, before), (until, after) = fades[following - 1], fades[following]
        return before + (after - before) * (share - since) / (until - since)


def _renderer_of(svg: bytes) -> QSvgRenderer:
    renderer = QSvgRenderer()
    # Frames are counted at this rate, but Qt must run no timer of its own: it would go on while nobody can see it.
    renderer.setFramesPerSecond(FRAMES_A_SECOND)
    renderer.setAnimationEnabled(False)
    renderer.load(QByteArray(svg))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


def _cut_out(svg: bytes, place: QRectF, room: QPaintDevice) -> tuple[QPointF, QPixmap]:
    """The part of a layer in which something is drawn, and where in the room it is."""
    scale = room.devicePixelRatio()
    whole = QPixmap(QSize(room.width(), room.height()))
    whole.setDevicePixelRatio(scale)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg)).render(painter, place)
    painter.end()
    drawn = QRegion(whole.mask()).boundingRect()
    return QPointF(drawn.topLeft()) / scale, whole.copy(drawn)


class RasterPlayer:
    """A PNG, GIF or WebP; one with several frames plays for ever."""

    def __init__(self, picture: OwnPicture) -> None:
        self._data = QByteArray(picture.data)
        self._kind = QByteArray(picture.kind.encode())
        self._moves = picture.frames > 1
        self._buffer = QBuffer()
        self._reader = self._new_reader()
        if not self._moves:
            size = QSize(picture.width, picture.height)
            if max(picture.width, picture.height) > _LARGEST:
                self._reader.setScaledSize(
                    size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
                )
        self._frame = self._reader.read()
        self._until_s = self._frame_duration_s()

    def size(self) -> QSizeF:
        return QSizeF(self._frame.size()) if not self._frame.isNull() else QSizeF()

    def play_to(self, seconds: float) -> bool:
        if not self._moves or seconds < self._until_s:
            return False
        frame = self._next()
        if frame.isNull():  # a truncated file: the frame on screen stays
            self._moves = False
            return False
        self._frame = frame
        # The picture was out of sight, or the machine was slow: go on from here and do not catch up on every frame.
        self._until_s = max(self._until_s, seconds - _MAX_BEHIND_S) + self._frame_duration_s()
        return True

    def rests_for(self, seconds: float) -> float:
        return max(0.0, self._until_s - seconds) if self._moves else inf

    def has_room(self) -> bool:
        return False

    def paint_room(self, painter: QPainter, place: QRectF) -> None:
        pass

    def changing_in(self, place: QRectF) -> QRectF:
        return place

    def paint(self, painter: QPainter, place: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._frame)

    def _new_reader(self) -> QImageReader:
        buffer = QBuffer()
        buffer.setData(self._data)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._buffer = buffer
        return QImageReader(buffer, self._kind)

    def _next(self) -> QImage:
        frame = self._reader.read()
        if frame.isNull():
            self._reader = self._new_reader()
            frame = self._reader.read()
        return frame

    def _frame_duration_s(self) -> float:
        asked = self._reader.nextImageDelay() / 1000
        return asked if asked >= _SHORTEST_S else _DEFAULT_FRAME_S
