"""A Wayland session for tests: headless sway, whose pointer a test can move.

If the tests run as root, sway runs as the user nobody, since it refuses to run as root. Programs that a test starts in
the session need ``env``. Everything ends with the ``with`` block; call it from one thread.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tools.desktop.app_process import PATIENCE_S, die_with_parent, end_group, wait_until

NOBODY = 65534
CONFIGURATION = "xwayland disable\noutput HEADLESS-1 resolution 1280x800\n"
UNPRIVILEGED = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all",
)  # fmt: skip


class Sway:
    """One headless compositor."""

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="numbguard-sway-"))
        (self._home / "config").write_text(CONFIGURATION, encoding="utf-8")
        unprivileged: tuple[str, ...] = ()
        if os.geteuid() == 0:
            os.chown(self._home, NOBODY, NOBODY)
            unprivileged = UNPRIVILEGED
        try:
            with (self._home / "sway.log").open("wb") as log:
                self._process = subprocess.Popen(
                    # Change the user first: that change would cancel the death signal of the parent.
                    [*unprivileged, *die_with_parent(), "sway", "--config", str(self._home / "config")],
                    env=self.env | {
                        "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman",
                    },
                    cwd=self._home, start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                )  # fmt: skip
            wait_until(self._answers, what=lambda: f"sway; it said {self.log}")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def env(self) -> dict[str, str]:
        """The environment for programs in this session, without any bus; a fresh copy each time."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ", "COVERAGE_PROCESS_START"}}
        return kept | {
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self._home),
            "XDG_SESSION_TYPE": "wayland",
            "WAYLAND_DISPLAY": "wayland-1",
            "QT_QPA_PLATFORM": "wayland",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._home / 'no-bus'}",
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self._home / 'no-system-bus'}",
        }

    @property
    def home(self) -> Path:
        """A folder that is deleted when the session ends."""
        return self._home

    @property
    def log(self) -> str:
        return (self._home / "sway.log").read_text(encoding="utf-8", errors="replace")

    @property
    def idle_backend(self) -> str:
        """NumbGuard's name for the best protocol with which this version of sway reports idleness."""
        version = self.message("-t", "get_version")
        return "ext-idle-notify" if (version["major"], version["minor"]) >= (1, 8) else "kwin-idle"

    def move_pointer(self) -> None:
        """Move the pointer a little, as a hand would."""
        self.message("seat", "-", "cursor", "move", "3", "3")

    def message(self, *words: str) -> Any:
        """Send sway a message and return its answer."""
        told = subprocess.run(
            ["swaymsg", "--raw", "--socket", str(next(self._home.glob("sway-ipc.*.sock"))), *words],
            env=self.env, capture_output=True, text=True, timeout=PATIENCE_S, check=True,
        )  # fmt: skip
        return json.loads(told.stdout)

    def _answers(self) -> bool:
        sockets = (any(self._home.glob("sway-ipc.*.sock")), (self._home / "wayland-1").is_socket())
        return all(sockets) and bool(self.message("-t", "get_version"))

    def _end(self) -> None:
        end_group(self._process)
        shutil.rmtree(self._home, ignore_errors=True)
