"""What a figure view shows: an SVG, or a picture of the person's own that is made of points. On the GUI thread.

Neither runs a timer: whoever shows one says how far it has played. Of a picture that moves only the frame that is on is
kept unpacked. QtSvg is imported with this module, so only an open card has it.
"""

from __future__ import annotations

from time import perf_counter
from typing import Final, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from numbguard.core.cards.picture_rules import OwnPicture, PictureKind

FRAMES_A_SECOND = 30
_LARGEST: Final = 1600
"""Points along the longer side of a still: more is not seen on a card."""
_SHORTEST_S: Final = 0.02
_HURRIED_S: Final = 0.1
"""What a frame lasts that asks for less than ``_SHORTEST_S``, as in browsers."""
_MOST_BEHIND_S: Final = 1.0
_LOOKS: Final = 6
"""At so many moments of one that moves it is reckoned how long it takes to draw."""
_FAR_TOO_LONG_S: Final = 0.3
"""A frame that took that long in spite of it is the last one."""
_REST: Final = 3.0
"""So many times as long as drawing a frame took, the next one waits."""


class PicturePlayer(Protocol):
    def size(self) -> QSizeF:
        """Its own size; empty where it cannot be drawn."""

    def play_to(self, seconds: float) -> bool:
        """Go on to this moment since it was put up; whether it looks different now."""

    def paint(self, painter: QPainter, place: QRectF) -> None: ...


def player_of(picture: OwnPicture) -> PicturePlayer:
    """A picture of the person's own, ready to be shown; an SVG that would hold everything up cannot be."""
    if picture.kind is PictureKind.SVG:
        player = SvgPlayer(picture.data)
        player.refuse_what_takes_long()
        return player
    return RasterPlayer(picture)


class SvgPlayer:
    def __init__(self, svg: bytes) -> None:
        renderer = QSvgRenderer()
        # Frames are counted at this rate, but Qt must run no timer of its own: it would go on while nobody looks.
        renderer.setFramesPerSecond(FRAMES_A_SECOND)
        renderer.setAnimationEnabled(False)
        renderer.load(QByteArray(svg))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._renderer = renderer
        self._moves = renderer.isValid() and renderer.animated()
        self._frame = 0
        self._paints_s = 0.0
        self._still: QPixmap | None = None
        self._takes_long = False

    def refuse_what_takes_long(self) -> None:
        """Make it one that cannot be drawn, where drawing it would keep a click waiting."""
        from .svg_cost import MOST_S, seconds_to_draw

        largest = self.size().scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio).toSize()
        for look in range(_LOOKS if self._moves else 1):
            if self._moves:
                self._renderer.setCurrentFrame(look * self._frames() // _LOOKS)
            if seconds_to_draw(self._renderer, largest) > MOST_S:
                self._takes_long = True
                return

    def _frames(self) -> int:
        return max(1, self._renderer.animationDuration() * FRAMES_A_SECOND // 1000)

    def size(self) -> QSizeF:
        drawn = self._renderer.isValid() and not self._takes_long
        return QSizeF(self._renderer.defaultSize()) if drawn else QSizeF()

    def play_to(self, seconds: float) -> bool:
        frame = round(seconds * FRAMES_A_SECOND)
        # Of a picture that is hard to draw fewer frames are shown: the window has to answer meanwhile.
        apart = max(1.0, _REST * self._paints_s * FRAMES_A_SECOND)
        if not self._moves or 0 <= frame - self._frame < apart:
            return False
        self._frame = frame
        return True

    def paint(self, painter: QPainter, place: QRectF) -> None:
        if self._moves:
            began = perf_counter()
            self._renderer.setCurrentFrame(self._frame)
            self._renderer.render(painter, place)
            self._paints_s = perf_counter() - began
            self._moves = self._paints_s < _FAR_TOO_LONG_S
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


class RasterPlayer:
    """A PNG, GIF or WebP; one with several frames plays for ever."""

    def __init__(self, picture: OwnPicture) -> None:
        self._data = QByteArray(picture.data)
        self._kind = QByteArray(picture.kind.encode())
        self._moves = picture.frames > 1
        self._buffer = QBuffer()
        self._reader = self._begun()
        if not self._moves:
            size = QSize(picture.width, picture.height)
            if max(picture.width, picture.height) > _LARGEST:
                self._reader.setScaledSize(
                    size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
                )
        self._frame = self._reader.read()
        self._until_s = self._lasts()

    def size(self) -> QSizeF:
        return QSizeF(self._frame.size()) if not self._frame.isNull() else QSizeF()

    def play_to(self, seconds: float) -> bool:
        if not self._moves or seconds < self._until_s:
            return False
        frame = self._next()
        if frame.isNull():  # broken off half-way: what can be seen stays
            self._moves = False
            return False
        self._frame = frame
        # Nobody looked for a while, or the machine was slow: go on from here, not through all that was missed.
        self._until_s = max(self._until_s, seconds - _MOST_BEHIND_S) + self._lasts()
        return True

    def paint(self, painter: QPainter, place: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._frame)

    def _begun(self) -> QImageReader:
        buffer = QBuffer()
        buffer.setData(self._data)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._buffer = buffer
        return QImageReader(buffer, self._kind)

    def _next(self) -> QImage:
        frame = self._reader.read()
        if frame.isNull():
            self._reader = self._begun()
            frame = self._reader.read()
        return frame

    def _lasts(self) -> float:
        asked = self._reader.nextImageDelay() / 1000
        return asked if asked >= _SHORTEST_S else _HURRIED_S
