"""Weeks and months at a glance: a column for each week, a row for each day of the week, darker and fuller for more.

The day pane shows it in place of the day's line, on the GUI thread. The squares grow as they darken, so that colour is
not needed to read them. As many weeks are shown as fit; the arrow keys move further back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.store.log.queries.history import DayTotals
from numbguard.ui.widgets import theme
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _

from .day_grid import DayGrid, week_start, weekdays


class DayMeasure(Enum):
    """What the squares show."""

    SITTING = "sitting"
    BREAKS = "breaks"
    EPISODES = "episodes"


MEASURE_NAMES = {
    DayMeasure.SITTING: N_("Sitting"),
    DayMeasure.BREAKS: N_("Breaks"),
    DayMeasure.EPISODES: N_("Episodes"),
}
_STEPS = {
    DayMeasure.SITTING: (1.0, 2 * 3600.0, 4 * 3600.0, 6 * 3600.0),
    DayMeasure.BREAKS: (1, 3, 5, 8),
    DayMeasure.EPISODES: (1, 2, 3, 5),
}
"""The least amount (seconds of sitting, or a number) of each of the four shades."""
_CELL, _TOP = 0.95, 1.25
"""The side of a day and the height of the months' names, in heights of a line of text."""
_ONE_YEAR = 53
"""The most weeks shown."""


