"""Form controls painted alike in light and dark: ticks, radio buttons, and number and time fields with − and +.

The settings window, the first-start window, the editor and the erase window create them, on the GUI thread. A number
field reports its value a moment after the last key or click, so that a run of clicks is one change.
"""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTime, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from numbguard.wording.catalogue import _
from numbguard.wording.lengths import TYPED, next_length, read_length, say_length

from .. import theme
from ..buttons import button_for

SETTLES_MS = 400
"""Milliseconds without a key or click after which a number field reports its value."""


def _paint_button(button: QAbstractButton, *, round_mark: bool) -> None:
    c = theme.current()
    side = theme.unit() * 1.1
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = _mirrored(button, QRectF(1.5, (button.height() - side) / 2, side, side))
    corner = side / 2 if round_mark else side * 0.22
    checked, able = button.isChecked(), button.isEnabled()
    fill = QColor((c.accent if able else c.edge) if checked else (c.hover if button.underMouse() else c.surface))
    painter.setBrush(fill)
    painter.setPen(QPen(fill if checked else QColor(c.edge if able else c.line), theme.stroke(1.4)))
    painter.drawRoundedRect(box, corner, corner)
    if checked and round_mark:
        painter.setBrush(QColor(c.on_accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(box.center(), side * 0.2, side * 0.2)
    elif checked:
        pen = QPen(QColor(c.on_accent), side * 0.14)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        at = (QPointF(0.24, 0.54), QPointF(0.43, 0.72), QPointF(0.77, 0.31))
        painter.drawPolyline(QPolygonF([box.topLeft() + point * side for point in at]))
    painter.setPen(QColor(c.text if able else c.quiet))
    painter.setFont(button.font())
    left = 1.5 + side + theme.unit() * 0.55
    words = _mirrored(button, QRectF(left, 0, button.width() - left, button.height()))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.text())
    if button.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(c.accent), 3 if c.high_contrast else 1.4))
        width = min(left + QFontMetricsF(button.font()).horizontalAdvance(button.text()) + 4, button.width() - 2)
        painter.drawRoundedRect(_mirrored(button, QRectF(1.5, 1.5, width, button.height() - 3)), 5, 5)
    painter.end()


def _mirrored(button: QAbstractButton, rect: QRectF) -> QRectF:
    """The place of a part of a button: where it is from left to right, or its mirror image from right to left."""
    if button.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return rect
    return QRectF(button.width() - rect.right(), rect.top(), rect.width(), rect.height())


def _size(button: QAbstractButton) -> QSize:
    button.ensurePolished()
    unit = theme.unit()
    width = QFontMetricsF(button.font()).horizontalAdvance(button.text()) + unit * 2.1 + 4
    return QSize(round(width), round(unit * 1.75))


