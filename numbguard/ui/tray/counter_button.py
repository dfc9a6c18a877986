"""A button that counts: what a click adds, the day's amount below it, and a bar that fills up to the day's target.

The panel's row of habits creates one for each habit, on the GUI thread. The style draws the button and its text, and
leaves room for the rest.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from numbguard.ui.widgets import theme


class CounterButton(QPushButton):
    """Its text, with the access key, says what a click adds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._amount = ""
        self._share = 0.0
        self._small = theme.font(0.9)
        self.setProperty("kind", "counter")
        self.setAutoDefault(True)

    @property
    def amount(self) -> str:
        return self._amount

    def show_amount(self, amount: str, share: float) -> None:
        """``amount``: the day's amount in words. ``share``: how much of the target that is, from 0 to 1."""
        if (amount, share) != (self._amount, self._share):
            self._amount, self._share = amount, min(1.0, share)
            self.setToolTip(amount)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = QFontMetricsF(self._small).horizontalAdvance(self._amount) + theme.unit() * 1.1
        return hint.expandedTo(QSize(round(wide), hint.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, unit = theme.current(), theme.unit()
        painter.setFont(self._small)
        painter.setPen(QColor(c.quiet))
        below = QRectF(0, self.height() - unit * 1.6, self.width(), unit)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._amount)
        bar = QRectF(unit * 0.6, self.height() - unit * 0.45, self.width() - unit * 1.2, unit * 0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        if c.high_contrast:  # a thin line, which the share makes thicker
            painter.setBrush(QColor(c.edge))
            painter.drawRect(QRectF(bar.left(), bar.center().y() - 0.5, bar.width(), 1))
        else:
            painter.setBrush(QColor(c.track))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        if self._share > 0:
            filled = QRectF(bar)
            filled.setWidth(max(bar.height(), bar.width() * self._share))
            if self.isRightToLeft():
                filled.moveRight(bar.right())
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(filled, bar.height() / 2, bar.height() / 2)
        painter.end()
