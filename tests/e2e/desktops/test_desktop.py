"""The virtual desktop itself, on which the other end-to-end tests and the tour depend."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from jeepney import DBusAddress

from tools.desktop.app_process import CHECKOUT, WaitError
from tools.desktop.session_bus import call
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import Part, VirtualDesktop, wait_until

BARE_ICON = [sys.executable, str(CHECKOUT / "tools" / "bench" / "floor.py")]
NOTIFICATIONS = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
)


def notify(desktop: VirtualDesktop, summary: str, *actions: str) -> int:
    """Request a notification as any app would; the actions are alternately keys and labels."""
    words: tuple[object, ...] = ("An app", 0, "", summary, "Its body.", list(actions), {}, -1)
    return int(call(desktop.bus, NOTIFICATIONS, "Notify", "susssasa{sv}i", *words))


def test_a_tray_icon_is_found_and_its_menu_pressed(desktop: VirtualDesktop) -> None:
    before = desktop.picture()
    app = desktop.run_app(command=BARE_ICON)
    icon = TrayIcon.of(desktop.bus, app.pid)
    assert icon.labels() == ["Quit"]
    wait_until(lambda: desktop.picture().changed_from(before) > 0, what="the icon in the panel")
    with pytest.raises(WaitError, match="no entry 'Frobnicate'"):
        icon.choose("Frobnicate")
    icon.choose("Quit")
    assert app.wait() == 0


def test_a_notification_is_answered_by_the_label_of_its_button(desktop: VirtualDesktop) -> None:
    notify(desktop, "Which?", "a", "This one", "b", "That one")
    desktop.answer("That one")
    notice = desktop.wait_notice(lambda notice: bool(notice.invoked))
    assert (notice.summary, notice.invoked) == ("Which?", ["b"])
    desktop.dunstctl("close-all")
    wait_until(lambda: desktop.shown() == 0, what="the notification to be closed")


def test_a_notification_daemon_dies_and_comes_back(desktop: VirtualDesktop) -> None:
    desktop.stop(Part.NOTIFIER)
    assert not desktop.runs(Part.NOTIFIER)
    desktop.start(Part.NOTIFIER)
    notify(desktop, "Still here?")
    wait_until(lambda: desktop.shown() == 1, what="the notification on screen")


def test_parts_can_be_left_out(open_desktop: Callable[..., VirtualDesktop]) -> None:
    desktop = open_desktop(parts=[Part.BUS])
    assert desktop.runs(Part.BUS)
    assert not any(desktop.runs(part) for part in (Part.NOTIFIER, Part.TRAY, Part.WINDOW_MANAGER))


def test_nothing_is_left_when_a_test_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), VirtualDesktop() as desktop:
        home, threads = desktop.home, threading.active_count()
        app = desktop.run_app(command=BARE_ICON)
        TrayIcon.of(desktop.bus, app.pid)
        desktop.keep_pointer_moving()
        raise ZeroDivisionError
    assert not home.exists()
    assert threading.active_count() < threads
    left = [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and str(home).encode() in environment_of(entry)
    ]
    assert left == []


def environment_of(process: Path) -> bytes:
    """Return a process's environment; empty if it has just ended or is not ours."""
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""
