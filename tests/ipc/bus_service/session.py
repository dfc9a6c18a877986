"""A message bus with apps on it, called and listened to from outside with ``gdbus``, as scripts do."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.command_line import CommandLine, environment, start
from tests.desktop.stand_ins import PrivateBus
from tools.desktop.app_process import AppProcess, die_with_parent, end_group, new_profile, wait_until
from tools.desktop.session_bus import has_owner

NAME, PATH = "org.numbguard.NumbGuard", "/org/numbguard/NumbGuard"


class BusSession:
    """A private session bus; ``run_app`` starts apps on it, each with a profile of its own."""

    def __init__(self, folder: Path, bus: PrivateBus) -> None:
        self.folder = folder
        self.bus = bus
        self.env = environment(folder) | {"DBUS_SESSION_BUS_ADDRESS": bus.address}
        self._apps: list[AppProcess] = []

    def run_app(self, profile: Path, settings: str = "", *words: str) -> AppProcess:
        if not profile.exists():
            new_profile(profile, settings)
        app = start(CommandLine(profile, self.env), *words)
        self._apps.append(app)
        wait_until(lambda: has_owner(self.bus.address, NAME), what="the name on the bus")
        return app

    def gdbus(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["gdbus", *words], env=self.env, capture_output=True, text=True, timeout=30, check=False)

    def call(self, member: str, *values: str) -> str:
        """Call a method that must succeed, and return what gdbus prints."""
        done = self.attempt(member, *values)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout.strip()

    def refused(self, member: str, *values: str) -> tuple[str, str]:
        """Call a method that must fail, and return the name of the error and its sentence."""
        done = self.attempt(member, *values)
        assert done.returncode == 1, done
        _gdbus, _remote, name, words = done.stderr.strip().split(":", 3)
        return name.removeprefix("GDBus.Error").strip(), words.strip()

    def attempt(self, member: str, *values: str) -> subprocess.CompletedProcess[str]:
        interface = "" if "." in member else f"{NAME}."
        where = ("--session", "--dest", NAME, "--object-path", PATH, "--method", f"{interface}{member}")
        return self.gdbus("call", *where, *values)

    @contextmanager
    def monitor(self, *words: str) -> Iterator[Heard]:
        """Listen with ``gdbus monitor``, by default to the owner of the name."""
        heard = Heard(["gdbus", "monitor", "--session", *(words or ("--dest", NAME))], self.env, self.folder)
        try:
            wait_until(lambda: "is owned by" in heard.text, what="gdbus to listen")
            time.sleep(0.3)  # it says so before the bus has its match rule
            yield heard
        finally:
            heard.end()

    def end(self) -> None:
        for app in self._apps:
            app.stop()


class Heard:
    """What a listener prints."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self._file = folder / "heard.txt"
        with self._file.open("wb") as output:
            self._process = subprocess.Popen(
                [*die_with_parent(), *command], env=env, stdout=output, stderr=output, start_new_session=True
            )

    @property
    def text(self) -> str:
        return self._file.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.text, 15, what=lambda: f"{words!r} among the signals:\n{self.text}")

    def end(self) -> None:
        end_group(self._process)
