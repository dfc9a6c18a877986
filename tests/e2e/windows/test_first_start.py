"""The first start in a real session: its pages come once, take no focus, and end at the tray; the settings open."""

from __future__ import annotations

import time
from pathlib import Path

from tools.desktop.app_process import AppProcess, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

POINTER = "^NumbGuard in the tray"


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
    TrayIcon.of(desk.bus, again.pid).choose("Settings")
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


def first_page(desk: VirtualDesktop, profile: Path, **env: str) -> AppProcess:
    """Start NumbGuard for the first time, and give its first page the keyboard."""
    app = desk.run_app(profile=profile, env=env).wait_ready()
    (page,) = wait_until(lambda: desk.windows("^Welcome"), what="the first page") or ()
    desk.activate(page)
    wait_until(lambda: desk.focused_window().startswith("Welcome"), what="the first page to have the keyboard")
    return app


def test_three_keys_go_through_all_of_it_and_then_it_shows_where_it_is(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = first_page(desk, tmp_path / "profile")
    desk.screenshot(tmp_path / "first-page.png")
    desk.xdotool("key", "Return", "Return")
    assert desk.windows("^Welcome")
    desk.xdotool("key", "Return")
    wait_until(lambda: not desk.windows("^Welcome"), what="the pages to go")
    (pointer,) = wait_until(lambda: desk.windows(POINTER), what="the arrow at the tray") or ()
    assert not desk.focused_window().startswith("NumbGuard")
    wait_until(lambda: desk.screenshot(tmp_path / "pointer.png").crop(*desk.place(pointer)).colours() > 20, what="it")
    x, y, wide, high = desk.place(pointer)
    assert x + wide <= 1280
    assert y + high <= 800
    desk.click(x + wide // 2, y + high // 2)
    wait_until(lambda: not desk.windows(POINTER), what="it to go")
    assert not (app.profile / "settings.toml").exists(), "everything was right as it stood"
    assert app.output == ""


def test_where_the_icon_is_a_window_of_the_tray_the_arrow_ends_at_it(desk: VirtualDesktop, tmp_path: Path) -> None:
    before = desk.picture()
    first_page(desk, tmp_path / "profile", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    desk.xdotool("key", "Return", "Return", "Return")
    (pointer,) = wait_until(lambda: desk.windows(POINTER), what="the arrow at the tray") or ()
    x, y, wide, high = desk.place(pointer)
    icon = wait_until(
        lambda: (
            desk.picture()
            .crop(x, y + high, wide, 800 - y - high)
            .where_changed_from(before.crop(x, y + high, wide, 800 - y - high))
        ),
        what="the icon below the arrow",
    )
    assert icon
    assert icon[1] <= 4, "the arrow ends at the icon"


def test_a_stretch_is_tried_and_not_counted(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = first_page(desk, tmp_path / "profile")
    desk.xdotool("key", "Return", "Return", "alt+t")
    wait_until(lambda: desk.windows("^Seated hamstring stretch – NumbGuard$"), what="the card")
    began = time.monotonic()
    assert not desk.windows(POINTER)
    wait_until(lambda: desk.windows(POINTER), what="the arrow at the tray after the card")
    assert 12 < time.monotonic() - began < 45, "it lasts for 20 s"
    assert not desk.windows("– NumbGuard$")
    assert app.ask("breaks") == []
    assert app.output == ""


def test_closed_in_the_middle_it_does_not_come_back(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = first_page(desk, tmp_path / "profile")
    desk.xdotool("key", "shift+Tab", "shift+Tab", "Escape")
    wait_until(lambda: not desk.windows("^Welcome"), what="the page to go")
    time.sleep(0.5)
    assert not desk.windows(POINTER)
    app.stop()
    again = desk.run_app(profile=app.profile).wait_ready()
    time.sleep(2.5)
    assert not desk.windows("^Welcome")
    again.stop()
