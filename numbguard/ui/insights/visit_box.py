"""The last part of the insights window: questions for a visit to a doctor, and on request a name and a date of birth.

Made by the insights window, on the GUI thread. What is written here goes on the report. It is kept in the log, a moment
after the last key, and when the window closes or a report is written.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from numbguard.core.errors import JournalError
from numbguard.core.log.visit import LONGEST_NAME, MOST_QUESTIONS, VisitDetails
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.visit import keep_visit, read_visit
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.fields import line_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext, translated

TITLE: Final = N_("For your visit to the doctor")
_ABOUT: Final = N_(
    "This goes on the first page of the report. It is kept with your log on this computer, and in its backups."
)
_KEPT_AFTER_MS: Final = 800
"""Milliseconds from the last key until what was written is kept."""


class VisitBox(QWidget):
    failed = Signal(str)
    """A sentence that says why it could not be read or kept."""

    def __init__(self, parent: QWidget, journal: SqliteJournal) -> None:
        super().__init__(parent)
        self._journal = journal
        self._is_changed = False
        self._later = QTimer(self, singleShot=True, interval=_KEPT_AFTER_MS)
        self._later.timeout.connect(self.keep)
        unit = theme.unit()
        self.setAccessibleName(_(TITLE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(label_for(self, _(TITLE), role="quiet"))
        column.addWidget(label_for(self, _(_ABOUT)))
        self.questions = QPlainTextEdit(self)
        self.questions.setAccessibleName(_("My questions for the visit"))
        self.questions.setPlaceholderText(_("My questions, one per line"))
        self.questions.setTabChangesFocus(True)
        self.questions.setFixedHeight(round(unit * 6.5))
        self.questions.textChanged.connect(self._change)
        column.addWidget(self.questions)
        self._left_out = label_for(self, role="quiet")
        self._left_out.hide()
        column.addWidget(self._left_out)
        self.name = self._line(_("Name"), _("optional"))
        self.born = self._line(_("Date of birth"), _("optional, written as you like"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(round(unit * 0.8))
        grid.setVerticalSpacing(round(unit * 0.4))
        for at, line in enumerate((self.name, self.born)):
            label = QLabel(line.accessibleName(), self)
            label.setBuddy(line)
            grid.addWidget(label, at, 0)
            grid.addWidget(line, at, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.load()

    def _line(self, name: str, hint: str) -> QLineEdit:
        line = line_for(self, name, self._change, hint=hint, limit=LONGEST_NAME)
        line.setProperty("role", "field")
        return line

    def details(self) -> VisitDetails:
        return VisitDetails(self.questions.toPlainText(), self.name.text(), self.born.text())

    def load(self) -> None:
        """Show what the log keeps, unless something is written here that is not kept yet."""
        if self._is_changed:
            return
        try:
            kept = read_visit(self._journal)
        except JournalError as failed:
            # What is kept must not be lost for what would be written into empty fields.
            self.setEnabled(False)
            self.failed.emit(translated(failed))
            return
        self.setEnabled(True)
        if kept == self.details():
            return
        fields: tuple[QWidget, ...] = (self.questions, self.name, self.born)
        for field in fields:
            field.blockSignals(True)
        self.questions.setPlainText(kept.questions)
        self.name.setText(kept.name)
        self.born.setText(kept.born)
        for field in fields:
            field.blockSignals(False)
        self._count()

    def keep(self) -> None:
        """Keep what was written since."""
        self._later.stop()
        if not self._is_changed:
            return
        try:
            keep_visit(self._journal, self.details())
        except JournalError as failed:
            # Translators: {reason} is a sentence.
            words = _("What you wrote for the visit is not saved yet. {reason}")
            self.failed.emit(words.format(reason=translated(failed)))
            return
        self._is_changed = False

    def begin(self) -> None:
        """Put the cursor at the end of the questions."""
        self.questions.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.questions.moveCursor(self.questions.textCursor().MoveOperation.End)

    def _change(self) -> None:
        self._is_changed = True
        self._count()
        self._later.start()

    def _count(self) -> None:
        more = self.details().left_out()
        words = ngettext(
            "The report has room for {room} questions: one is not on it.",
            "The report has room for {room} questions: {count} are not on it.",
            more,
        )
        self._left_out.setText(words.format(room=MOST_QUESTIONS, count=formats.number(more)))
        self._left_out.setVisible(bool(more))
