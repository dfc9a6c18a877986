"""Sleep and waking, as a mocked logind tells them on a private system bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.ports import SessionEvent
from numbguard.desktop.bus import Bus
from numbguard.desktop.session import choose
from tests.desktop.stand_ins import LOGIND, PrivateBus, mocked

MANAGER = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")


@pytest.fixture
def system_bus(private_bus: PrivateBus, qtbot: QtBot) -> Iterator[Bus]:
    bus = Bus.system()
    yield bus
    bus.close()


def test_sleep_and_waking_are_told(private_bus: PrivateBus, system_bus: Bus, tmp_path: Path, qtbot: QtBot) -> None:
    events: list[SessionEvent] = []
    watch = choose(system_bus)
    watch.start(events.append)
    qtbot.waitUntil(lambda: "no systemd-logind" in watch.status().detail)
    for _again in range(2):
        with mocked(private_bus.address, LOGIND, *MANAGER, log=tmp_path / "logind.log") as logind:
            qtbot.waitUntil(lambda: watch.status().works)
            logind.emit("PrepareForSleep", "b", True)
            qtbot.waitUntil(lambda: events == [SessionEvent.FALLING_ASLEEP])
            logind.emit("PrepareForSleep", "b", False)
            qtbot.waitUntil(lambda: events == [SessionEvent.FALLING_ASLEEP, SessionEvent.WOKE])
        qtbot.waitUntil(lambda: not watch.status().works)
        events.clear()
    watch.stop()


def test_without_a_system_bus_it_says_how_sleep_is_noticed_all_the_same(
    private_bus: PrivateBus, system_bus: Bus, qtbot: QtBot
) -> None:
    private_bus.end()
    watch = choose(system_bus)
    watch.start(lambda event: None)
    status = watch.status()
    assert (status.backend, status.works) == ("none", False)
    assert "system bus cannot be reached" in status.detail
    assert "by its clocks" in status.detail


def test_a_system_without_buses_is_told_nothing() -> None:
    watch = choose(None)
    watch.start(lambda event: None)
    assert watch.status().works is False
    assert "no system bus" in watch.status().detail
    watch.stop()
