"""Idleness from a Wayland compositor: a real sway, and a stand-in for the protocol that Debian's sway still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable, probe
from numbguard.desktop.idle import choose, wayland
from numbguard.desktop.idle.sense import IdleSense
from numbguard.desktop.wayland import link as wayland_link
from numbguard.desktop.wayland import wire as wayland_wire
from tests.desktop.compositor import Compositor, message
from tools.desktop.sway import Sway

LONG, SHORT = 30_000, 3_000


@pytest.fixture
def socket_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Wayland session for this process, without a bus, whose compositor does not run yet."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    monkeypatch.delenv("DISPLAY", raising=False)
    return tmp_path / "wayland-7"


@pytest.fixture
def figures() -> list[float | None]:
    return []


@pytest.fixture
def idle(socket_path: Path, qtbot: QtBot) -> Iterator[IdleSense]:
    sense = choose(None)
    yield sense
    sense.stop()


def test_sway_tells_when_nobody_is_there_and_when_somebody_is_again(
    monkeypatch: pytest.MonkeyPatch, figures: list[float | None], qtbot: QtBot
) -> None:
    with Sway() as sway:
        for name in ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, sway.env[name])
        sense = choose(None, scale=100)
        sense.start(figures.append)
        qtbot.waitUntil(lambda: any(seconds and seconds >= 30 for seconds in figures))
        assert (sense.status().backend, sense.status().works) == (sway.idle_backend, True)
        assert not sense.needs_polling
        figures.clear()
        sway.move_pointer()
        qtbot.waitUntil(lambda: 0.0 in figures)
        absence = figures[figures.index(0.0) - 1]
        assert absence is not None and absence >= 30, "the whole length comes before the return"
        assert probe.survey(Settings())["idle"].backend == sway.idle_backend
    qtbot.waitUntil(lambda: sense.status().backend == "unknown" and figures[-1] is None)
    sense.stop()


def test_pauses_are_reported_by_event_and_short_ones_to_those_who_asked(
    socket_path: Path, idle: IdleSense, figures: list[float | None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Compositor(socket_path) as compositor:
        idle.start(figures.append)
        qtbot.waitUntil(lambda: figures[-1:] == [0.0])
        # Choosing a backend also asks it.
        qtbot.waitUntil(lambda: set(compositor.watches.values()) == {("input", LONG), ("input", SHORT)})
        assert idle.status().backend == "ext-idle-notify"
        compositor.idled(SHORT)
        qtbot.waitUntil(lambda: (figures[-1] or 0) >= 3)
        compositor.idled(LONG)
        qtbot.waitUntil(lambda: (figures[-1] or 0) >= 30)
        idle.ask()
        assert (figures[-1] or 0) > 30
        compositor.resumed()
        qtbot.waitUntil(lambda: figures[-1] == 0.0)
        assert (figures[-2] or 0) > 30

        monkeypatch.setattr(wayland, "SHORT_FOR_S", -1.0)
        compositor.idled(SHORT)
        qtbot.waitUntil(lambda: set(compositor.watches.values()) == {("input", LONG)})
        idle.ask()
        assert (figures[-1] or 0) >= 3, "what is known stays known"
        qtbot.waitUntil(lambda: len(compositor.watches) == 2)


def wait_until_in(qtbot: QtBot, compositor: Compositor, watch: tuple[str, int]) -> None:
    qtbot.waitUntil(lambda: watch in compositor.watches.values())


def test_a_compositor_and_a_seat_that_come_back_are_taken_up(
    socket_path: Path, idle: IdleSense, figures: list[float | None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_link, "FIRST_RETRY_S", 0.05)
    monkeypatch.setattr(wayland_link, "LAST_RETRY_S", 0.1)
    idle.start(figures.append)
    assert figures == [None]
    assert "cannot be reached" in idle.status().detail
    for version, watch in ((1, ("any", LONG)), (3, ("input", LONG))):
        with Compositor(socket_path, ext_idle_notifier_v1=version, wl_seat=1) as compositor:
            qtbot.waitUntil(lambda: idle.status().backend == "ext-idle-notify")
            wait_until_in(qtbot, compositor, watch)
            compositor.take_seat()
            qtbot.waitUntil(lambda: idle.status().backend == "unknown" and not compositor.watches)
            compositor.give_seat()
            wait_until_in(qtbot, compositor, watch)
            assert idle.status().works
        qtbot.waitUntil(lambda: not idle.status().works and figures[-1] is None)
        assert "has ended the connection" in idle.status().detail or "cannot be reached" in idle.status().detail


def test_a_compositor_that_knows_nothing_of_idleness_is_said(
    socket_path: Path, idle: IdleSense, figures: list[float | None], qtbot: QtBot
) -> None:
    with Compositor(socket_path, wl_compositor=4, wl_seat=7):
        idle.start(figures.append)
        qtbot.waitUntil(lambda: "lacks ext_idle_notify_v1" in idle.status().detail)
        assert idle.status().works is False
        idle.stop()
        told = probe.survey(Settings())["idle"]
        assert (told.backend, told.works) == ("unknown", False)
        assert "lacks ext_idle_notify_v1" in told.detail


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"\x02\0\0\0\0\0\0\0", "had no size"),
        (message(2, 0, b"\x01\0\0\0\xff\0\0\0"), "too short"),
        (message(1, 0, b"\x01\0\0\0\x02\0\0\0\x06\0\0\0oh no\0\0\0"), "oh no"),
    ],
)
def test_what_cannot_be_understood_ends_the_connection_and_not_the_app(
    said: bytes, why: str, socket_path: Path, idle: IdleSense, figures: list[float | None], qtbot: QtBot
) -> None:
    with Compositor(socket_path) as compositor:
        idle.start(figures.append)
        qtbot.waitUntil(lambda: len(compositor.watches) == 2)
        compositor.send(said)
        qtbot.waitUntil(lambda: why in idle.status().detail and figures[-1] is None)


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({}, "not a Wayland session"),
        ({"XDG_SESSION_TYPE": "x11"}, "not a Wayland session"),
        ({"XDG_SESSION_TYPE": "wayland"}, "without XDG_RUNTIME_DIR"),
    ],
)
def test_no_compositor_is_looked_for_elsewhere(env: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable, match=why):
        wayland_wire.socket_path()


def test_the_compositor_is_found_where_every_client_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert wayland_wire.socket_path() == Path("/run/user/1/wayland-0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "/elsewhere/w")
    assert wayland_wire.socket_path() == Path("/elsewhere/w")
