"""The choice of the language, with a note where no native speaker has read a translation yet.

Made by the settings window's page, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from numbguard.core.settings.language_tag import SYSTEM_LANGUAGE, LanguageTag
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets.form.fields import ChoiceBox
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated
from numbguard.wording.languages import BY_MACHINE, languages, system_choice

from .setting_field import SettingField, column_of


class LanguageField(SettingField):
    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._languages = languages()
        self._box = ChoiceBox(self)
        self._box.setAccessibleName(translated(spec.title))
        self._box.addItem(system_choice(), SYSTEM_LANGUAGE)
        for language in self._languages:
            self._box.addItem(language.own_name, language.tag)
        self._box.activated.connect(lambda _place: self.value_set.emit(LanguageTag(self._box.currentData())))
        self._note = label_for(self, role="quiet")
        column = column_of(self)
        column.addWidget(self._box)
        column.addWidget(self._note)
        self.setFocusProxy(self._box)

    def show_value(self, value: object) -> None:
        place = self._box.findData(value)
        if place < 0:  # a language written into the file that has no translation
            self._box.addItem(str(value), value)
            place = self._box.count() - 1
        self._box.setCurrentIndex(place)
        unread = any(language.tag == value and language.by_machine for language in self._languages)
        self._note.setText(_(BY_MACHINE) if unread else "")
        self._note.setVisible(unread)
