"""NumbGuard reached from outside in a real session: by hot keys, by the verb that shows windows, and by hooks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from numbguard.runtime.one_numbness import SAME_NUMBNESS_S
from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

KEYS = """\
[hot_keys]
log = "Ctrl+Alt+N"
break_now = "Ctrl+Alt+B"
"""
HANGS = """\
[hooks]
on_log = ["sh", "-c", "trap '' TERM; echo $NUMBGUARD_EVENT $NUMBGUARD_ID > {file}; sleep 600"]
"""


def start(desk: VirtualDesktop, folder: Path, settings: str = "") -> AppProcess:
    return desk.run_app(profile=new_profile(folder / "profile", settings)).wait_ready()


def go_to_the_first_field(desk: VirtualDesktop, app: AppProcess) -> None:
    """Search for the hot keys, and let their first field wait for keys."""
    app.tell("show", "settings")
    wait_until(lambda: desk.focused_window().startswith("Settings"), what="the settings in front")
    (settings,) = desk.windows("^Settings")
    desk.xdotool("key", "ctrl+f")
    desk.xdotool("type", "hot_keys.log")
    desk.wait_still(settings)
    before = desk.picture()
    desk.xdotool("key", "Return")
    wait_until(lambda: desk.picture().changed_from(before) > 0.002, what="the field to have the focus")
    desk.wait_still(settings)  # it has the keyboard by then


def test_hot_keys_log_and_start_a_break_while_another_program_is_in_front(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path, KEYS)
    wait_until(lambda: app.ask("check")["senses"]["hot_keys"]["works"], what="the keys to be had")
    before = len(desk.notices())
    desk.xdotool("key", "ctrl+alt+n")
    desk.wait_notice("Numbness logged", after=before)
    assert len(app.ask("episodes")) == 1
    desk.xdotool("key", "Num_Lock", "Caps_Lock")
    desk.xdotool("key", "ctrl+alt+b")
    desk.xdotool("key", "Num_Lock", "Caps_Lock")
    wait_until(lambda: app.status()["state"] == "break", what="the break")
    app.tell("break", "skip")
    assert app.output == ""


def test_a_hot_key_can_be_changed_in_the_file_and_a_conflict_is_said_by_check(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    first = start(desk, tmp_path, KEYS)
    second = desk.run_app(profile=new_profile(tmp_path / "second", KEYS)).wait_ready()
    said = second.tell("check")
    assert "Hot keys: does not work (x11)" in said
    assert "Another program already uses Ctrl+Alt+N. Choose another." in said
    (second.profile / "settings.toml").write_text('[hot_keys]\nlog = "Super+F7"\n', encoding="utf-8")
    wait_until(lambda: second.ask("check")["senses"]["hot_keys"]["works"], what="the changed keys")
    time.sleep(SAME_NUMBNESS_S)
    desk.xdotool("key", "super+F7")
    wait_until(lambda: len(second.ask("episodes")) == 1, what="the episode")
    assert first.ask("episodes") == []


def test_keys_are_recorded_in_the_settings_and_work_at_once(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path, '[hot_keys]\nlog = "F9"\n')
    go_to_the_first_field(desk, app)
    desk.xdotool("key", "F9")  # it is ours, and goes to the field all the same
    desk.xdotool("key", "ctrl+alt+l")
    file = app.profile / "settings.toml"
    wait_until(lambda: 'log = "Ctrl+Alt+L"' in file.read_text(), what="the keys in the file")
    assert app.ask("episodes") == [], "what is pressed to be recorded logs nothing"
    desk.xdotool("key", "ctrl+alt+l")
    wait_until(lambda: len(app.ask("episodes")) == 1, what="the episode")

    def close() -> bool:
        desk.xdotool("key", "Escape")  # again, where the hot key still had the keyboard
        return not desk.windows("^Settings")

    wait_until(close, what="the settings to close", every=1.0)
    assert app.output == ""


def test_keys_that_another_program_has_can_be_pressed_in_the_settings_and_are_found_to_be_taken(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    other = desk.run_app(profile=new_profile(tmp_path / "other", KEYS)).wait_ready()
    app = start(desk, tmp_path, "[hooks]\n")
    go_to_the_first_field(desk, app)
    desk.xdotool("key", "ctrl+alt+n")
    file = app.profile / "settings.toml"
    wait_until(lambda: 'log = "Ctrl+Alt+N"' in file.read_text(), what="the keys in the file")
    assert "Another program already uses Ctrl+Alt+N. Choose another." in app.tell("check")
    assert other.ask("episodes") == [], "the other program did not get them"


@pytest.mark.parametrize(
    ("window", "title"),
    [
        ("panel", "^NumbGuard$"),
        ("history", "^History"),
        ("insights", "^Insights"),
        ("settings", "^Settings"),
        ("stretches", "Stretches"),
        ("guide", "Guide|Why legs go numb"),
        ("help", "Guide|When to get help"),
    ],
)
def test_each_window_comes_to_the_front_by_its_name(
    desk: VirtualDesktop, tmp_path: Path, window: str, title: str
) -> None:
    app = start(desk, tmp_path)
    app.tell("show", window)
    wait_until(lambda: desk.windows(title), what=f"the window {window}; there is {desk.windows('.')}")
    assert app.output == ""


def test_a_hook_that_hangs_holds_nothing_up_and_is_ended_after_ten_seconds(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    file = tmp_path / "told"
    app = start(desk, tmp_path, HANGS.format(file=file))
    id = app.tell("log").strip()
    wait_until(lambda: file.exists() and file.read_text(), what="the hook to run")
    assert file.read_text() == f"log {id}\n"
    began = time.monotonic()
    assert app.status()["state"] == "sitting"
    app.tell("break")
    assert app.status()["state"] == "break"
    assert time.monotonic() - began < 8, "all of that while the hook hangs"
    log = app.profile / "numbguard.log"
    wait_until(lambda: "the hook on_log: stopped" in log.read_text(), what="the hook to be ended")
    children = Path(f"/proc/{app.pid}/task/{app.pid}/children").read_text(encoding="ascii")
    assert children.strip() == "", "no child is left, not even an unburied one"
    assert app.output == ""
