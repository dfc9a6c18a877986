"""The field for the command of a hook, with a button that tries it and a sentence on how that ended.

Made by the rows of the settings window, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numbguard.core.settings.choices import HookCommand
from numbguard.core.settings.hook_command import read_command, write_command
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _, translated

from .line_field import LineField


class CommandField(LineField):
    empty = N_("Example: playerctl pause")
    instructions = N_("A program and its arguments.")
    try_wanted = Signal(object)
    """The command in the field, which is not empty."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(spec, parent)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self._line)
        column.setSpacing(round(theme.unit() * 0.3))
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.5))
        row.addWidget(self._line, 1)
        self._try = button_for(self, _("Try it"), self._try_it, means=_("Run it now, as this event would"))
        self._try.setAccessibleName(_("Try it: {event}").format(event=translated(spec.title)))
        self._line.textChanged.connect(lambda text: self._try.setEnabled(bool(text.strip())))
        self._try.setEnabled(False)
        row.addWidget(self._try)
        column.addLayout(row)
        self._said = label_for(self, role="quiet")
        self._said.hide()
        column.addWidget(self._said)

    def say(self, sentence: str, *, failed: bool = False) -> None:
        """Show how the trial ended."""
        self._said.setProperty("role", "warm" if failed else "quiet")
        theme.restyle(self._said)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def written(self, value: object) -> str:
        assert isinstance(value, HookCommand)
        return write_command(value)

    def flush(self) -> None:
        if self._line.isModified() and (command := self._command()) is not None:
            self._line.setModified(False)
            self.value_set.emit(command)

    def _command(self) -> HookCommand | None:
        try:
            return read_command(self._line.text())
        except ValueError:
            self.refused.emit(_("This is not a command: a quotation mark has no partner, or the program is missing."))
            return None

    def _try_it(self) -> None:
        self.flush()
        if command := self._command():
            self.say(_("Running…"))
            self.try_wanted.emit(command)
