"""The list of a card's steps with their seconds: finished ones ticked, the current one highlighted.

The card and the relief window create it and set the current step, on the GUI thread; it reads no clock.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from numbguard.wording.catalogue import N_, _, ngettext

from . import theme
from .labels import label_for


class StepMark(Enum):
    """The state of a step."""

    TO_COME = "to come"
    NOW = "now"
    DONE = "done"


_SPOKEN = {
    # Translators: {step} is such as “Step 2 of 4: Walk on the spot, 30 seconds”; a screen reader reads this out.
    StepMark.TO_COME: N_("{step}, to come"),
    StepMark.NOW: N_("{step}, now"),
    StepMark.DONE: N_("{step}, done"),
}


class StepList(QScrollArea):
    def __init__(self, parent: QWidget, steps: Sequence[tuple[str, int]], *, unit: float) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The list must not be a tab stop among the buttons.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Steps"))
        self._unit = unit
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.15))
        count = len(steps)
        self._rows = [_Row(inner, index, count, text, seconds, unit) for index, (text, seconds) in enumerate(steps)]
        for row in self._rows:
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(inner)
        self._now = -1
        # The layout places the rows only in the next turn of the event loop.
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self._keep_in_sight)

    def apply_colours(self, colours: theme.Palette) -> None:
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ background: {colours.window}; }}")
        for row in self._rows:
            row.apply_colours(colours)

    def show_now(self, now: int, *, left_s: float = 0.0) -> None:
        """Highlight step ``now``, counted from 0, with ``left_s`` seconds left; ``len(steps)`` ticks all of them."""
        if 0 <= now < len(self._rows):
            self._rows[now].count_down(left_s)
        if now == self._now:
            return
        self._now = now
        for index, row in enumerate(self._rows):
            row.show_mark(StepMark.DONE if index < now else StepMark.NOW if index == now else StepMark.TO_COME)
        self._settle.start()

    def marks(self) -> list[StepMark]:
        return [row.mark for row in self._rows]

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._settle.start()

    def _keep_in_sight(self) -> None:
        if 0 <= self._now < len(self._rows):
            self.ensureWidgetVisible(self._rows[self._now], 0, round(self._unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._unit * 10), round(self._unit * 3))


def _in_seconds(count: int) -> str:
    # Translators: "s" stands for seconds.
    return _("{count} s").format(count=count)


class _Row(QFrame):
    """One step: a mark, the instruction, and its seconds."""

    def __init__(self, parent: QWidget, index: int, count: int, text: str, seconds: int, unit: float) -> None:
        super().__init__(parent)
        self.mark = StepMark.TO_COME
        self._colours = theme.current()
        self._whole = seconds
        self._name = ngettext(
            "Step {index} of {steps}: {text}, {count} second",
            "Step {index} of {steps}: {text}, {count} seconds",
            seconds,
        ).format(index=index + 1, steps=count, text=text, count=seconds)
        self._unit = unit
        self._gutter = round(unit * 2.0)
        line = QHBoxLayout(self)
        edges = (self._gutter, round(unit * 0.7))
        left, right = reversed(edges) if self.isRightToLeft() else edges  # Qt mirrors no margins
        line.setContentsMargins(left, round(unit * 0.38), right, round(unit * 0.38))
        line.setSpacing(round(unit * 0.8))
        self._text = label_for(self, text)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._seconds = QLabel(_in_seconds(seconds), self)
        self._seconds.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._seconds.setProperty("role", "quiet")
        line.addWidget(self._text, 1)
        # Wide enough for every figure of the countdown, so that the text beside it does not move.
        self._seconds.setMinimumWidth(self._seconds.fontMetrics().horizontalAdvance(_in_seconds(max(seconds, 10))) + 1)
        line.addWidget(self._seconds, 0, Qt.AlignmentFlag.AlignTop)
        self._say()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def show_mark(self, mark: StepMark) -> None:
        if mark is self.mark:
            return
        self.mark = mark
        if mark is not StepMark.NOW:
            self._seconds.setText(_in_seconds(self._whole))
        self._say()
        self.update()

    def count_down(self, left_s: float) -> None:
        words = _in_seconds(min(math.ceil(left_s - 1e-6), self._whole))
        if words != self._seconds.text():
            self._seconds.setText(words)

    def _say(self) -> None:
        self.setAccessibleName(_(_SPOKEN[self.mark]).format(step=self._name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, unit = self._colours, self._unit
        if self.mark is StepMark.NOW:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.hover))
            painter.drawRoundedRect(QRectF(self.rect()), unit * 0.5, unit * 0.5)
        across = self._gutter * 0.52
        middle = QPointF(
            self.width() - across if self.isRightToLeft() else across, self.contentsMargins().top() + unit * 0.88
        )
        radius = unit * 0.36
        if self.mark is StepMark.DONE:
            pen = QPen(QColor(c.accent), unit * 0.13)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(
                QPolygonF(
                    [
                        middle + QPointF(-radius * 0.85, radius * 0.05),
                        middle + QPointF(-radius * 0.2, radius * 0.68),
                        middle + QPointF(radius * 0.9, -radius * 0.62),
                    ]
                )
            )
            return
        lit = self.mark is StepMark.NOW
        painter.setPen(QPen(QColor(c.accent if lit else c.edge), unit * 0.1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(middle, radius * 0.5, radius * 0.5)
