"""One window of a kind: created once, brought to the front while it exists, and freed once it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from numbguard.app.windows.one_window import OneWindow


class Note(QWidget):
    closed = Signal()

    def present(self) -> None:
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class Desk:
    def __init__(self) -> None:
        self.note: OneWindow[Note] = OneWindow()
        self.made = 0

    def make(self) -> Note:
        self.made += 1
        note = Note()
        note.closed.connect(self.note.release)
        return note


def test_it_is_made_once_and_found_again_until_it_is_closed(qtbot: QtBot) -> None:
    desk = Desk()
    assert desk.note.now is None
    note = desk.note.get(desk.make)
    assert desk.note.get(desk.make) is desk.note.now is note
    note.close()
    qtbot.waitUntil(lambda: not isValid(note))
    assert desk.note.now is None
    assert desk.note.get(desk.make) is not note
    assert desk.made == 2
    desk.note.close()


def test_one_made_anew_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    desk = Desk()
    first = desk.note.renew(desk.make)
    first.present()
    second = desk.note.renew(desk.make)
    qtbot.waitUntil(lambda: not isValid(first))
    assert desk.note.now is second is not first
    desk.note.close()
    assert desk.note.now is None
    desk.note.close()


def test_one_that_is_open_is_opened_again_and_one_that_is_not_stays_closed(qtbot: QtBot) -> None:
    desk = Desk()
    assert desk.note.reopen(desk.make) is None
    first = desk.note.get(desk.make)
    first.present()
    second = desk.note.reopen(desk.make)
    qtbot.waitUntil(lambda: not isValid(first))
    assert second is desk.note.now is not first
    assert second is not None
    assert second.isVisible()
    second.close()


def test_a_subscriber_learns_that_a_window_was_released(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(OneWindow, "released", [lambda: told.append("released")])
    one: OneWindow[Note] = OneWindow()
    one.release()
    assert told == [], "there was none"
    one.get(Note)
    one.release()
    assert told == ["released"]
