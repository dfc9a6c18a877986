"""A bar with one sentence about what has just happened, and at most one button, such as *Undo*.

The editor's, the history and the insights window create it, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from numbguard.wording.catalogue import translated

from . import theme
from .buttons import button_for
from .labels import label_for, make_selectable


class NoticeBar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._words = label_for(self, role="note")
        make_selectable(self._words)
        # A path or another word too long for the line must not widen the window.
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._answer = button_for(self, "", self._do)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(round(theme.unit() * 0.5))
        line.addWidget(self._words, 1)
        line.addWidget(self._answer, 0, Qt.AlignmentFlag.AlignVCenter)
        self.clear()

    @property
    def sentence(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentence: str, *, answer: str = "", action: Callable[[], object] | None = None) -> None:
        """Show a sentence. With ``action``, show a button named ``answer`` that calls it once."""
        sentence = translated(sentence)
        self._action = action
        # A zero-width space lets a long path wrap; otherwise it would be cut off.
        self._words.setText(sentence.replace("/", "/\u200b"))
        self._words.setAccessibleName(sentence)
        self._answer.setText(answer)
        self._answer.setVisible(action is not None)
        self.show()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def clear(self) -> None:
        self._action = None
        self.hide()

    def _do(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
