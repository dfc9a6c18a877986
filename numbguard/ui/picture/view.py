"""Shows one picture, moving or not.

Part of the card, the relief window and the posture check, on the GUI thread; the one timer of the card or the relief
window drives it through ``advance``.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.core.cards.picture_rules import OwnPicture
from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.scene import ROUND, WIDTH
from numbguard.ui.widgets import theme

from .player import FRAMES_A_SECOND, PicturePlayer, SvgPlayer, player_of

__all__ = ["FRAMES_A_SECOND", "PictureView"]

_RADIUS = 14.0
_MAX_CUT = 1.07


class PictureView(QWidget):
    def __init__(self, parent: QWidget, *, painted: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._player: PicturePlayer | None = None
        self._painted = painted
        self._colours = theme.current()
        self._ground = self._colours.surface
        self._began: float | None = None
        self._played_s = 0.0
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
        self.update()

    def show_picture(self, svg: str, *, ground: str) -> None:
        """Show a picture from its beginning; ``ground`` is its background colour, which fills the panel around it."""
        self._put_up(SvgPlayer(svg.encode()), ground)

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
        self._player = None
        self.update()

    def _put_up(self, player: PicturePlayer, ground: str) -> None:
        self._player = player
        self._ground = ground
        self._played_s = 0.0
        self._began = None
        self.update()

    def pause(self) -> None:
        """Hold the figure where it is until the next ``advance``."""
        if self._began is not None:
            self._played_s += perf_counter() - self._began
            self._began = None

    def advance(self) -> None:
        now = perf_counter()
        if self._began is None:
            self._began = now
        if self._player is not None and self._player.play_to(self._played_s + now - self._began):
            self.update()

    def release(self) -> None:
        """Release the memory of the picture without waiting for the window to be destroyed."""
        self._player = None
        self._painted = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # One pixel beyond the edge: on a screen with a fractional scale, part of the border would keep its old colour.
        painter.fillRect(event.rect().adjusted(-1, -1, 1, 1), QColor(self._colours.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        panel = QRectF(self.rect())
        player = self._player
        if player is None or player.size().isEmpty():
            painter.drawRoundedRect(panel, _RADIUS, _RADIUS)
            return
        place = _placed(player.size(), panel)
        panel = panel.intersected(place)
        # The same corners as the picture's own, so that neither shows inside the other.
        radius = place.width() * ROUND / WIDTH
        painter.drawRoundedRect(panel, radius, radius)
        outline = QPainterPath()
        outline.addRoundedRect(panel, radius, radius)
        painter.setClipPath(outline)
        player.paint(painter, place)
        if self._painted is not None:
            painter.end()
            painted, self._painted = self._painted, None
            painted()


def _placed(picture: QSizeF, panel: QRectF) -> QRectF:
    """As large as fits, in the middle of the panel; a sliver may be cut off if the picture then fills the panel."""
    inside = picture.scaled(panel.size(), Qt.AspectRatioMode.KeepAspectRatio)
    filling = picture.scaled(panel.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    size = filling if filling.width() <= inside.width() * _MAX_CUT else inside
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(panel.center())
    return place
