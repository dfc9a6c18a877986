"""Days as cells of a grid that the pointer and the arrow keys move over; a click or Enter asks for a day.

The month and the heat map of the history window are such grids. GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from numbguard.store.log.queries.history import DayTotals
from numbguard.ui.day_line.marks import totals_words
from numbguard.ui.widgets import theme
from numbguard.wording import formats
from numbguard.wording.log.episodes import long_day


class DayGrid(QWidget):
    day_wanted = Signal(object)
    """Carries the ``date`` that was clicked, or chosen with Enter."""
    pointed = Signal(str)
    """The day under the keyboard cursor in words."""
    along, across = 1, 7
    """The days that the arrow keys move: in the direction of reading, and down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = self.chosen = self.cursor_day = date.min
        self.totals: Mapping[date, DayTotals] = {}
        self.colours = theme.current()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def box(self, day: date) -> QRectF | None:
        """The cell of a day; ``None`` if it is not in view."""
        raise NotImplementedError

    def days(self) -> tuple[date, date]:
        """The first and the last day in view."""
        raise NotImplementedError

    def bring_into_view(self, day: date) -> None:
        """Change what is in view so that the day is in it."""
        raise NotImplementedError

    def apply_colours(self, colours: theme.Palette) -> None:
        self.colours = colours
        self.update()

    def say(self, day: date) -> str:
        """A day and its sums in words."""
        return f"{long_day(day, self.today)}: {totals_words(self.totals.get(day))}"

    def put_cursor(self, day: date) -> None:
        """Move the keyboard cursor to a day, and say it."""
        day = min(max(day, date(1970, 1, 1)), self.today)
        self.bring_into_view(day)
        self.cursor_day = day
        words = self.say(day)
        self.setAccessibleDescription(words)
        self.pointed.emit(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.update()

    def _under(self, at: QPointF) -> date | None:
        day, last = self.days()
        while day <= last:
            box = self.box(day)
            if box is not None and box.contains(at):
                return day if day <= self.today else None
            day += timedelta(days=1)
        return None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._under(QPointF(event.pos()))
            if day is not None:
                QToolTip.showText(event.globalPos(), self.say(day), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        day = self._under(event.position())
        if day is not None:
            self.put_cursor(day)
            self.day_wanted.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: on * self.along,
            Qt.Key.Key_Left: -on * self.along,
            Qt.Key.Key_Down: self.across,
            Qt.Key.Key_Up: -self.across,
            Qt.Key.Key_PageUp: -28,
            Qt.Key.Key_PageDown: 28,
        }
        if event.key() in steps:
            self.put_cursor(self.cursor_day + timedelta(days=steps[Qt.Key(event.key())]))
        elif event.key() == Qt.Key.Key_Home:
            self.put_cursor(self.today)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_wanted.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)


def weekdays() -> list[int]:
    """The days of the week in the person's order; 0 is Monday."""
    return [(formats.first_weekday() + number) % 7 for number in range(7)]


def week_start(day: date) -> date:
    """The first day of the week that contains ``day``."""
    return day - timedelta(days=(day.weekday() - formats.first_weekday()) % 7)
