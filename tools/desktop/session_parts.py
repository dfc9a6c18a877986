"""The parts of a desktop session on a virtual screen, each a process that a test can start, end and restart.

`tools.desktop.virtual_desktop` builds on it and contains the actions of a test. Nothing here touches the developer's
own session: the display, the bus, the home and the configuration are separate. Everything runs on the caller's thread.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tools.desktop.app_process import PATIENCE_S, die_with_parent, end_group, wait_until
from tools.desktop.session_bus import TRAY_WATCHER, BusFailure, Notice, NoticeTap, get_property, has_owner

SESSION_FILES = Path(__file__).parent / "session_files"


class Part(StrEnum):
    """A part of a session, apart from the screen, which every session has."""

    BUS = "bus"
    WINDOW_MANAGER = "window manager"
    NOTIFIER = "notification daemon"
    TRAY = "tray host"
    ACCESSIBILITY = "accessibility bus"


WHOLE = (Part.BUS, Part.WINDOW_MANAGER, Part.NOTIFIER, Part.TRAY)
"""The parts of an ordinary session. The accessibility bus is not among them: it makes every app build a tree of its
controls, as a screen reader does."""

A11Y_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
"""The program that starts the accessibility bus (Debian's at-spi2-core)."""


class Session:
    """The running parts; `parts` lists the wanted ones, so that a test can omit some."""

    def __init__(self, *, parts: Iterable[Part] = WHOLE, size: tuple[int, int] = (1280, 800)) -> None:
        self._wanted = tuple(part for part in Part if part in set(parts))
        self._size = size
        self._processes: dict[str, subprocess.Popen[Any]] = {}
        self._home = Path()
        self._display = ""
        self._tap: NoticeTap | None = None
        self._heard: list[Notice] = []

    # Start and end

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="numbguard-desk-"))
        try:
            self._lay_out_home()
            self._start_screen()
            for part in self._wanted:
                self._begin(part)
            for part in self._wanted:
                self._await(part)
            if self._painter.wait(timeout=PATIENCE_S) != 0:
                raise RuntimeError(f"The background could not be painted; see {self._home / 'logs'}.")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every part and remove the home; safe to call twice."""
        if self._tap is not None:
            self._tap.close()
            self._tap = None
        for name in reversed(list(self._processes)):
            end_group(self._processes.pop(name))
        if self._home != Path():  # it is the working folder until the session has begun
            shutil.rmtree(self._home, ignore_errors=True)

    # Parts

    def start(self, part: Part) -> None:
        """Start a part that is not running, and wait until it is ready."""
        self._begin(part)
        self._await(part)

    def stop(self, part: Part) -> None:
        """End a part at once, as a crash would."""
        for name in self._process_names(part):
            process = self._processes.pop(name, None)
            if process is not None:
                end_group(process)
        if part is Part.BUS:
            if self._tap is not None:
                self._tap.close()
                self._heard += self._tap.notices()
                self._tap = None
            # Daemons end when their bus ends; remove what is left of them.
            for other in (Part.TRAY, Part.NOTIFIER):
                self.stop(other)
            (self._runtime_dir / "bus").unlink(missing_ok=True)

    def restart(self, part: Part) -> None:
        """End a part and start it again; a new bus has the same address as the old one."""
        self.stop(part)
        self.start(part)

    def runs(self, part: Part) -> bool:
        """Return whether all processes of a part are alive."""
        names = self._process_names(part)
        return all(name in self._processes and self._processes[name].poll() is None for name in names)

    # Addresses and folders

    @property
    def env(self) -> dict[str, str]:
        """The environment for programs in this session; a fresh copy each time."""
        env = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ", "COVERAGE_PROCESS_START"}}
        env |= {
            "DISPLAY": self._display,
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self._runtime_dir),
            "XDG_CONFIG_HOME": str(self._home / "config"),
            "XDG_DATA_HOME": str(self._home / "data"),
            "XDG_STATE_HOME": str(self._home / "state"),
            "XDG_CACHE_HOME": str(self._home / "cache"),
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
            # Keep the panel and the daemon from starting a settings daemon or an accessibility bus.
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self._runtime_dir / 'no-system-bus'}",
            "DBUS_SESSION_BUS_ADDRESS": self.bus,
        }
        return env

    @property
    def bus(self) -> str:
        """The address of the session's bus, whether or not it runs."""
        return f"unix:path={self._runtime_dir / 'bus'}"

    @property
    def display(self) -> str:
        """The X display, like ":3"."""
        return self._display

    @property
    def home(self) -> Path:
        """A folder that is deleted when the session ends."""
        return self._home

    # Internals

    @property
    def _runtime_dir(self) -> Path:
        return self._home / "run"

    def _lay_out_home(self) -> None:
        for name in ("config", "data", "state", "cache", "screen", "answers", "logs"):
            (self._home / name).mkdir()
        self._runtime_dir.mkdir(mode=0o700)
        panel = self._home / "config" / "xfce4" / "xfconf" / "xfce-perchannel-xml"
        panel.mkdir(parents=True)
        shutil.copy(SESSION_FILES / "xfce4-panel.xml", panel)
        self._fill_in("list-applications").chmod(0o700)
        self._fill_in("openbox-menu.xml", LIST=self._home / "list-applications")
        self._fill_in("openbox.xml", MENU=self._home / "openbox-menu.xml")
        self._fill_in("bus.conf", SOCKET=self._runtime_dir / "bus")
        self._fill_in("dunstrc", PICK=self._home / "pick-answer")
        self._fill_in("pick-answer", ANSWERS=self._home / "answers").chmod(0o700)

    def _fill_in(self, name: str, **values: Path) -> Path:
        text = (SESSION_FILES / name).read_text(encoding="utf-8")
        for word, value in values.items():
            text = text.replace(f"@{word}@", str(value))
        target = self._home / name
        target.write_text(text, encoding="utf-8")
        return target

    def _start_screen(self) -> None:
        read_end, write_end = os.pipe()
        width, height = self._size
        try:
            # -r: keys do not repeat. On a busy machine much time may pass before xdotool releases the key it pressed.
            self._spawn(
                "screen", "Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24",
                "-fbdir", str(self._home / "screen"), "-nolisten", "tcp", "-noreset", "-r", "-s", "0", "-dpi", "96",
                keep=(write_end,),
            )  # fmt: skip
        finally:
            os.close(write_end)
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError(f"The virtual screen did not start: {self._log_of('screen')}")
        self._display = f":{number}"
        self._painter = self._spawn("painter", sys.executable, str(Path(__file__).with_name("wallpaper.py")))
        del self._processes["painter"]

    def _process_names(self, part: Part) -> tuple[str, ...]:
        return ("settings", part.value) if part is Part.TRAY else (part.value,)

    def _begin(self, part: Part) -> None:
        if self.runs(part):
            return
        match part:
            case Part.BUS:
                self._spawn(part, "dbus-daemon", f"--config-file={self._home / 'bus.conf'}", "--nofork")
                # The other parts need the bus to start, so wait for it at once.
                self._await(part)
            case Part.WINDOW_MANAGER:
                self._spawn(part, "openbox", "--sm-disable", "--config-file", str(self._home / "openbox.xml"))
            case Part.NOTIFIER:
                self._spawn(part, "dunst", "-conf", str(self._home / "dunstrc"))
            case Part.TRAY:
                self._spawn("settings", _settings_daemon())
                wait_until(lambda: has_owner(self.bus, "org.xfce.Xfconf"), what=self._why("settings"))
                self._spawn(part, "xfce4-panel", "--disable-wm-check")
            case Part.ACCESSIBILITY:
                # With --a11y, apps are told that somebody reads them, as by a screen reader.
                self._spawn(part, str(A11Y_LAUNCHER), "--launch-immediately", "--a11y=1")

    def _await(self, part: Part) -> None:
        match part:
            case Part.BUS:
                wait_until(lambda: has_owner(self.bus, "org.freedesktop.DBus"), what=self._why(part))
                if self._tap is None:
                    self._tap = NoticeTap(self.bus)
            case Part.WINDOW_MANAGER:
                wait_until(self._window_manager_answers, what=self._why(part))
            case Part.NOTIFIER:
                wait_until(lambda: has_owner(self.bus, "org.freedesktop.Notifications"), what=self._why(part))
            case Part.TRAY:
                wait_until(self._tray_is_hosted, what=self._why(part))
            case Part.ACCESSIBILITY:
                wait_until(lambda: has_owner(self.bus, "org.a11y.Bus"), what=self._why(part))

    def _window_manager_answers(self) -> bool:
        return "window id" in self._run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def _tray_is_hosted(self) -> bool:
        try:
            return bool(get_property(self.bus, TRAY_WATCHER, "IsStatusNotifierHostRegistered"))
        except BusFailure:
            return False

    def _spawn(self, name: str, *command: str, keep: tuple[int, ...] = ()) -> subprocess.Popen[Any]:
        with (self._home / "logs" / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [*die_with_parent(), *command],
                env=self.env, cwd=self._home, pass_fds=keep, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self._processes[name] = process
        return process

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        if done.returncode != 0:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        return done.stdout

    def _why(self, name: str) -> str:
        return f"the {name}; see its log in {self._home / 'logs'}"

    def _log_of(self, name: str) -> str:
        return (self._home / "logs" / f"{name}.log").read_text(encoding="utf-8", errors="replace").strip()


def _settings_daemon() -> str:
    """Return the path of xfconfd; its bus file states it, since the folder's name depends on the architecture."""
    service = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service")
    for line in service.read_text(encoding="utf-8").splitlines():
        if line.startswith("Exec="):
            return line.removeprefix("Exec=").split()[0]
    raise RuntimeError(f"{service} does not say where the panel's settings daemon is.")
