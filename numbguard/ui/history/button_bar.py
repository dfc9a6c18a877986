"""The foot of the history window: *Add past episode*, *Undo*, and everything for the whole log behind ⋯.

The history window creates the bar and connects its signals, on the GUI thread.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.wording.catalogue import _


class HistoryButtons(QWidget):
    undo_wanted = Signal()
    add_wanted = Signal()
    insights_wanted = Signal()
    report_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        made = partial(button_for, self)
        add = made(
            _("&Add past episode…"),
            self.add_wanted.emit,
            means=_("Add an episode you didn't log at the time (Ctrl+N)"),
            kind="primary",
        )
        self._undo = made(_("&Undo"), self.undo_wanted.emit, means=_("Undo the last change (Ctrl+Z)"))
        # Translators: A button whose text is three dots; this is its name for screen readers and its tool tip.
        more = made("⋯", name=_("More"), means=_("Insights, report, export and import"), kind="dots")
        menu = QMenu(more)
        entry = partial(_entry, menu)
        self.insights = entry(_("I&nsights"), self.insights_wanted)
        self.report = entry(_("&Report…"), self.report_wanted)
        menu.addSeparator()
        entry(_("E&xport…"), self.export_wanted)
        entry(_("&Import…"), self.import_wanted)
        more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(theme.unit() * 0.5))
        row.addWidget(add)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(more)
        # The window shows each of them once a window exists to open.
        self.insights.setVisible(False)
        self.report.setVisible(False)

    def show_undo(self, able: bool) -> None:
        if able != self._undo.isEnabled():
            if not able and self._undo.hasFocus():
                # A disabled button loses the keyboard focus: move it on first.
                self.focusNextChild()
            self._undo.setEnabled(able)


def _entry(menu: QMenu, words: str, wanted: SignalInstance) -> QAction:
    action = menu.addAction(words)
    action.triggered.connect(lambda _checked=False: wanted.emit())
    return action
