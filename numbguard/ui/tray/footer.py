"""The panel's foot: *When to get help* in words, and the other windows as symbols; the last opens a menu with the rest.

The panel creates it, on the GUI thread, and says which entries of the menu fit the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.symbols import SymbolButton
from numbguard.wording import labels
from numbguard.wording.catalogue import N_, _, pgettext

PAUSES = (N_("Pause for 30 minutes"), N_("Pause for 1 hour"), N_("Pause for 2 hours"), N_("Pause until tomorrow"))
"""The words for each of ``labels.PAUSES`` in a menu of other things."""


class PanelFooter(QWidget):
    help_wanted = Signal()
    history_wanted = Signal()
    insights_wanted = Signal()
    stretches_wanted = Signal()
    guide_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        unit = theme.unit()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QFrame(self)
        line.setProperty("role", "line")
        line.setFixedHeight(1)
        help_button = button_for(
            self,
            _(labels.HELP),
            self.help_wanted.emit,
            key=pgettext("access key of “When to get help”", "h"),
            kind="flush",
        )
        self._symbols: list[SymbolButton] = []
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.1))
        row.addWidget(help_button)
        row.addStretch(1)
        for drawing, name, wanted, keys in (
            ("history", labels.HISTORY, self.history_wanted, "Ctrl+H"),
            ("insights", labels.INSIGHTS, self.insights_wanted, "Ctrl+I"),
            ("stretches", N_("Stretches"), self.stretches_wanted, ""),
            ("guide", N_("Guide"), self.guide_wanted, "F1"),
            ("settings", labels.SETTINGS, self.settings_wanted, "Ctrl+,"),
        ):
            button = SymbolButton(self, drawing, _(name), keys=keys)
            button.clicked.connect(lambda _checked=False, wanted=wanted: wanted.emit())
            if keys:
                QShortcut(QKeySequence(keys), parent.window()).activated.connect(wanted)
            self._symbols.append(button)
            row.addWidget(button)
        more = SymbolButton(self, "more", pgettext("button that opens a menu with everything else", "More"), keys="F10")
        self.menu = QMenu(more)
        more.setMenu(self.menu)
        QShortcut(QKeySequence("F10"), parent.window()).activated.connect(more.showMenu)
        self._symbols.append(more)
        row.addWidget(more)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(round(unit * 0.3))
        rows.addWidget(line)
        rows.addLayout(row)

    def entry(self, words: str, chosen: Callable[[], object]) -> QAction:
        """Add an entry to the menu."""
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _checked=False: chosen())
        return action

    def pauses(self, pause: Callable[[float | None], object]) -> tuple[QAction, ...]:
        """Add an entry for each length of a pause, which is passed to ``pause`` in seconds."""
        return tuple(
            self.entry(_(words), partial(pause, seconds))
            for words, (_offer, seconds) in zip(PAUSES, labels.PAUSES, strict=True)
        )

    @staticmethod
    def arrange(visible: Mapping[QAction, bool]) -> None:
        for action, wanted in visible.items():
            if action.isVisible() != wanted:
                action.setVisible(wanted)

    def apply_colours(self, colours: theme.Palette) -> None:
        for button in self._symbols:
            button.apply_colours(colours)
