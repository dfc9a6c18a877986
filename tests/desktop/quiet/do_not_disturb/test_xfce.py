"""The real Xfce: its panel, its settings daemon and its notification service on a virtual screen."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import probe
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.quiet import choose
from tests.desktop.stand_ins import NOTIFICATIONS, Process
from tools.desktop.session_bus import has_owner
from tools.desktop.virtual_desktop import Part, VirtualDesktop, wait_until

SERVICE = Path("/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service")


def notifyd() -> str:
    """The path of the service, read from its bus file: the folder's name contains the machine's architecture."""
    return next(line[5:] for line in SERVICE.read_text().splitlines() if line.startswith("Exec="))


def test_everything_that_works_in_xfce_is_named_and_its_do_not_disturb_is_heard(
    monkeypatch: pytest.MonkeyPatch, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    with VirtualDesktop(parts=[Part.BUS, Part.WINDOW_MANAGER, Part.TRAY]) as desk:
        for name, value in desk.env.items():
            monkeypatch.setenv(name, value)
        for name in ("WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "PULSE_RUNTIME_PATH", "PULSE_SERVER"):
            monkeypatch.delenv(name, raising=False)
        # The desktop's environment is for its own programs; this process stays off screen.
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        service = Process(notifyd(), log=tmp_path / "notifyd.log")
        wait_until(lambda: has_owner(desk.bus, NOTIFICATIONS), what="Xfce's notification service")

        told = probe.survey(Settings(quiet_programs=("zoom",)))
        of_the_machine = ("sound", "speech")
        assert {name: (one.backend, one.works) for name, one in told.items() if name not in of_the_machine} == {
            "idle": ("x11", True),
            "session": ("none", False),
            "quiet": ("xfce, x11", True),
            "notify": ("freedesktop", True),
            "tray": ("statusnotifier", True),
            "dbus": ("session-bus", True),
            "hot_keys": ("x11", True),
        }
        assert "Xfce Notify Daemon" in told["notify"].detail
        quiet = {id: source.backend for id, source in told["quiet"].sources.items() if source.works}
        assert quiet == {"dnd": "xfce", "fullscreen": "x11", "program": "x11"} | quiet_of_a_camera(quiet)

        heard: list[str | None] = []
        sense = choose(open_bus(), None, Settings(quiet_call=False, quiet_sharing=False))
        sense.start(lambda id, reason: heard.append(reason))
        qtbot.waitUntil(lambda: sense.status().sources["dnd"].backend == "xfce", timeout=10_000)
        for switched, reason in (("true", "Do Not Disturb is on"), ("false", None)):
            words = ("xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb", "-n", "-t", "bool", "-s", switched)
            subprocess.run(words, check=True, timeout=20)
            qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
            assert heard.pop() == reason
        sense.stop()
        service.end()


def quiet_of_a_camera(quiet: dict[str, str]) -> dict[str, str]:
    """A camera of the machine that runs the tests is noticed even if the session lacks everything else."""
    return {"call": quiet["call"]} if any(Path("/dev").glob("video[0-9]*")) else {}
