"""The window in front under X11, for ``front_window``.

``quiet.choose`` builds it; it runs on the GUI thread. The window manager publishes the window in front as a property of
the root window (``_NET_ACTIVE_WINDOW``, Extended Window Manager Hints), whose changes the X server reports to us. On
the window itself we select only resizes, not property changes, because many programs set a property at every key press.
A window that starts or stops filling the screen is resized; we read its properties a moment later, when its state has
been set too. Our own windows and the desktop do not count.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from numbguard import APP_ID
from numbguard.core.sentence import N_

from . import X11_REPORTS, FrontWindow
from .xcb import CONFIGURED, DESTROYED, PROPERTIES, PROPERTY, RESIZES, UNMAPPED, XServer

SETTLED_MS = 250
"""Milliseconds from the last resize until the window's properties are read; dragging produces many resizes."""
_CHANGES = frozenset({CONFIGURED, UNMAPPED, DESTROYED})
"""Events after which the window is read again; some window managers keep publishing a window that no longer exists."""


class X11Windows:
    """Opens one connection for the first follower and closes it after the last. Raises ``Unavailable`` without X11."""

    name = "x11"
    reports = X11_REPORTS

    def __init__(self) -> None:
        XServer().close()
        self._server: XServer | None = None
        self._notifier: QSocketNotifier | None = None
        self._timer: QTimer | None = None
        self._followers: list[Callable[[], None]] = []
        self._id = 0
        self.window: FrontWindow | None = None
        self._published = False
        """Whether the window manager publishes the window in front."""

    @property
    def available(self) -> bool | None:
        return self._server is not None and self._published

    @property
    def trouble(self) -> str:
        if self._server is None:
            return N_("The X server has ended the connection.")
        return N_("The window manager doesn't report which window is active.")

    def follow(self, changed: Callable[[], None]) -> None:
        if self._server is None:
            self._server = XServer()
            self._server.listen(self._server.root, PROPERTIES)
            self._notifier = QSocketNotifier(self._server.descriptor, QSocketNotifier.Type.Read)
            self._notifier.activated.connect(self._receive)
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
        """Do nothing: events are never left unread here."""

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
        self._id, self.window, self._published = 0, None, False

    def _receive(self, *_: object) -> None:
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
        before = (self.window, self._published)
        self._published = server.atom("_NET_ACTIVE_WINDOW") in server.words(server.root, "_NET_SUPPORTED")
        found = server.words(server.root, "_NET_ACTIVE_WINDOW") if self._published else ()
        id = found[0] if found else 0
        if self._id and id != self._id:
            server.listen(self._id, 0)
        if id:
            server.listen(id, RESIZES)  # Every time, as a new window may have the id of a former one.
        self._id = id
        self.window = _read(server, id) if id else None
        if (self.window, self._published) != before:
            self._tell()
        # Reading the replies also read any events behind them, for which the notifier will not fire again.
        QTimer.singleShot(0, self._receive)

    def _tell(self) -> None:
        for changed in tuple(self._followers):
            changed()


def _read(server: XServer, id: int) -> FrontWindow | None:
    has_our_pid = (pid := next(iter(server.words(id, "_NET_WM_PID")), 0)) == os.getpid()
    desktop = server.atom("_NET_WM_WINDOW_TYPE_DESKTOP") in server.words(id, "_NET_WM_WINDOW_TYPE")
    classes = [one for one in server.text(id, "WM_CLASS").split("\0") if one]
    # Within Flatpak's sandbox every app has one of the same few process numbers, so the number alone is not enough.
    if (has_our_pid and APP_ID in classes) or desktop:
        return None
    fills = server.atom("_NET_WM_STATE_FULLSCREEN") in server.words(id, "_NET_WM_STATE")
    title = classes[-1] if classes else ""
    names = {one.lower() for one in (*classes, *(() if has_our_pid else _process_names(pid)))}
    return FrontWindow(title[:1].upper() + title[1:], frozenset(names), fills)


def _process_names(pid: int) -> list[str]:
    """The names of a process, as far as they can be read from ``/proc``."""
    folder = Path("/proc", str(pid))
    names: list[str] = []
    with suppress(OSError):
        names.append((folder / "comm").read_text(encoding="utf-8", errors="replace").strip())
    with suppress(OSError):
        names.append((folder / "exe").readlink().name)
    with suppress(OSError):
        names.append(Path(os.fsdecode((folder / "cmdline").read_bytes().split(b"\0")[0])).name)
    return [name for name in names if name]
