"""In every language, and with letters half as large again, no text of any window is cut off.

The access keys of a window differ in every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.tray.panel import Panel
from numbguard.ui.widgets import theme
from numbguard.wording import catalogue
from tools.pictures import in_languages
from tools.pictures.sheets import ui_sheet
from tools.translations.compiled import catalogue_of, language_of, mo_bytes, po_files
from tools.translations.cut_texts import cut_texts
from tools.translations.visible_texts import doubled_keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LANGUAGES = ["en", *map(language_of, po_files()), catalogue.PSEUDO]
LETTERS = {"100 %": 1.0, "150 %": 1.5}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    for po in po_files():
        (folder / f"{language_of(po)}.mo").write_bytes(mo_bytes(catalogue_of(po)))
    return folder


@pytest.fixture(params=[(language, letters) for language in LANGUAGES for letters in LETTERS], ids=" ".join)
def spoken(
    request: pytest.FixtureRequest, qapp: QApplication, compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    language, letters = request.param
    monkeypatch.setattr("numbguard.wording.catalogue.compiled", lambda name: compiled / f"{name}.mo")
    monkeypatch.setattr(Panel, "_room", Panel._room)  # the panel's pictures set a larger screen
    usual, direction = qapp.font(), qapp.layoutDirection()
    in_languages.speak(language, letters=LETTERS[letters])
    yield language, letters
    qapp.setFont(usual)
    qapp.setLayoutDirection(direction)
    catalogue.forget()


@pytest.mark.parametrize("name", in_languages.WINDOWS)
def test_no_text_is_cut_and_the_access_keys_differ(
    spoken: tuple[str, str], name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name == "card" and spoken == (catalogue.PSEUDO, "150 %"):
        request.applymarker(pytest.mark.xfail(strict=True, reason="a card keeps to Qt's screen of only 800 pixels"))
    opened = 0
    cut: set[str] = set()
    doubled: set[str] = set()
    for window in in_languages.opened(name, tmp_path):
        opened += 1
        cut.update(cut_texts(window))
        doubled.update(doubled_keys(window))
    assert opened
    assert sorted(doubled) == []
    assert sorted(cut) == []


@pytest.mark.parametrize("bar", [0, 32], ids=["the whole screen", "a bar of 32 pixels"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_panel_needs_no_scrolling_on_a_screen_of_800_by_480(
    language: str,
    bar: int,
    qapp: QApplication,
    compiled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gap = round(theme.unit() * 0.4)
    room = QRect(0, 0, 800, 480 - bar).adjusted(gap, gap, -gap, -gap)
    monkeypatch.setattr("numbguard.wording.catalogue.compiled", lambda name: compiled / f"{name}.mo")
    monkeypatch.setattr(Panel, "_room", Panel._room)
    monkeypatch.setattr(ui_sheet, "PANEL_ROOM", room)
    try:
        in_languages.speak(language)
        seen = 0
        for panel in in_languages.opened("panel", tmp_path):
            assert isinstance(panel, Panel)
            assert panel._scroll.verticalScrollBar().maximum() == 0, panel._now.text()
            assert room.contains(QRect(room.topLeft(), panel.size())), (panel._now.text(), panel.size())
            assert cut_texts(panel) == []
            seen += panel._episode.isVisible()
        assert seen > 1
    finally:
        catalogue.forget()


@pytest.mark.parametrize("wraps", [False, True])
def test_a_label_that_is_cut_is_found(qtbot: QtBot, wraps: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("a sentence with several words", window)
    label.setWordWrap(wraps)
    label.resize(60, label.fontMetrics().height())
    window.resize(200, 100)
    window.show()
    assert [line.partition(":")[0] for line in cut_texts(window)] == ["QLabel “a sentence with several words”"]
    label.resize(label.sizeHint() if not wraps else label.sizeHint() * 2)
    window.resize(label.size() * 2)
    assert cut_texts(window) == []


def test_a_button_outside_its_window_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
    button = QPushButton("Save everything", window)
    row.addWidget(button)
    window.show()
    assert cut_texts(window) == []
    window.setFixedWidth(button.width() // 2)
    QApplication.processEvents()
    button.resize(button.sizeHint())
    assert [line.split(": ")[0] for line in cut_texts(window)] == ["QPushButton “Save everything”"]


def test_from_right_to_left_the_windows_are_mirrored(
    qapp: QApplication, compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numbguard.wording.catalogue.compiled", lambda name: compiled / f"{name}.mo")
    try:
        in_languages.speak("ar")
        settings = next(in_languages.opened("settings", tmp_path))
        assert settings.layoutDirection() is Qt.LayoutDirection.RightToLeft
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        catalogue.forget()
