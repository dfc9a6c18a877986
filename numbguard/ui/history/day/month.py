"""A month with dots: the days with episodes at a glance, and a click to go to one; also a field to type a day.

The day pane opens it below its title, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.store.log.queries.history import DayTotals
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.screens import kept_within
from numbguard.wording import formats
from numbguard.wording.catalogue import _

from .day_grid import DayGrid, week_start, weekdays

_CELL = (2.6, 2.3)
"""The width and height of a day, in heights of a line of text."""
_MOST_DOTS = 3


class MonthGrid(DayGrid):
    turned = Signal()
    """Another month is in view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first = date.min.replace(day=1)
        self.setAccessibleName(_("Days of the month"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(7 * _CELL[0] * unit), round((6 * _CELL[1] + 1.4) * unit))

    def days(self) -> tuple[date, date]:
        start = week_start(self.first)
        return start, start + timedelta(days=41)

    def bring_into_view(self, day: date) -> None:
        if (day.year, day.month) != (self.first.year, self.first.month):
            self.first = day.replace(day=1)
            self.turned.emit()

    def box(self, day: date) -> QRectF | None:
        unit = theme.unit()
        place = (day - self.days()[0]).days
        if not 0 <= place < 42:
            return None
        column = 6 - place % 7 if self.isRightToLeft() else place % 7
        wide, high = _CELL[0] * unit, _CELL[1] * unit
        return QRectF(column * wide, 1.4 * unit + place // 7 * high, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, unit = self.colours, theme.unit()
        start, last = self.days()
        painter.setFont(theme.font(0.85))
        painter.setPen(QColor(c.quiet))
        for place, weekday in enumerate(weekdays()):
            box = self.box(start + timedelta(days=place))
            assert box is not None
            above = QRectF(box.left(), 0, box.width(), 1.3 * unit)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, formats.narrow_weekday(weekday))
        painter.setFont(theme.font())
        day = start
        while day <= last:
            self._draw_day(painter, day)
            day += timedelta(days=1)
        painter.end()

    def _draw_day(self, painter: QPainter, day: date) -> None:
        c, unit = self.colours, theme.unit()
        box = self.box(day)
        if box is None or day.month != self.first.month:
            return
        inner = box.adjusted(unit * 0.12, unit * 0.08, -unit * 0.12, -unit * 0.08)
        chosen = day == self.chosen
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(inner, 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == self.today and not chosen:
            painter.setPen(QPen(QColor(c.accent), 1.4))
            painter.drawRoundedRect(inner, 6, 6)
        if day == self.cursor_day and self.hasFocus():
            painter.setPen(QPen(QColor(c.text), 2))
            painter.drawRoundedRect(inner, 6, 6)
        painter.setPen(QColor(c.on_accent if chosen else c.text if day <= self.today else c.quiet))
        figures = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.72)
        painter.drawText(figures, Qt.AlignmentFlag.AlignCenter, formats.number(day.day))
        count = min(self.totals.get(day, DayTotals()).episodes, _MOST_DOTS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.on_accent if chosen else c.warm_text))
        for number in range(count):
            x = inner.center().x() + (number - (count - 1) / 2) * unit * 0.42
            painter.drawEllipse(QPointF(x, inner.bottom() - unit * 0.42), unit * 0.14, unit * 0.14)


class MonthPopup(QFrame):
    """The month, its name between two arrows, and a field below. ``read`` returns the sums of the days asked for."""

    day_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, *, read: Callable[[date, date], dict[date, DayTotals]], go: QWidget, legend: str
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._read = read
        self.setProperty("frame", "popup")
        self.setAccessibleName(_("Go to day"))
        unit = theme.unit()
        self._name = label_for(self, bold=True)
        self._name.setWordWrap(False)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.grid = MonthGrid(self)
        self.grid.turned.connect(self._turned)
        self.grid.day_wanted.connect(self._choose)
        head = QHBoxLayout()
        back, on = ("‹", -1, _("The month before")), ("›", 1, _("The month after"))
        for sign, step, name in (back, on):
            button = button_for(self, sign, partial(self._step, step), name=name, kind="step")
            button.setFixedSize(round(unit * 1.9), round(unit * 1.9))
            head.addWidget(button)
            if step < 0:
                head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        edge = round(unit * 0.7)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.4))
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addWidget(label_for(self, legend, role="quiet"))
        column.addWidget(go)
        go.setParent(self)
        theme.apply_theme(self, self.grid.apply_colours)

    def present(self, below: QWidget, *, day: date, today: date) -> None:
        """Show the month of ``day`` below a part of the window, on its screen."""
        grid = self.grid
        grid.today, grid.chosen = today, day
        grid.first = day.replace(day=1)
        self._turned()
        grid.cursor_day = min(day, today)
        self.adjustSize()
        left = below.width() - self.width() if self.isRightToLeft() else 0
        place = self.geometry()
        place.moveTopLeft(below.mapToGlobal(QPoint(left, below.height() + round(theme.unit() * 0.2))))
        self.move(kept_within(below.screen().availableGeometry(), place).topLeft())
        self.show()
        grid.setFocus()

    def _turned(self) -> None:
        grid = self.grid
        grid.totals = self._read(*grid.days())
        self._name.setText(formats.month(grid.first))
        grid.update()

    def _step(self, months: int) -> None:
        first = self.grid.first
        month = first.year * 12 + first.month - 1 + months
        self.grid.first = date(min(max(month // 12, 1970), 9998), month % 12 + 1, 1)
        self._turned()

    def _choose(self, day: date) -> None:
        self.hide()
        self.day_wanted.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
