"""*Delete everything* as a person uses it: it deletes nothing before the word is typed, and says what it deleted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from numbguard.core.errors import JournalError
from numbguard.store.erase import ErasableData
from numbguard.ui.erase_window import EraseWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

FOUND = ErasableData(
    {"episodes": 1, "breaks": 1204, "bouts": 0, "habits": 2, "posture_checks": 0, "visit": 3},
    backups=(Path("/home/me/backups/numbguard-v1.db"),),
    exports=tuple(Path(f"/home/me/log-{number}.csv") for number in range(8)),
    changed=(),
)


class Erasing:
    def __init__(self, *, fails: str = "") -> None:
        self.asked: list[bool] = []
        self._fails = fails

    def __call__(self, settings: bool) -> ErasableData:
        self.asked.append(settings)
        if self._fails:
            raise JournalError(self._fails)
        return replace(FOUND, settings=settings, changed=(Path("/home/me/edited.csv"),))


def opened(qtbot: QtBot, erasing: Erasing) -> EraseWindow:
    window = EraseWindow(preview=lambda: FOUND, erase=erasing)
    qtbot.addWidget(window)
    window.present()
    return window


def text_of(window: EraseWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def test_it_says_what_goes_before_anything_does(qtbot: QtBot) -> None:
    window = opened(qtbot, Erasing())
    said = text_of(window)
    assert "1 episode, 1,204 breaks, 2 habit ticks, 3 notes for a visit." in said
    assert "Backups: 1 file." in said
    assert "log-0.csv" in said
    assert "and 2 more" in said
    assert "can't be undone" in said


def test_only_the_word_opens_the_way_and_escape_leaves_all_as_it_is(qtbot: QtBot) -> None:
    erasing = Erasing()
    window = opened(qtbot, erasing)
    QTest.keyClicks(window._word, "delet")
    QTest.keyClick(window._word, Qt.Key.Key_Return)
    assert not window._delete.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert erasing.asked == []


def test_the_word_and_enter_delete_and_what_went_is_said(qtbot: QtBot) -> None:
    erasing = Erasing()
    window = opened(qtbot, erasing)
    window._settings.click()
    QTest.keyClicks(window._word, "Delete")
    QTest.keyClick(window._word, Qt.Key.Key_Return)
    assert erasing.asked == [True]
    assert window.deleted
    said = text_of(window)
    assert said.startswith("Deleted\n")
    assert "Your settings." in said
    assert "not deleted:\n    /home/me/edited.csv" in said
    assert window._leave.text() == "&Close"


def test_a_log_that_cannot_be_emptied_is_said_and_can_be_tried_again(qtbot: QtBot) -> None:
    erasing = Erasing(fails="Another program is holding the log.")
    window = opened(qtbot, erasing)
    QTest.keyClicks(window._word, "delete")
    window._delete.click()
    assert "Another program is holding the log." in text_of(window)
    assert not window.deleted
    window._delete.click()
    assert erasing.asked == [False, False]
