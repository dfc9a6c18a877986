"""The group on hot keys: the keys, whether they work on this desktop, and what to do where they do not.

Made by the settings window with its page, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from numbguard.core.ports import HotKeyControls
from numbguard.core.settings.choices import NO_KEYS, KeyCombination
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SettingsSection
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated

from ..rows.key_field import KeyField, say_keys
from .group import TableGroup

_ROWS = 2
"""Where the rows begin in the group: below the heading and the sentence about it."""


class HotKeysGroup(TableGroup):
    def __init__(self, section: SettingsSection, hot_keys: HotKeyControls, parent: QWidget) -> None:
        super().__init__(section, parent)
        self._hot_keys = hot_keys
        self._warning = label_for(self, role="note")
        self.column.insertWidget(_ROWS, self._warning)
        self._how = label_for(self, role="quiet")
        self.column.addWidget(self._how)
        self._keys: dict[str, KeyCombination] = {}
        for row in self.rows.values():
            assert isinstance(row.field, KeyField)
            row.field.recording.connect(hot_keys.suspend)
        end = hot_keys.watch(self._show_state)

        def gone(_group: QObject) -> None:
            end()
            hot_keys.suspend(False)  # the window may close while a field records

        self.destroyed.connect(gone)

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._keys = {key: getattr(settings, row.spec.field) for key, row in self.rows.items()}
        self._show_state()
        for row in self.rows.values():
            # Where there are none, keys in the file can still be removed.
            row.field.setEnabled(self._hot_keys.may_work() or bool(getattr(settings, row.spec.field)))

    def _show_state(self) -> None:
        works, summary = self._hot_keys.may_work(), translated(self._hot_keys.summary())
        said = [summary]
        for key, row in self.rows.items():
            name, keys = key.partition(".")[2], self._keys.get(key, NO_KEYS)
            trouble = translated(self._hot_keys.trouble(name))
            # In the sentence as in the field: “Strg+Alt+N”.
            row.say(trouble.replace(keys, say_keys(keys)) if keys else trouble)
            if note := self._hot_keys.note(name):
                # Translators: What a hot key does, and what the desktop says about its keys.
                said.append(_("{hot_key}: {note}").format(hot_key=translated(row.spec.title), note=translated(note)))
        self._warning.setText(summary)
        self._warning.setVisible(not works)
        self._how.setText("\n".join(said))
        self._how.setVisible(works)
