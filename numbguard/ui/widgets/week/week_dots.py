"""The week's seven dots, from Monday on: a day kept is filled, today is a ring until then, every other day is small.

The panel and the page after a card create it, on the GUI thread. A day off and a day that was not kept look the same.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.core.log.break_days import BreakWeek, DotState
from numbguard.wording import formats
from numbguard.wording.log import break_days as words

from .. import theme


class WeekDots(QWidget):
    def __init__(self, parent: QWidget, *, scale: float = 1.0, letters: bool = False) -> None:
        """``scale``: the size of a dot in text lines. ``letters``: each dot has its weekday's letter below."""
        super().__init__(parent)
        self._dot = theme.unit() * scale
        self._letters = letters
        self._font = theme.font(0.75 * max(1.0, scale))
        self._week: BreakWeek | None = None
        self._colours = theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_week(self, week: BreakWeek) -> None:
        said = ". ".join(one for one in (words.dots(week), words.streak(week.streak)) if one)
        self.setAccessibleName(said)
        self.setToolTip(said)
        if week != self._week:
            self._week = week
            self.update()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        below = QFontMetricsF(self._font).height() + self._dot * 0.2 if self._letters else 0.0
        return QSize(round(self._step * 6 + self._dot + 2), round(self._dot + below + 2))

    @property
    def _step(self) -> float:
        return self._dot * 1.5

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._week is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        c, half = self._colours, self._dot / 2
        for day, dot in enumerate(self._week.dots):
            along = 1 + half + day * self._step
            middle = QPointF(self.width() - along if self.isRightToLeft() else along, 1 + half)
            self._draw(painter, middle, half, dot)
            if self._letters:
                painter.setPen(QColor(c.text if day == self._week.today else c.quiet))
                box = QRectF(middle.x() - self._step / 2, middle.y() + half * 1.4, self._step, self.height())
                across = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
                painter.drawText(box, across, formats.narrow_weekday(day))
        painter.end()

    def _draw(self, painter: QPainter, middle: QPointF, half: float, dot: DotState) -> None:
        c = self._colours
        if dot is DotState.KEPT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(middle, half, half)
        elif dot is DotState.OPEN:
            width = max(1.5, half * 0.3)
            painter.setPen(QPen(QColor(c.accent), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, half - width / 2, half - width / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.edge if dot is DotState.REST else c.line))
            painter.drawEllipse(middle, half * 0.45, half * 0.45)
