"""Draws one day on a time line: sitting, time away, breaks by outcome and episodes, with a legend of the shapes.

The history window's ``DayPane`` creates it, on the GUI thread. Each kind of mark has its own shape, so the line can be
read without colour. The arrow keys or the pointer move from mark to mark, and each mark is announced in words; Enter or
a click on an episode asks for that episode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from numbguard.core.log.records.sitting import Outcome
from numbguard.store.log.queries.history import DayLog
from numbguard.ui.widgets import theme
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _

from ..words import long_day
from .marks import OUTCOME_NAMES, DayMark, DayMarkKind, marks, span, summary

_NAMES = {
    DayMarkKind.SITTING: N_("sitting"),
    DayMarkKind.PAUSED: N_("sitting, with pauses"),
    DayMarkKind.AWAY: N_("away or standing"),
    DayMarkKind.EPISODE: N_("numbness"),
}


class DayTimeline(QWidget):
    episode_wanted = Signal(str)
    pointed = Signal(str)
    """The current mark in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks: list[DayMark] = []
        self._hours = (8, 18)
        self._at: int | None = None
        self._colours = theme.current()
        self._font = theme.font(0.85)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("The day on a line"))

    def show_day(self, log: DayLog | None, today: date) -> None:
        self._marks = marks(log) if log is not None else []
        self._hours = span(self._marks)
        self._at = None
        if log is not None:
            self.setAccessibleName(_("The day on a line, {day}").format(day=long_day(log.day, today)))
            words = [summary(log), *(mark.words for mark in self._marks[:60])]
            self.setAccessibleDescription(". ".join(words))
        self._fit()
        self.update()

    def words(self) -> list[str]:
        """The marks on the line in words, in order of time."""
        return [mark.words for mark in self._marks]

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 30), round(self._meanings()[1]))

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
        if self._at is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.text), 2))
            painter.drawRoundedRect(self._box(self._marks[self._at]).adjusted(-3, -3, 3, 3), 4, 4)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        self._draw_meanings(painter)
        painter.end()

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
            painter.setPen(QPen(QColor(c.line), 1))
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
            painter.setPen(QPen(QColor(c.accent), 1.4))
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
            pen = QPen(QColor(c.quiet), unit * 0.12, Qt.PenStyle.DotLine)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        elif kind is DayMarkKind.EPISODE:
            across = box.right() - unit * 0.4 if self.isRightToLeft() else box.left() + unit * 0.4
            middle, half = QPointF(across, box.center().y()), unit * 0.36
            painter.setPen(QPen(QColor(c.surface), 1))
            painter.setBrush(QColor(c.warm_text))
            corners = ((0, -half), (half, 0), (0, half), (-half, 0))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
        elif outcome is not None:
            self._draw_break(painter, box, outcome)

    def _draw_break(self, painter: QPainter, box: QRectF, outcome: Outcome) -> None:
        """Draw a tick for getting up, a cross for a skip, an arrow for a snooze, and so on."""
        c, unit = self._colours, theme.unit()
        kept = outcome in (Outcome.MOVED, Outcome.FINISHED)
        painter.setPen(QPen(QColor(c.accent if kept else c.quiet), unit * 0.09))
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

    def _meanings(self) -> tuple[list[tuple[DayMarkKind, Outcome | None, str, QPointF]], float]:
        """The legend: each shape on this line with its name and position, and the legend's lower edge in pixels."""
        unit, letters = theme.unit(), QFontMetricsF(self._font)
        shapes: dict[tuple[DayMarkKind, Outcome | None], str] = {}
        for mark in sorted(self._marks, key=lambda one: list(DayMarkKind).index(one.kind)):
            outcome = mark.outcome if mark.kind is DayMarkKind.BREAK else None
            shapes[mark.kind, outcome] = _(OUTCOME_NAMES[outcome]) if outcome else _(_NAMES[mark.kind])
        # Before the first layout the widget still has Qt's narrow default width.
        room = max(self.width(), unit * 30) - unit * 0.5
        found, x, y = [], unit * 0.7, unit * 4.25
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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(QPointF(event.pos()))
            if found is not None:
                QToolTip.showText(event.globalPos(), self._marks[found].words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

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
