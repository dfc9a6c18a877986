"""One step of a card in the editor: the instruction, seconds, repetitions, side, and the motion shown.

``card_form`` creates the rows, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from numbguard.core.cards.drafts import MAX_REPETITIONS, MAX_STEP_S, MIN_STEP_S, STEP_LIMIT, StepDraft
from numbguard.core.sites import Side
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.fields import ChoiceBox, SpinBox
from numbguard.wording.catalogue import N_, _, ngettext, pgettext

from .row_list import STEP_WORDS, MovableRow

_SIDES = {Side.BOTH: N_("Both sides"), Side.LEFT: N_("Left"), Side.RIGHT: N_("Right")}


class StepRow(MovableRow):
    def __init__(self, step: StepDraft, motions: Sequence[str]) -> None:
        super().__init__(STEP_WORDS)
        unit = theme.unit()
        self._text = QLineEdit(step.text, self)
        self._text.setMaxLength(STEP_LIMIT)
        self._text.setPlaceholderText(_("What to do, in one sentence"))
        self._text.setAccessibleName(_("What to do"))
        self._text.setCursorPosition(0)
        self._seconds = SpinBox(
            self,
            MIN_STEP_S,
            MAX_STEP_S,
            step.seconds,
            unit=pgettext("after a number of seconds", " s"),
            name=_("Seconds"),
        )
        self._times = SpinBox(
            self, 1, MAX_REPETITIONS, step.repetitions, unit=_times(step.repetitions), name=_("Repetitions")
        )
        self._times.setSpecialValueText(pgettext("repetitions", "once"))
        self._times.valueChanged.connect(lambda times: self._times.setSuffix(_times(times)))
        self._side = ChoiceBox(self)
        self._side.setAccessibleName(_("Side"))
        for side, word in _SIDES.items():
            self._side.addItem(_(word), side)
        self._side.setCurrentIndex(list(_SIDES).index(step.side))
        self._motion = ChoiceBox(self)
        self._motion.setAccessibleName(_("Motion"))
        self._motion.setMaximumWidth(round(unit * 11))
        self._motion.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._motion.setMinimumContentsLength(6)
        # Under a style sheet their own size hints would make the form wider than a small screen.
        for part, units in ((self._seconds, 5.4), (self._times, 6.6), (self._side, 7.0)):
            part.setFixedWidth(max(round(unit * units), self._needed(part)))
        line = QHBoxLayout()
        line.setSpacing(round(unit * 0.5))
        for part in (self._seconds, self._times, self._side, self._motion):
            line.addWidget(part)
        line.setStretchFactor(self._motion, 1)
        line.addStretch(0)
        self.body.addWidget(self._text)
        self.body.addLayout(line)
        self._kept = step.motion
        self.offer(motions, step.motion)
        self._text.textChanged.connect(lambda _text: self.changed.emit())
        self._seconds.valueChanged.connect(lambda _value: self.changed.emit())
        self._times.valueChanged.connect(lambda _value: self.changed.emit())
        self._side.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._motion.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @staticmethod
    def _needed(part: QSpinBox | QComboBox) -> int:
        """The width of the longest words of a box, with its arrows, in pixels."""
        if isinstance(part, QComboBox):
            words = [part.itemText(place) for place in range(part.count())]
        else:
            words = [f"{part.maximum()}{part.suffix()}", part.specialValueText()]
        return max(map(part.fontMetrics().horizontalAdvance, words)) + round(theme.unit() * 2.4)

    def offer(self, motions: Sequence[str], chosen: str) -> None:
        """Set the motions to choose from, and select ``chosen``. The choice is hidden with fewer than two motions."""
        self._motion.blockSignals(True)
        self._motion.clear()
        for name in motions:
            self._motion.addItem(_("Shows: {motion}").format(motion=name.replace("_", " ")), name)
        self._motion.setCurrentIndex(max(list(motions).index(chosen) if chosen in motions else 0, 0))
        self._motion.blockSignals(False)
        self._motion.setVisible(len(motions) > 1)
        self._kept = "" if motions else chosen

    @property
    def step(self) -> StepDraft:
        motion = self._motion.currentData()
        return StepDraft(
            text=self._text.text(),
            seconds=self._seconds.value(),
            side=list(_SIDES)[self._side.currentIndex()],
            repetitions=self._times.value(),
            motion=motion if isinstance(motion, str) else self._kept,
        )

    def take_focus(self) -> None:
        self._text.setFocus()


def _times(repetitions: int) -> str:
    # Translators: Stands after a number of repetitions; begin with a space.
    return ngettext(" times", " times", repetitions)


def heading(parent: QWidget, text: str) -> QLabel:
    """The heading above a part of a form."""
    label = QLabel(text, parent)
    label.setFont(theme.font(1.05, bold=True))
    return label
