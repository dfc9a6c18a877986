"""Sleep, waking and the lock, from mocked services on a private bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.ports import SessionEvent
from numbguard.core.settings.settings import Settings
from numbguard.desktop import probe
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.session import choose
from numbguard.desktop.session.sense import SessionSense
from tests.desktop.stand_ins import LOGIND, PrivateBus, mocked

MANAGER = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")
OURS, SESSION = "/org/freedesktop/login1/session/_37", "org.freedesktop.login1.Session"
GNOME = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver")
PLASMA = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
LOCKED, UNLOCKED = SessionEvent.LOCKED, SessionEvent.UNLOCKED


@pytest.fixture
def events() -> list[SessionEvent]:
    return []


@pytest.fixture
def watch(private_bus: PrivateBus, events: list[SessionEvent], qtbot: QtBot) -> Iterator[SessionSense]:
    """A sense that listens on one bus, which is both the session bus and the system bus."""
    buses = Bus.session(), Bus.system()
    sense = choose(*buses)
    sense.start(events.append)
    yield sense
    sense.stop()
    for bus in buses:
        bus.close()


def test_sleep_and_waking_are_told(
    private_bus: PrivateBus, watch: SessionSense, events: list[SessionEvent], tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "no systemd-logind" in watch.status().detail)
    for _again in range(2):
        with mocked(private_bus.address, LOGIND, *MANAGER, log=tmp_path / "logind.log") as logind:
            qtbot.waitUntil(lambda: watch.status().works)
            logind.emit("PrepareForSleep", "b", True)
            qtbot.waitUntil(lambda: events == [SessionEvent.FALLING_ASLEEP])
            logind.emit("PrepareForSleep", "b", False)
            qtbot.waitUntil(lambda: events == [SessionEvent.FALLING_ASLEEP, SessionEvent.WOKE])
            assert watch.status().backend == "logind"
            assert "can't detect a locked screen" in watch.status().detail
        qtbot.waitUntil(lambda: not watch.status().works)
        events.clear()


@pytest.mark.parametrize(("member", "takes"), [("GetSession", "s"), ("GetSessionByPID", "u")])
def test_the_lock_is_told_by_our_session_of_logind(
    member: str, takes: str, private_bus: PrivateBus, events: list[SessionEvent], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked(private_bus.address, LOGIND, *MANAGER, log=tmp_path / "logind.log") as logind:
        logind.add_object(OURS, SESSION, {"LockedHint": ("b", True), "IdleHint": ("b", False)})
        logind.add_method(member, takes, "o", f"ret = dbus.ObjectPath('{OURS}')")
        bus = Bus.system()
        watch = choose(None, bus)
        watch.start(events.append)
        qtbot.waitUntil(lambda: events == [LOCKED])
        logind.change(OURS, SESSION, LockedHint=("b", False))
        qtbot.waitUntil(lambda: events == [LOCKED, UNLOCKED])
        logind.change(OURS, SESSION, IdleHint=("b", True))
        logind.change(OURS, SESSION, LockedHint=("b", True))
        qtbot.waitUntil(lambda: events == [LOCKED, UNLOCKED, LOCKED])
        assert watch.status().sources["lock"].backend == "logind"
        told = probe.survey(Settings())["session"]
        assert (told.backend, told.sources["lock"].backend) == ("logind", "logind")
    qtbot.waitUntil(lambda: events == [LOCKED, UNLOCKED, LOCKED, UNLOCKED])
    watch.stop()
    bus.close()


def test_several_that_tell_of_one_lock_count_once_and_one_that_dies_locks_nobody_out(
    private_bus: PrivateBus, watch: SessionSense, events: list[SessionEvent], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked(private_bus.address, *GNOME, log=tmp_path / "gnome.log") as gnome:
        gnome.add_method("GetActive", "", "b", "ret = False")
        with mocked(private_bus.address, *PLASMA, log=tmp_path / "plasma.log") as plasma:
            qtbot.waitUntil(lambda: len(gnome.calls("GetActive")) == 1 or watch.status().works)
            gnome.emit("ActiveChanged", "b", True)
            qtbot.waitUntil(lambda: events == [LOCKED])
            assert (watch.status().backend, watch.status().works) == ("org.gnome.ScreenSaver", True)
            assert probe.survey(Settings())["session"].sources["lock"].backend == "org.gnome.ScreenSaver"
            plasma.emit("ActiveChanged", "b", True)
            gnome.emit("ActiveChanged", "b", False)
            gnome.emit("ActiveChanged", "b", True)
            gnome.emit("ActiveChanged", "b", False)
            qtbot.waitUntil(lambda: watch.status().sources["lock"].backend == PLASMA[0])
        qtbot.waitUntil(lambda: events == [LOCKED, UNLOCKED])
    qtbot.waitUntil(lambda: watch.status().backend == "none")


def test_a_screen_that_is_locked_already_is_noticed(
    private_bus: PrivateBus, events: list[SessionEvent], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked(private_bus.address, *GNOME, log=tmp_path / "gnome.log") as gnome:
        gnome.add_method("GetActive", "", "b", "ret = True")
        bus = Bus.session()
        watch = choose(bus, None)
        watch.start(events.append)
        qtbot.waitUntil(lambda: events == [LOCKED])
        watch.stop()
        bus.close()


def test_without_a_bus_it_says_how_lock_and_sleep_are_noticed_all_the_same(
    private_bus: PrivateBus, watch: SessionSense, qtbot: QtBot
) -> None:
    private_bus.end()
    qtbot.waitUntil(lambda: "system bus" in watch.status().detail and "answered yet" not in watch.status().detail)
    status = watch.status()
    assert (status.backend, status.works) == ("none", False)
    assert {name: one.works for name, one in status.sources.items()} == {"sleep": False, "lock": False}
    assert "from the system clocks" in status.detail
    assert "once the keyboard and mouse are idle" in status.detail


def test_a_system_without_buses_is_told_nothing() -> None:
    watch = choose(None, None)
    watch.start(lambda event: None)
    assert watch.status().works is False
    assert "no system bus" in watch.status().detail
    assert watch.status().detail.count("no session bus") == 1
    watch.stop()
