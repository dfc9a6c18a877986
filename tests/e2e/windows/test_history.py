"""The history in a real session: it follows the command line and works entirely by keyboard."""

from __future__ import annotations

from pathlib import Path

from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop


def test_it_follows_the_command_line_and_goes_by_the_keyboard(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()

    def severities() -> list[int]:
        return [one["severity"] for one in app.ask("episodes")]

    app.tell("log", "--at", "20 minutes ago", "--severity", "2", "--side", "left")
    TrayIcon.of(desk.bus, app.pid).choose("History")
    wait_until(lambda: desk.focused_window().startswith("History"), what="the history to have the keyboard")
    (history,) = desk.windows("^History")
    desk.wait_still(history)
    before = desk.picture()
    app.tell("log", "--at", "5 minutes ago", "--severity", "7", "--region", "sole")
    wait_until(lambda: desk.picture().changed_from(before) > 0.002, what="the new episode to come into the list")
    # The selection stays; the new episode appeared above it.
    desk.xdotool("key", "Delete")
    wait_until(lambda: severities() == [7], what="the older one to be deleted")
    desk.xdotool("key", "Delete")
    wait_until(lambda: severities() == [], what="the other one to be deleted as well")
    desk.xdotool("key", "ctrl+z")
    wait_until(lambda: severities() == [7], what="the last to come back first")
    desk.xdotool("key", "ctrl+z")
    wait_until(lambda: severities() == [2, 7], what="both to be back")
    desk.xdotool("key", "Return")
    wait_until(lambda: desk.focused_window().startswith("Episode"), what="the form to correct it to have the keyboard")
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows("^Episode"), what="the form to go")
    wait_until(lambda: desk.focused_window().startswith("History"), what="the history to have the keyboard again")
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows("^History"), what="it to go")
    TrayIcon.of(desk.bus, app.pid).choose("Open NumbGuard")
    wait_until(lambda: desk.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    desk.xdotool("key", "ctrl+i")
    wait_until(lambda: desk.focused_window().startswith("Insights"), what="the insights to have the keyboard")
