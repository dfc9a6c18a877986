"""Shows the guide's advice on an episode just described, and the follow-up questions that it raises.

The application opens it after the form if the advice goes beyond "change your position", on the GUI thread. Each answer
is saved at once. No question has to be answered: *When to get help* is beside them from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from numbguard.core.errors import JournalError
from numbguard.core.log.advice import Advice, AdviceKind
from numbguard.core.log.red_flags import WarningSign
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.chips import Chips
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.plain_window import PlainWindow
from numbguard.ui.widgets.screens import corner_of, pointer_screen

HEADINGS: Mapping[AdviceKind, str] = {
    AdviceKind.RELIEF: "Change your position",
    AdviceKind.PROFESSIONAL: "Worth having looked at",
    AdviceKind.HELP_NOW: "Get help at once",
}
_WIDTH = 36.0
"""The window's width in heights of a line of text."""
_YES_NO = {True: "Yes", False: "No"}


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
    ) -> None:
        """``advise`` returns the advice for the answers so far; ``answer`` saves one, and may raise ``JournalError``.

        ``answers``: those given earlier.
        """
        super().__init__()
        self._advise = advise
        self._answer_it = answer
        self._answers = dict(answers)
        self._advice = advise(self._answers)
        self._asked: list[WarningSign] = []
        self.setWindowTitle("What the guide says")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._show()
        self.setFocus()
        theme.apply_theme(self)

    def present(self) -> None:
        self._fit()
        self.show()
        self.raise_()

    # --- layout -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        edge = round(unit * 1.1)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.5))
        self._head = label_for(self, scale=1.4, bold=True)
        self._words = label_for(self)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(round(unit * 0.35))
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        column.addWidget(self._head)
        column.addWidget(self._words)
        column.addSpacing(round(unit * 0.3))
        column.addLayout(self._questions)
        column.addWidget(self._trouble)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.5))
        self._help = button_for(self, "When to get &help", self.help_wanted.emit)
        row.addWidget(self._help)
        row.addWidget(button_for(self, "What helps &now", self.relief_wanted.emit))
        row.addStretch(1)
        row.addWidget(button_for(self, "&Close", self.close))
        column.addLayout(row)

    def _show(self) -> None:
        advice = self._advice
        self._head.setText(HEADINGS[advice.kind])
        self._head.setProperty("role", "warm" if advice.kind is AdviceKind.HELP_NOW else "")
        self._words.setText("\n\n".join(advice.sentences))
        self._help.setProperty("kind", "primary" if advice.kind is not AdviceKind.RELIEF else "")
        for changed in (self._head, self._help):
            changed.style().unpolish(changed)
            changed.style().polish(changed)
        self.setAccessibleName(f"{self._head.text()}. {' '.join(advice.sentences)}")
        if not self._asked and advice.questions:
            self._say("Please say yes or no, if you know:")
        for sign in advice.questions:
            if sign not in self._asked:
                self._ask(sign)

    def _say(self, words: str) -> None:
        label = QLabel(words, self)
        label.setFont(theme.font(bold=True))
        self._questions.addWidget(label)

    def _ask(self, sign: WarningSign) -> None:
        self._asked.append(sign)
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.8))
        words = label_for(self, sign.question)
        chips = Chips(self, sign.question, _YES_NO)
        chips.setMinimumWidth(round(theme.unit() * 7.2))
        chips.changed.connect(lambda: self._answered(sign, chips.one()))
        row.addWidget(words, 1)
        row.addWidget(chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self._questions.addLayout(row)

    def _answered(self, sign: WarningSign, present: bool | None) -> None:
        self._trouble.hide()
        if present is None:  # cleared: the question counts as unanswered here; the log keeps the earlier answer
            self._answers.pop(sign, None)
        else:
            self._answers[sign] = present
            try:
                self._answer_it(sign, present)
            except JournalError as error:
                self._trouble.setText(str(error))
                self._trouble.show()
        before = self._advice.kind
        self._advice = self._advise(self._answers)
        self._show()
        if self._advice.kind is not before and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        self._fit()

    # --- place and closing --------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Make the window as high as its words need: first in the corner of the screen, later where it is."""
        unit = theme.unit()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        room = (self.screen() if self.isVisible() else pointer_screen()).availableGeometry()
        wide = min(round(_WIDTH * unit), room.width())
        title_bar = QSize(2, round(unit * 1.6))
        high = min(layout.totalHeightForWidth(wide), room.height() - title_bar.height())
        if not self.isVisible():
            self.move(corner_of(room, QSize(wide, high) + title_bar, margin=round(unit)).topLeft())
            self.resize(wide, high)
        elif high > self.height():
            self.resize(self.width(), high)
            over = self.frameGeometry().bottom() + high - self.height() - room.bottom()
            if over > 0:
                self.move(self.x(), max(room.top(), self.y() - over))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
