"""A column as high as its words need, which scrolls where there is no room for that.

The panel's parts above its foot stand in one; on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from . import theme


class ScrollColumn(QScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._high = 0
        self._column = QWidget(self)
        self._column.setObjectName("column")
        self.rows = QVBoxLayout(self._column)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its buttons are what the keyboard goes through; it follows them by itself.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def settle(self) -> None:
        """Take note of what was shown, hidden or worded anew since; call it before the rest."""
        self.rows.activate()
        self.updateGeometry()

    def narrowest(self) -> int:
        """The width below which something in it is cut off, in pixels; with room for the bar."""
        return self.rows.totalMinimumSize().width() + self._beside()

    def fit(self, width: int, room: int) -> None:
        """Ask for the height that it needs at this width, for ``room`` at the most. In pixels."""
        needed = self.rows.totalHeightForWidth(width)
        scrolls = needed > room
        if scrolls:
            needed = self.rows.totalHeightForWidth(width - self._beside())
        # The bar has a place of its own, not one on top of the buttons' right ends.
        self.rows.setContentsMargins(0, 0, self._gap() if scrolls else 0, 0)
        self._high = min(needed, max(room, round(theme.unit() * 4)))
        self.setMaximumHeight(max(needed, self._high))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.narrowest(), self._high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _beside(self) -> int:
        return self.verticalScrollBar().sizeHint().width() + self._gap()

    def _gap(self) -> int:
        return round(theme.unit() * 0.3)
