"""A page of the settings window: one table of the settings file, row by row, or another page with the same layout.

Made by the window when the page is first opened, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SPECS, SettingsSection
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import translated

from .fields import SettingRow

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


class SettingsPage(QScrollArea):
    """A heading, a sentence, and the contents below; it scrolls in a small window."""

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        unit = theme.unit()
        self.content = content = QWidget(self)
        self.column = QVBoxLayout(content)
        edge = round(unit * 1.2)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(round(unit * 0.9))
        heading = label_for(content, title)
        heading.setFont(theme.font(1.4, bold=True))
        self.column.addWidget(heading)
        self.column.addWidget(label_for(content, about, role="quiet"))
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        """As wide as its rows, up to 60 % of the screen, so that a window of ordinary size never cuts one off."""
        width = self.content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        room = self.screen().availableGeometry().width() * 0.6
        return QSize(round(min(width, room)), round(theme.unit() * 12))

    def tab_after(self, before: QWidget) -> None:
        """Make Tab go from ``before`` through this page from top to bottom."""
        for part in self.content.findChildren(QWidget):
            if part.window() is not self.window():  # the list that a choice opens
                continue
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                QWidget.setTabOrder(before, part)
                before = part

    def show_settings(self, settings: Settings) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        """Report at once a change that is still settling."""


class TablePage(SettingsPage):
    """The rows of one table."""

    value_set = Signal(str, object)
    """A key and the value that a person set."""
    reset_wanted = Signal(str)
    """The key of a setting to reset to its default."""

    def __init__(self, section: SettingsSection, parent: QWidget) -> None:
        super().__init__(translated(section.title), translated(section.about), parent)
        content = self.content
        self.rows = {spec.key: SettingRow(spec, content) for spec in SPECS if spec.section == section.table}
        for place, row in enumerate(self.rows.values()):
            if place:
                self.column.addWidget(_line(content))
            row.value_set.connect(self.value_set)
            row.reset_wanted.connect(self.reset_wanted)
            self.column.addWidget(row)
        self.column.addStretch(1)

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


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
