"""A button that counts: what a click adds, the day's amount below it, and a bar that fills up to the day's target.

The panel's row of habits creates one for each habit, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from numbguard.ui.widgets import theme

_ACROSS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class CounterButton(QPushButton):
    """Its text, with the access key, says what a click adds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._amount = ""
        self._share = 0.0
        self._small = theme.font(0.9)
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
        unit = theme.unit()
        words = QFontMetricsF(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        wide = max(words, QFontMetricsF(self._small).horizontalAdvance(self._amount))
        return QSize(round(wide + unit * 1.1), round(unit * 3.0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, unit = theme.current(), theme.unit()
        room = QRectF(self.rect()).adjusted(unit * 0.4, unit * 0.3, -unit * 0.4, -unit * 0.55)
        half = room.height() / 2
        painter.setPen(QColor(c.text))
        painter.drawText(QRectF(room.topLeft(), room.size()).adjusted(0, 0, 0, -half), self._flags(), self.text())
        painter.setFont(self._small)
        painter.setPen(QColor(c.quiet))
        painter.drawText(QRectF(room).adjusted(0, half, 0, 0), _ACROSS, self._amount)
        bar = QRectF(unit * 0.6, self.height() - unit * 0.42, self.width() - unit * 1.2, unit * 0.16)
        painter.setPen(Qt.PenStyle.NoPen)
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

    def _flags(self) -> int:
        shown = self.style().styleHint(QStyle.StyleHint.SH_UnderlineShortcut, None, self)
        mnemonic = Qt.TextFlag.TextShowMnemonic if shown else Qt.TextFlag.TextHideMnemonic
        return int(_ACROSS) | int(mnemonic)
