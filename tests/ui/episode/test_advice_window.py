"""After the form: the guide's advice, its follow-up questions, and help always one click away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.errors import JournalError
from numbguard.core.log.advice import Advice, advise
from numbguard.core.log.records import Episode, Onset, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.ui.episode.advice_window import AdviceWindow
from tools.fakes import MORNING

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SUDDEN = Episode("sudden", MORNING, sensations=(Sensation.NUMB,), weakness=True, onset=Onset.SUDDEN)


class Person:
    def __init__(self, qtbot: QtBot, answers: Mapping[WarningSign, bool] | None = None) -> None:
        self.kept: dict[WarningSign, bool] = {}
        self.refusal: JournalError | None = None
        self.qtbot = qtbot
        self.window = AdviceWindow(advise=self._advise, answer=self._answer, answers=answers or {})
        qtbot.addWidget(self.window)
        self.window.present()
        qtbot.waitExposed(self.window)

    def _advise(self, answers: Mapping[WarningSign, bool]) -> Advice:
        return advise(SUDDEN, now=MORNING + timedelta(minutes=1), answers=answers)

    def _answer(self, sign: WarningSign, present: bool) -> None:
        if self.refusal:
            raise self.refusal
        self.kept[sign] = present

    def says(self) -> str:
        return " ".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def button(self, words: str, about: str = "") -> QPushButton:
        (found,) = (
            button
            for button in self.window.findChildren(QPushButton)
            if button.text().replace("&", "") == words and about in button.accessibleDescription()
        )
        return found

    def press(self, words: str, about: str = "") -> None:
        self.qtbot.mouseClick(self.button(words, about), Qt.MouseButton.LeftButton)


def test_a_yes_is_help_at_once_and_is_kept(qtbot: QtBot) -> None:
    person = Person(qtbot)
    assert "Worth having looked at" in person.says()
    person.press("Yes", WarningSign.FACE_SPEECH_SIGHT.question)
    assert "Get help at once" in person.says()
    assert "your local emergency number" in person.says()
    assert person.kept == {WarningSign.FACE_SPEECH_SIGHT: True}
    person.press("No", WarningSign.FACE_SPEECH_SIGHT.question)
    assert "Get help at once" not in person.says(), "it was a slip"
    assert person.kept == {WarningSign.FACE_SPEECH_SIGHT: False}


def test_help_is_one_click_away_before_anything_is_answered(qtbot: QtBot) -> None:
    person = Person(qtbot)
    with qtbot.waitSignal(person.window.help_wanted):
        person.press("When to get help")


def test_only_what_the_episode_calls_for_is_asked_and_nothing_twice(qtbot: QtBot) -> None:
    person = Person(qtbot, {WarningSign.INJURY: False})
    assert WarningSign.SPREADING.question in person.says()
    assert WarningSign.INJURY.question not in person.says(), "it was answered already"
    assert WarningSign.SWOLLEN.question not in person.says(), "nothing told points there"


def test_an_answer_that_cannot_be_kept_counts_all_the_same(qtbot: QtBot) -> None:
    person = Person(qtbot)
    person.refusal = JournalError("The disk is full. It is kept until there is room.")
    person.press("Yes", WarningSign.WEAKNESS.question)
    assert "The disk is full" in person.says()
    assert "Get help at once" in person.says()


def test_everything_is_reached_by_keyboard_and_escape_closes(qtbot: QtBot) -> None:
    person = Person(qtbot)
    assert all(button.focusPolicy() != Qt.FocusPolicy.NoFocus for button in person.window.findChildren(QPushButton))
    with qtbot.waitSignal(person.window.closed):
        qtbot.keyClick(person.window, Qt.Key.Key_Escape)
