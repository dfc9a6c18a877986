"""Idleness on a real X server, from a mocked Mutter, and where it is unknown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable, probe
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.idle import choose
from numbguard.desktop.idle.x11 import X11Idle
from tests.desktop.stand_ins import MUTTER, PrivateBus, mocked
from tools.desktop.virtual_desktop import VirtualDesktop, wait_until

CORE = "/org/gnome/Mutter/IdleMonitor/Core"


@pytest.fixture
def figures() -> list[float | None]:
    return []


@pytest.fixture
def wayland(private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch) -> PrivateBus:
    """A Wayland session with a bus that has no services."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    return private_bus


def test_the_x_server_tells_of_the_pointer(
    desktop: VirtualDesktop, open_bus: Callable[[], Bus], figures: list[float | None], qtbot: QtBot
) -> None:
    idle = choose(open_bus())
    idle.start(figures.append)

    def last() -> float:
        idle.ask()
        assert figures[-1] is not None
        return figures[-1]

    desktop.move_pointer(100, 100)
    assert last() < 5
    qtbot.waitUntil(lambda: last() >= 0.3)
    before = last()
    desktop.move_pointer(200, 100)
    assert last() < before
    status = idle.status()
    assert (status.backend, status.works) == ("x11", True)
    assert status.seconds == figures[-1]
    idle.stop()


def test_the_x_server_tells_by_itself_of_a_pause_and_of_its_end(
    desktop: VirtualDesktop, open_bus: Callable[[], Bus], figures: list[float | None], qtbot: QtBot
) -> None:
    idle = choose(open_bus(), scale=100)
    idle.start(figures.append)
    assert not idle.needs_polling
    for _again in range(3):
        qtbot.waitUntil(lambda: (figures[-1] or 0) >= 30)
        figures.clear()
        desktop.move_pointer(300, 100)
        qtbot.waitUntil(lambda: 0.0 in figures)
        assert (figures[figures.index(0.0) - 1] or 0) >= 30, "the whole length comes before the return"
        desktop.move_pointer(200, 100)
    idle.stop()


def test_a_faster_life_has_longer_absences(
    desktop: VirtualDesktop, open_bus: Callable[[], Bus], figures: list[float | None], qtbot: QtBot
) -> None:
    desktop.move_pointer(50, 50)
    idle = choose(open_bus(), scale=600)
    idle.start(figures.append)

    def far_away() -> bool:
        idle.ask()
        return (figures[-1] or 0) > 100

    qtbot.waitUntil(far_away)
    idle.stop()


def test_the_x_server_going_away_ends_the_sense_and_not_the_process(desktop: VirtualDesktop, tmp_path: Path) -> None:
    """In a separate process, because the fault would end the process."""
    log = tmp_path / "screen-number"
    with log.open("wb") as number:
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"], stdout=number, stderr=subprocess.DEVNULL
        )
    wait_until(lambda: log.read_text().endswith("\n"), what="a screen")
    script = """
import sys
from numbguard.desktop.idle import choose
idle = choose(None)
idle.start(lambda seconds: print(seconds is not None, idle.status().backend, flush=True))
sys.stdin.readline()
idle.ask()
print(idle.status().detail)
"""
    sensing = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**desktop.env, "DISPLAY": f":{log.read_text().strip()}"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert sensing.stdout and sensing.stdin
    assert sensing.stdout.readline() == "True x11\n"
    screen.kill()
    screen.wait()
    said, _errors = sensing.communicate("\n", timeout=10)
    assert sensing.returncode == 0
    assert said.startswith("False unknown\n")
    assert "The X server has ended the connection." in said


