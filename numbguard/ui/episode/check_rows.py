"""The questions that decide what to do: weakness, back pain, how it started, and the warning signs that are called for.

The episode form creates it, on the GUI thread. Each question is a row of answers, and all of them are one stop for the
Tab key: Up and Down move from question to question, Left and Right choose an answer. A question that was answered stays
in sight, so that a slip can be corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.form.tab_group import GroupBox, GroupButton, TabGroup
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.log.episodes import ONSETS

T = TypeVar("T", bound=Enum | bool)

_HEAD_AT: Final = 3
"""The row of the grid between the first questions and those about signs."""
_YES_NO: Final = {True: N_("Yes"), False: N_("No")}


class CheckRows(GroupBox):
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Quick checks"))
        unit = theme.unit()
        self._group = TabGroup(self)
        self._is_wanted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.6))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(round(unit * 0.8))
        self._grid.setVerticalSpacing(round(unit * 0.45))
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid)
        weak, hurts, how = _("Is the leg weak?"), _("Does your back hurt?"), _("How did it start?")
        _words, self.weakness = self._row(weak, _YES_NO, name=_("Is the leg weak"), at=0)
        _words, self.back_pain = self._row(hurts, _YES_NO, name=_("Does your back hurt"), at=1)
        _words, self.onset = self._row(how, ONSETS, name=_("How it started"), at=2)
        self._head = label_for(self, _("Please answer yes or no if you can:"), bold=True)
        self._head.setContentsMargins(0, round(unit * 0.4), 0, 0)
        self._grid.addWidget(self._head, _HEAD_AT, 0, 1, 2)
        self._signs: dict[WarningSign, tuple[QLabel, Chips[bool]]] = {}
        self._no = GroupButton(_("No to all of these"), self, self._group)
        self._no.clicked.connect(self._say_no)
        column.addWidget(self._no, 0, Qt.AlignmentFlag.AlignTrailing)
        self.ask((), is_wanted=False)

    def tab_chain(self) -> list[QWidget]:
        """The parts that the Tab key may reach, in order."""
        return self._group.parts()

    def show_answers(self, episode: Episode) -> None:
        """Show the answers of an episode; ``changed`` is not emitted."""
        self.weakness.show_chosen([episode.weakness])
        self.back_pain.show_chosen([episode.back_pain])
        self.onset.show_chosen([episode.onset])

    def signs(self) -> dict[WarningSign, bool]:
        """The answers given here to the questions about warning signs."""
        answers = ((sign, chips.one()) for sign, (_label, chips) in self._signs.items())
        return {sign: present for sign, present in answers if present is not None}

    def ask(self, questions: Collection[WarningSign], *, is_wanted: bool) -> None:
        """Ask about these signs, and show those that were answered.

        ``is_wanted``: whether the first three questions are called for. Once shown they stay.
        """
        self._is_wanted = self._is_wanted or is_wanted
        answered = self.signs()
        shown = [sign for sign in WarningSign if sign in questions or sign in answered]
        for sign in shown:
            if sign not in self._signs:
                question = translated(sign.question)
                at = _HEAD_AT + 1 + list(WarningSign).index(sign)
                self._signs[sign] = self._row(question, _YES_NO, name=question, at=at)
        for sign, (label, chips) in self._signs.items():
            for part in (label, chips, *chips.buttons()):
                part.setVisible(sign in shown)
        self._head.setVisible(bool(shown))
        self._no.setVisible(sum(sign not in answered for sign in shown) > 1)
        self.setVisible(self._is_wanted or bool(shown))
        first = (self.weakness.buttons(), self.back_pain.buttons(), self.onset.buttons())
        signs = (self._signs[sign][1].buttons() for sign in shown)
        self._group.set_rows([*first, *signs, [self._no]])

    def take_over(self, former: CheckRows) -> None:
        """Show the answers about warning signs that were given in other rows of the kind."""
        given = former.signs()
        self.ask(tuple(given), is_wanted=former._is_wanted)
        for sign, present in given.items():
            self._signs[sign][1].show_chosen([present])

    def _say_no(self) -> None:
        for _label, chips in self._signs.values():
            if not chips.isHidden() and chips.one() is None:
                chips.show_chosen([False])
        self.changed.emit()

    def _row(self, question: str, words: Mapping[T, str], *, name: str, at: int) -> tuple[QLabel, Chips[T]]:
        """A question and its answers in a row; ``name``: what a screen reader calls the answers."""
        label = label_for(self, question, expands=True)
        shown = {value: _(word) for value, word in words.items()}
        chips: Chips[T] = Chips(self, name, shown, wraps=False, group=self._group)
        chips.changed.connect(self.changed)
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(chips, at, 1)
        return label, chips
