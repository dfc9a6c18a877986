"""What stands beside the list before anything is chosen, and the frame of a form. Part of ``own_window``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from . import theme

_TEXT = (
    "Make a card of what your physiotherapist showed you, with a picture of your own or with the motion of one of our "
    "cards. Put cards in a row as a routine, each for its time.\n\n"
    "Export writes one file that another NumbGuard takes in. Everything stays on this machine unless you pass that "
    "file on."
)


class Welcome(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = QLabel("Movements that are yours", self)
        title.setFont(theme.font(1.5, bold=True))
        text = QLabel(_TEXT, self)
        text.setWordWrap(True)
        text.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(title)
        column.addSpacing(round(theme.unit() * 0.6))
        column.addWidget(text)
        column.addStretch(3)


def in_scroll(parent: QWidget, form: QWidget) -> QScrollArea:
    """A form that may be higher than the window."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
