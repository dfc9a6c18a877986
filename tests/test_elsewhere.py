"""The app starts, stops and answers ``check`` without jeepney, a bus, logind, X11 or Wayland, and never half starts.

The other systems are only simulated (see ``tests.elsewhere``). The tests show that the app imports and calls nothing
that the system lacks, and what it says instead. They do not show that the senses of Windows and macOS work.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from numbguard.ipc.line import UNREACHABLE
from numbguard.ipc.server import Server
from numbguard.store.profile import Profile
from tests.cli.command_line import environment
from tools.desktop.app_process import CHECKOUT, AppProcess, wait_until


class Elsewhere:
    """A simulated system, and a profile on it."""

    def __init__(self, system: str, folder: Path) -> None:
        self.system = system
        self.profile = Profile.find(str(folder / "profile"))
        self.env = {name: value for name, value in environment(folder).items() if not name.startswith("DBUS")}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tests.elsewhere", self.system, *words, "--profile", str(self.profile.folder)]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), env=self.env, cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False
        )

    def check(self) -> Any:
        done = self.run("check", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    def start(self) -> AppProcess:
        app = AppProcess(self.command("run", "--minimised"), env=self.env, profile=self.profile.folder)
        wait_until(lambda: "ready, version" in self.log(), 20, what=lambda: f"the app; it said:\n{app.output}")
        return app

    def log(self) -> str:
        return self.profile.log.read_text("utf-8") if self.profile.log.exists() else ""

    def is_let_go(self) -> bool:
        """Whether the next start finds the profile free and no socket left over."""
        Server(self.profile).close()  # raises where another process has the profile
        return not self.profile.socket.exists()


SAID = {
    "linux": {
        "idle": "This is not an X11 session.",
        "session": "There is no system bus.",
        "notify": "Nothing here speaks D-Bus",
        "tray": "This desktop has no tray",
    },
    "darwin": {
        "idle": "This is not macOS.",
        "session": "macOS' CoreFoundation is missing",
        "notify": "Messages are shown as plain text",
        "tray": "The menu bar",
    },
    "win32": {
        "idle": "This is not Windows.",
        "session": "Windows' session notifications (wtsapi32) are missing.",
        "notify": "Reminders appear in a small window",
        "tray": "The Windows notification area",
    },
}
"""The words that each sense reports where its platform's own parts are missing."""


@pytest.mark.parametrize("system", SAID)
def test_the_app_runs_and_check_answers_where_the_desktops_parts_are_not_there(system: str, tmp_path: Path) -> None:
    there = Elsewhere(system, tmp_path)
    told = there.check()
    senses = told["senses"]
    assert set(senses) == {"idle", "session", "quiet", "notify", "tray", "sound", "speech", "dbus", "hot_keys"}
    for name, words in SAID[system].items():
        assert words in senses[name]["detail"]
    assert [name for name in ("idle", "session", "quiet", "dbus", "hot_keys") if senses[name]["works"]] == []
    assert "Nothing here speaks D-Bus" in senses["dbus"]["detail"]
    assert "NumbGuard can't set hot keys on this desktop." in senses["hot_keys"]["detail"]
    assert all(source["detail"] for source in senses["quiet"]["sources"].values())
    assert told["line"] == (UNREACHABLE if system == "win32" else None)

    (there.profile.folder / "settings.toml").write_text('[hot_keys]\nlog = "Ctrl+Alt+N"\n', encoding="utf-8")
    app = there.start()
    again = there.run("run")
    if system == "win32":
        assert (again.returncode, again.stderr) == (1, f"numbguard: NumbGuard is already running. {UNREACHABLE}\n")
        assert there.run("status").stdout == f"{UNREACHABLE}\n"
    else:
        assert (again.returncode, again.stderr) == (0, "")
        found = app.status()["senses"]
        assert SAID[system]["idle"] in found["idle"]["detail"]
        assert [name for name in ("idle", "session", "quiet") if found[name]["works"]] == []
    assert app.running
    assert app.stop() == 0
    assert app.output == ""
    assert there.log().count(UNREACHABLE) == (system == "win32")
    assert "the hot key log: These keys don't work on this desktop." in there.log()
    assert "Traceback" not in there.log()
    assert there.is_let_go()


def test_on_windows_the_command_line_writes_utf8_whatever_the_code_page(tmp_path: Path) -> None:
    there = Elsewhere("win32", tmp_path)
    there.env["PYTHONIOENCODING"] = "cp1252"
    assert there.run("log", "--note", "“Fuß” – 腿").returncode == 0
    listed = there.run("episodes", "--json")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert json.loads(listed.stdout)[0]["note"] == "“Fuß” – 腿"


FAULTS = {
    "before anything is shown": "numbguard.core.breaks.engine.BreakEngine.__init__",
    "when most of it is there": "numbguard.ipc.requests.RequestHandler.__init__",
}


@pytest.mark.parametrize("place", FAULTS.values(), ids=FAULTS)
def test_an_app_that_cannot_be_built_ends_and_leaves_nothing_by_halves(place: str, tmp_path: Path) -> None:
    there = Elsewhere("linux", tmp_path)
    program = (
        "import sys; from unittest import mock; from numbguard.cli.main import main\n"
        f"with mock.patch({place!r}, side_effect=ZeroDivisionError): sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "run", "--profile", str(there.profile.folder)],
        env=there.env,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "numbguard: NumbGuard could not start because of a fault of its own (ZeroDivisionError). What you have logged "
        "is "
        f"untouched. {there.profile.log} has the details.\n"
    )
    assert "ready, version" not in there.log()
    assert "a bug, at the start\nTraceback" in there.log()
    assert "at the end" not in there.log()
    assert there.is_let_go()
