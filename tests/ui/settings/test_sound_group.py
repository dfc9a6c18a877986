"""The settings' page on sound: each moment's choice and its Play button, the volume, and the voice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.settings.choices import SoundMoment
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.profile import Profile
from numbguard.ui.settings.groups.sound_group import SoundGroup
from numbguard.ui.settings.window import SettingsWindow
from numbguard.ui.widgets.form.fields import ChoiceBox
from tests.ui.settings.test_window import Desk, LogIn, row, said
from tools.fakes import FakeHooks, FakeHotKeys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Trials:
    """What was played and read."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.trouble = ""

    def try_sound(self, moment: SoundMoment) -> str:
        self.heard.append(moment)
        return self.trouble

    def try_voice(self, words: str) -> str:
        self.heard.append(words)
        return self.trouble


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Profile.find(str(tmp_path / "profile")))


@pytest.fixture
def trials() -> Trials:
    return Trials()


@pytest.fixture
def window(desk: Desk, trials: Trials, qtbot: QtBot) -> SettingsWindow:
    desk.book.change("sound.enabled", True)
    made = SettingsWindow(
        desk.book, LogIn(), LogRecovery(desk.profile, lambda: None), trials, hot_keys=FakeHotKeys, hooks=FakeHooks()
    )
    qtbot.addWidget(made)
    made.present()
    made.open_at("sound")
    return made


def box(window: SettingsWindow, key: str) -> ChoiceBox:
    found = row(window, key).findChild(ChoiceBox)
    assert isinstance(found, ChoiceBox)
    return found


def play(window: SettingsWindow, key: str) -> QPushButton:
    return next(one for one in row(window, key).findChildren(QPushButton) if one.text() == "Play")


def choose(window: SettingsWindow, key: str, words: str) -> None:
    field = box(window, key)
    place = field.findText(words)
    field.setCurrentIndex(place)
    field.activated.emit(place)


def test_each_moment_is_played_as_it_is_chosen(window: SettingsWindow, trials: Trials, desk: Desk) -> None:
    choose(window, "sound.end", "The system's sound theme")
    assert desk.book.settings.sound_end == "theme"
    for moment in SoundMoment:
        QTest.mouseClick(play(window, f"sound.{moment.value}"), Qt.MouseButton.LeftButton)
    assert trials.heard == list(SoundMoment)
    choose(window, "sound.end", "No sound")
    assert desk.text.endswith('end = "none"\n')
    assert not play(window, "sound.end").isEnabled()
    assert play(window, "sound.end").accessibleName() == "When the card is over: play"


def test_what_cannot_be_played_is_said_beside_it(window: SettingsWindow, trials: Trials) -> None:
    trials.trouble = "No program here plays sounds, so breaks are silent."
    QTest.mouseClick(play(window, "sound.start"), Qt.MouseButton.LeftButton)
    assert trials.trouble in said(row(window, "sound.start"))


def test_a_file_is_chosen_and_shown_by_its_name(
    window: SettingsWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    bell = tmp_path / "a bell.oga"
    bell.touch()
    choose(window, "sound.step", "A file…")
    assert box(window, "sound.step").currentText() == "NumbGuard's own"
    dialogue = window.findChild(QFileDialog)
    assert isinstance(dialogue, QFileDialog)
    dialogue.fileSelected.emit(str(bell))
    dialogue.reject()
    assert desk.book.settings.sound_step == str(bell)
    assert box(window, "sound.step").currentText() == "a bell.oga"
    assert box(window, "sound.step").toolTip() == str(bell)
    window.undo()
    assert box(window, "sound.step").currentText() == "NumbGuard's own"


def test_the_voice_can_be_heard_and_a_missing_one_is_said(window: SettingsWindow, trials: Trials) -> None:
    page = window.open_at("sound")
    assert isinstance(page, SoundGroup)
    listen = next(one for one in page.findChildren(QPushButton) if one.text() == "&Listen")
    QTest.mouseClick(listen, Qt.MouseButton.LeftButton)
    assert trials.heard == ["Stand up and walk a few steps."]
    trials.trouble = "This computer has no voice."
    QTest.mouseClick(listen, Qt.MouseButton.LeftButton)
    assert trials.trouble in said(page)


def test_while_sound_is_off_nothing_else_can_be_set(window: SettingsWindow, desk: Desk) -> None:
    desk.book.change("sound.enabled", False)
    window._redraw()
    assert not any(row(window, key).isEnabled() for key in ("sound.announcement", "sound.volume", "sound.read_aloud"))
    assert row(window, "sound.enabled").isEnabled()
