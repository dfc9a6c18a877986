"""Hot keys grabbed at a real X server and pressed with its test extension."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.key_combination import read_combination
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.blocking import BlockingBus
from numbguard.desktop.hot_keys.keys import HotKeys
from numbguard.desktop.hot_keys.probe import survey
from numbguard.desktop.hot_keys.unserved import UnservedHotKeys
from numbguard.desktop.hot_keys.x11 import X11HotKeys
from numbguard.desktop.hot_keys.x11_keyboard import CONTROL, LOCK, XKeyboard
from tools.desktop.virtual_desktop import VirtualDesktop

TAKEN = "Another program already uses Ctrl+Alt+N. Choose another."


class Trial:
    """Hot keys of this desktop, and what was pressed."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.changes = 0
        self.keys = HotKeys([X11HotKeys(), UnservedHotKeys("numbguard")])
        self.keys.start(self.pressed.append)
        self.keys.watch(self._changed)

    def follow(self, log: str = "", break_now: str = "") -> None:
        self.keys.follow({"log": read_combination(log), "break_now": read_combination(break_now)})

    def _changed(self) -> None:
        self.changes += 1


@pytest.fixture
def trial(desktop: VirtualDesktop, qtbot: QtBot) -> Iterator[Trial]:
    trial = Trial()
    yield trial
    trial.keys.stop()


@pytest.mark.parametrize("locks", [(), ("Num_Lock",), ("Caps_Lock",), ("Num_Lock", "Caps_Lock")])
def test_a_hot_key_is_heard_whatever_num_lock_and_caps_lock_are(
    trial: Trial, desktop: VirtualDesktop, qtbot: QtBot, locks: tuple[str, ...]
) -> None:
    trial.follow("Ctrl+Alt+N", "Super+F8")
    for lock in locks:
        desktop.xdotool("key", lock)
    try:
        desktop.xdotool("key", "ctrl+alt+n")
        qtbot.waitUntil(lambda: trial.pressed == ["log"])
        desktop.xdotool("key", "super+F8")
        qtbot.waitUntil(lambda: trial.pressed == ["log", "break_now"])
    finally:
        for lock in locks:
            desktop.xdotool("key", lock)


def test_other_keys_and_other_modifiers_are_not_ours(trial: Trial, desktop: VirtualDesktop, qtbot: QtBot) -> None:
    trial.follow("Ctrl+Alt+N")
    for keys in ("n", "ctrl+n", "alt+n", "ctrl+alt+shift+n", "ctrl+alt+m", "super+ctrl+alt+n"):
        desktop.xdotool("key", keys)
    desktop.xdotool("key", "ctrl+alt+n")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_a_key_held_down_counts_once_and_a_second_press_again(
    trial: Trial, desktop: VirtualDesktop, qtbot: QtBot
) -> None:
    trial.follow("F9")
    desktop.xdotool("keydown", "F9")
    qtbot.wait(1500)  # the server repeats after 660 ms
    desktop.xdotool("keyup", "F9")
    qtbot.wait(100)
    assert trial.pressed == ["log"]
    desktop.xdotool("key", "F9")
    qtbot.waitUntil(lambda: trial.pressed == ["log", "log"])


