"""``numbguard check`` without an app: what was asked and what was not, of the notification service and of the tray."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from numbguard.core.settings.settings import Settings
from numbguard.desktop.dbus.blocking import BlockingBus
from numbguard.desktop.notify.probe import survey
from numbguard.desktop.probe import survey as whole_survey
from tests.desktop.stand_ins import NOTIFICATIONS, PrivateBus, mocked, mocked_notifications
from tools.desktop.session_bus import has_owner, process_of
from tools.desktop.virtual_desktop import Part, VirtualDesktop

WATCHER = "org.kde.StatusNotifierWatcher"


@contextmanager
def xembed_tray(display: str) -> Iterator[None]:
    """A program that owns the selection of an XEmbed tray, as MATE's notification area does."""
    x = ctypes.CDLL("libX11.so.6")
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = pointer, (ctypes.c_char_p,)
    x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = number, (pointer,)
    x.XInternAtom.restype, x.XInternAtom.argtypes = number, (pointer, ctypes.c_char_p, ctypes.c_int)
    x.XCreateSimpleWindow.restype = number
    x.XCreateSimpleWindow.argtypes = (pointer, number, *[ctypes.c_int] * 2, *[ctypes.c_uint] * 3, number, number)
    x.XSetSelectionOwner.argtypes = (pointer, number, number, number)
    x.XSync.argtypes, x.XCloseDisplay.argtypes = (pointer, ctypes.c_int), (pointer,)
    connection = x.XOpenDisplay(display.encode())
    window = x.XCreateSimpleWindow(connection, x.XDefaultRootWindow(connection), 0, 0, 1, 1, 0, 0, 0)
    x.XSetSelectionOwner(connection, x.XInternAtom(connection, b"_NET_SYSTEM_TRAY_S0", 0), window, 0)
    x.XSync(connection, 0)
    try:
        yield
    finally:
        x.XCloseDisplay(connection)


@pytest.fixture
def told(private_bus: PrivateBus) -> Callable[[], str]:
    def told() -> str:
        bus = BlockingBus(private_bus.address)
        try:
            return survey(bus).detail
        finally:
            bus.close()

    return told


def test_a_service_that_hangs_is_not_said_to_lack_buttons(
    private_bus: PrivateBus, told: Callable[[], str], tmp_path: Path
) -> None:
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log"):
        assert told() == "mock-notify 1.0 shows notifications."
        hung = process_of(private_bus.address, NOTIFICATIONS)
        os.kill(hung, signal.SIGSTOP)
        assert told().startswith("This desktop's notification service is running, but did not answer.")
        os.kill(hung, signal.SIGCONT)


def test_a_service_without_buttons_is_said_to_have_none(
    private_bus: PrivateBus, told: Callable[[], str], tmp_path: Path
) -> None:
    with mocked_notifications(private_bus.address, "body", log=tmp_path / "mock.log"):
        assert told().startswith("mock-notify 1.0 shows notifications, but without buttons.")


def test_a_service_that_only_could_be_started_is_not_started_for_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services"
    services.mkdir()
    (services / "n.service").write_text(f"[D-BUS Service]\nName={NOTIFICATIONS}\nExec=/bin/false\n")
    private = PrivateBus(tmp_path, services=services)
    private.start()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    bus = BlockingBus(private.address)
    status = survey(bus)
    assert status.works and "has not asked what it supports" in status.detail
    assert not has_owner(private.address, NOTIFICATIONS)
    bus.close()
    private.end()


def test_a_watcher_that_no_panel_has_registered_with_is_no_tray(
    private_bus: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plasma's daemon owns the watcher's name before its panel runs, and without one."""
    monkeypatch.delenv("DISPLAY", raising=False)
    path = "/StatusNotifierWatcher"
    with mocked(private_bus.address, WATCHER, path, WATCHER, log=tmp_path / "log") as watcher:
        watcher.tell("AddProperty", "ssv", WATCHER, "IsStatusNotifierHostRegistered", ("b", False))
        told = whole_survey(Settings())["tray"]
        assert (told.backend, told.works) == ("window", False)
        assert "Start NumbGuard again to see it." in told.detail
        watcher.tell("UpdateProperties", "sa{sv}", WATCHER, {"IsStatusNotifierHostRegistered": ("b", True)})
        assert whole_survey(Settings())["tray"].backend == "statusnotifier"


def test_an_xembed_tray_is_called_what_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """MATE's notification area of Debian 12 took the icon as a window; ``check`` called it StatusNotifier."""
    with VirtualDesktop(parts=[Part.BUS, Part.WINDOW_MANAGER]) as desk:
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE"):
            monkeypatch.setenv(name, desk.env[name])
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert whole_survey(Settings())["tray"].backend == "window"
        with xembed_tray(desk.env["DISPLAY"]):
            told = whole_survey(Settings())["tray"]
        assert (told.backend, told.works) == ("xembed", True)
