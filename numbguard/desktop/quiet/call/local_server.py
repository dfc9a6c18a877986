"""A connection to the Unix socket of a server in this session, which is made again whenever the server restarts.

``microphone`` and ``screen_sharing`` create it on the GUI thread. It neither blocks nor polls: while there is no
socket, it watches the folder for it; if nothing listens at the socket, or the connection breaks, it retries after a
while.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QSocketNotifier, QTimer

_MISSING_S, SOON_S, LATER_S = 0.5, 2.0, 60.0
"""Seconds until the next attempt: after the socket has appeared, a moment before the server listens; after the
connection has broken; and while nothing listens or the server refuses us."""
_SOON_TRIES = 5
"""Attempts at a socket that has just appeared before the long wait: a server that is still starting may not listen yet,
or not have written the cookie by which it lets us in."""


class LocalServer:
    """Calls ``opened`` once data may be sent, ``received`` with the data that arrives, and ``closed`` when the
    connection is over or an attempt has failed. ``received`` may raise ValueError for malformed data, which ends the
    connection."""

    def __init__(
        self, path: Path, *, opened: Callable[[], None], received: Callable[[bytes], None], closed: Callable[[], None]
    ) -> None:
        self._path = path
        self._opened, self._received, self._closed = opened, received, closed
        self._link: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._retry: QTimer | None = None
        self._tries = 0
        """Attempts in vain since the socket was last missing."""

    def start(self) -> None:
        self._retry = QTimer(singleShot=True)
        self._retry.timeout.connect(self._connect)
        self._connect()

    def stop(self) -> None:
        """Close the connection for good, without a callback."""
        self._hang_up()
        if self._retry:
            self._retry.stop()
        for owned in (self._retry, self._watcher):
            if owned:
                owned.deleteLater()
        self._retry = self._watcher = None

    def send(self, data: bytes) -> None:
        try:
            if self._link:
                self._link.send(data)
        except OSError:
            # The server has stopped reading; ``_read`` will find the connection closed.
            pass

    def refuse(self) -> None:
        """Give this server up for now, because it does not let us in."""
        self._fail(self._wait_s())

    def _wait_s(self) -> float:
        """How long to wait after an attempt in vain, which is counted."""
        self._tries += 1
        return SOON_S if self._tries <= _SOON_TRIES else LATER_S

    def _connect(self) -> None:
        if self._link or self._retry is None:
            return
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        try:
            link.connect(str(self._path))
        except OSError as error:
            link.close()
            if isinstance(error, FileNotFoundError | NotADirectoryError):
                self._tries = 0
                self._fail(None)
            else:
                self._fail(self._wait_s())
            return
        self._link = link
        self._notifier = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        self._opened()

    def _hang_up(self) -> None:
        if self._notifier:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._link:
            self._link.close()
            self._link = None

    def _fail(self, again_s: float | None) -> None:
        self._hang_up()
        if self._retry and again_s:
            self._retry.start(int(again_s * 1000))
        self._watch_for_it()
        self._closed()

    def _read(self, *_: object) -> None:
        if self._link is None:
            return
        try:
            data = self._link.recv(1 << 16)
            if not data:
                raise ConnectionError
            self._received(data)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            self._fail(SOON_S)

    def _watch_for_it(self) -> None:
        if self._watcher is None:
            self._watcher = QFileSystemWatcher()
            self._watcher.directoryChanged.connect(self._folder_changed)
        folder = next((one for one in self._path.parents if one.is_dir()), None)
        wanted = [str(folder)] if folder else []
        watched = self._watcher.directories()
        if watched != wanted:
            if watched:
                self._watcher.removePaths(watched)
            if wanted:
                self._watcher.addPaths(wanted)

    def _folder_changed(self, _folder: str) -> None:
        if self._link or self._retry is None:
            return
        if not self._path.exists():
            self._watch_for_it()
        elif not 0 <= self._retry.remainingTime() <= SOON_S * 1000:
            self._retry.start(int(_MISSING_S * 1000))