def test_mutter_answers_under_wayland(
    wayland: PrivateBus, open_bus: Callable[[], Bus], figures: list[float | None], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked(wayland.address, MUTTER, CORE, MUTTER, log=tmp_path / "mutter.log") as mutter:
        mutter.add_method("GetIdletime", "", "t", "ret = 5_000_000_000")
        idle = choose(open_bus(), scale=2)
        idle.start(figures.append)
        qtbot.waitUntil(lambda: figures[-1:] == [10_000_000.0])
        idle.ask()
        qtbot.waitUntil(lambda: len(mutter.calls("GetIdletime")) == 2)
        assert (idle.status().backend, idle.status().works) == ("gnome", True)
        idle.stop()


def test_mutter_tells_of_a_pause_and_of_the_return_and_is_watched_again_when_it_is_back(
    wayland: PrivateBus, open_bus: Callable[[], Bus], figures: list[float | None], tmp_path: Path, qtbot: QtBot
) -> None:
    idle = choose(open_bus())
    idle.start(figures.append)
    for _again in range(2):
        with mocked(wayland.address, MUTTER, CORE, MUTTER, log=tmp_path / "mutter.log") as mutter:
            qtbot.waitUntil(lambda: idle.status().backend == "gnome" and figures[-1:] == [None])
            # The mock owns its name before it has its methods, so it has to be polled at first.
            assert idle.needs_polling
            mutter.add_method("GetIdletime", "", "t", "ret = 31000")
            mutter.add_method("AddIdleWatch", "t", "u", "ret = 7")
            mutter.add_method("AddUserActiveWatch", "", "u", "ret = 8")
            idle.ask()

            # A request for a watch that preceded the mock's methods fails only now; the next question repeats it.
            def watched() -> bool:
                if idle.needs_polling:
                    idle.ask()
                return not idle.needs_polling

            qtbot.waitUntil(watched)
            qtbot.waitUntil(lambda: figures[-1] == 31.0)
            assert mutter.calls("AddIdleWatch")[-1] == [("t", 30_000)]
            mutter.emit("WatchFired", "u", 7)
            qtbot.waitUntil(lambda: len(mutter.calls("AddUserActiveWatch")) == 1 and figures[-1] == 31.0)
            mutter.emit("WatchFired", "u", 8)
            qtbot.waitUntil(lambda: figures[-1] == 0.0)
            assert (figures[-2] or 0) >= 30, "the whole length comes before the return"
            mutter.emit("WatchFired", "u", 9)
            mutter.emit("WatchFired", "u", 7)
            qtbot.waitUntil(lambda: len(mutter.calls("AddUserActiveWatch")) == 2)
            assert len(mutter.calls("AddIdleWatch")) == 1, "a watch that is set stays"
        qtbot.waitUntil(lambda: figures[-1] is None and idle.status().backend == "unknown")
    idle.stop()


def test_mutter_going_away_makes_idleness_unknown_until_it_is_back(
    wayland: PrivateBus, open_bus: Callable[[], Bus], figures: list[float | None], tmp_path: Path, qtbot: QtBot
) -> None:
    idle = choose(open_bus())
    idle.start(figures.append)
    qtbot.waitUntil(lambda: figures == [None])

    def seven_seconds() -> bool:
        idle.ask()
        return figures[-1] == 7.0

    for _again in range(2):
        with mocked(wayland.address, MUTTER, CORE, MUTTER, log=tmp_path / "mutter.log") as mutter:
            mutter.add_method("GetIdletime", "", "t", "ret = 7000")
            # The mock owns its name a moment before it has its method; polling every 30 s asks again.
            qtbot.waitUntil(seven_seconds)
        qtbot.waitUntil(lambda: figures[-1] is None and idle.status().backend == "unknown")
    idle.stop()


def test_where_nobody_knows_it_says_so_and_why(
    wayland: PrivateBus, open_bus: Callable[[], Bus], figures: list[float | None], qtbot: QtBot
) -> None:
    idle = choose(open_bus())
    idle.start(figures.append)
    qtbot.waitUntil(lambda: figures == [None])
    idle.ask()
    assert figures == [None, None]
    status = idle.status()
    assert (status.works, status.seconds) == (False, None)
    assert "time away doesn't count as a break" in status.detail
    assert "XWayland's idle time can't be trusted" in status.detail
    assert "not a GNOME desktop" in status.detail
    idle.stop()


def test_a_mutter_that_fails_gives_no_figure(
    wayland: PrivateBus, open_bus: Callable[[], Bus], figures: list[float | None], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked(wayland.address, MUTTER, CORE, MUTTER, log=tmp_path / "mutter.log"):
        idle = choose(open_bus())
        idle.start(figures.append)
        qtbot.waitUntil(lambda: idle.status().backend == "gnome" and figures[-1:] == [None])
        assert "didn't report" in idle.status().detail
        assert idle.status().works is False
        alone = probe.survey(Settings())["idle"]
        assert (alone.backend, alone.works, alone.detail) == ("gnome", False, idle.status().detail)
        idle.stop()


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "Wayland"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "Wayland"),
        ({}, "not an X11 session"),
        ({"DISPLAY": "localhost:10.0"}, "another computer"),
        ({"DISPLAY": ":98765"}, "cannot be reached"),
    ],
)
def test_the_x_server_is_not_asked_where_it_would_not_know(
    env: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable, match=why):
        X11Idle()
