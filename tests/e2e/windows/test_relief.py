"""Relief for a numb leg in a real session: from the click to the log entry with what helped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tools.desktop.app_process import wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

FIRST = "^Anything else wrong. – NumbGuard$"
"""The signs as a list, since nothing was told."""
STEPS = ("^Change your position – NumbGuard$", "^Move it gently – NumbGuard$", "^Rub it lightly – NumbGuard$")


def wait_window(desk: VirtualDesktop, title: str) -> int:
    (window,) = wait_until(lambda: desk.windows(title), what=f"a window {title}") or ()
    return window


def press(desk: VirtualDesktop, window: int, keys: str) -> None:
    desk.activate(window)
    desk.xdotool("key", keys)


def test_relief_is_asked_for_on_the_notification_and_what_helped_is_kept(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=tmp_path / "profile").wait_ready()
    tray = TrayIcon.of(desk.bus, app.pid)
    tray.choose("Log numbness")
    wait_until(lambda: app.ask("episodes"), what="the episode")
    desk.answer("Step-by-step relief")
    window = wait_window(desk, FIRST)
    wait_until(lambda: "Anything else" in desk.focused_window(), what="the window that was asked for in front")
    press(desk, window, "alt+k")
    wait_window(desk, STEPS[0])
    wait_until(lambda: desk.screenshot(tmp_path / "relief.png").colours() > 1500, what="the figure to be drawn")
    press(desk, window, "alt+n")
    wait_window(desk, STEPS[1])
    press(desk, window, "alt+h")
    wait_window(desk, "^When to get help$")
    press(desk, window, "alt+g")
    (kept,) = wait_until(lambda: [one for one in app.ask("episodes") if one["ended_at"]], what="the end") or ()
    assert kept["relief"] == "movement"
    lasted = datetime.fromisoformat(kept["ended_at"]) - datetime.fromisoformat(kept["started_at"])
    assert abs(kept["relief_after_s"] - lasted.total_seconds()) <= 1
    wait_window(desk, "^Good that it's gone – NumbGuard$")
    press(desk, window, "Escape")
    wait_until(lambda: not desk.windows("^Good that it's gone"), what="the window to go")
    assert app.output == ""


def test_its_time_runs_on_the_clock_of_the_app(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=tmp_path / "profile", speed=30).wait_ready()
    desk.keep_pointer_moving(every=0.2)
    tray = TrayIcon.of(desk.bus, app.pid)
    tray.choose("Log numbness")
    tray.choose("Open NumbGuard")
    wait_until(lambda: desk.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    desk.xdotool("key", "alt+f")
    press(desk, wait_window(desk, FIRST), "alt+k")
    for title in STEPS[1:]:
        wait_window(desk, title)
    app.tell("gone")
    wait_until(lambda: not any(map(desk.windows, STEPS)), what="the window to go with its episode")
    assert app.ask("episodes")[0]["relief"] is None, "nobody said what helped"
