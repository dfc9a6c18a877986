"""The fields for a line of text and for a list of names. Made by the rows of the settings window, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import passes_undo_on
from numbguard.wording.catalogue import N_, _, translated

from .setting_field import SettingField, fill_with


class LineField(SettingField):
    """A line of text, which may be empty."""

    empty = N_("not set")
    instructions = ""
    """A sentence for screen readers, after the hint."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.setProperty("role", "field")
        self._line.setAccessibleName(translated(spec.title))
        self._line.setAccessibleDescription(f"{translated(spec.hint)} {_(self.instructions)}".strip())
        self._line.setPlaceholderText(_(self.empty))
        self._line.setMinimumHeight(round(theme.unit() * 2))
        self._line.editingFinished.connect(self.flush)
        self._line.installEventFilter(self)
        fill_with(self, self._line)
        self.setFocusProxy(self._line)

    def show_value(self, value: object) -> None:
        if not self._line.isModified():
            self._line.setText(self.written(value))

    def flush(self) -> None:
        if self._line.isModified():
            self._line.setModified(False)
            self.value_set.emit(self.read(self._line.text()))

    def written(self, value: object) -> str:
        return str(value)

    def read(self, text: str) -> object:
        return text.strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return passes_undo_on(event) or super().eventFilter(watched, event)


class NamesField(LineField):
    """A list of names with commas between them."""

    empty = N_("none")
    instructions = N_("Separate names with commas.")

    def written(self, value: object) -> str:
        assert isinstance(value, tuple)
        return ", ".join(value)

    def read(self, text: str) -> tuple[str, ...]:
        names = (name.strip() for name in text.split(","))
        return tuple(dict.fromkeys(name for name in names if name))
