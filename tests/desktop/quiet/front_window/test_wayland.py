"""The window in front under Wayland: from a real sway, and from a stand-in for cases that are hard to cause there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import probe
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.quiet import choose
from numbguard.desktop.quiet.front_window import wayland as wayland_windows
from numbguard.desktop.quiet.inhibitors import LogindInhibitors
from numbguard.desktop.quiet.sense import QuietSense
from numbguard.desktop.wayland import link as wayland_link
from tests.desktop.compositor import WINDOWS, Compositor
from tests.desktop.stand_ins import LOGIND, PrivateBus, mocked
from tools.desktop.app_process import CHECKOUT, die_with_parent, end_group
from tools.desktop.sway import Sway

FILM, TERMINAL, OURS = 0xFF000000, 0xFF000001, 0xFF000002
ACTIVE, FULL = 2, 3
SETTINGS = Settings(quiet_programs=("filmplayer",))
FILMPLAYER = """
from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication, QRasterWindow
QGuiApplication.setDesktopFileName("us.example.Filmplayer")
app = QGuiApplication(["filmplayer"])
window = QRasterWindow()
asked = QSocketNotifier(0, QSocketNotifier.Type.Read)
asked.activated.connect(lambda *_: (asked.setEnabled(False), window.showFullScreen()))
window.show()
app.exec()
"""

Told = dict[str, str | None]


@pytest.fixture
def told() -> Told:
    """The last report, by the id of the reason."""
    return {}


@pytest.fixture
def make() -> Iterator[Callable[[Told, Bus | None], QuietSense]]:
    senses: list[QuietSense] = []

    def begin(told: Told, system_bus: Bus | None = None) -> QuietSense:
        sense = choose(None, system_bus, SETTINGS)
        senses.append(sense)
        sense.start(told.__setitem__)
        return sense

    yield begin
    for sense in senses:
        sense.stop()


Make = Callable[..., QuietSense]


@pytest.fixture
def socket_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Wayland session for this process, whose compositor does not run yet."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(wayland_link, "FIRST_RETRY_S", 0.05)
    monkeypatch.setattr(wayland_link, "LAST_RETRY_S", 0.1)
    return tmp_path / "wayland-7"


def backend(sense: QuietSense, id: str) -> tuple[str, bool]:
    one = sense.status().sources[id]
    return one.backend, one.works


def test_sway_tells_what_is_in_front_and_whether_it_fills_the_screen(
    monkeypatch: pytest.MonkeyPatch, told: Told, make: Make, qtbot: QtBot
) -> None:
    with Sway() as sway:
        for name in ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, sway.env[name])
        sense = make(told)
        film = subprocess.Popen(
            [*die_with_parent(), sys.executable, "-c", FILMPLAYER],
            env=sway.env, cwd=CHECKOUT, start_new_session=True, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            qtbot.waitUntil(lambda: told == {"program": "filmplayer is in front"}, timeout=20_000)
            assert film.stdin
            film.stdin.write(b"\n")
            film.stdin.flush()
            both = {"program": "filmplayer is in front", "fullscreen": "Filmplayer fills the screen"}
            qtbot.waitUntil(lambda: told == both, timeout=20_000)
            alone = probe.survey(SETTINGS)["quiet"].sources
            for id in ("fullscreen", "program"):
                assert backend(sense, id) == ("wlr-foreign-toplevel", True)
                assert alone[id] == sense.status().sources[id]
        finally:
            end_group(film)
            assert film.stdin
            film.stdin.close()
        qtbot.waitUntil(lambda: told == {"program": None, "fullscreen": None}, timeout=20_000)
    qtbot.waitUntil(lambda: backend(sense, "fullscreen") == ("none", False), timeout=20_000)


def test_only_the_active_window_counts_and_none_of_our_own(
    socket_path: Path, told: Told, make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "desktopFileName", lambda: "org.numbguard.NumbGuard")
    with Compositor(socket_path, **WINDOWS) as compositor:
        make(told)
        qtbot.waitUntil(lambda: compositor.tells_windows)
        compositor.window(FILM, "mpv", FULL)
        compositor.window(TERMINAL, "us.example.Filmplayer", ACTIVE)
        qtbot.waitUntil(lambda: told == {"program": "filmplayer is in front"})
        compositor.window(TERMINAL, "foot")
        compositor.window(FILM, "mpv", FULL, ACTIVE)
        qtbot.waitUntil(lambda: told == {"program": None, "fullscreen": "Mpv fills the screen"})
        compositor.window(FILM, "mpv", FULL)
        compositor.window(OURS, "org.numbguard.NumbGuard", FULL, ACTIVE)
        qtbot.waitUntil(lambda: told["fullscreen"] is None)
        compositor.closed(OURS)
        compositor.window(FILM, "mpv", FULL, ACTIVE)
        qtbot.waitUntil(lambda: told["fullscreen"] == "Mpv fills the screen")
        compositor.closed(FILM)
        qtbot.waitUntil(lambda: told["fullscreen"] is None)
        qtbot.waitUntil(lambda: compositor.windows == {TERMINAL})


def test_titles_wake_nobody_and_what_came_among_them_is_read_when_it_matters(
    socket_path: Path, told: Told, make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayland_windows, "_SHORTEST_REST_S", 600.0)
    monkeypatch.setattr(wayland_windows, "_LONGEST_REST_S", 600.0)
    with Compositor(socket_path, **WINDOWS) as compositor:
        sense = make(told)
        qtbot.waitUntil(lambda: compositor.tells_windows)
        compositor.window(TERMINAL, "filmplayer", ACTIVE)
        qtbot.waitUntil(lambda: told == {"program": "filmplayer is in front"})
        compositor.title(TERMINAL, "~/letters")
        qtbot.wait(100)
        compositor.title(TERMINAL, "~/diary")
        compositor.window(TERMINAL, "filmplayer", ACTIVE, FULL)
        qtbot.wait(100)
        assert "fullscreen" not in told, "the socket is left alone"
        sense.catch_up()
        assert told["fullscreen"] == "Filmplayer fills the screen"
        compositor.window(TERMINAL, "filmplayer", ACTIVE)
        qtbot.waitUntil(lambda: told["fullscreen"] is None)


def test_a_compositor_that_goes_takes_its_windows_along_and_one_that_comes_back_is_heard(
    socket_path: Path, told: Told, make: Make, qtbot: QtBot
) -> None:
    sense = make(told)
    assert "cannot be reached" in sense.status().sources["fullscreen"].detail
    for _again in range(2):
        with Compositor(socket_path, **WINDOWS) as compositor:
            qtbot.waitUntil(lambda: backend(sense, "fullscreen")[1] and compositor.tells_windows)
            compositor.window(FILM, "", ACTIVE, FULL)
            qtbot.waitUntil(lambda: told.get("fullscreen") == "a window fills the screen")
        qtbot.waitUntil(lambda: told["fullscreen"] is None and not backend(sense, "fullscreen")[1])
    with Compositor(socket_path, **WINDOWS) as compositor:
        qtbot.waitUntil(lambda: compositor.tells_windows)
        compositor.window(FILM, "mpv", ACTIVE, FULL)
        qtbot.waitUntil(lambda: told.get("fullscreen") == "Mpv fills the screen")
        compositor.tells_no_more()
        qtbot.waitUntil(lambda: told["fullscreen"] is None and backend(sense, "fullscreen") == ("none", False))


@pytest.mark.parametrize("offers", [{"wl_seat": 7}, {"zwlr_foreign_toplevel_manager_v1": 1}])
def test_a_compositor_that_keeps_its_windows_to_itself_is_said(
    offers: dict[str, int], socket_path: Path, told: Told, make: Make, qtbot: QtBot
) -> None:
    with Compositor(socket_path, **offers):
        sense = make(told)
        qtbot.waitUntil(lambda: "it lacks zwlr_foreign" in sense.status().sources["program"].detail)
        assert backend(sense, "program") == ("none", False)
        sense.stop()
        alone = probe.survey(SETTINGS)["quiet"].sources["program"]
        assert (alone.works, "it lacks zwlr_foreign" in alone.detail) == (False, True)


def test_who_keeps_the_screen_on_counts_only_where_nobody_tells_of_windows(
    socket_path: Path, private_bus: PrivateBus, told: Told, make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    manager = LogindInhibitors.service
    bus = Bus.system()
    with mocked(private_bus.address, LOGIND, manager.path, manager.interface, log=tmp_path / "log") as logind:
        film = f"('idle', 'vlc', 'a film', 'block', {os.getuid()}, 9)"
        logind.add_method("ListInhibitors", "", "a(ssssuu)", f"ret = [{film}]")
        sense = make(told, bus)
        qtbot.waitUntil(lambda: told == {"fullscreen": "Vlc keeps the screen on"})
        assert backend(sense, "fullscreen") == ("logind", True)
        with Compositor(socket_path, **WINDOWS):
            qtbot.waitUntil(lambda: told["fullscreen"] is None)
            assert backend(sense, "fullscreen") == ("wlr-foreign-toplevel", True)
        qtbot.waitUntil(lambda: told["fullscreen"] is not None)
    sense.stop()
    bus.close()
