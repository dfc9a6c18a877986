"""The window in front under X11, for ``front_window``.

Made by ``quiet.choose``; on the GUI thread. The window manager names the window in front on the root window
(``_NET_ACTIVE_WINDOW``, Extended Window Manager Hints) and we are told when that changes. Of the window itself we are
told when it is resized, not of each property: many programs set one with every key. A window that begins or ceases to
fill the screen is resized, and looked at a moment later, when its state is set as well. Our own windows and the desktop
do not count.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from . import FrontWindow
from .xcb import CONFIGURED, DESTROYED, PROPERTIES, PROPERTY, RESIZES, UNMAPPED, XServer

SETTLED_MS = 250
"""After a resize, until the window is looked at; dragging brings many."""
_CHANGES = frozenset({CONFIGURED, UNMAPPED, DESTROYED})
"""Some window managers go on naming a window that has gone."""


class X11Windows:
    """One connection, made for the first who follows and closed after the last. Raises ``Unavailable`` without X11."""

    name = "x11"
    teller = "The window manager"

    def __init__(self) -> None:
        XServer().close()
        self._server: XServer | None = None
        self._notifier: QSocketNotifier | None = None
        self._timer: QTimer | None = None
        self._followers: list[Callable[[], None]] = []
        self._id = 0
        self.window: FrontWindow | None = None
        self._told = False
        """Whether the window manager tells which window is in front."""

    @property
    def here(self) -> bool | None:
        return self._server is not None and self._told

    @property
    def trouble(self) -> str:
        if self._server is None:
            return "The X server has ended the connection."
        return "The window manager does not tell which window is in front."

    def follow(self, changed: Callable[[], None]) -> None:
        if self._server is None:
            self._server = XServer()
            self._server.listen(self._server.root, PROPERTIES)
            self._notifier = QSocketNotifier(self._server.descriptor, QSocketNotifier.Type.Read)
            self._notifier.activated.connect(self._hear)
            self._timer = QTimer(singleShot=True, interval=SETTLED_MS)
            self._timer.timeout.connect(self._look)
        self._followers.append(changed)
        self._look()

    def unfollow(self, changed: Callable[[], None]) -> None:
        if changed in self._followers:
            self._followers.remove(changed)
            if not self._followers:
                self._close()

    def catch_up(self) -> None:
        """Nothing is ever let lie."""

    def _close(self) -> None:
        if self._notifier:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._timer:
            self._timer.stop()
            self._timer.deleteLater()
        if self._server:
            self._server.close()
        self._server = self._notifier = self._timer = None
        self._id, self.window, self._told = 0, None, False

    def _hear(self, *_: object) -> None:
        server = self._server
        if server is None:
            return
        wanted = {server.atom("_NET_ACTIVE_WINDOW"), server.atom("_NET_SUPPORTED")}
        moved = resized = False
        for event in server.events():
            moved = moved or (event.kind == PROPERTY and event.window == server.root and event.atom in wanted)
            resized = resized or (event.kind in _CHANGES and event.window == self._id)
        if not server.alive:
            self._close()
            self._tell()
        elif moved:
            self._look()
        elif resized and self._timer:
            self._timer.start()

    def _look(self) -> None:
        server = self._server
        if server is None:
            return
        before = (self.window, self._told)
        self._told = server.atom("_NET_ACTIVE_WINDOW") in server.words(server.root, "_NET_SUPPORTED")
        found = server.words(server.root, "_NET_ACTIVE_WINDOW") if self._told else ()
        id = found[0] if found else 0
        if self._id and id != self._id:
            server.listen(self._id, 0)
        if id:
            server.listen(id, RESIZES)  # Each time: a window that has gone may have left its id to another.
        self._id = id
        self.window = _read(server, id) if id else None
        if (self.window, self._told) != before:
            self._tell()
        # Events that came along with the answers make no sound of their own.
        QTimer.singleShot(0, self._hear)

    def _tell(self) -> None:
        for changed in tuple(self._followers):
            changed()


def _read(server: XServer, id: int) -> FrontWindow | None:
    pid = next(iter(server.words(id, "_NET_WM_PID")), 0)
    desktop = server.atom("_NET_WM_WINDOW_TYPE_DESKTOP") in server.words(id, "_NET_WM_WINDOW_TYPE")
    if pid == os.getpid() or desktop:
        return None
    classes = [one for one in server.text(id, "WM_CLASS").split("\0") if one]
    fills = server.atom("_NET_WM_STATE_FULLSCREEN") in server.words(id, "_NET_WM_STATE")
    title = classes[-1] if classes else ""
    names = {one.lower() for one in (*classes, *_process_names(pid))}
    return FrontWindow(title[:1].upper() + title[1:], frozenset(names), fills)


def _process_names(pid: int) -> list[str]:
    """What a process is called, as far as it may be known."""
    folder = Path("/proc", str(pid))
    names: list[str] = []
    with suppress(OSError):
        names.append((folder / "comm").read_text(encoding="utf-8", errors="replace").strip())
    with suppress(OSError):
        names.append((folder / "exe").readlink().name)
    with suppress(OSError):
        names.append(Path(os.fsdecode((folder / "cmdline").read_bytes().split(b"\0")[0])).name)
    return [name for name in names if name]
