"""A group of settings under a heading, on a page of the settings window: a table of the settings file, row by row, or
another subject with the same layout.

Made by the window with its page, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SPECS, SettingsSection
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import translated

from ..rows.row import SettingRow

_ONLY_WITH = {
    "posture.interval": ("posture_enabled", True),
    "sound.announcement": ("sound_enabled", True),
    "sound.start": ("sound_enabled", True),
    "sound.step": ("sound_enabled", True),
    "sound.end": ("sound_enabled", True),
    "sound.volume": ("sound_enabled", True),
    "sound.read_aloud": ("sound_enabled", True),
    "goals.walk": ("goal", GoalKind.WALK),
    "goals.water": ("goal", GoalKind.WATER),
}
"""Rows that have an effect only while another setting has this value."""


class SettingsGroup(QWidget):
    """A heading, a sentence, and the contents below."""

    def __init__(self, title: str, about: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        unit = theme.unit()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(round(unit * 0.9))
        self.heading = label_for(self, title, scale=1.15, bold=True)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.heading)
        head.addWidget(label_for(self, about, role="quiet"))
        self.column.addLayout(head)

    def tab_after(self, before: QWidget) -> QWidget:
        """Make Tab go from ``before`` through this group from top to bottom; returns the last part."""
        for part in self.findChildren(QWidget):
            if part.window() is not self.window():  # the list that a choice opens
                continue
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                QWidget.setTabOrder(before, part)
                before = part
        return before

    def show_settings(self, settings: Settings) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        """Report at once a change that is still settling."""


class TableGroup(SettingsGroup):
    """The rows of one table."""

    value_set = Signal(str, object)
    """A key and the value that a person set."""
    reset_wanted = Signal(str)
    """The key of a setting to reset to its default."""

    def __init__(self, section: SettingsSection, parent: QWidget | None) -> None:
        super().__init__(translated(section.title), translated(section.about), parent)
        self.rows = {spec.key: SettingRow(spec, self) for spec in SPECS if spec.section == section.table}
        for place, row in enumerate(self.rows.values()):
            if place:
                self.column.addWidget(line_between(self))
            row.value_set.connect(self.value_set)
            row.reset_wanted.connect(self.reset_wanted)
            self.column.addWidget(row)

    def show_settings(self, settings: Settings) -> None:
        for key, row in self.rows.items():
            value = getattr(settings, row.spec.field)
            row.show_value(value, is_default=value == row.spec.default)
            needs = _ONLY_WITH.get(key)
            row.setEnabled(needs is None or getattr(settings, needs[0]) == needs[1])

    def say(self, key: str, sentence: str) -> None:
        self.rows[key].say(sentence)

    def flush(self) -> None:
        for row in self.rows.values():
            row.flush()


def line_between(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