def test_keys_that_another_program_has_are_refused_with_a_sentence_and_none_of_them_is_kept(
    trial: Trial, desktop: VirtualDesktop, qtbot: QtBot
) -> None:
    other = XKeyboard()
    mapping = other.mapping()
    code = mapping.codes[ord("n")]
    # The other program ignores Caps Lock only, as careless ones do.
    assert other.grab(code, CONTROL | mapping.alt)
    assert other.grab(code, CONTROL | mapping.alt | LOCK)
    trial.follow("Ctrl+Alt+N", "Ctrl+Alt+B")
    assert trial.keys.trouble("log") == TAKEN
    assert trial.keys.trouble("break_now") == ""
    status = trial.keys.status()
    assert (status.backend, status.works, status.sources["log"].detail) == ("x11", False, TAKEN)
    third = XKeyboard()
    assert third.grab(code, CONTROL | mapping.alt | mapping.locks), "what could be had of it was given back"
    third.close()
    other.close()
    trial.follow("Ctrl+Alt+M")
    trial.follow("Ctrl+Alt+N")
    assert trial.keys.trouble("log") == ""
    desktop.xdotool("key", "ctrl+alt+n")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_changed_keys_count_at_once_and_removed_ones_are_given_back(
    trial: Trial, desktop: VirtualDesktop, qtbot: QtBot
) -> None:
    trial.follow("Ctrl+Alt+N")
    trial.follow("Ctrl+Alt+M")
    desktop.xdotool("key", "ctrl+alt+n")
    desktop.xdotool("key", "ctrl+alt+m")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])
    trial.follow()
    other = XKeyboard()
    assert other.grab(other.mapping().codes[ord("m")], CONTROL | other.mapping().alt)
    other.close()


def test_while_new_keys_are_recorded_the_present_ones_go_to_the_window(
    trial: Trial, desktop: VirtualDesktop, qtbot: QtBot
) -> None:
    trial.follow("Ctrl+Alt+N")
    trial.keys.suspend(True)
    desktop.xdotool("key", "ctrl+alt+n")
    qtbot.wait(200)
    assert trial.pressed == []
    trial.keys.suspend(False)
    desktop.xdotool("key", "ctrl+alt+n")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_the_same_keys_twice_are_one_conflict(trial: Trial) -> None:
    trial.follow("Ctrl+Alt+N", "Ctrl+Alt+N")
    assert trial.keys.trouble("log") == ""
    assert trial.keys.trouble("break_now") == "Your other hot key already uses Ctrl+Alt+N. Choose another."


def test_another_layout_of_the_keyboard_moves_the_grab(trial: Trial, desktop: VirtualDesktop, qtbot: QtBot) -> None:
    trial.follow("Ctrl+Alt+N")
    desktop.xdotool("type", "ж")  # xdotool gives a spare key this letter, and takes it back
    qtbot.waitUntil(lambda: trial.changes > 1)
    desktop.xdotool("key", "ctrl+alt+n")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_a_server_that_ends_is_survived_and_said(desktop: VirtualDesktop, qtbot: QtBot) -> None:
    with VirtualDesktop(parts=[]) as short:
        patch = pytest.MonkeyPatch()
        patch.setenv("DISPLAY", short.env["DISPLAY"])
        trial = Trial()
        trial.follow("Ctrl+Alt+N")
        patch.undo()
    qtbot.waitUntil(lambda: trial.keys.trouble("log") == "These keys don't work on this desktop.")
    assert trial.keys.status().backend == "none"
    trial.keys.stop()


def test_nobody_is_woken_by_keys_that_are_not_ours(trial: Trial, desktop: VirtualDesktop, qtbot: QtBot) -> None:
    trial.follow("Ctrl+Alt+N")
    qtbot.wait(100)
    backend = trial.keys._backends[0]
    assert isinstance(backend, X11HotKeys)
    assert backend._notifier
    woken: list[int] = []
    backend._notifier.activated.connect(lambda *_: woken.append(1))
    desktop.xdotool("key", "a", "b", "c")
    time.sleep(0.2)
    qtbot.wait(100)
    assert woken == []


def test_under_wayland_and_without_a_display_the_x_server_is_no_candidate(
    desktop: VirtualDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert survey(BlockingBus(None), program="numbguard").backend == "x11"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(Unavailable, match="Under Wayland"):
        X11HotKeys()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(Unavailable, match="not an X11 session"):
        X11HotKeys()
    said = survey(BlockingBus(None), program="/opt/numbguard")
    assert (said.backend, said.works) == ("none", False)
    assert "“/opt/numbguard log”" in said.detail
