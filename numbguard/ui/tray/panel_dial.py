"""The panel's dial: the minutes seated inside a ring that fills, or a large version of the tray icon.

The panel creates it and sets its values, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import pgettext
from numbguard.wording.now import IconFace

from . import icon

_RINGED = frozenset({IconFace.SITTING, IconFace.DUE, IconFace.QUIET, IconFace.PAUSED})

SIDE = 7.4
"""The width and height, in text lines."""


class PanelDial(QWidget):
    """The ring with the minutes seated; if nobody sits, a large version of the tray icon."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = round(theme.unit() * SIDE)
        self._colours = theme.current()
        self._shown = (IconFace.SITTING, 0.0, 0)
        self.setFixedSize(self._side, self._side)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def show_moment(self, face: IconFace, share: float, minutes: int, sentence: str) -> None:
        self.setAccessibleName(sentence)
        if (face, share, minutes) != self._shown:
            self._shown = (face, share, minutes)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        face, share, minutes = self._shown
        painter = QPainter(self)
        if face in _RINGED:
            due = share >= 1
            width = self._side * 0.085
            theme.paint_ring(painter, QRectF(self.rect()), share, self._colours, width=width, warm=due)
            self._figure(painter, minutes)
        else:
            ratio = self.devicePixelRatioF()
            colours = self._colours
            size = round(self._side * ratio)
            sign = icon.paint(size, face, 0, dark=colours.dark, in_lines=colours.high_contrast)
            sign.setDevicePixelRatio(ratio)
            painter.drawPixmap(0, 0, sign)
        painter.end()

    def _figure(self, painter: QPainter, minutes: int) -> None:
        figure, of = (
            (str(minutes), pgettext("below a number in the ring", "min"))
            if minutes < 60
            else (f"{minutes // 60}:{minutes % 60:02d}", pgettext("below a number in the ring", "h"))
        )
        middle = self._side * 0.56
        painter.setFont(theme.font(3.0 if len(figure) < 3 else 2.3, bold=True))
        painter.setPen(QColor(self._colours.text))
        across = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(0, 0, self._side, middle * 1.14), across | Qt.AlignmentFlag.AlignBottom, figure)
        painter.setFont(theme.font(1.0))
        painter.setPen(QColor(self._colours.quiet))
        painter.drawText(QRectF(0, middle * 1.06, self._side, middle), across | Qt.AlignmentFlag.AlignTop, of)