class CheckBox(QCheckBox):
    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return _size(self)

    def hitButton(self, _pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_button(self, round_mark=False)


class RadioButton(QRadioButton):
    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return _size(self)

    def hitButton(self, _pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_button(self, round_mark=True)


class NumberBox(QSpinBox):
    """A whole number; a number typed outside the range is refused with a sentence."""

    refused = Signal(str)
    """Carries the sentence that says the range."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        # Our style sheet gives its own arrows no width; NoButtons would take the text's space as well (Qt 6.11).
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def range_words(self) -> str:
        return _("From {lowest} to {highest}.").format(
            lowest=self.textFromValue(self.minimum()), highest=self.textFromValue(self.maximum())
        )

    def fixup(self, typed: str) -> str:
        # Qt calls this when the field loses focus with an invalid text, and then restores the former value.
        self.refused.emit(self.range_words())
        return typed

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the page; it changes the value only of the field with the keyboard focus.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        return passes_undo_on(event) or super().event(event)


def passes_undo_on(event: QEvent) -> bool:
    """Pass Ctrl+Z on to the window, which undoes the last change rather than the last letter.

    Returns ``True`` if ``event`` was that key.
    """
    if event.type() == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Undo):  # type: ignore[attr-defined]  # it is a QKeyEvent
        event.ignore()
        return True
    return False


class LengthBox(NumberBox):
    """A length of time in seconds, shown and typed in words such as ``1 h 30 min``.

    ``bare``: the seconds that 1 means when typed without a unit, 60 for minutes.
    """

    def __init__(self, low: float, high: float, *, bare: int = 60, parent: QWidget | None = None) -> None:
        self._bare = bare
        super().__init__(round(low), round(high), parent)

    def textFromValue(self, value: int) -> str:
        return say_length(value)

    def valueFromText(self, text: str) -> int:
        return read_length(text, bare=self._bare) or 0

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if not TYPED.fullmatch(text):
            return QValidator.State.Invalid, text, position
        seconds = read_length(text, bare=self._bare)
        if seconds is None or not self.minimum() <= seconds <= self.maximum():
            return QValidator.State.Intermediate, text, position
        return QValidator.State.Acceptable, text, position

    def stepBy(self, steps: int) -> None:
        self.setValue(next_length(self.value(), steps))
        self.selectAll()


class Stepper(QWidget):
    """A number box between − and + buttons."""

    settled = Signal(int)
    """Carries the new value, ``SETTLES_MS`` after the last change."""
    refused = Signal(str)
    """Carries the box's sentence about a number outside the range."""

    def __init__(self, box: NumberBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = box
        unit = theme.unit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(unit * 0.25))
        self._less, self._more = self._step("−", -1), self._step("+", 1)
        box.setParent(self)
        metrics = QFontMetricsF(theme.font())
        longest = max(metrics.horizontalAdvance(text) for text in (say_length(5400), box.textFromValue(box.maximum())))
        box.setFixedSize(round(longest + unit * 2), round(unit * 2))
        for part in (self._less, box, self._more):
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(box)
        self._later = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._later.timeout.connect(lambda: self.settled.emit(self._box.value()))
        box.valueChanged.connect(self._value_changed)
        box.refused.connect(self.refused)
        self._enable_buttons()

    def _step(self, sign: str, way: int) -> QPushButton:
        button = button_for(self, sign, lambda: self._box.stepBy(way), kind="step")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the box
        button.setAutoRepeat(True)
        side = round(theme.unit() * 2)
        button.setFixedSize(side, side)
        return button

    def show_value(self, value: int) -> None:
        """Show a value without emitting ``settled``; a change still settling takes precedence."""
        if self._later.isActive() or value == self._box.value():
            return
        self._box.blockSignals(True)
        self._box.setValue(value)
        self._box.blockSignals(False)
        self._enable_buttons()

    def name(self, label: str, hint: str) -> None:
        self._box.setAccessibleName(label)
        self._box.setAccessibleDescription(f"{hint} {self._box.range_words()}".strip())
        self._less.setAccessibleName(_("{label}: less").format(label=label))
        self._more.setAccessibleName(_("{label}: more").format(label=label))

    def flush(self) -> None:
        """Emit ``settled`` at once if a change is still settling."""
        if self._box.hasFocus():
            self._box.interpretText()
        if self._later.isActive():
            self._later.stop()
            self.settled.emit(self._box.value())

    def _value_changed(self, _value: int) -> None:
        self._enable_buttons()
        self._later.start()

    def _enable_buttons(self) -> None:
        self._less.setEnabled(self._box.value() > self._box.minimum())
        self._more.setEnabled(self._box.value() < self._box.maximum())


class TimeBox(QTimeEdit):
    """A time of day; as an end, 00:00 means midnight."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        # Hours come first in every language; from right to left, Qt would put the minutes there.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setDisplayFormat("HH:mm")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWrapping(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        unit = theme.unit()
        self.setFixedSize(round(unit * 4.2), round(unit * 2))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def at(self) -> time:
        return time(self.time().hour(), self.time().minute())

    def show_time(self, at: time) -> None:
        """Show a time without emitting a signal."""
        self.blockSignals(True)
        self.setTime(QTime(at.hour, at.minute))
        self.blockSignals(False)

    def stepBy(self, steps: int) -> None:
        """Step minutes by five: nobody needs the arrow keys for a day that begins at 08:57."""
        if self.currentSection() is QTimeEdit.Section.MinuteSection:
            at = self.time()
            minutes = at.minute() // 5 * 5 + 5 * steps if steps > 0 or not at.minute() % 5 else at.minute() // 5 * 5
            self.setTime(QTime(at.hour(), 0).addSecs(minutes * 60))
            self.setSelectedSection(QTimeEdit.Section.MinuteSection)
        else:
            super().stepBy(steps)

    def event(self, event: QEvent) -> bool:
        return passes_undo_on(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start a new time with a digit typed over a fully selected one; Qt would drop the first digits."""
        if event.text().isdigit() and self.lineEdit().selectedText() == self.text():
            self.setSelectedSection(QTimeEdit.Section.HourSection)
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
