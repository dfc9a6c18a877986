"""The choice of a sound: NumbGuard's own, the sound theme's, a file or none, with a button that plays it.

Made by the rows of the settings window, on the GUI thread.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from numbguard.core.settings.choices import NO_SOUND, OUR_SOUND, THEME_SOUND, SoundChoice
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.fields import ChoiceBox
from numbguard.wording.catalogue import N_, _, translated

from .setting_field import SettingField

_NAMES = {
    OUR_SOUND: N_("NumbGuard's own"),
    THEME_SOUND: N_("The system's sound theme"),
    NO_SOUND: N_("No sound"),
}
_KINDS = N_("Sounds (*.wav *.oga *.ogg *.opus *.flac *.mp3 *.m4a *.aiff *.aif *.au)")
_FILE = "file"
"""The entry that asks for a file; not a value."""


def say_sound(choice: SoundChoice) -> str:
    """A choice in a few words; a file by its name."""
    return translated(_NAMES[choice]) if choice in _NAMES else Path(choice).name


class SoundField(SettingField):
    beside = True
    play_wanted = Signal()

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        title = translated(spec.title)
        self._title = title
        self._value: object = None
        self._box = ChoiceBox(self)
        self._box.setAccessibleName(title)
        self._box.setMinimumContentsLength(16)
        self._box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self._chosen)
        self._play = button_for(self, _("Play"), self.play_wanted.emit, key="")
        self._play.setAccessibleName(_("{title}: play").format(title=title))
        self._box.setMinimumHeight(self._play.sizeHint().height())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(theme.unit() * 0.4))
        row.addWidget(self._box)
        row.addWidget(self._play)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._box)

    def show_value(self, value: object) -> None:
        assert isinstance(value, SoundChoice)
        if value == self._value:
            return
        self._value = value
        self._box.clear()
        for choice in _NAMES:
            self._box.addItem(say_sound(choice), choice)
        if value not in _NAMES:
            room = self._box.minimumSizeHint().width() - round(theme.unit() * 2.4)
            name = self._box.fontMetrics().elidedText(say_sound(value), Qt.TextElideMode.ElideMiddle, room)
            self._box.addItem(name, value)
        self._box.addItem(_("A file…"), _FILE)
        self._box.setCurrentIndex(self._box.findData(value))
        self._box.setToolTip(value if value not in _NAMES else say_sound(value))
        self._play.setEnabled(value != NO_SOUND)

    def _chosen(self, place: int) -> None:
        data = self._box.itemData(place)
        if data != _FILE:
            self.value_set.emit(SoundChoice(data))
            return
        self._box.setCurrentIndex(self._box.findData(self._value))
        from numbguard.ui.widgets.windows.file_dialogs import ask_for_file

        ask_for_file(self, self._title, _(_KINDS), lambda path: self.value_set.emit(SoundChoice(path)))
