"""A part of a form that is folded away until it is wanted, and says what it contains.

Forms create it, on the GUI thread. Once it is open the Tab key passes over its button, which the mouse and the access
key still press: nobody needs to fold away what they have just asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from .. import theme
from ..buttons import button_for
from ..labels import label_for


class Fold(QWidget):
    opened = Signal()
    """The person has opened it."""

    def __init__(self, parent: QWidget, words: str, *, holds: str) -> None:
        """``words``: of the button, with its access key. ``holds``: what it contains, shown while it is closed."""
        super().__init__(parent)
        unit = theme.unit()
        self._words = words
        self.button = button_for(self, words, self._pressed, means=holds, kind="fold")
        self.button.setAccessibleName(words.replace("&", ""))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._holds = label_for(self, holds, role="quiet")
        self._holds.setIndent(round(unit * 0.3))
        self.inside = QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.1))
        column.addWidget(self.button)
        column.addWidget(self._holds)
        column.addWidget(self.inside)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        return not self.inside.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Open or close it; ``opened`` is not emitted."""
        closed = "◂" if self.isRightToLeft() else "▸"
        self.button.setText(f"{'▾' if is_open else closed}  {self._words}")
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self._holds.setVisible(not is_open)
        self.inside.setVisible(is_open)

    def _pressed(self) -> None:
        self.set_open(not self.is_open)
        if self.is_open:
            self.opened.emit()
