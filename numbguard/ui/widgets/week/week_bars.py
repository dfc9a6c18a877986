"""A week that is over in one picture: a bar of the breaks taken each day, and a diamond below a day with numbness.

The panel creates it, and ``week_picture`` draws the same for a notification, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.core.log.break_days import LastWeek

from .. import theme


class WeekBars(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._week: LastWeek | None = None
        self._colours = theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_week(self, week: LastWeek, said: str) -> None:
        """``said``: the same in words."""
        self._week = week
        self.setAccessibleName(said)
        self.update()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 5.4), round(theme.unit() * 2.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._week is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_week(painter, QRectF(self.rect()), self._week, self._colours, mirrored=self.isRightToLeft())
            painter.end()


def paint_week(painter: QPainter, within: QRectF, week: LastWeek, colours: theme.Palette, *, mirrored: bool) -> None:
    """Draw the seven days, Monday first; a day without a break taken has a short base line."""
    step, most = within.width() / 7, max(day.taken for day in week.days)
    wide, half = step * 0.56, step * 0.26
    floor = within.bottom() - 2 * half - step * 0.16
    painter.setPen(Qt.PenStyle.NoPen)
    for number, day in enumerate(week.days):
        place = 6 - number if mirrored else number
        middle = within.left() + (place + 0.5) * step
        high = max(theme.stroke(1.5), (floor - within.top()) * day.taken / most)
        painter.setBrush(QColor(colours.accent if day.taken or colours.high_contrast else colours.track))
        painter.drawRoundedRect(QRectF(middle - wide / 2, floor - high, wide, high), wide * 0.2, wide * 0.2)
        if day.episodes:
            painter.setBrush(QColor(colours.warm_text))
            low = within.bottom() - half
            corners = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
            painter.drawPolygon(QPolygonF([QPointF(middle + x, low + y) for x, y in corners]))
