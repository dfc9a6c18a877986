"""What every editor of the settings window has in common. Made by the rows of that window, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget


class SettingField(QWidget):
    """An editor. ``value_set`` is emitted with the value that a person set, as ``SettingsBook.change`` takes it."""

    value_set = Signal(object)
    refused = Signal(str)
    beside = False
    """Whether it is placed to the right of its label; otherwise below it."""
    names_itself = False

    def show_value(self, value: object) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        """Report at once a change that is still settling."""


def column_of(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def fill_with(field: SettingField, part: QWidget) -> None:
    column_of(field).addWidget(part)
    if field.beside:
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
