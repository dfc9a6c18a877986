"""The first start in a real session: its page appears once and takes no focus; the settings open and undo."""

from __future__ import annotations

from pathlib import Path

from tools.desktop.app_process import wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop


def test_the_first_page_comes_once_takes_no_focus_and_makes_room(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    before = desk.focused_window()
    app = desk.run_app(profile=profile).wait_ready()
    wait_until(lambda: desk.windows("^Welcome"), what="the first page")
    assert desk.focused_window() == before
    app.tell("break", "start")
    wait_until(lambda: not desk.windows("^Welcome"), what="the page to make room for a card")
    app.stop()

    again = desk.run_app(profile=profile).wait_ready()
    TrayIcon.of(desk.bus, again.pid).choose("Settings…")
    wait_until(lambda: desk.windows("^Settings"), what="the settings")
    wait_until(lambda: desk.focused_window().startswith("Settings"), what="the settings to have the focus")
    desk.xdotool("key", "Tab", "Up")
    wait_until(lambda: again.ask("status")["interval_s"] == 3000, what="the interval to follow")
    assert 'interval = "50m"' in (profile / "settings.toml").read_text()
    desk.xdotool("key", "ctrl+z")
    wait_until(lambda: again.ask("status")["interval_s"] == 2700, what="the change to be taken back")
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows("^Settings"), what="the settings to close")
    assert not desk.windows("^Welcome")
    again.stop()
