"""What an episode was before each of its edits. Opened from the history, let go of when closed; on the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ..store.journal import Version
from . import theme
from .buttons import button_for
from .history_words import changes


class FormerVersions(QDialog):
    def __init__(self, parent: QWidget, name: str, versions: Sequence[Version], now: datetime) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Former versions")
        unit = theme.unit()
        inner = QWidget()
        told = QVBoxLayout(inner)
        told.setContentsMargins(0, 0, round(unit * 0.5), 0)
        told.setSpacing(round(unit * 0.25))
        for title, lines in changes(versions, now):
            told.addWidget(_label(title, inner, bold=True))
            for line in lines:
                told.addWidget(_label(f"•  {line}", inner))
            told.addSpacing(round(unit * 0.7))
        told.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        edge = round(unit * 1.1)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.6))
        column.addWidget(_label(f"Episode, {name}", self, bold=True, zoom=1.25))
        quiet = _label("Kept until everything is deleted.", self)
        quiet.setProperty("role", "quiet")
        column.addWidget(quiet)
        column.addWidget(scroll, 1)
        column.addWidget(button_for(self, "&Close", self.close), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(round(unit * 32), round(unit * 25))
        theme.dress(self)


def _label(words: str, parent: QWidget, *, bold: bool = False, zoom: float = 1.0) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    if bold or zoom != 1.0:
        label.setFont(theme.font(zoom, bold=bold))
    return label
