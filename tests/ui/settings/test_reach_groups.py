"""The pages of hot keys and hooks: keys are recorded by pressing them, commands are tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from numbguard.core.settings.choices import HookCommand
from numbguard.desktop.hook_run import HookEnd, HookResult
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.profile import Profile
from numbguard.ui.settings.groups.hooks_group import say_result
from numbguard.ui.settings.window import SettingsWindow
from tests.store.settings.test_undo_book import Desk
from tests.ui.settings.test_window import LogIn, row, shown
from tools.fakes import FakeHooks, FakeHotKeys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL, ALT, SHIFT, META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Profile.find(str(tmp_path / "profile")))


@pytest.fixture
def hot_keys() -> FakeHotKeys:
    return FakeHotKeys()


@pytest.fixture
def hooks() -> FakeHooks:
    return FakeHooks()


@pytest.fixture
def window(desk: Desk, hot_keys: FakeHotKeys, hooks: FakeHooks, qtbot) -> SettingsWindow:
    recovery = LogRecovery(desk.profile, lambda: None)
    made = SettingsWindow(desk.book, LogIn(), recovery, hot_keys=lambda: hot_keys, hooks=hooks)
    qtbot.addWidget(made)
    made.present()
    return made


def line(window: SettingsWindow, key: str) -> QLineEdit:
    (found,) = row(window, key).findChildren(QLineEdit)
    found.setFocus()
    return found


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in shown(widget, QLabel)]


def button(widget: QWidget, name: str) -> QPushButton:
    (found,) = [one for one in widget.findChildren(QPushButton) if one.text() == name]
    return found


# --- hot keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "recorded"),
    [
        (Qt.Key.Key_N, CTRL | ALT, "Ctrl+Alt+N"),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "F9"),
        (Qt.Key.Key_Space, META | SHIFT, "Super+Shift+Space"),
        (Qt.Key.Key_PageUp, CTRL, "Ctrl+PgUp"),
        (Qt.Key.Key_Pause, Qt.KeyboardModifier.NoModifier, "Pause"),
    ],
)
def test_the_keys_that_are_pressed_are_recorded_and_shown(
    window: SettingsWindow, desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, recorded: str
) -> None:
    field = line(window, "hot_keys.log")
    QTest.keyClick(field, key, modifiers)
    assert desk.book.settings.hot_key_log == recorded
    assert field.text() == recorded


def test_keys_are_removed_with_backspace_or_undone(window: SettingsWindow, desk: Desk) -> None:
    field = line(window, "hot_keys.break_now")
    QTest.keyClick(field, Qt.Key.Key_B, CTRL | ALT)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert desk.book.settings.hot_key_break == ""
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert desk.book.settings.hot_key_break == "Ctrl+Alt+B"


@pytest.mark.parametrize(
    ("key", "modifiers", "said"),
    [
        (Qt.Key.Key_N, SHIFT, "together with Ctrl, Alt or the Windows key"),
        (Qt.Key.Key_Agrave, CTRL | ALT, "Use a letter, a digit or a named key"),
        (Qt.Key.Key_C, CTRL, "Many programs use Ctrl+C themselves. Add Alt or Shift."),
    ],
)
def test_keys_that_would_get_in_the_way_are_refused_with_the_reason(
    window: SettingsWindow, desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, said: str
) -> None:
    QTest.keyClick(line(window, "hot_keys.log"), key, modifiers)
    assert desk.book.settings.hot_key_log == ""
    assert any(said in one for one in words(row(window, "hot_keys.log")))


def test_tab_leaves_the_field_and_holding_ctrl_alone_records_nothing(window: SettingsWindow, desk: Desk) -> None:
    field = line(window, "hot_keys.log")
    QTest.keyClick(field, Qt.Key.Key_Control, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not field
    assert desk.book.settings.hot_key_log == ""


def test_a_field_waits_for_keys_visibly_and_esc_leaves_what_was_there(window: SettingsWindow, desk: Desk) -> None:
    field = line(window, "hot_keys.log")
    QTest.keyClick(field, Qt.Key.Key_F9)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert (field.text(), field.placeholderText()) == ("", "Press the keys")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "F9"
    assert window.isVisible()
    assert desk.book.settings.hot_key_log == "F9"


def test_present_hot_keys_are_given_back_while_new_ones_are_recorded(
    window: SettingsWindow, hot_keys: FakeHotKeys
) -> None:
    field = line(window, "hot_keys.log")
    field.clearFocus()
    assert hot_keys.suspensions == [True, False]


def test_a_conflict_and_a_note_of_the_desktop_are_shown_when_they_become_known(
    window: SettingsWindow, hot_keys: FakeHotKeys
) -> None:
    shown_row = row(window, "hot_keys.log")
    hot_keys.troubles["log"] = "Another program already uses Ctrl+Alt+N. Choose another."
    hot_keys.notes["break_now"] = "Your desktop uses: Super+B"
    hot_keys.change()
    assert "Another program already uses Ctrl+Alt+N. Choose another." in words(shown_row)
    page = window._stack.currentWidget()
    assert page is not None
    assert any("Start a break: Your desktop uses: Super+B" in one for one in words(page))


def test_where_there_are_no_hot_keys_the_page_says_what_to_do_instead(
    window: SettingsWindow, hot_keys: FakeHotKeys
) -> None:
    hot_keys.works, hot_keys.said = False, "Bind “numbguard log” in your desktop's settings."
    field = line(window, "hot_keys.log")
    assert not field.isEnabled()
    page = window._stack.currentWidget()
    assert page is not None
    assert "Bind “numbguard log” in your desktop's settings." in words(page)


# --- hooks -----------------------------------------------------------------------------------------------------------


def test_a_command_is_read_as_a_shell_would_read_it_and_shown_as_one_line(window: SettingsWindow, desk: Desk) -> None:
    field = line(window, "hooks.on_log")
    QTest.keyClicks(field, "notify-send 'Noted it'")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.book.settings.hook_log == ("notify-send", "Noted it")
    assert field.text() == "notify-send 'Noted it'"


def test_a_command_without_its_second_quotation_mark_is_refused(window: SettingsWindow, desk: Desk) -> None:
    field = line(window, "hooks.on_start")
    QTest.keyClicks(field, "say 'hello")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.book.settings.hook_start == ()
    assert any("a quotation mark has no partner" in one for one in words(row(window, "hooks.on_start")))


def test_try_it_runs_what_is_in_the_field_and_says_how_it_ended(
    window: SettingsWindow, desk: Desk, hooks: FakeHooks
) -> None:
    shown_row = row(window, "hooks.on_end")
    try_it = button(shown_row, "Try it")
    assert not try_it.isEnabled()
    QTest.keyClicks(line(window, "hooks.on_end"), "my-lamp off")
    try_it.click()
    assert hooks.tried == [("on_end", HookCommand(("my-lamp", "off")))]
    assert desk.book.settings.hook_end == ("my-lamp", "off")
    assert "It worked: the program ended with 0 after 0.1 s." in words(shown_row)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (HookResult(HookEnd.ENDED, 0, 0.004), "It worked: the program ended with 0 after 0.1 s."),
        (HookResult(HookEnd.ENDED, 3, 1.26), "It failed: the program ended with 3 after 1.3 s."),
        (HookResult(HookEnd.STOPPED, 0, 10.1), "The program was still running after 10 seconds, and was stopped."),
        (HookResult(HookEnd.NOT_FOUND), "There is no program “lamp” on this computer."),
        (HookResult(HookEnd.NOT_STARTED), "“lamp” could not be started. Is it a program, and may you run it?"),
        (HookResult(HookEnd.CRASHED), "The program crashed."),
    ],
)
def test_each_end_of_a_trial_has_its_sentence(result: HookResult, said: str) -> None:
    assert say_result(result, "lamp") == said


def test_each_button_and_field_has_a_name_of_its_own_and_tab_goes_from_a_field_to_its_button(
    window: SettingsWindow,
) -> None:
    shown_row = row(window, "hooks.on_log")
    page = window._stack.currentWidget()
    assert page is not None
    names = [one.accessibleName() for one in page.findChildren(QPushButton) if one.text() == "Try it"]
    assert len(set(names)) == len(names) == 4
    field = line(window, "hooks.on_log")
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button(shown_row, "Try it")
