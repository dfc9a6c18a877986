"""Draws one day on a time line: sitting, time away, breaks by outcome and episodes.

The panel creates it for today, and the history window's ``DayTimeline`` adds a legend and the keyboard; on the GUI
thread. Each kind of mark has its own shape, so the line can be read without colour, and its tool tip says it in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from numbguard.core.log.records.sitting import Outcome
from numbguard.store.log.queries.history import DayLog
from numbguard.ui.widgets import theme
from numbguard.wording import formats
from numbguard.wording.catalogue import _
from numbguard.wording.log.episodes import long_day

from .marks import DayMark, DayMarkKind, marks, span, summary

BAND = 4.25
"""The height of the line with its hours, in text lines."""


class DayLine(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks: list[DayMark] = []
        self._hours = (8, 18)
        self._now: float | None = None
        """The present moment, in seconds since midnight, where the day is today and is watched."""
        self._colours = theme.current()
        self._font = theme.font(0.85)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(theme.unit() * BAND))
        self.setAccessibleName(_("The day on a line"))

    def show_day(self, log: DayLog | None, today: date, *, now: float | None = None) -> None:
        """Draw a day, with a mark at the present moment if ``now`` has it, in seconds since midnight."""
        self._marks = marks(log) if log is not None else []
        self._hours = span(self._marks, now)
        self._now = now
        if log is not None:
            self.setAccessibleName(_("The day on a line, {day}").format(day=long_day(log.day, today)))
            words = [summary(log), *(mark.words for mark in self._marks[:60])]
            self.setAccessibleDescription(". ".join(words))
        self.update()

    def words(self) -> list[str]:
        """The marks on the line in words, in order of time."""
        return [mark.words for mark in self._marks]

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 20), self.height())

    # --- geometry -----------------------------------------------------------------------------------------------------

    def _x(self, seconds: float) -> float:
        """Where a time of the day is: from left to right, or from right to left where the layout is."""
        first, last = self._hours
        edge = theme.unit() * 1.2
        along = edge + (seconds / 3600 - first) / (last - first) * (self.width() - 2 * edge)
        return self.width() - along if self.isRightToLeft() else along

    def _line(self) -> QRectF:
        """The band in which sitting is drawn."""
        unit = theme.unit()
        return QRectF(0, unit * 1.45, self.width(), unit * 0.85)

    def _box(self, mark: DayMark) -> QRectF:
        """The rectangle in which a mark is drawn and reacts to the pointer."""
        unit, line = theme.unit(), self._line()
        starts, ends = self._x(mark.start), self._x(mark.end if mark.end is not None else mark.start)
        left, right = min(starts, ends), max(starts, ends)
        if mark.kind is DayMarkKind.BREAK:
            return QRectF((left + right) / 2 - unit * 0.42, line.top() - unit * 1.12, unit * 0.84, unit * 0.84)
        if mark.kind is DayMarkKind.EPISODE:
            box = QRectF(0, line.bottom() + unit * 0.12, max(unit * 0.8, right - left), unit * 0.75)
            self._begin_at(box, starts, unit * 0.4)
        elif mark.kind is DayMarkKind.AWAY:
            box = QRectF(0, line.center().y() - unit * 0.25, max(unit * 0.3, right - left), unit * 0.5)
            self._begin_at(box, starts)
        else:
            box = QRectF(0, line.top(), max(2.0, right - left), line.height())
            self._begin_at(box, starts)
        return box

    def _begin_at(self, box: QRectF, starts: float, before: float = 0.0) -> None:
        """Move a mark's rectangle so that it begins ``before`` pixels before the x of its start."""
        if self.isRightToLeft():
            box.moveRight(starts + before)
        else:
            box.moveLeft(starts - before)

    def _under(self, at: QPointF) -> int | None:
        """The index of the mark at a point: the topmost, drawn last. A margin makes small marks easier to hit."""
        slack = theme.unit() * 0.15
        for number in reversed(range(len(self._marks))):
            if self._box(self._marks[number]).adjusted(-slack, -slack, slack, slack).contains(at):
                return number
        return None

    # --- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        c, unit = self._colours, theme.unit()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._draw_hours(painter)
        for mark in self._marks:
            self._draw(painter, mark.kind, self._box(mark), mark.outcome)
            if mark.kind is DayMarkKind.EPISODE and mark.end is not None:
                painter.setPen(QPen(QColor(c.warm_text), unit * 0.16))
                y = self._box(mark).center().y()
                start = self._x(mark.start)
                length = max(abs(self._x(mark.end) - start), unit * 0.6)
                painter.drawLine(
                    QPointF(start, y), QPointF(start - length if self.isRightToLeft() else start + length, y)
                )
        if self._now is not None:
            x, line = self._x(self._now), self._line()
            painter.setPen(QPen(QColor(c.text), theme.stroke(max(1.0, unit * 0.08))))
            painter.drawLine(QPointF(x, line.top() - unit * 0.18), QPointF(x, line.bottom() + unit * 0.18))
        self._draw_more(painter)
        painter.end()

    def _draw_more(self, painter: QPainter) -> None:
        """Draw what a subclass shows besides."""

    def _draw_hours(self, painter: QPainter) -> None:
        c, unit, line = self._colours, theme.unit(), self._line()
        first, last = self._hours
        digits = QFontMetricsF(self._font)
        wide = digits.horizontalAdvance(_full_hour(22)) * 1.5
        room = abs(self._x(last * 3600) - self._x(first * 3600)) / max(1, last - first)
        step = next((each for each in (1, 2, 3, 4, 6) if room * each >= wide), 12)
        y = line.bottom() + unit * 0.95
        for hour in range(first, last + 1):
            x = self._x(hour * 3600)
            painter.setPen(QPen(QColor(c.line), theme.stroke(1)))
            painter.drawLine(QPointF(x, line.top() - unit * 0.1), QPointF(x, line.bottom() + unit * 0.1))
            if hour % step == 0:
                painter.setPen(QColor(c.quiet))
                words = _full_hour(hour)
                half = digits.horizontalAdvance(words) / 2 + 1
                middle = min(max(x, half), self.width() - half)  # “8:00 am” is wider than the space beside the line
                box = QRectF(middle - half, y, 2 * half, unit * 0.8)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw(self, painter: QPainter, kind: DayMarkKind, box: QRectF, outcome: Outcome | None) -> None:
        c, unit = self._colours, theme.unit()
        if kind is DayMarkKind.SITTING:
            painter.setPen(QPen(QColor(c.accent), 1))
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(box, 2, 2)
        elif kind is DayMarkKind.PAUSED:
            painter.setPen(QPen(QColor(c.accent), theme.stroke(1.4)))
            painter.setBrush(QColor(c.surface))
            painter.drawRoundedRect(box, 2, 2)
            painter.save()
            painter.setClipRect(box)
            x = box.left() - box.height()
            while x < box.right():
                painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
                x += unit * 0.3
            painter.restore()
        elif kind is DayMarkKind.AWAY:
            pen = QPen(QColor(c.quiet), theme.stroke(unit * 0.12), Qt.PenStyle.DotLine)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        elif kind is DayMarkKind.EPISODE:
            across = box.right() - unit * 0.4 if self.isRightToLeft() else box.left() + unit * 0.4
            middle, half = QPointF(across, box.center().y()), unit * 0.36
            painter.setPen(QPen(QColor(c.surface), theme.stroke(1)))
            painter.setBrush(QColor(c.warm_text))
            corners = ((0, -half), (half, 0), (0, half), (-half, 0))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
        elif outcome is not None:
            self._draw_break(painter, box, outcome)

    def _draw_break(self, painter: QPainter, box: QRectF, outcome: Outcome) -> None:
        """Draw a tick for getting up, a cross for a skip, an arrow for a snooze, and so on."""
        c, unit = self._colours, theme.unit()
        kept = outcome in (Outcome.MOVED, Outcome.FINISHED)
        painter.setPen(QPen(QColor(c.accent if kept else c.quiet), theme.stroke(unit * 0.09)))
        painter.setBrush(QColor(c.accent if outcome is Outcome.MOVED else c.surface))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        ink = QColor(c.on_accent if outcome is Outcome.MOVED else c.accent if kept else c.text)
        pen = QPen(ink, unit * 0.11)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in _STROKES[outcome]:
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x, y) * box.width() for x, y in stroke]))

    # --- tool tips ----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(QPointF(event.pos()))
            if found is not None:
                QToolTip.showText(event.globalPos(), self._marks[found].words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def _full_hour(hour: int) -> str:
    return formats.clock(time(hour % 24)) if hour < 24 or formats.has_twelve_hours() else "24:00"


_STROKES: Mapping[Outcome, Sequence[Sequence[tuple[float, float]]]] = {
    Outcome.MOVED: [((0.28, 0.52), (0.44, 0.68), (0.74, 0.34))],
    Outcome.FINISHED: [((0.28, 0.52), (0.44, 0.68), (0.74, 0.34))],
    Outcome.CUT_SHORT: [((0.3, 0.5), (0.7, 0.5))],
    Outcome.SNOOZED: [((0.28, 0.5), (0.7, 0.5)), ((0.54, 0.32), (0.72, 0.5), (0.54, 0.68))],
    Outcome.SKIPPED: [((0.32, 0.32), (0.68, 0.68)), ((0.68, 0.32), (0.32, 0.68))],
    Outcome.MISSED: [((0.5, 0.26), (0.5, 0.56)), ((0.5, 0.72), (0.5, 0.73))],
    Outcome.NATURAL: [],
}
