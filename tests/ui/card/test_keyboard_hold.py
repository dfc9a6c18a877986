"""Which keys a firm break swallows: all in its first second, and later those held since before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.card.firm import keyboard_hold
from numbguard.ui.card.firm.keyboard_hold import KeyboardHold

PRESS, RELEASE, OVERRIDE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def hold(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> KeyboardHold:
    monkeypatch.setattr(keyboard_hold, "SWALLOWS_MS", 300)
    return KeyboardHold(window)


def key(kind: QEvent.Type, at: int, *, repeats: bool = False, which: Qt.Key = Qt.Key.Key_Escape) -> QKeyEvent:
    event = QKeyEvent(kind, which.value, Qt.KeyboardModifier.NoModifier, "", repeats)
    event.setTimestamp(at)
    return event


def seen(hold: KeyboardHold, *events: QKeyEvent) -> list[bool]:
    """Whether the window sees each of these events."""
    return [not hold.swallows(event) for event in events]


def test_a_key_that_was_held_before_is_never_seen_and_its_next_press_is(hold: KeyboardHold) -> None:
    held = [key(kind, at, repeats=True) for at in (40, 80) for kind in (RELEASE, OVERRIDE, PRESS)]
    assert seen(hold, *held, key(RELEASE, 100)) == [False] * 7
    assert seen(hold, key(OVERRIDE, 200), key(PRESS, 200), key(RELEASE, 210)) == [True] * 3


def test_a_repeat_that_qt_takes_for_a_new_press_is_still_a_repeat(hold: KeyboardHold) -> None:
    """Qt read the release before the press of the same moment had arrived."""
    assert seen(hold, key(RELEASE, 40), key(OVERRIDE, 40), key(PRESS, 40)) == [False] * 3
    assert seen(hold, key(RELEASE, 80, repeats=True), key(PRESS, 80, repeats=True)) == [False] * 2


def test_a_key_whose_press_was_seen_goes_on_repeating(hold: KeyboardHold) -> None:
    assert seen(hold, key(PRESS, 10)) == [True]
    assert seen(hold, key(RELEASE, 40), key(OVERRIDE, 40), key(PRESS, 40)) == [True] * 3
    assert seen(hold, key(RELEASE, 80, repeats=True), key(PRESS, 80, repeats=True), key(RELEASE, 99)) == [True] * 3


def test_another_key_at_the_same_moment_is_a_press(hold: KeyboardHold) -> None:
    assert seen(hold, key(RELEASE, 40), key(PRESS, 40, which=Qt.Key.Key_D)) == [False, True]


def test_the_second_begins_when_the_card_is_on_the_screen(hold: KeyboardHold, qtbot: QtBot, window: QWidget) -> None:
    window.show()
    hold.take()
    QTest.qWait(200)  # the card is drawn
    hold.painted()
    QTest.qWait(200)
    hold.painted()  # as often as it is painted again
    assert seen(hold, key(PRESS, 10)) == [False]
    qtbot.waitUntil(lambda: not hold.swallows(key(PRESS, 20)))
    hold.painted()
    assert seen(hold, key(PRESS, 30)) == [True]
    hold.release()
