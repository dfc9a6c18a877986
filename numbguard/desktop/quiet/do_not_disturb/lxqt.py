"""Do-not-disturb of LXQt: ``doNotDisturb`` in ``lxqt/notifications.conf``, which its notification service reads.

The service swallows everything while the key is on, and has no signal or property for it. ``quiet.choose`` builds the
switch; it runs on the GUI thread. The folder is watched, because the file is replaced as a whole when it changes.
``do_not_disturb`` and ``is_lxqt`` are for ``quiet.probe`` as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

from .notification_service import ON

if TYPE_CHECKING:  # the probe imports no Qt
    from PySide6.QtCore import QFileSystemWatcher, QTimer

TELLS = N_("LXQt's settings report Do Not Disturb.")
_SOON_MS = 100
"""Milliseconds between a change in the folder and the look at the file: it may be written in several steps."""


def is_lxqt() -> bool:
    return "LXQt" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")


def settings_path() -> Path:
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(chosen) if chosen.startswith("/") else Path.home() / ".config") / "lxqt" / "notifications.conf"


def do_not_disturb(text: str) -> bool:
    """Whether the content of the file switches do-not-disturb on."""
    here = False
    for line in text.splitlines():
        row = line.strip()
        if row.startswith("["):
            here = row == "[General]"
        elif here and row.partition("=")[0].strip() == "doNotDisturb":
            return row.partition("=")[2].strip() == "true"
    return False


class LxqtSwitch:
    """Works on an LXQt desktop; without the file, do-not-disturb has never been switched on."""

    name = "lxqt"
    available: bool | None = True
    detail = TELLS

    def __init__(self) -> None:
        if not is_lxqt():
            raise Unavailable(N_("This is not an LXQt desktop."))
        self._path = settings_path()
        self._on = False
        self._changed: Callable[[], None] = lambda: None
        self._watcher: QFileSystemWatcher | None = None
        self._soon: QTimer | None = None

    @property
    def reason(self) -> str | None:
        return ON if self._on else None

    def start(self, changed: Callable[[], None]) -> None:
        from PySide6.QtCore import QFileSystemWatcher, QTimer

        self._changed = changed
        self._watcher = QFileSystemWatcher()
        self._soon = QTimer(singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._read)
        self._watcher.directoryChanged.connect(lambda _path: self._look_soon())
        self._watcher.fileChanged.connect(lambda _path: self._look_soon())
        self._read()

    def stop(self) -> None:
        for part in (self._watcher, self._soon):
            if part:
                part.deleteLater()
        self._watcher = self._soon = None

    def _look_soon(self) -> None:
        if self._soon:
            self._soon.start()

    def _read(self) -> None:
        if self._watcher is None:
            return
        # A replaced file and a folder that did not exist have to be watched anew.
        folder = next((one for one in self._path.parents if one.is_dir()), Path("/"))
        for path in (folder, self._path):
            if path.exists():
                self._watcher.addPath(str(path))
        try:
            on = do_not_disturb(self._path.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            on = False
        if on is not self._on:
            self._on = on
            self._changed()
