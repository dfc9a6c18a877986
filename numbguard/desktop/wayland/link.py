"""A connection to the Wayland compositor on the Qt event loop, which is made again whenever it breaks.

``idle.wayland`` and ``desktop.quiet.front_window.wayland`` create it on the GUI thread. Each has a connection of its
own, because the first must read its events at once while the second leaves most unread for a while. Nothing blocks:
little is sent, and what arrives is passed on.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from numbguard.core.sentence import N_, sentence

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
    unreachable,
)

_log = logging.getLogger(__name__)

FIRST_RETRY_S, LAST_RETRY_S = 1.0, 64.0
"""Seconds until the first retry and at most between later ones; each wait is twice the one before."""


class WaylandLink:
    """Calls ``offers`` when ``globals`` is first complete and after each change of it, ``received`` with the events of
    the caller's objects, several at once (it may raise ``WaylandError``), and ``lost`` with a sentence saying why when
    the connection is over and all objects with it."""

    def __init__(
        self,
        path: Path,
        *,
        offers: Callable[[], None],
        received: Callable[[Sequence[WaylandEvent]], None],
        lost: Callable[[str], None],
    ) -> None:
        self._path = path
        self._offers, self._received, self._lost = offers, received, lost
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
        # Qt.TimerType.VeryCoarseTimer by its number, as in ``app.alarm_clock``.
        self._rested.setProperty("timerType", 2)
        self._connect()

    def stop(self) -> None:
        """Close the connection for good, without a callback."""
        self._hang_up()
        for owned in (self._retry, self._rested):
            if owned:
                owned.stop()
                owned.deleteLater()
        self._retry = self._rested = None

    def reset_retries(self) -> None:
        """Note that the connection works: if it breaks, the first retry follows soon."""
        self._retry_s = FIRST_RETRY_S

    def new_id(self) -> int:
        if self._free:
            return self._free.pop()
        self._used += 1
        return self._used

    def bind(self, name: int, version: int) -> int:
        """Bind the global ``name`` at this version, and return the id of the new object."""
        new = self.new_id()
        self.send(request(self._registry, BIND, name, self.globals[name][0], version, new))
        return new

    def send(self, *requests: bytes) -> None:
        if not self._link:
            return
        try:
            # Requests are small enough for the socket's buffer; if it is full, the compositor has stopped reading.
            data = b"".join(requests)
            if self._link.send(data) == len(data):
                return
        except OSError as error:
            _log.warning("The Wayland compositor takes no more: %s", error.strerror or error)
        # ``_read`` will find the connection closed, and reports it.
        try:
            self._link.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def rest(self, seconds: float) -> None:
        """Leave events unread in the socket for this long, so that they do not wake the process."""
        if self._readable and self._rested:
            self._readable.setEnabled(False)
            self._rested.start(int(seconds * 1000))

    def catch_up(self) -> None:
        """End a rest early and read the waiting events."""
        if self._rested and self._rested.isActive():
            self._rested.stop()
            self._rest_is_over()

    def _rest_is_over(self) -> None:
        if self._readable:
            self._readable.setEnabled(True)
            self._read()

    def _forget_all(self) -> None:
        """Reset to the state without a connection: no objects."""
        self._incoming = WaylandReader()
        self._used = DISPLAY
        self._registry = self._sync = 0
        self._free: list[int] = []
        self.globals: dict[int, tuple[str, int]] = {}
        """What the compositor offers: the interface and its version, by the registry's numeric name."""

    def _connect(self) -> None:
        try:
            self._link = connect(self._path)
        except OSError as error:
            self._fail(unreachable(error))
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
            self._fail(sentence("The Wayland compositor is gone: {why}.", why=error.strerror or error))
            return
        if not data:
            self._fail(N_("The Wayland compositor has ended the connection."))
            return
        try:
            others = [event for event in self._incoming.feed(data) if not self._handle(event)]
            if others and self._link is link:
                self._received(others)
        except WaylandError as error:
            self._fail(sentence("The Wayland compositor cannot be understood: {why}.", why=error))

    def _handle(self, event: WaylandEvent) -> bool:
        """Handle an event of the connection itself; ``False`` if it is one of the caller's."""
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

    def _fail(self, why: str) -> None:
        self._hang_up()
        _log.info("%s", why)
        if self._retry:
            self._retry.start(int(self._retry_s * 1000))
            self._retry_s = min(2 * self._retry_s, LAST_RETRY_S)
        self._lost(why)

    def _hang_up(self) -> None:
        if self._readable:
            # Deleted later, as its signal may be what is being handled now.
            self._readable.setEnabled(False)
            self._readable.deleteLater()
            self._readable = None
        if self._rested:
            self._rested.stop()
        if self._link:
            self._link.close()
            self._link = None
        self._forget_all()
