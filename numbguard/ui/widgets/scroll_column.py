"""A column as high as its content, which scrolls if there is not enough space.

The panel puts its parts above the foot into one, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from . import theme


class ScrollColumn(QScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = 0
        self._column = QWidget(self)
        self._column.setObjectName("column")
        self.rows = QVBoxLayout(self._column)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The keyboard focus moves through its buttons, and the column scrolls after them by itself.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def settle(self) -> None:
        """Update the layout after parts were shown, hidden or reworded. Call it before ``narrowest`` and ``fit``."""
        # A layout learns only from a later event that one within it has changed, so the inner ones come first.
        for part in reversed(self._column.findChildren(QWidget)):
            if (inner := part.layout()) is not None:
                inner.activate()
        self.rows.activate()
        self.updateGeometry()

    def narrowest(self) -> int:
        """The width in pixels below which some part is cut off, including space for the scroll bar."""
        return self.rows.totalMinimumSize().width() + self._bar_width()

    def fit(self, width: int, room: int) -> None:
        """Request the height needed at ``width``, at most ``room``; all in pixels."""
        needed = self.rows.totalHeightForWidth(width)
        scrolls = needed > room
        if scrolls:
            needed = self.rows.totalHeightForWidth(width - self._bar_width())
        # A bar from before could stay for ever: beside it, words near the edge need one more line and so need the bar.
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        # Give the scroll bar its own space, so that it does not cover the right ends of the buttons.
        self.rows.setContentsMargins(0, 0, self._gap() if scrolls else 0, 0)
        self._height = min(needed, max(room, round(theme.unit() * 4)))
        self.setMaximumHeight(max(needed, self._height))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.narrowest(), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width() + self._gap()

    def _gap(self) -> int:
        return round(theme.unit() * 0.3)


def keep_in_sight(part: QWidget) -> None:
    """Scroll the scroll area around ``part``, if there is one, until the part can be seen."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(part, 0, round(theme.unit() * 0.6))
