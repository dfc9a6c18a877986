"""The buttons of the history window, for the chosen episode and for the whole log.

The history window creates the bar and connects its signals, on the GUI thread.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import FlowLayout
from numbguard.wording.catalogue import _


class HistoryButtons(QWidget):
    edit_wanted = Signal()
    delete_wanted = Signal()
    advice_wanted = Signal()
    former_wanted = Signal()
    undo_wanted = Signal()
    add_wanted = Signal()
    insights_wanted = Signal()
    report_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        gap = round(theme.unit() * 0.4)
        flow = FlowLayout(self, gap=gap)
        made = partial(button_for, self)
        self._edit = made(_("&Edit…"), self.edit_wanted.emit, means=_("Correct this episode (Enter)"))
        self._delete = made(_("&Delete"), self.delete_wanted.emit, means=_("Delete this episode (Delete)"))
        self._advice = made(
            _("Ad&vice…"), self.advice_wanted.emit, means=_("What to do about this episode, and questions")
        )
        self._former = made(
            _("Versio&ns…"), self.former_wanted.emit, means=_("How this episode was before it was edited")
        )
        self._undo = made(_("&Undo"), self.undo_wanted.emit, means=_("Undo the last change (Ctrl+Z)"))
        add = made(
            _("&Add past episode…"), self.add_wanted.emit, means=_("Add an episode you didn't log at the time (Ctrl+N)")
        )
        self.insights = made(_("&Insights…"), self.insights_wanted.emit, means=_("What your log shows"))
        self.report = made(_("&Report…"), self.report_wanted.emit, means=_("A report to take to your doctor"))
        more = made(_("&More"), means=_("Export, import and delete everything"))
        menu = QMenu(more)
        for words, action in (
            (_("E&xport…"), self.export_wanted.emit),
            (_("&Import…"), self.import_wanted.emit),
            (_("Delete everyt&hing…"), self.erase_wanted.emit),
        ):
            menu.addAction(words).triggered.connect(lambda _checked=False, action=action: action())
        more.setMenu(menu)
        for button in (
            self._edit,
            self._delete,
            self._advice,
            self._former,
            self._undo,
            add,
            self.insights,
            self.report,
            more,
        ):
            flow.addWidget(button)
        # The window shows each of them once a window exists to open.
        self.insights.hide()
        self.report.hide()

    def show_state(self, *, chosen: bool, former: bool, undo: bool) -> None:
        """Enable the buttons that apply: an episode is ``chosen``, it has ``former`` versions, there is an ``undo``."""
        for button, able in (
            *((self._edit, chosen), (self._delete, chosen), (self._advice, chosen)),
            (self._former, former),
        ):
            self._enable(button, able)
        self.show_undo(undo)

    def show_undo(self, able: bool) -> None:
        self._enable(self._undo, able)

    def _enable(self, button: QPushButton, able: bool) -> None:
        if able != button.isEnabled():
            if not able and button.hasFocus():
                # A disabled button loses the keyboard focus: move it on first.
                self.focusNextChild()
            button.setEnabled(able)
