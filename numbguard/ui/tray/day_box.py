"""The panel's part about today: the day's line, live to now, its counts, the week's dots, and on Mondays last week.

The panel creates it and passes on what the log has, on the GUI thread.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.log.break_days import BreakDay, last_week, week
from numbguard.store.log.queries.break_days import TodayLog
from numbguard.ui.day_line.line import DayLine
from numbguard.ui.day_line.marks import seconds_of, with_present
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.week.week_bars import WeekBars
from numbguard.ui.widgets.week.week_dots import WeekDots
from numbguard.wording.catalogue import _, pgettext
from numbguard.wording.log import break_days as words

MONDAY = 0


class DayBox(QWidget):
    history_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._log: TodayLog | None = None
        unit = theme.unit()
        self._title = label_for(self, pgettext("heading of the day's figures", "Today"), bold=True)
        self._dots = WeekDots(self, scale=0.6)
        self._line = DayLine(self)
        self._line.setCursor(Qt.CursorShape.PointingHandCursor)
        self._counts = label_for(self, _(words.EMPTY_DAY), role="quiet")

        self._week = QFrame(self)
        self._week.setProperty("frame", "box")
        self._bars = WeekBars(self._week)
        self._said = label_for(self._week)
        row = QHBoxLayout(self._week)
        edge = round(unit * 0.6)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(round(unit * 0.8))
        row.addWidget(self._bars)
        row.addWidget(self._said, 1)
        self._week.hide()

        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(round(unit * 0.35))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._dots)
        rows.addWidget(self._week)
        rows.addSpacing(round(unit * 0.2))
        rows.addLayout(head)
        rows.addWidget(self._line)
        rows.addWidget(self._counts)

    def show_log(self, log: TodayLog | None) -> None:
        """Take what the log has of today; ``None`` where it cannot be read, and then nothing is shown."""
        self._log = log
        self.setVisible(log is not None)
        self._week.hide()
        if log is None:
            return
        today = log.day.day
        self._dots.show_week(week(log.days, today))
        told = last_week(log.days, today) if today.weekday() == MONDAY else None
        if told is not None:
            said = words.last_week(told)
            self._said.setText(said)
            self._bars.show_week(told, said)
            self._week.show()

    def is_of(self, today: date) -> bool:
        """Whether it has the figures of that day."""
        return self._log is not None and self._log.day.day == today

    def show_moment(self, now: Snapshot) -> None:
        """Bring the line and the counts up to the present moment."""
        at = now.at.wall.astimezone(now.at.local)
        if self._log is None or not self.is_of(at.date()):
            return
        log, day = with_present(self._log.day, now), self._log.days.get(at.date(), BreakDay())
        self._line.show_day(log, at.date(), now=seconds_of(at))
        sat = log.seated_s
        is_empty = sat < 60 and not (day.asked or day.episodes)
        self._counts.setText(_(words.EMPTY_DAY) if is_empty else words.today(day, sat))

    def apply_colours(self, colours: theme.Palette) -> None:
        for part in (self._dots, self._line, self._bars):
            part.apply_colours(colours)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the line opens the history, which has the same line to be read mark by mark."""
        if self._line.geometry().contains(event.position().toPoint()):
            self.history_wanted.emit()
        else:
            super().mousePressEvent(event)
