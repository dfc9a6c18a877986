"""A picture of the end of a desktop's panel with NumbGuard's icon in it, and of the mouse button to press there.

The first-start window makes it, on the GUI thread. Nothing in it moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.ui.tray.icon import paint
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _
from numbguard.wording.now import IconFace

_WIDE, _HIGH = 15.0, 5.0
"""The size in heights of a line of text."""
_STEP = 9
"""How far the icon's ring is filled, of ``STEPS``."""


class TrayPicture(QWidget):
    def __init__(self, parent: QWidget, *, middle_click: bool) -> None:
        """``middle_click``: show the middle button of the mouse as pressed; otherwise the left one."""
        super().__init__(parent)
        self._middle_click = middle_click
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            _("Picture: NumbGuard's icon in the tray, and a mouse with its middle button marked")
            if middle_click
            else _("Picture: NumbGuard's icon in the tray")
        )

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(_WIDE * unit), round(_HIGH * unit))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        unit, colours = theme.unit(), theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        self._panel(painter, QRectF(1, unit * 1.4, unit * 9.6, unit * 2.2), colours, unit)
        mouse = QRectF(unit * 11.6, unit * 0.3, unit * 2.9, unit * 4.4)
        with _unmirrored(painter, mouse.center().x()):
            self._mouse(painter, mouse, colours)
        painter.end()

    def _panel(self, painter: QPainter, bar: QRectF, colours: theme.Palette, unit: float) -> None:
        painter.setPen(QPen(QColor(colours.line), 1.4))
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(bar, unit * 0.5, unit * 0.5)
        middle = bar.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.edge))
        for at in (1.3, 2.7):  # the icons of other programs
            painter.drawEllipse(QPointF(bar.left() + at * unit, middle), unit * 0.36, unit * 0.36)
        self._icon(painter, QPointF(bar.left() + 4.75 * unit, middle), colours, unit)
        painter.setBrush(QColor(colours.edge))
        clock = QRectF(bar.left() + 7.0 * unit, middle - unit * 0.18, unit * 1.7, unit * 0.36)
        painter.drawRoundedRect(clock, unit * 0.18, unit * 0.18)

    def _icon(self, painter: QPainter, middle: QPointF, colours: theme.Palette, unit: float) -> None:
        side = unit * 1.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.warm), max(1.6, unit * 0.13)))
        painter.drawEllipse(middle, unit * 1.28, unit * 1.28)
        picture = paint(round(side * self.devicePixelRatioF()), IconFace.SITTING, _STEP, dark=colours.dark)
        with _unmirrored(painter, middle.x()):
            painter.drawPixmap(
                QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), picture, QRectF(picture.rect())
            )
        painter.setPen(Qt.PenStyle.NoPen)

    def _mouse(self, painter: QPainter, body: QRectF, colours: theme.Palette) -> None:
        radius = body.width() / 2
        line = max(1.4, body.width() * 0.045)
        outline = QPainterPath()
        outline.addRoundedRect(body, radius, radius)
        painter.setPen(QPen(QColor(colours.edge), line))
        painter.setBrush(QColor(colours.surface))
        painter.drawPath(outline)
        below = body.top() + body.height() * 0.42
        if not self._middle_click:
            left = QPainterPath()
            left.addRect(QRectF(body.left(), body.top(), radius, below - body.top()))
            painter.fillPath(outline.intersected(left), QColor(colours.warm))
        painter.drawLine(QPointF(body.left(), below), QPointF(body.right(), below))
        painter.drawLine(QPointF(body.center().x(), body.top()), QPointF(body.center().x(), below))
        wheel = QRectF(0, 0, body.width() * 0.26, body.height() * 0.26)
        wheel.moveCenter(QPointF(body.center().x(), body.top() + body.height() * 0.22))
        pressed = colours.warm if self._middle_click else colours.surface
        painter.setBrush(QColor(pressed))
        painter.setPen(QPen(QColor(colours.warm if self._middle_click else colours.edge), line))
        painter.drawRoundedRect(wheel, wheel.width() / 2, wheel.width() / 2)


@contextmanager
def _unmirrored(painter: QPainter, x: float) -> Iterator[None]:
    """Draw something at ``x`` as it is: from right to left, only its place is mirrored."""
    painter.save()
    if painter.transform().m11() < 0:
        painter.translate(2 * x, 0)
        painter.scale(-1, 1)
    yield
    painter.restore()
