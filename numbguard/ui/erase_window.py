"""*Delete everything*: says what will be deleted, asks for a typed word, deletes, and says what was deleted.

Made by the app when it is opened and released when it is closed; on the GUI thread. Escape closes it without deleting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from numbguard.core.errors import JournalError
from numbguard.store.erase import WORD, ErasableData
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.ui.widgets.labels import label_for, make_selectable
from numbguard.ui.widgets.windows.plain_window import to_front
from numbguard.wording.catalogue import _, ngettext, translated
from numbguard.wording.formats import number

from .widgets import theme

_SHOWN = 6
"""How many files are named; the others are only counted."""


def erased_in_words(found: ErasableData) -> str:
    """The data that will be deleted, or was, in lines for people."""
    # Translators: {counts} is such as “12 episodes, 340 breaks”.
    log = _("The log: {counts}.").format(counts=", ".join(_counts(found)))
    lines = [log if any(found.entries.values()) else _("The log: it is empty.")]
    if found.backups:
        count = len(found.backups)
        lines.append(ngettext("Backups: {count} file.", "Backups: {count} files.", count).format(count=number(count)))
    if found.exports:
        lines.append(_("Files you exported:\n{files}").format(files=_named(found.exports)))
    if found.settings:
        lines.append(_("Your settings."))
    return "\n".join(lines)


def _counts(found: ErasableData) -> list[str]:
    """Each kind of entry that there is, with its number."""
    words: dict[str, Callable[[int], str]] = {
        "episodes": lambda count: ngettext("{count} episode", "{count} episodes", count),
        "breaks": lambda count: ngettext("{count} break", "{count} breaks", count),
        "bouts": lambda count: ngettext("{count} sitting", "{count} sittings", count),
        "habits": lambda count: ngettext("{count} habit tick", "{count} habit ticks", count),
        "posture_checks": lambda count: ngettext("{count} posture check", "{count} posture checks", count),
        "visit": lambda count: ngettext("{count} note for a visit", "{count} notes for a visit", count),
    }
    counts = ((found.entries[name], form) for name, form in words.items())
    return [form(count).format(count=number(count)) for count, form in counts if count]


def left_in_words(found: ErasableData) -> str:
    """Lines on files that were not deleted and need the person's attention; usually empty."""
    lines = list(map(translated, found.failed))
    if found.changed:
        lines.append(_("Changed since you exported them, so not deleted:\n{files}").format(files=_named(found.changed)))
    return "\n".join(lines)


def _named(paths: Sequence[Path]) -> str:
    lines = [f"    {path}" for path in paths[:_SHOWN]]
    if len(paths) > _SHOWN:
        more = len(paths) - _SHOWN
        lines.append(ngettext("    and {count} more", "    and {count} more", more).format(count=number(more)))
    return "\n".join(lines)


class EraseWindow(QDialog):
    """``finished`` is emitted when it closes, whether or not anything was deleted."""

    def __init__(self, *, preview: Callable[[], ErasableData], erase: Callable[[bool], ErasableData]) -> None:
        """``preview`` returns what would be deleted; ``erase`` deletes it, with the settings if its argument is true.
        Both may raise ``JournalError``."""
        super().__init__()
        self._erase_it = erase
        self.setWindowTitle(_("Delete everything"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._build()
        theme.apply_theme(self, lambda _colours: self.update())
        try:
            found = preview()
        except JournalError as failed:
            self._say_trouble(translated(failed))
        else:
            self._what.setText(erased_in_words(found))
            self._say_trouble(left_in_words(found))

    @property
    def deleted(self) -> bool:
        """Whether everything has been deleted, as far as it could be."""
        return not self._word.isVisibleTo(self)

    def present(self) -> None:
        """Show it and bring it to the front."""
        self._fit()
        to_front(self)
        self._word.setFocus()

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        self._heading = QLabel(_("Delete everything?"), self)
        self._heading.setFont(theme.font(1.5, bold=True))
        self._what = label_for(self)
        make_selectable(self._what)
        self._warning = label_for(
            self, _("This can't be undone. Copies elsewhere, such as a full-disk backup, are not affected.")
        )
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        self._settings = CheckBox(_("Delete my settings too"), self)
        self._ask = QLabel(_("&Type “{word}” to continue").format(word=WORD), self)
        self._word = QLineEdit(self)
        self._word.setProperty("role", "field")
        self._word.setAccessibleName(_("Type {word} to continue").format(word=WORD))
        self._word.textChanged.connect(self._typed)
        self._ask.setBuddy(self._word)
        self._delete = button_for(self, _("&Delete everything"), self._delete_all, kind="primary")
        self._delete.setEnabled(False)
        self._word.returnPressed.connect(self._delete_all)
        self._leave = button_for(self, _("&Keep everything"), self.reject)
        for button in (self._delete, self._leave):
            button.setAutoDefault(False)  # Enter in the text field must press neither

        column = QVBoxLayout(self)
        edge = round(unit * 1.3)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.7))
        for part in (self._heading, self._what, self._trouble, self._warning):
            column.addWidget(part)
        column.addSpacing(round(unit * 0.4))
        for widget in (self._ask, self._word, self._settings):
            column.addWidget(widget)
        column.addStretch(1)
        column.addSpacing(round(unit * 0.6))
        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.5))
        answers.addStretch(1)
        answers.addWidget(self._leave)
        answers.addWidget(self._delete)
        column.addLayout(answers)
        column.addStrut(round(unit * 30) - 2 * edge)  # a minimum width of the window would overrule the buttons

    def _fit(self) -> None:
        """Make room for every line; Qt would give a window no more than two thirds of the screen's height."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = layout.totalSizeHint().width()
        self.resize(width, layout.totalHeightForWidth(width))

    # --- typing and deleting -----------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._delete.setEnabled(text.strip().lower() == WORD)

    def _delete_all(self) -> None:
        if not self._delete.isEnabled():
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._erase_it(self._settings.isChecked())
        except JournalError as failed:
            self._say_trouble(translated(failed))
            return
        finally:
            QApplication.restoreOverrideCursor()
        self._heading.setText(_("Some things could not be deleted") if done.failed else _("Deleted"))
        self._what.setText(erased_in_words(done))
        self._say_trouble(left_in_words(done))
        for part in (self._warning, self._settings, self._ask, self._word, self._delete):
            part.hide()
        self._leave.setText(_("&Close"))
        self._leave.setFocus()
        self._fit()

    def _say_trouble(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
