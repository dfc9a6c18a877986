"""The buttons of the history window: what can be done with an episode, and with the log. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from . import theme
from .chips import FlowLayout


class Tools(QWidget):
    edit_wanted = Signal()
    delete_wanted = Signal()
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
        self._edit = self._button("&Edit…", "Correct this episode (Enter)", self.edit_wanted.emit)
        self._delete = self._button("&Delete", "Take this episode out of the log (Delete)", self.delete_wanted.emit)
        self._former = self._button(
            "Former &versions…", "What this episode was before it was edited", self.former_wanted.emit
        )
        self._undo = self._button("&Undo", "Take the last change back (Ctrl+Z)", self.undo_wanted.emit)
        add = self._button("&Add earlier…", "Write down one that was not logged (Ctrl+N)", self.add_wanted.emit)
        self.insights = self._button("&Insights…", "What the log shows", self.insights_wanted.emit)
        self.report = self._button("&Report…", "A report to take to a doctor", self.report_wanted.emit)
        more = self._button("&More", "Export, import and delete everything", lambda: None)
        menu = QMenu(more)
        for words, deed in (
            ("E&xport…", self.export_wanted.emit),
            ("&Import…", self.import_wanted.emit),
            ("Delete everyt&hing…", self.erase_wanted.emit),
        ):
            menu.addAction(words).triggered.connect(lambda _checked=False, deed=deed: deed())
        more.setMenu(menu)
        for button in (self._edit, self._delete, self._former, self._undo, add, self.insights, self.report, more):
            flow.addWidget(button)
        # Until there are windows behind them.
        self.insights.hide()
        self.report.hide()

    def _button(self, words: str, means: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(means)
        button.setAccessibleDescription(means)
        button.setAutoDefault(True)
        button.clicked.connect(lambda _checked=False: pressed())
        return button

    def show_state(self, *, chosen: bool, former: bool, undo: bool) -> None:
        """What can be done now: with an episode ``chosen``, with one that was edited, and with the last change."""
        for button, able in ((self._edit, chosen), (self._delete, chosen), (self._former, former)):
            self._enable(button, able)
        self.show_undo(undo)

    def show_undo(self, able: bool) -> None:
        self._enable(self._undo, able)

    def _enable(self, button: QPushButton, able: bool) -> None:
        if able != button.isEnabled():
            if not able and button.hasFocus():
                # The keyboard is not to be lost with the button.
                self.focusNextChild()
            button.setEnabled(able)
