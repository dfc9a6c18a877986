"""The group on sounds and voice: each moment's sound with a button that plays it, and one that lets the voice speak.

The settings window makes it with its page, on the GUI thread.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from numbguard.core.settings.choices import SoundMoment
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SettingsSection
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.scroll_column import keep_in_sight
from numbguard.wording.catalogue import _, translated

from ..rows.sound_field import SoundField
from .group import TableGroup


class SoundTrials(Protocol):
    """What plays a sound or reads a sentence at once. The app implements it."""

    def try_sound(self, moment: SoundMoment) -> str:
        """Play the sound of a moment now; return a sentence where another one, or none, is heard."""

    def try_voice(self, words: str) -> str:
        """Read these words now; return a sentence where nothing reads them."""


class SoundGroup(TableGroup):
    def __init__(self, section: SettingsSection, trials: SoundTrials | None, parent: QWidget) -> None:
        """Without ``trials`` nothing can be heard from here."""
        super().__init__(section, parent)
        self._trials = trials
        unit = theme.unit()
        for moment in SoundMoment:
            key = f"sound.{moment.value}"
            field = self.rows[key].field
            assert isinstance(field, SoundField)
            field.play_wanted.connect(partial(self._play, key, moment))
        self._listen = button_for(self, _("&Listen"), self._speak, means=_("Hear the voice that reads the steps"))
        line = QHBoxLayout()
        line.setContentsMargins(round(unit * 1.75), 0, 0, 0)
        line.addWidget(self._listen)
        line.addStretch(1)
        self._note = label_for(self, role="warm")
        self._note.hide()
        self.column.addLayout(line)
        self.column.addWidget(self._note)

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._listen.setEnabled(settings.sound_enabled)

    def _play(self, key: str, moment: SoundMoment) -> None:
        self.flush()
        if self._trials is not None:
            self.say(key, translated(self._trials.try_sound(moment)))

    def _speak(self) -> None:
        self.flush()
        words = _("Stand up and walk a few steps.")
        said = translated(self._trials.try_voice(words)) if self._trials is not None else ""
        self._note.setText(said)
        self._note.setVisible(bool(said))
        if said:
            # Once the page has made room for it.
            QTimer.singleShot(0, lambda: keep_in_sight(self._note))
