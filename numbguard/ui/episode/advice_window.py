"""Shows the advice on an episode in the colour of its tier, and the questions that may still change it.

The application opens it on the GUI thread, after the form if the advice goes beyond "change your position", and from
the panel and the history. Each answer is saved at once. No question has to be answered: *When to get help* is beside
them from the start. Where the person said nothing of the episode, it begins with all signs as a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numbguard.core.errors import JournalError
from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.scroll_column import ScrollColumn
from numbguard.ui.widgets.tier_banner import TierBanner
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.ui.widgets.windows.screens import corner_of, pointer_screen
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.log import advice as words

from .sign_list import SignList

_WIDTH: Final = 40.0
"""The window's width in heights of a line of text."""
_LIST_SIZE: Final = (64.0, 34.0)
"""Its width and height in the same unit while it shows the list of signs."""
_YES_NO: Final = {True: N_("Yes"), False: N_("No")}


class AdviceWindow(PlainWindow):
    help_wanted = Signal()
    relief_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        *,
        advise: Callable[[Mapping[WarningSign, bool]], Advice],
        answer: Callable[[WarningSign, bool], None],
        answers: Mapping[WarningSign, bool],
        number: str = "",
    ) -> None:
        """``advise`` returns the advice for the answers so far; ``answer`` saves one, and may raise ``JournalError``.

        ``answers``: those given earlier. ``number``: the emergency number that is set, if any.
        """
        super().__init__()
        self._advise = advise
        self._answer_it = answer
        self._answers = dict(answers)
        self._number = number
        self._advice = advise(self._answers)
        self._asked: list[WarningSign] = []
        self.setWindowTitle(_("Advice"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._show()
        self.setFocus()
        theme.apply_theme(self, self._banner.apply_colours)

    def appear(self) -> None:
        """Show it in a corner without taking the keyboard focus, because nobody asked for it."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._fit()
        self.show()
        self.raise_()

    def present(self) -> None:
        """Show it in front, because the person asked for it."""
        self._fit()
        to_front(self)

    # --- layout -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        edge = round(unit * 1.0)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.6))
        self._banner = TierBanner(self)
        self._list: SignList | None = None
        if self._advice.tells_nothing and self._advice.questions:
            self._list = SignList(self)
            self._list.chosen.connect(self._press_sign)
            self._list.none_wanted.connect(self._say_none)
            self._list.skipped.connect(self.close)
            self._list.help_wanted.connect(self.help_wanted)
            column.addWidget(self._list, 1)
        self._page = QWidget(self)
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(round(unit * 0.6))
        inside.addWidget(self._banner)
        self._scroll = ScrollColumn(self._page)
        self._scroll.rows.setSpacing(round(unit * 0.55))
        self._words = label_for(self._page)
        self._scroll.rows.addWidget(self._words)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(round(unit * 0.45))
        self._scroll.rows.addLayout(self._questions)
        self._scroll.rows.addStretch(1)
        inside.addWidget(self._scroll, 1)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        column.addWidget(self._page, 1)
        column.addWidget(self._trouble)
        self._foot = QWidget(self)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, round(unit * 0.4), 0, 0)
        row.setSpacing(round(unit * 0.5))
        self._help = button_for(self._foot, _("When to get &help"), self.help_wanted.emit)
        self._relief = button_for(self._foot, _("Step-by-step &relief"), self.relief_wanted.emit)
        row.addWidget(self._help)
        row.addWidget(self._relief)
        row.addStretch(1)
        row.addWidget(button_for(self._foot, _("&Close"), self.close))
        column.addWidget(self._foot)

    def _show(self) -> None:
        advice = self._advice
        listed = self._list is not None
        self._page.setVisible(not listed)
        self._foot.setVisible(not listed)
        said = words.sentences(advice, number=self._number)
        self._banner.show_advice(advice, number=self._number)
        self._words.setText("\n\n".join(said[1:]))
        urgent = not advice.is_settled or advice.tier.rank > AdviceTier.SOON.rank
        # The steps of relief are for numbness that may be waited on.
        self._relief.setVisible(not urgent)
        calm = advice.is_settled and advice.tier is AdviceTier.RELIEF
        self._help.setProperty("kind", "" if calm else "primary")
        self._relief.setProperty("kind", "primary" if calm else "")
        for changed in (self._help, self._relief):
            theme.restyle(changed)
        self.setAccessibleName(_(words.ANYTHING_ELSE) if listed else f"{words.heading(advice)}. {' '.join(said)}")
        if listed:
            return
        if not self._asked and advice.questions:
            self._say(_("Please answer yes or no if you can:"))
        for sign in advice.questions:
            if sign not in self._asked:
                self._ask(sign)

    def _say(self, text: str) -> None:
        label = QLabel(text, self._page)
        label.setFont(theme.font(bold=True))
        self._questions.addWidget(label)

    def _ask(self, sign: WarningSign) -> None:
        self._asked.append(sign)
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.8))
        asked = translated(sign.question)
        question = label_for(self._page, asked)
        chips = Chips(self._page, asked, {present: _(word) for present, word in _YES_NO.items()})
        chips.setMinimumWidth(round(theme.unit() * 7.2))
        chips.show_chosen([self._answers.get(sign)])
        chips.changed.connect(lambda: self._answered(sign, chips.one()))
        row.addWidget(question, 1)
        row.addWidget(chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self._questions.addLayout(row)

    # --- answers ------------------------------------------------------------------------------------------------

    def _answered(self, sign: WarningSign, present: bool | None) -> None:
        self._trouble.hide()
        if present is None:  # cleared: the question counts as unanswered here; the log keeps the earlier answer
            self._answers.pop(sign, None)
        else:
            self._save(sign, present)
        self._advise_anew()

    def _save(self, sign: WarningSign, present: bool) -> None:
        self._answers[sign] = present
        try:
            self._answer_it(sign, present)
        except JournalError as error:
            self._trouble.setText(translated(error))
            self._trouble.show()

    def _advise_anew(self) -> None:
        before = words.heading(self._advice)
        self._advice = self._advise(self._answers)
        self._show()
        if words.heading(self._advice) != before and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        self._fit()

    def _press_sign(self, sign: WarningSign) -> None:
        """A sign of the list is there; its question stays in sight, so that a slip can be corrected."""
        self._drop_list()
        self._save(sign, True)
        self._ask(sign)
        self._advise_anew()

    def _say_none(self) -> None:
        self._drop_list()
        for sign in WarningSign:
            self._save(sign, False)
        self._advise_anew()

    def _drop_list(self) -> None:
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    # --- place and closing --------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Make the window as high as its words need: first in the corner of the screen, later where it is."""
        unit = theme.unit()
        layout = self.layout()
        assert layout is not None
        room = (self.screen() if self.isVisible() else pointer_screen()).availableGeometry()
        title_bar = QSize(2, round(unit * 1.6))
        most = room.height() - title_bar.height()
        if self._list is not None:
            wide, high = min(round(_LIST_SIZE[0] * unit), room.width()), min(round(_LIST_SIZE[1] * unit), most)
        else:
            wide = min(round(_WIDTH * unit), room.width())
            edges = layout.contentsMargins()
            inside = wide - edges.left() - edges.right()
            for part in self.findChildren(QWidget):
                part.ensurePolished()
            # A scroll area does not ask for the height of its words, and a banner beside one gets too little.
            self._banner.setFixedHeight(self._banner.height_at(inside))
            trouble = self._trouble.heightForWidth(inside) + layout.spacing() if self._trouble.isVisibleTo(self) else 0
            beside = edges.top() + edges.bottom() + self._banner.height() + self._foot.sizeHint().height() + trouble
            beside += 2 * layout.spacing()
            self._scroll.settle()
            self._scroll.fit(inside, most - beside)
            high = min(beside + self._scroll.sizeHint().height(), most)
        if not self.isVisible():
            self.move(corner_of(room, QSize(wide, high) + title_bar, margin=round(unit)).topLeft())
            self.resize(wide, high)
        elif QSize(wide, high) != self.size():
            self.resize(wide, high)
            over = self.frameGeometry().bottom() + high - self.height() - room.bottom()
            if over > 0:
                self.move(self.x(), max(room.top(), self.y() - over))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only layouts that have been shown know how high their words are.
        QTimer.singleShot(0, self, self._fit)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
