"""Shows one picture, moving or not.

Part of the card, the relief window and the posture check, on the GUI thread; the one timer of the card or the relief
window drives it through ``advance``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf
from time import perf_counter

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.core.cards.picture_rules import OwnPicture
from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.scene import FRAMES_A_SECOND, ROUND, WIDTH
from numbguard.ui.widgets import theme

from .player import PicturePlayer, SvgPlayer, player_of

__all__ = ["FRAMES_A_SECOND", "PictureView"]

_ANTIALIASING = QPainter.RenderHint.Antialiasing
_RADIUS = 14.0
_MAX_CUT = 1.07


@dataclass(frozen=True, slots=True)
class _Room:
    """What is painted once and not with every frame: the panel, and all in it that does not move."""

    picture: QPixmap
    scale: float
    """Device pixels of a pixel."""
    panel: QRectF
    """The part of the widget that shows the picture."""
    place: QRectF
    """Where the whole picture would be; its edges may be cut off."""
    changing: QRect
    """What has to be painted again for another frame."""


class PictureView(QWidget):
    def __init__(self, parent: QWidget, *, painted: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._player: PicturePlayer | None = None
        self._painted = painted
        self._colours = theme.current()
        self._ground = self._colours.surface
        self._began: float | None = None
        self._played_s = 0.0
        self._room: _Room | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 100)
        # The panel has round corners over the window's own background, and paints both itself.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    def height_for(self, width: int) -> int:
        """The height at which a picture fills this width."""
        hint = self.sizeHint()
        return round(width * hint.height() / hint.width())

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self._room = None
        self.update()

    def show_picture(self, svg: str, *, ground: str) -> None:
        """Show a picture from its beginning; ``ground`` is its background colour, which fills the panel around it."""
        from numbguard.figure import svg as document

        if self._colours.high_contrast:
            from numbguard.figure.line_drawing import for_screen

            svg = for_screen(svg, pixels=self.devicePixelRatioF())
        room, figure, *over = (layer.encode() for layer in document.layers_of(svg))
        marks, frames, area = document.marks_of(svg), document.noticed_frames_in(svg), document.changing_area_in(svg)
        self._put_up(SvgPlayer(figure, room=room, over=over, marks=marks, frames=frames, area=area), ground)

    def show_own_picture(self, picture: OwnPicture) -> bool:
        """Show a picture of the person's own, on a light background even in the dark scheme, because most are drawn in
        black. Returns whether it can be drawn."""
        player = player_of(picture)
        if player.size().isEmpty():
            self.show_nothing()
            return False
        self._put_up(player, palette_of(FigureTheme.LIGHT).backdrop)
        return True

    def show_nothing(self) -> None:
        self._player = self._room = None
        self.update()

    def _put_up(self, player: PicturePlayer, ground: str) -> None:
        self._player = player
        self._room = None
        self._ground = ground
        self._played_s = 0.0
        self._began = None
        self.update()

    def pause(self) -> None:
        """Hold the figure where it is until the next ``advance``."""
        if self._began is not None:
            self._played_s += perf_counter() - self._began
            self._began = None

    def advance(self) -> float:
        """Show the picture as it is now; returns in how many seconds it looks different next (infinite for never)."""
        now = perf_counter()
        if self._began is None:
            self._began = now
        player = self._player
        if player is None:
            return inf
        played_s = self._played_s + now - self._began
        if player.play_to(played_s):
            if self._room is None:
                self.update()
            else:
                self.update(self._room.changing)
        return player.rests_for(played_s)

    def release(self) -> None:
        """Release the memory of the picture without waiting for the window to be destroyed."""
        self._player = self._room = self._painted = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        player, room = self._player, self._room
        if player is None or (room is None and player.size().isEmpty()):
            self._paint_panel(painter, event.rect(), QRectF(self.rect()), _RADIUS)
            return
        if player.has_room():
            # For every frame: each question to Qt costs as much as some lines of Python, so as few as possible.
            if room is None or room.scale != self.devicePixelRatioF():
                room = self._room = self._painted_room(player)
            painter.drawPixmap(0, 0, room.picture)
            painter.setRenderHint(_ANTIALIASING)
            painter.setClipRect(room.panel)
            player.paint(painter, room.place)
        else:
            whole = QRectF(self.rect())
            place = _placed(player.size(), whole)
            panel = whole.intersected(place)
            self._paint_panel(painter, event.rect(), panel, _radius(place), clip=True)
            player.paint(painter, place)
            self._paint_edge(painter, panel, _radius(place))
        if self._painted is not None:
            painter.end()
            painted, self._painted = self._painted, None
            painted()

    def _painted_room(self, player: PicturePlayer) -> _Room:
        """The panel and what never moves in it."""
        scale = self.devicePixelRatioF()
        whole = QRectF(self.rect())
        place = _placed(player.size(), whole)
        # One pixel more than the widget has at any fractional scale.
        picture = QPixmap(ceil(self.width() * scale) + 1, ceil(self.height() * scale) + 1)
        picture.setDevicePixelRatio(scale)
        panel = whole.intersected(place)
        painter = QPainter(picture)
        self._paint_panel(painter, self.rect(), panel, _radius(place), clip=True)
        player.paint_room(painter, place)
        self._paint_edge(painter, panel, _radius(place))
        painter.end()
        # One pixel more, for edges that are blurred over two, and the outlines of high contrast.
        edge = 1 + (self._colours.outline if self._colours.high_contrast else 0)
        changing = player.changing_in(place).toAlignedRect().adjusted(-edge, -edge, edge, edge) & panel.toAlignedRect()
        return _Room(picture, scale, panel, place, changing)

    def _paint_edge(self, painter: QPainter, panel: QRectF, radius: float) -> None:
        """In high contrast, an outline around the panel: its background is that of the window."""
        if self._colours.high_contrast:
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.edge), self._colours.outline))
            painter.drawRoundedRect(panel.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_panel(
        self, painter: QPainter, changed: QRect, panel: QRectF, radius: float, *, clip: bool = False
    ) -> None:
        """Paint the window's background and the panel with its round corners on it; ``clip`` what follows to it."""
        # One pixel beyond the edge: on a screen with a fractional scale, part of the border would keep its old colour.
        painter.fillRect(changed.adjusted(-1, -1, 1, 1), QColor(self._colours.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(panel, radius, radius)
        if clip:
            outline = QPainterPath()
            outline.addRoundedRect(panel, radius, radius)
            painter.setClipPath(outline)


def _radius(place: QRectF) -> float:
    """The same corners as the picture's own, so that neither shows inside the other."""
    return place.width() * ROUND / WIDTH


def _placed(picture: QSizeF, panel: QRectF) -> QRectF:
    """As large as fits, in the middle of the panel; a sliver may be cut off if the picture then fills the panel."""
    inside = picture.scaled(panel.size(), Qt.AspectRatioMode.KeepAspectRatio)
    filling = picture.scaled(panel.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    size = filling if filling.width() <= inside.width() * _MAX_CUT else inside
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(panel.center())
    return place
