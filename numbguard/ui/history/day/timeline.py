"""The line of a day in the history window: with a legend of the shapes, and read mark by mark.

The history window's ``DayPane`` creates it, on the GUI thread. The arrow keys or the pointer move from mark to mark,
and each mark is announced in words; Enter or a click on an episode asks for that episode.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from numbguard.core.log.records.sitting import Outcome
from numbguard.store.log.queries.history import DayLog
from numbguard.ui.day_line.line import BAND, DayLine
from numbguard.ui.day_line.marks import OUTCOME_NAMES, DayMarkKind
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import N_, _

_NAMES = {
    DayMarkKind.SITTING: N_("sitting"),
    DayMarkKind.PAUSED: N_("sitting, with pauses"),
    DayMarkKind.AWAY: N_("away or standing"),
    DayMarkKind.EPISODE: N_("numbness"),
}


class DayTimeline(DayLine):
    episode_wanted = Signal(str)
    pointed = Signal(str)
    """The current mark in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_day(self, log: DayLog | None, today: date, *, now: float | None = None) -> None:
        super().show_day(log, today, now=now)
        self._at = None
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 30), round(self._meanings()[1]))

    # --- the legend and the mark with the focus -----------------------------------------------------------------------

    def _draw_more(self, painter: QPainter) -> None:
        if self._at is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.text), 2))
            painter.drawRoundedRect(self._box(self._marks[self._at]).adjusted(-3, -3, 3, 3), 4, 4)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        self._draw_meanings(painter)

    def _meanings(self) -> tuple[list[tuple[DayMarkKind, Outcome | None, str, QPointF]], float]:
        """The legend: each shape on this line with its name and position, and the legend's lower edge in pixels."""
        unit, letters = theme.unit(), QFontMetricsF(self._font)
        shapes: dict[tuple[DayMarkKind, Outcome | None], str] = {}
        for mark in sorted(self._marks, key=lambda one: list(DayMarkKind).index(one.kind)):
            outcome = mark.outcome if mark.kind is DayMarkKind.BREAK else None
            shapes[mark.kind, outcome] = _(OUTCOME_NAMES[outcome]) if outcome else _(_NAMES[mark.kind])
        # Before the first layout the widget still has Qt's narrow default width.
        room = max(self.width(), unit * 30) - unit * 0.5
        found, x, y = [], unit * 0.7, unit * BAND
        for (kind, outcome), name in shapes.items():
            wide = letters.horizontalAdvance(name) + unit * 1.2
            if x + wide > room and x > unit:
                x, y = unit * 0.7, y + unit * 1.05
            found.append((kind, outcome, name, QPointF(x, y)))
            x += wide + unit
        return found, y + unit * 1.05

    def _fit(self) -> None:
        """Make the widget as high as the line and the legend below it."""
        high = round(self._meanings()[1])
        if high != self.minimumHeight():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw_meanings(self, painter: QPainter) -> None:
        c, unit = self._colours, theme.unit()
        for kind, outcome, name, at in self._meanings()[0]:
            y = at.y()
            size = unit * (0.8 if kind in (DayMarkKind.BREAK, DayMarkKind.EPISODE) else 1.0)
            high = unit * (0.8 if kind in (DayMarkKind.BREAK, DayMarkKind.EPISODE) else 0.5)
            shape = QRectF(at.x(), y + (unit * 0.8 - high) / 2, size, high)
            text = QRectF(at.x() + unit * 1.2, y, self.width(), unit * 0.8)
            side = Qt.AlignmentFlag.AlignLeft
            if self.isRightToLeft():
                shape.moveRight(self.width() - shape.left())
                text.moveRight(self.width() - text.left())
                side = Qt.AlignmentFlag.AlignRight
            self._draw(painter, kind, shape, outcome)
            painter.setPen(QColor(c.quiet))
            flags = Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute
            painter.drawText(text, flags, name)

    # --- pointer and keyboard -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        found = self._under(event.position())
        if found is not None:
            self._go_to(found)
            if self._marks[found].kind is DayMarkKind.EPISODE:
                self.episode_wanted.emit(self._marks[found].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        later = -1 if self.isRightToLeft() else 1
        keys = {Qt.Key.Key_Right: later, Qt.Key.Key_Left: -later}
        if event.key() in keys and self._marks:
            step = keys[Qt.Key(event.key())]
            first = 0 if step > 0 else len(self._marks) - 1
            self._go_to(first if self._at is None else min(max(self._at + step, 0), len(self._marks) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None and self._marks[self._at].id:
            self.episode_wanted.emit(self._marks[self._at].id)
        else:
            super().keyPressEvent(event)

    def _go_to(self, number: int) -> None:
        self._at = number
        words = self._marks[number].words
        self.pointed.emit(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.update()
