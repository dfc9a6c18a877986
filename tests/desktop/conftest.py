"""Real desktops and private buses for the tests of the desktop layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.desktop.dbus.bus import Bus
from tests.desktop.stand_ins import PrivateBus
from tools.desktop.virtual_desktop import Part, VirtualDesktop


@pytest.fixture(scope="session")
def dunst_desktop() -> Iterator[VirtualDesktop]:
    with VirtualDesktop(parts=[Part.BUS, Part.NOTIFIER]) as desktop:
        yield desktop


@pytest.fixture
def desktop(dunst_desktop: VirtualDesktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualDesktop]:
    """A screen, a bus and dunst, shared by the tests; for one test, this process belongs to that session."""
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE"):
        monkeypatch.setenv(name, dunst_desktop.env[name])
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield dunst_desktop
    for part in (Part.BUS, Part.NOTIFIER):
        dunst_desktop.start(part)
    dunst_desktop.dunstctl("close-all")


@pytest.fixture
def private_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A running bus without services, for one test; it is both the session bus and the system bus."""
    bus = PrivateBus(tmp_path)
    bus.start()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    yield bus
    bus.end()


@pytest.fixture
def open_bus(qtbot: QtBot) -> Iterator[Callable[[], Bus]]:
    """Opens connections to the session bus of the environment, and closes them after the test."""
    buses: list[Bus] = []

    def make() -> Bus:
        buses.append(Bus.session())
        return buses[-1]

    yield make
    for bus in buses:
        bus.close()
