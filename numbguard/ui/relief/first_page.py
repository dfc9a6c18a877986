"""What the relief window shows before the steps: the signs as a list, or the advice where it is not just relief.

Made with the relief window, on the GUI thread; one click always leads to the steps.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.red_flags import WarningSign
from numbguard.ui.episode.sign_list import SignList
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.tier_banner import TierBanner
from numbguard.wording.catalogue import _
from numbguard.wording.log import advice as words


class FirstPage(QWidget):
    answered = Signal(object)
    """Carries the answers as a mapping of ``WarningSign`` to ``bool``."""
    questions_wanted = Signal()
    help_wanted = Signal()
    steps_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lists_signs = False
        unit = theme.unit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._list = SignList(self)
        self._list.chosen.connect(lambda sign: self.answered.emit({sign: True}))
        self._list.none_wanted.connect(lambda: self.answered.emit(dict.fromkeys(WarningSign, False)))
        self._list.skipped.connect(self.steps_wanted)
        self._list.help_wanted.connect(self.help_wanted)
        column.addWidget(self._list, 1)
        self._advice = QWidget(self)
        inside = QVBoxLayout(self._advice)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(round(unit * 0.9))
        self._banner = TierBanner(self._advice, scale=1.15)
        self._words = label_for(self._advice, scale=1.15)
        inside.addWidget(self._banner)
        inside.addWidget(self._words)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.5))
        self._go_on = self._button(_("&Show the steps anyway"), self.steps_wanted.emit, row)
        row.addStretch(1)
        self._questions = self._button(_("Answer the &questions"), self.questions_wanted.emit, row)
        self._help = self._button(_("When to get hel&p"), self.help_wanted.emit, row)
        inside.addLayout(row)
        column.addWidget(self._advice, 1)

    def _button(self, text: str, pressed: Callable[[], object], row: QHBoxLayout) -> QPushButton:
        button = button_for(self._advice, text, pressed)
        row.addWidget(button)
        return button

    def show_advice(self, advice: Advice, *, number: str) -> None:
        listed = self.lists_signs = advice.tells_nothing and bool(advice.questions)
        self._list.setVisible(listed)
        self._advice.setVisible(not listed)
        self._banner.show_advice(advice, number=number)
        self._words.setText("\n\n".join(words.sentences(advice, number=number)[1:]))
        self._questions.setVisible(bool(advice.questions))
        for button, first in ((self._questions, bool(advice.questions)), (self._help, not advice.questions)):
            button.setProperty("kind", "primary" if first else "")
            theme.restyle(button)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._banner.apply_colours(colours)
