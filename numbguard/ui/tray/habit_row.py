"""The panel's row of habits: three small counters, one for each habit, and the week's goal.

The panel creates it and refreshes it whenever it is drawn, on the GUI thread; the row reads the figures only then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from numbguard.core.errors import GoalError, JournalError
from numbguard.core.log.habits import TARGETS, HabitDay, TickError
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.ports import HabitControls
from numbguard.core.settings.choices import GoalKind
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, with_key
from numbguard.wording.catalogue import _, pgettext, translated
from numbguard.wording.log import break_days as break_words
from numbguard.wording.log import habits as habit_words

from .counter_button import CounterButton

_OPENS = "▾"
"""Says that a button opens a menu, on the right side in any direction of writing."""


class HabitRow(QWidget):
    answered = Signal(str)
    """A click was handled; carries a sentence about a failure, otherwise ``""``."""

    def __init__(self, habits: HabitControls, parent: QWidget) -> None:
        super().__init__(parent)
        self._habits = habits
        self._last: HabitKind | None = None
        """The habit of the last click while the panel is open; another click can undo it."""
        unit = theme.unit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.2))

        counters = QHBoxLayout()
        counters.setSpacing(round(unit * 0.5))
        self._stretched_key = pgettext("access key of “Routine done”", "e")
        self._clicks: dict[HabitKind, CounterButton] = {}
        for kind, label, key in (
            (HabitKind.WATER, habit_words.GLASS, "1"),
            (HabitKind.WALK, habit_words.WALK, "5"),
            (HabitKind.STRETCH, habit_words.STRETCHED, self._stretched_key),
        ):
            button = self._clicks[kind] = CounterButton(self)
            button.setText(with_key(_(label), key))
            button.setAccessibleName(_(habit_words.ALOUD[kind]))
            button.clicked.connect(lambda _checked=False, kind=kind: self._tick(kind))
            counters.addWidget(button, 1)
        column.addLayout(counters)

        # Translators: A letter of “Pick a goal for the week” that most names of a goal contain too.
        self._goal_key = pgettext("access key of the goal", "w")
        self._goal = button_for(self, _(habit_words.NO_GOAL), key=self._goal_key, kind="flush")
        menu = QMenu(self._goal)
        self._streak = menu.addAction("")
        self._streak.setEnabled(False)
        self._offers = QActionGroup(menu)
        for words, goal, amount in habit_words.OFFERS:
            offer = menu.addAction(_(words))
            offer.setCheckable(True)
            offer.setData(_(words))
            self._offers.addAction(offer)
            offer.triggered.connect(partial(self._pick, goal, amount))
        self._goal.setMenu(menu)
        self._back = button_for(
            self,
            _(habit_words.TAKE_BACK),
            self._take_back,
            key=pgettext("access key of “Undo”", "o"),
            kind="plain",
        )
        keep = self._back.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(keep)
        foot = QHBoxLayout()
        foot.setSpacing(round(unit * 0.5))
        foot.addWidget(self._goal)
        foot.addStretch(1)
        foot.addWidget(self._back)
        column.addLayout(foot)

    # --- display -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        held = self._habits.today()
        self._back.setVisible(self._last is not None)
        for kind, button in self._clicks.items():
            if held is None:
                button.show_amount("", 0.0)  # the panel's notes say why the log cannot be read
                continue
            amount = habit_words.amount(held, kind)
            button.show_amount(amount, held.amounts[kind] / held.targets[kind])
            button.setAccessibleDescription(amount)
        if held is None:
            return
        self._show_goal(held)

    def _show_goal(self, held: HabitDay) -> None:
        far = held.progress
        label = habit_words.week(far) if far else _(habit_words.NO_GOAL)
        words, streak = (habit_words.goal(far.goal), break_words.streak(far.streak)) if far else (_("No goal"), "")
        self._streak.setText(streak)
        self._streak.setVisible(bool(streak))
        self._goal.setAccessibleName(label)
        self._goal.setText(f"{with_key(label, self._goal_key)}  {_OPENS}")
        for offer in self._offers.actions():
            offer.setChecked(offer.data() == words)

    @property
    def offers_undo(self) -> bool:
        return self._last is not None

    def forget(self) -> None:
        """Drop the offer to undo the last click: the panel was hidden, so it was no slip, or there is a newer undo."""
        self._last = None

    # --- clicks ------------------------------------------------------------------------------------------------------

    def _tick(self, kind: HabitKind) -> None:
        self._try(lambda: self._habits.tick(kind), then=kind)

    def _take_back(self) -> None:
        if (kind := self._last) is not None:
            self._try(lambda: self._habits.tick(kind, -TARGETS[kind].step))

    def _pick(self, goal: GoalKind, amount: int | None, _checked: bool = False) -> None:
        self._try(lambda: self._habits.pick(goal, amount))

    def _try(self, action: Callable[[], object], *, then: HabitKind | None = None) -> None:
        said, self._last = "", then
        try:
            action()
        except (TickError, GoalError, JournalError) as failed:
            said, self._last = translated(failed), None
        self.answered.emit(said)