class HeatMap(DayGrid):
    """``read`` returns the sums of the days asked for."""

    along, across = 7, 1

    def __init__(self, parent: QWidget, read: Callable[[date, date], dict[date, DayTotals]]) -> None:
        super().__init__(parent)
        self._read = read
        self._measure = DayMeasure.SITTING
        self._last_week = date.min
        self._font = theme.font(0.85)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())

    def show_measure(self, measure: DayMeasure) -> None:
        self._measure = measure
        self.setAccessibleName(_("{measure} by week").format(measure=_(MEASURE_NAMES[measure])))
        self.update()

    def show_day(self, day: date, today: date) -> None:
        """Mark the chosen day, with the weeks up to today in view, or those up to the day if it is further back."""
        self.today, self.chosen, self.cursor_day = today, day, min(day, today)
        self._last_week = week_start(today)
        self.bring_into_view(self.cursor_day)
        self._fetch()

    def bring_into_view(self, day: date) -> None:
        first, last = self.days()
        if day < first:
            self._last_week -= timedelta(days=7 * (-(-(first - day).days // 7)))
        elif day > last:
            self._last_week = week_start(day)
        else:
            return
        self._fetch()

    def _fetch(self) -> None:
        self.totals = self._read(*self.days())
        self.setAccessibleDescription(self.say(self.cursor_day))
        self.update()

    # --- geometry -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(unit * 30), round(unit * (_TOP + 7 * _CELL + 1.7)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._last_week != date.min:
            self._fetch()

    def _edge(self) -> float:
        """The width of the names of the weekdays."""
        letters = QFontMetricsF(self._font)
        return max(letters.horizontalAdvance(formats.short_weekday(day)) for day in range(7)) + theme.unit() * 1.1

    def _weeks(self) -> int:
        room = self.width() - self._edge() - theme.unit() * 0.6
        return max(1, min(_ONE_YEAR, int(room / (_CELL * theme.unit()))))

    def days(self) -> tuple[date, date]:
        first = self._last_week - timedelta(days=7 * (self._weeks() - 1))
        return first, self._last_week + timedelta(days=6)

    def box(self, day: date) -> QRectF | None:
        first, last = self.days()
        if not first <= day <= last:
            return None
        week, row = divmod((day - first).days, 7)
        side = _CELL * theme.unit()
        left = self._edge() + week * side
        if self.isRightToLeft():
            left = self.width() - left - side
        return QRectF(left, (_TOP + row * _CELL) * theme.unit(), side, side)

    # --- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        c = self.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._draw_names(painter)
        day, last = self.days()
        while day <= min(last, self.today):
            box = self.box(day)
            if box is not None:
                self._draw_cell(painter, box, self._shade(day))
                self._mark(painter, box, day)
            day += timedelta(days=1)
        self._draw_legend(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _shade(self, day: date) -> int:
        """How much there was, from 0 (nothing) to 4."""
        totals = self.totals.get(day, DayTotals())
        amount = {
            DayMeasure.SITTING: totals.seated_s,
            DayMeasure.BREAKS: totals.breaks,
            DayMeasure.EPISODES: totals.episodes,
        }[self._measure]
        return sum(amount >= least for least in _STEPS[self._measure])

    def _draw_cell(self, painter: QPainter, box: QRectF, shade: int) -> None:
        c = self.colours
        full = c.warm_text if self._measure is DayMeasure.EPISODES else c.accent
        painter.setPen(Qt.PenStyle.NoPen)
        if not c.high_contrast:
            painter.setBrush(QColor(c.track))
            gap = box.width() * 0.08
            painter.drawRoundedRect(box.adjusted(gap, gap, -gap, -gap), 2, 2)
        if shade or c.high_contrast:  # a day without anything is a dot there, where its square would be too loud
            side = max(2.0, box.width() * (0.14, 0.3, 0.5, 0.68, 0.84)[shade])
            square = QRectF(0, 0, side, side)
            square.moveCenter(box.center())
            painter.setBrush(QColor(full))
            painter.drawRoundedRect(square, 2, 2)

    def _mark(self, painter: QPainter, box: QRectF, day: date) -> None:
        """Outline the chosen day, and the cursor while the keyboard is here."""
        cursor = day == self.cursor_day and self.hasFocus()
        if day == self.chosen or cursor:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.colours.text), theme.stroke(2 if cursor else 1.4)))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _draw_names(self, painter: QPainter) -> None:
        c, unit = self.colours, theme.unit()
        letters = QFontMetricsF(self._font)
        painter.setPen(QColor(c.quiet))
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute
        for row, weekday in enumerate(weekdays()):
            if row % 2 == 0:
                box = QRectF(unit * 0.6, (_TOP + row * _CELL) * unit, self.width() - unit * 1.2, _CELL * unit)
                painter.drawText(box, flags, formats.short_weekday(weekday))
        first, last = self.days()
        free = 0.0
        """The distance from the first edge up to which a month's name is drawn already."""
        week = first
        while week <= last:
            box_of_week = self.box(week)
            ends = week + timedelta(days=6)
            if box_of_week is not None and (ends.day <= 7 or (week == first and week.day <= 14)):
                name = formats.short_month(ends if week != first else week)
                wide = letters.horizontalAdvance(name)
                from_edge = self.width() - box_of_week.right() if self.isRightToLeft() else box_of_week.left()
                if from_edge >= free and from_edge + wide <= self.width() - unit * 0.4:
                    left = box_of_week.right() - wide if self.isRightToLeft() else box_of_week.left()
                    painter.drawText(
                        QRectF(left, unit * 0.2, wide + 2, unit), Qt.AlignmentFlag.AlignVCenter.value, name
                    )
                    free = from_edge + wide + unit * 0.6
            week += timedelta(days=7)

    def _draw_legend(self, painter: QPainter) -> None:
        """Less, the shades, more; at the foot."""
        unit, letters = theme.unit(), QFontMetricsF(self._font)
        y = (_TOP + 7 * _CELL + 0.35) * unit
        x = self._edge()
        for part in (_("Less"), 0, 1, 2, 3, 4, _("More")):
            wide = letters.horizontalAdvance(part) if isinstance(part, str) else _CELL * unit
            left = self.width() - x - wide if self.isRightToLeft() else x
            box = QRectF(left, y, wide, _CELL * unit)
            if isinstance(part, str):
                painter.setPen(QColor(self.colours.quiet))
                painter.drawText(box.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, part)
            else:
                self._draw_cell(painter, box, part)
            x += wide + unit * (0.4 if isinstance(part, str) else 0.1)
