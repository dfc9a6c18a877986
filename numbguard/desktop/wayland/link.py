"""A connection to the Wayland compositor on the Qt loop, kept for as long as it lives and found again after.

Made by the senses that are told something by one (``idle.wayland``, ``desktop.quiet.front_window.wayland``), on the GUI
thread; each has its own, for one of them must hear at once and the other lets much lie. Nothing waits: what is sent is
little, and what comes is handed on.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer

from .wire import (
    BIND,
    DELETE_ID,
    DISPLAY,
    ERROR,
    GET_REGISTRY,
    GLOBAL,
    GLOBAL_REMOVE,
    SYNC,
    WaylandError,
    WaylandEvent,
    WaylandReader,
    connect,
    request,
)

_log = logging.getLogger(__name__)

FIRST_RETRY_S, LAST_RETRY_S = 1.0, 64.0


class WaylandLink:
    """``offers``: what is in ``globals`` is known, or another. ``heard``: events of other objects, several at once; it
    may raise ``WaylandError``. ``lost``: it is over, all objects with it, for the reason in these words."""

    def __init__(
        self,
        path: Path,
        *,
        offers: Callable[[], None],
        heard: Callable[[Sequence[WaylandEvent]], None],
        lost: Callable[[str], None],
    ) -> None:
        self._path = path
        self._offers, self._heard, self._lost = offers, heard, lost
        self._link: socket.socket | None = None
        self._readable: QSocketNotifier | None = None
        self._retry: QTimer | None = None
        self._rested: QTimer | None = None
        self._retry_s = FIRST_RETRY_S
        self._forget_all()

    def start(self) -> None:
        self._retry = QTimer(singleShot=True)
        self._retry.timeout.connect(self._connect)
        self._rested = QTimer(singleShot=True)
        self._rested.timeout.connect(self._rest_is_over)
        self._rested.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._connect()

    def stop(self) -> None:
        """Hang up; nobody is told."""
        self._hang_up()
        for owned in (self._retry, self._rested):
            if owned:
                owned.stop()
                owned.deleteLater()
        self._retry = self._rested = None

    def steady(self) -> None:
        """It is of use: when it breaks off, it is tried again soon."""
        self._retry_s = FIRST_RETRY_S

    def new_id(self) -> int:
        if self._free:
            return self._free.pop()
        self._used += 1
        return self._used

    def bind(self, name: int, version: int) -> int:
        """An object for one of ``globals``."""
        new = self.new_id()
        self.send(request(self._registry, BIND, name, self.globals[name][0], version, new))
        return new

    def send(self, *requests: bytes) -> None:
        if not self._link:
            return
        try:
            # So little that the socket's own buffer takes it; one that does not has stopped reading.
            data = b"".join(requests)
            if self._link.send(data) == len(data):
                return
        except OSError as error:
            _log.warning("The Wayland compositor takes no more: %s", error.strerror or error)
        # The reading side finds the connection closed, and is the one to say so.
        try:
            self._link.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def rest(self, seconds: float) -> None:
        """Let what comes lie in the socket for so long, and be woken by none of it."""
        if self._readable and self._rested:
            self._readable.setEnabled(False)
            self._rested.start(int(seconds * 1000))

    def catch_up(self) -> None:
        """Read now what was let lie."""
        if self._rested and self._rested.isActive():
            self._rested.stop()
            self._rest_is_over()

    def _rest_is_over(self) -> None:
        if self._readable:
            self._readable.setEnabled(True)
            self._read()

    def _forget_all(self) -> None:
        """No objects, as before a connection is made."""
        self._incoming = WaylandReader()
        self._used = DISPLAY
        self._registry = self._sync = 0
        self._free: list[int] = []
        self.globals: dict[int, tuple[str, int]] = {}
        """What the compositor offers, by its name there: the interface and its version."""

    def _connect(self) -> None:
        try:
            self._link = connect(self._path)
        except OSError as error:
            self._over(f"The Wayland compositor cannot be reached: {error.strerror or error}.")
            return
        self._readable = QSocketNotifier(self._link.fileno(), QSocketNotifier.Type.Read)
        self._readable.activated.connect(self._read)
        self._registry, self._sync = self.new_id(), self.new_id()
        self.send(request(DISPLAY, GET_REGISTRY, self._registry), request(DISPLAY, SYNC, self._sync))

    def _read(self, *_: object) -> None:
        link = self._link
        if not link:
            return
        try:
            data = link.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError as error:
            self._over(f"The Wayland compositor is gone: {error.strerror or error}.")
            return
        if not data:
            self._over("The Wayland compositor has ended the connection.")
            return
        try:
            others = [event for event in self._incoming.feed(data) if not self._took(event)]
            if others and self._link is link:
                self._heard(others)
        except WaylandError as error:
            self._over(f"The Wayland compositor cannot be understood: {error}.")

    def _took(self, event: WaylandEvent) -> bool:
        """Whether an event was for the connection itself."""
        if event.target == self._registry:
            if event.number == GLOBAL:
                self.globals[event.uint()] = (event.text(4), event.uint(len(event.body) - 4))
            elif event.number == GLOBAL_REMOVE:
                self.globals.pop(event.uint(), None)
            if not self._sync:
                self._offers()
        elif event.target == self._sync and self._sync:
            self._sync = 0
            self._offers()
        elif event.target == DISPLAY and event.number == DELETE_ID:
            self._free.append(event.uint())
        elif event.target == DISPLAY and event.number == ERROR:
            raise WaylandError(event.text(8))
        else:
            return False
        return True

    def _over(self, why: str) -> None:
        self._hang_up()
        _log.info("%s", why)
        if self._retry:
            self._retry.start(int(self._retry_s * 1000))
            self._retry_s = min(2 * self._retry_s, LAST_RETRY_S)
        self._lost(why)

    def _hang_up(self) -> None:
        if self._readable:
            # Deleted later, for it may be the one that is just now being heard.
            self._readable.setEnabled(False)
            self._readable.deleteLater()
            self._readable = None
        if self._rested:
            self._rested.stop()
        if self._link:
            self._link.close()
            self._link = None
        self._forget_all()
