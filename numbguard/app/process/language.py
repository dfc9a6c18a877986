"""The app's language: that of its sentences, of Qt's own dialogs, and the direction in which windows are laid out.

The composition root makes it before the tray's menu, on the GUI thread, and calls ``follow`` whenever the settings have
changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from numbguard.wording import catalogue, formats


class AppLanguage:
    def __init__(self, application: QGuiApplication, setting: str) -> None:
        self._application = application
        self._translator: QTranslator | None = None
        # Qt knows the system's languages everywhere; where the environment names them, it has the last word.
        catalogue.use(setting, system=catalogue.system_languages() or QLocale.system().uiLanguages())
        self._tell_qt()

    def follow(self, setting: str, changed: Callable[[], None]) -> None:
        """Speak the language of a setting; ``changed`` is called if that is another one than before."""
        before = catalogue.language()
        catalogue.use(setting)
        if catalogue.language() != before:
            self._tell_qt()
            changed()

    def _tell_qt(self) -> None:
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        language = catalogue.language()
        QLocale.setDefault(QLocale(formats.locale_name()))
        if language not in (catalogue.ENGLISH, catalogue.PSEUDO):
            translator = QTranslator(self._application)
            if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self._application.installTranslator(translator)
                self._translator = translator
        mirrored = catalogue.is_right_to_left()
        if mirrored != self._application.isRightToLeft():
            from PySide6.QtCore import Qt  # a megabyte of enums

            direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
            self._application.setLayoutDirection(direction)
