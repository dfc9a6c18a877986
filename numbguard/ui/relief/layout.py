"""The widgets of the relief window and their layout: the warning signs, figure, words, steps, ring and answers.

Made by ``window``, which connects the buttons and decides what is shown when; on the GUI thread. In a smaller window
the explanations go first, then the picture; the words of the step, the warning and the signs stay.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.log.advice.relief import WALKING, ReliefStep
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, read_more
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.step_list import StepList
from numbguard.ui.widgets.time_ring import TimeRing
from numbguard.wording import relief as relief_words
from numbguard.wording.catalogue import _, translated

from .first_page import FirstPage
from .picture import ReliefPicture
from .warning_signs import WarningLine, WarningSigns

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card
    from numbguard.core.log.advice.advice import Advice

_EDGE, _GAP = 1.3, 1.5
_PICTURE, _WORDS, _FLAGS = 27, 18, 17
"""Shares of the width."""
_MORE_PICTURE, _FEWER_WORDS = 30, 15
"""The same where the explanations are hidden: the figure gets their room."""
_RING, _SMALL_RING = 5.6, 4.0
_LARGE_RING = 36
"""The height in units from which the list of steps leaves room for the large ring."""
_ROOMY, _TIGHT = (52, 30), (40, 23)
"""Widths and heights in units: below the first, explanations are hidden; below the second, the picture too."""


class ReliefLayout:
    def __init__(
        self,
        window: QWidget,
        steps: tuple[ReliefStep, ...],
        *,
        card_of: Callable[[str], Card | None],
        mirrored: bool,
        still: bool,
    ) -> None:
        self._steps = steps
        self._window = window
        self._unit = unit = theme.unit()
        self._at_end = False
        self._high = 0.0
        self._roomy = self._pictured = self._walks = True
        self.picture = ReliefPicture(window, card_of=card_of, mirrored=mirrored, still=still)
        self.now = label_for(window, expands=True)
        self.now.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.now.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title = label_for(window, scale=1.65, bold=True, expands=True)
        self.where = label_for(window, role="quiet", expands=True)
        self.why = label_for(window, role="quiet", expands=True)
        self.text = label_for(window, expands=True)
        self.list = StepList(window, [(translated(step.title), step.seconds) for step in steps], unit=unit)
        self.ring = TimeRing(window, size=unit * _RING)
        self.walking = label_for(window, translated(WALKING), role="note", expands=True)
        self.note = label_for(window, role="note", expands=True)
        self.line = WarningLine(window, turned=self._show_signs)
        self.flags = WarningSigns(window)
        self.flags.hide()
        self.first = FirstPage(window)
        self.first.hide()

        self.gone = button_for(
            window,
            _("It's &gone"),
            means=_("The numbness is gone: log what helped, and after how long"),
            kind="primary",
        )
        self.next = button_for(window, _("&Next"), means=_("Next step"))
        self.back = button_for(window, _("&Back"), means=_("Previous step"))
        self.wait = button_for(window, _("&Wait"), means=_("Pause the timer of this step"))
        self.still_numb = button_for(
            window, _("&Still numb"), means=_("You have done all the steps and it is still numb")
        )
        self.again = button_for(window, _("&Start again"), means=_("Repeat the steps from the start"))
        self.close = button_for(window, _("&Close"), means=_("Close this window"))
        self.read = read_more(window, lambda: None)
        for before, after in pairwise(self.buttons()):
            QWidget.setTabOrder(before, after)
        self._lay_out()
        self.note.hide()

    def buttons(self) -> tuple[QPushButton, ...]:
        """All buttons, in the order of the Tab key; at any time some are hidden."""
        answers = (self.gone, self.next, self.still_numb, self.again, self.close, self.wait, self.back, self.read)
        return (self.line.signs, *answers, self.line.help)

    # --- making ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        unit = self._unit
        picture = QVBoxLayout()
        picture.setSpacing(round(unit * 0.9))
        picture.addWidget(self.picture, 100)
        picture.addWidget(self.now)
        picture.addStretch(1)

        timing = QHBoxLayout()
        timing.setSpacing(round(unit * 1.1))
        timing.addWidget(self.ring)
        timing.addWidget(self.where, 1, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addSpacing(round(unit * 0.4))
        words.addWidget(self.why)
        words.addSpacing(round(unit * 0.3))
        words.addWidget(self.read)
        words.addWidget(self.text)
        words.addSpacing(round(unit * 0.6))
        words.addWidget(self.list, 1)
        self._column = words
        words.addStretch(0)
        words.addSpacing(round(unit * 0.5))
        words.addLayout(timing)
        words.addSpacing(round(unit * 0.6))
        words.addWidget(self.note)
        words.addWidget(self.walking)

        body = QHBoxLayout()
        body.setSpacing(round(unit * _GAP))
        body.addLayout(picture, _PICTURE)
        body.addLayout(words, _WORDS)
        self._body = body

        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.6))
        answers.addWidget(self.back)
        answers.addWidget(self.wait)
        answers.addStretch(1)
        for button in (self.close, self.again, self.next, self.still_numb, self.gone):
            answers.addWidget(button)

        self._through = QWidget(self._window)
        left = QVBoxLayout(self._through)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(round(unit * 1.1))
        left.addLayout(body, 1)
        left.addLayout(answers)
        below = QHBoxLayout()
        self._below = below
        below.addWidget(self._through, _PICTURE + _WORDS)
        below.addWidget(self.first, _PICTURE + _WORDS)
        below.addWidget(self.flags, _FLAGS)
        root = QVBoxLayout(self._window)
        self._root = root
        root.addWidget(self.line)
        root.addLayout(below, 1)

    # --- showing --------------------------------------------------------------------------------------------------

    def apply_colours(self, colours: theme.Palette) -> None:
        self.picture.apply_colours(colours)
        self.ring.apply_colours(colours)
        self.line.apply_colours(colours)
        self.list.apply_colours(colours)
        self.flags.apply_colours(colours)
        self.first.apply_colours(colours)

    def show_first(self, advice: Advice | None, *, number: str = "") -> None:
        """Show what comes before the steps; with ``None``, the steps."""
        self._through.setVisible(advice is None)
        self.first.setVisible(advice is not None)
        if advice is not None:
            self.first.show_advice(advice, number=number)
        # The page lists the same signs itself.
        listed = advice is not None and self.first.lists_signs
        self.line.setVisible(not listed)
        self.flags.setVisible(self.line.signs.isChecked() and not listed)

    def _show_signs(self, _open: bool) -> None:
        self.flags.setVisible(self.line.signs.isChecked())
        self.fit(self._window.size())

    def show_steps(self, steps: tuple[ReliefStep, ...]) -> None:
        """Show other steps than before: an answer has taken some out."""
        self._steps = steps
        before = self.list
        self.list = StepList(self._window, [(translated(step.title), step.seconds) for step in steps], unit=self._unit)
        self.list.apply_colours(theme.current())
        self._column.replaceWidget(before, self.list)
        before.hide()
        before.deleteLater()

    def show_step(self, step: int) -> None:
        self._at_end, self._walks = False, True
        last = step == len(self._steps) - 1
        self.back.setEnabled(step > 0)
        for button, wanted in (
            *((self.back, True), (self.next, not last), (self.still_numb, last)),
            *((self.again, False), (self.close, False), (self.gone, True)),
        ):
            button.setVisible(wanted)
        self._arrange()

    def show_end(self, *, still_open: bool) -> None:
        """Show the end of the steps; ``still_open``: the leg is still numb."""
        self._at_end, self._walks = True, still_open
        for button in (self.back, self.next, self.still_numb):
            button.hide()
        self.again.setVisible(still_open)
        self.gone.setVisible(still_open)
        self.close.show()
        self._arrange()

    def show_waiting(self, *, waiting: bool) -> None:
        self.wait.setText(_("Go &on") if waiting else _("&Wait"))
        means = _("Resume the timer of this step") if waiting else _("Pause the timer of this step")
        self.wait.setAccessibleDescription(means)
        self.wait.setToolTip(means)

    def show_note(self, sentence: str) -> None:
        """Show a sentence on something that did not work; an empty one hides it."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    # --- fitting the window ---------------------------------------------------------------------------------------

    def fit(self, size: QSize) -> None:
        wide, high = size.width() / self._unit, size.height() / self._unit
        self._high = high
        self._roomy = wide >= _ROOMY[0] and high >= _ROOMY[1]
        self._pictured = wide >= _TIGHT[0] and high >= _TIGHT[1]
        self._arrange()
        edge, gap = (round(self._unit * each) for each in ((_EDGE, _GAP) if self._pictured else (0.7, 0.8)))
        self._root.setContentsMargins(edge, edge, edge, round(edge * 0.85))
        self._root.setSpacing(round(gap * 0.6))
        self._below.setSpacing(gap)
        picture, words = (_PICTURE, _WORDS) if self._roomy else (_MORE_PICTURE, _FEWER_WORDS)
        left = picture + words
        for place, share in enumerate((picture, words)):
            self._body.setStretch(place, share)
        room = size.width() - 2 * edge
        inside = float(room)
        if not self.flags.isHidden():
            inside = min((room - gap) * left / (left + _FLAGS), room - gap - self.flags.minimumSizeHint().width())
        across = max(2, int((inside - gap) * picture / left if self._pictured else inside))
        # Nested layouts squeeze a paragraph before they give up a gap.
        beside = across if not self._pictured else max(2, int((inside - gap) * words / left))
        self.walking.setMinimumHeight(self.walking.heightForWidth(beside))
        self.picture.setMaximumHeight(self.picture.height_for(across))
        # Always room for the longest text, so that the figure does not move from step to step.
        metrics, wrap = QFontMetrics(self.now.font()), Qt.TextFlag.TextWordWrap.value
        texts = [*(translated(part.text) for step in self._steps for part in step.parts), _(relief_words.STILL_NUMB[2])]
        asked = QRect(0, 0, across, 10_000)
        self.now.setFixedHeight(max(metrics.boundingRect(asked, wrap, text).height() for text in texts))

    def _arrange(self) -> None:
        steps, roomy = not self._at_end, self._roomy
        self.list.setVisible(steps and roomy)
        self.why.setVisible(steps and roomy)
        self.read.setVisible(steps and roomy)
        self.text.setVisible(not steps)
        self.ring.setVisible(steps and self._pictured)
        self.where.setVisible(steps and self._pictured)
        self.walking.setVisible(self._walks)
        self.ring.set_diameter(self._unit * (_RING if self._high >= _LARGE_RING else _SMALL_RING))
        # The title bar shows it too.
        self.title.setVisible(self._pictured)
        self.gone.setFont(theme.font(1.15 if self._pictured else 1.0, bold=True))
        self.picture.setVisible(self._pictured)
        self.wait.setVisible(steps and self._pictured)
        wanted = QBoxLayout.Direction.LeftToRight if self._pictured else QBoxLayout.Direction.TopToBottom
        if self._body.direction() != wanted:
            self._body.setDirection(wanted)
        self.now.setFont(theme.font(1.6 if roomy else 1.3 if self._pictured else 1.1, bold=True))
