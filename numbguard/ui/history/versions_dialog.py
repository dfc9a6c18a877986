"""Shows the former versions of an episode, one for each edit.

The history window opens it, on the GUI thread; it is deleted when closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from numbguard.store.log.journal import RecordVersion
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _

from .words import changes


class VersionsDialog(QDialog):
    def __init__(self, parent: QWidget, name: str, versions: Sequence[RecordVersion], now: datetime) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Earlier versions"))
        unit = theme.unit()
        inner = QWidget()
        listed = QVBoxLayout(inner)
        listed.setContentsMargins(0, 0, round(unit * 0.5), 0)
        listed.setSpacing(round(unit * 0.25))
        for title, lines in changes(versions, now):
            listed.addWidget(label_for(inner, title, bold=True, selectable=True))
            for line in lines:
                listed.addWidget(label_for(inner, f"•  {line}", selectable=True))
            listed.addSpacing(round(unit * 0.7))
        listed.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        edge = round(unit * 1.1)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.6))
        column.addWidget(
            label_for(self, _("Episode, {name}").format(name=name), bold=True, scale=1.25, selectable=True)
        )
        quiet = label_for(self, _("Kept until you delete everything."), selectable=True)
        quiet.setProperty("role", "quiet")
        column.addWidget(quiet)
        column.addWidget(scroll, 1)
        column.addWidget(button_for(self, _("&Close"), self.close), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(round(unit * 32), round(unit * 25))
        theme.apply_theme(self)
