"""The app's language: Qt's dialogs and the direction of windows follow the catalogue; a change is announced once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication

from numbguard.app.process.language import AppLanguage
from numbguard.wording import catalogue, formats
from tools.translations.compiled import mo_bytes


@pytest.fixture(autouse=True)
def german_and_arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    for language in ("de", "ar"):
        mo = tmp_path / "locale" / language / "LC_MESSAGES" / "numbguard.mo"
        mo.parent.mkdir(parents=True)
        mo.write_bytes(mo_bytes(Catalog(locale=language, fuzzy=False)))
    monkeypatch.setattr("numbguard.wording.catalogue.resource", lambda *parts: tmp_path.joinpath(*parts))
    former = QLocale()
    catalogue.forget()
    yield
    monkeypatch.undo()
    catalogue.forget()
    formats.forget()
    AppLanguage(qapp, "en")
    catalogue.forget()
    QLocale.setDefault(former)


def cancel() -> str:
    return QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_qt_and_the_layout_follow_the_setting_and_a_change_is_told_once(qapp: QApplication) -> None:
    told: list[str] = []

    def changed() -> None:
        told.append(catalogue.language())

    language = AppLanguage(qapp, "system")
    assert (catalogue.language(), cancel()) == ("en", "Cancel")
    language.follow("de", changed)
    language.follow("de", changed)
    assert (told, cancel(), qapp.layoutDirection()) == (["de"], "Abbrechen", Qt.LayoutDirection.LeftToRight)
    language.follow("ar", changed)
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert cancel() not in ("Cancel", "Abbrechen")
    language.follow("system", changed)
    assert (told, cancel(), qapp.layoutDirection()) == (["de", "ar", "en"], "Cancel", Qt.LayoutDirection.LeftToRight)
