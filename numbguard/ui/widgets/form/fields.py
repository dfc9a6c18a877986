"""Form fields that draw their own arrows, which a style sheet cannot colour for both light and dark.

The editor, the history and the settings window create them, on the GUI thread; ``style`` styles their frames.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from .. import theme


def _stroke(part: QWidget, colour: str, points: tuple[tuple[float, float], ...], *, within: QRectF) -> None:
    """Draw a line through points given as fractions (0–1) of the box ``within``."""
    painter = QPainter(part)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), theme.unit() * 0.09)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(
        QPolygonF([within.topLeft() + QPointF(x * within.width(), y * within.height()) for x, y in points])
    )
    painter.end()


def line_for(parent: QWidget, name: str, edited: Callable[[], None], *, hint: str, limit: int) -> QLineEdit:
    """A text field for at most ``limit`` characters that shows ``hint`` while empty; ``edited`` follows each change."""
    line = QLineEdit(parent)
    line.setPlaceholderText(hint)
    line.setMaxLength(limit)
    line.setAccessibleName(name)
    line.textChanged.connect(lambda _text: edited())
    return line


class ChoiceBox(QComboBox):
    """A choice of one. Words too long for the box can be read in its tool tip and in its list, which has the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentTextChanged.connect(self._follow_choice)

    def _follow_choice(self, words: str) -> None:
        self.setToolTip(words)
        if QAccessible.isActive():
            # For a screen reader, its name has the choice in it.
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def showPopup(self) -> None:
        self.view().setAccessibleName(self.accessibleName())
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + round(theme.unit() * 1.5))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        unit = theme.unit()
        left = unit * 0.55 if self.isRightToLeft() else self.width() - unit * 1.05
        box = QRectF(left, self.height() / 2 - unit * 0.13, unit * 0.5, unit * 0.26)
        _stroke(self, theme.current().quiet, ((0, 0), (0.5, 1), (1, 0)), within=box)


class SpinBox(QSpinBox):
    def __init__(self, parent: QWidget, least: int, most: int, value: int, *, unit: str, name: str) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setValue(value)
        self.setSuffix(unit)
        self.setAccessibleName(name)
        # A style sheet knows no beginning and end of a line, only left and right.
        self.setProperty("mirrored", self.isRightToLeft())
        # The style sheet's padding does not apply to the inner text field.
        beside = round(theme.unit() * 0.3)
        left, right = (0, beside) if self.isRightToLeft() else (beside, 0)
        self.lineEdit().setTextMargins(left, 0, right, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        unit = theme.unit()
        for middle, tip in ((0.32, -1), (0.68, 1)):
            y = self.height() * middle
            left = unit * 0.48 if self.isRightToLeft() else self.width() - unit * 0.9
            box = QRectF(left, y, unit * 0.42, tip * unit * 0.21)
            _stroke(self, theme.current().quiet, ((0, 0), (0.5, 1), (1, 0)), within=box)
