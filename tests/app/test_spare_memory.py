"""Memory is given back once, a moment after the person has turned away, and never while they use a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from numbguard.app.process import spare_memory
from numbguard.app.process.spare_memory import SpareMemory
from tools.fakes import FakeControls


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(spare_memory, "AFTER_MS", 30)
    monkeypatch.setattr(spare_memory.glibc_heap, "give_back", lambda: done.append("given back"))
    return done


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


def test_it_waits_until_the_window_has_gone_and_tidies_up_once(
    given_back: list[str], window: QWidget, qtbot: QtBot
) -> None:
    memory = SpareMemory()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not memory.timer.isActive(), "somebody is using the window"
    window.close()
    memory.wait()
    window.show()
    window.activateWindow()
    qtbot.wait(100)
    assert given_back == [], "the person went on"
    window.close()
    memory.wait()
    qtbot.waitUntil(lambda: given_back == ["given back"])
    qtbot.wait(100)
    assert given_back == ["given back"]
    assert not memory.timer.isActive(), "it wakes the app once more"
    memory.deleteLater()


def test_a_card_that_never_had_the_keyboard_counts(given_back: list[str], qtbot: QtBot) -> None:
    memory, controls = SpareMemory(), FakeControls()
    quiet = controls.app_snapshot()
    memory.follow(quiet)
    assert not memory.timer.isActive(), "nothing was open"
    memory.follow(replace(quiet, snapshot=replace(quiet.snapshot, current=object())))
    qtbot.wait(100)
    assert given_back == [], "the card is on"
    memory.follow(quiet)
    qtbot.waitUntil(lambda: given_back == ["given back"])
    memory.deleteLater()
