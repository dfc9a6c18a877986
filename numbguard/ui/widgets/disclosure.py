"""A button that opens and folds away a part of its window.

The card and the relief window create it, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget


class Disclosure(QPushButton):
    """Shows its words with a triangle that says whether the part is open."""

    def __init__(self, parent: QWidget, words: str, turned: Callable[[bool], object], *, kind: str = "link") -> None:
        """``turned`` is called with whether the part is open now, each time the person presses the button."""
        super().__init__(parent)
        self._words = words
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setAccessibleName(words.replace("&", ""))
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._draw)
        self.clicked.connect(turned)
        self._draw()

    def _draw(self, _open: bool = False) -> None:
        closed = "◂" if self.isRightToLeft() else "▸"
        self.setText(f"{self._words} {'▾' if self.isChecked() else closed}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._draw()
