"""The window in front, under X11: whether it fills the screen, and whether it is of a program that means "not now".

Built by ``quiet.choose``; on the GUI thread. The window manager names the window in front on the root window
(``_NET_ACTIVE_WINDOW``, Extended Window Manager Hints) and we are told when that changes. Of the window itself we are
told when it is resized, not of each property: many programs set one with every key. A window that begins or ceases to
fill the screen is resized, and looked at a moment later, when its state is set as well. Our own windows and the desktop
do not count.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from .. import NotHere
from .xcb import CONFIGURED, DESTROYED, PROPERTIES, PROPERTY, RESIZES, UNMAPPED, XServer

SETTLED_MS = 250
"""After a resize, until the window is looked at; dragging brings many."""
_CHANGES = frozenset({CONFIGURED, UNMAPPED, DESTROYED})
"""Some window managers go on naming a window that has gone."""
_COMM_LENGTH = 15
"""Of a process's name, so much is in ``/proc/…/comm``."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is read of the window in front."""

    program: str
    names: frozenset[str]
    """In lower case: what its program may be called by."""
    fills_screen: bool


class FrontWindow:
    """The window in front, for all who want to know: one connection, made for the first and closed after the last."""

    def __init__(self) -> None:
        self._server: XServer | None = None
        self._notifier: QSocketNotifier | None = None
        self._timer: QTimer | None = None
        self._followers: list[Callable[[], None]] = []
        self._id = 0
        self.window: Window | None = None
        self.told = False
        """Whether the window manager tells which window is in front."""

    @property
    def alive(self) -> bool:
        return self._server is not None

    def follow(self, changed: Callable[[], None]) -> None:
        if self._server is None:
            self._server = XServer()
            self._server.listen(self._server.root, PROPERTIES)
            self._notifier = QSocketNotifier(self._server.descriptor, QSocketNotifier.Type.Read)
            self._notifier.activated.connect(self._hear)
            self._timer = QTimer()
            self._timer.setSingleShot(True)
            self._timer.setInterval(SETTLED_MS)
            self._timer.timeout.connect(self._look)
        self._followers.append(changed)
        self._look()

    def unfollow(self, changed: Callable[[], None]) -> None:
        if changed in self._followers:
            self._followers.remove(changed)
            if not self._followers:
                self._close()

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
        self._id, self.window, self.told = 0, None, False

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
        before = (self.window, self.told)
        self.told = server.atom("_NET_ACTIVE_WINDOW") in server.words(server.root, "_NET_SUPPORTED")
        found = server.words(server.root, "_NET_ACTIVE_WINDOW") if self.told else ()
        id = found[0] if found else 0
        if id != self._id:
            if self._id:
                server.listen(self._id, 0)
            if id:
                server.listen(id, RESIZES)
            self._id = id
        self.window = _read(server, id) if id else None
        if (self.window, self.told) != before:
            self._tell()
        # Events that came along with the answers make no sound of their own.
        QTimer.singleShot(0, self._hear)

    def _tell(self) -> None:
        for changed in tuple(self._followers):
            changed()


def _read(server: XServer, id: int) -> Window | None:
    pid = next(iter(server.words(id, "_NET_WM_PID")), 0)
    desktop = server.atom("_NET_WM_WINDOW_TYPE_DESKTOP") in server.words(id, "_NET_WM_WINDOW_TYPE")
    if pid == os.getpid() or desktop:
        return None
    classes = [one for one in server.text(id, "WM_CLASS").split("\0") if one]
    fills = server.atom("_NET_WM_STATE_FULLSCREEN") in server.words(id, "_NET_WM_STATE")
    title = classes[-1] if classes else ""
    names = {one.lower() for one in (*classes, *_process_names(pid))}
    return Window(title[:1].upper() + title[1:], frozenset(names), fills)


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


class _FollowsFront:
    """What both sources below share."""

    name = "x11"
    words = ""
    """What is noticed while it serves."""

    def __init__(self, front: FrontWindow) -> None:
        self._front = front
        self._changed: Callable[[], None] = lambda: None
        XServer().close()  # raises ``NotHere`` where there is none

    @property
    def here(self) -> bool | None:
        return self._front.alive and self._front.told

    @property
    def detail(self) -> str:
        if not self._front.alive:
            return "The X server has ended the connection."
        if not self._front.told:
            return "The window manager does not tell which window is in front."
        return self.words

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        try:
            self._front.follow(self._told)
        except NotHere:
            changed()

    def stop(self) -> None:
        self._front.unfollow(self._told)

    def _told(self) -> None:
        self._changed()


class FullScreen(_FollowsFront):
    """A window in front that fills the screen."""

    words = "The window manager tells when the window in front fills the screen."

    @property
    def reason(self) -> str | None:
        window = self._front.window
        if window is None or not window.fills_screen:
            return None
        return f"{window.program or 'a window'} fills the screen"


class ListedProgram(_FollowsFront):
    """A window in front of one of the programs named in the settings."""

    words = "The window manager tells which window is in front."

    def __init__(self, front: FrontWindow, programs: Sequence[str]) -> None:
        super().__init__(front)
        self._programs = tuple(programs)

    @property
    def reason(self) -> str | None:
        window = self._front.window
        if window is None:
            return None
        found = next((one for one in self._programs if _is_called(window, one.lower())), None)
        return f"{found} is in front" if found else None


def _is_called(window: Window, name: str) -> bool:
    return name in window.names or (len(name) > _COMM_LENGTH and name[:_COMM_LENGTH] in window.names)
