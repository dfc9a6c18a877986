"""Idleness from a Wayland compositor: ``ext_idle_notify_v1`` (sway, KWin, Hyprland, labwc, COSMIC …), by event.

Built by ``idle.choose``; on the GUI thread, over a connection of its own whose few words are in ``wayland_wire``. The
older ``org_kde_kwin_idle`` is spoken where there is no other (Plasma before 5.27, sway before 1.8). While somebody
works the compositor tells of pauses of ``grain_s``; from the first ``ask`` on, for a while, also of short ones. While
nobody is there it tells nothing, and nothing wakes us.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier, QTimer

from .spell import Spell
from .wayland_wire import (
    BIND,
    DELETE_ID,
    DISPLAY,
    ERROR,
    GET_REGISTRY,
    GLOBAL,
    GLOBAL_REMOVE,
    LACKS,
    PROTOCOLS,
    SEAT,
    SYNC,
    TELLS,
    Event,
    Incoming,
    Protocol,
    WaylandError,
    connect,
    request,
    socket_path,
    watch_request,
)

_log = logging.getLogger(__name__)

SHORT_S = 3.0
"""A pause in typing."""
SHORT_FOR_S = 240.0
"""How long after the last ``ask`` short pauses are still told of: as long as a break may wait for one, and its card."""
FIRST_RETRY_S, LAST_RETRY_S = 1.0, 64.0


class WaylandIdle:
    """Serves while the compositor lives and offers one of the protocols; a compositor that came back is taken up."""

    tells = True

    def __init__(self, *, grain_s: float, scale: float = 1.0) -> None:
        """``grain_s``, in real seconds: how long a pause is to be told of always. Raises ``NotHere``."""
        self._path = socket_path()
        self._grain_ms = max(1, round(grain_s * 1000))
        self._short_ms = max(1, round(SHORT_S / scale * 1000))
        self._link: socket.socket | None = None
        self._readable: QSocketNotifier | None = None
        self._retry: QTimer | None = None
        self._retry_s = FIRST_RETRY_S
        self._here: bool | None = None
        self._why = ""
        self._changed: Callable[[], None] = lambda: None
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._spell = Spell(lambda seconds: self._report(seconds))
        self._short_watch = 0
        self._forget_all()

    @property
    def name(self) -> str:
        return self._protocol.name if self._protocol else "wayland"

    @property
    def here(self) -> bool | None:
        return self._here

    @property
    def detail(self) -> str:
        if self._here:
            return TELLS
        return self._why

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed
        self._connect()

    def ask(self) -> None:
        """Answers at once: a pause that is known of, or 0 while somebody was there a moment ago."""
        self._asked_at = time.monotonic()
        if self._here and not self._short_watch:
            self._short_watch = self._watch(self._short_ms)
        self._report(self._spell.seconds if self._here else None)

    def stop(self) -> None:
        self._changed = lambda: None
        self._report = lambda seconds: None
        self._hang_up()
        if self._retry:
            self._retry.stop()
            self._retry.deleteLater()
            self._retry = None

    # --- the connection -------------------------------------------------------------------------------------------

    def _forget_all(self) -> None:
        """No objects, as before a connection is made."""
        self._incoming = Incoming()
        self._used = DISPLAY
        self._registry = self._sync = 0
        self._free: list[int] = []
        self._globals: dict[int, tuple[str, int]] = {}
        self._protocol: Protocol | None = None
        self._version = 0
        self._manager_name = self._seat_name = 0
        self._manager = self._seat = 0
        self._watches: dict[int, int] = {}
        """The notifications by their ids, and the length of pause that each tells of, in milliseconds."""
        self._short_watch = 0
        self._asked_at = 0.0
        self._spell.forget()

    def _connect(self) -> None:
        try:
            self._link = connect(self._path)
        except OSError as error:
            self._lost(f"The Wayland compositor cannot be reached: {error.strerror or error}.")
            return
        self._readable = QSocketNotifier(self._link.fileno(), QSocketNotifier.Type.Read)
        self._readable.activated.connect(self._read)
        self._registry, self._sync = self._new_id(), self._new_id()
        self._send(request(DISPLAY, GET_REGISTRY, self._registry), request(DISPLAY, SYNC, self._sync))

    def _send(self, *requests: bytes) -> None:
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

    def _read(self, *_: object) -> None:
        link = self._link
        if not link:
            return
        try:
            data = link.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError as error:
            self._lost(f"The Wayland compositor is gone: {error.strerror or error}.")
            return
        if not data:
            self._lost("The Wayland compositor has ended the connection.")
            return
        try:
            for event in self._incoming.feed(data):
                if self._link is link:
                    self._take(event)
        except WaylandError as error:
            self._lost(f"The Wayland compositor cannot be understood: {error}.")

    def _lost(self, why: str) -> None:
        self._hang_up()
        self._why = why
        _log.info("%s", why)
        if self._retry is None:
            self._retry = QTimer()
            self._retry.setSingleShot(True)
            self._retry.timeout.connect(self._connect)
        self._retry.start(int(self._retry_s * 1000))
        self._retry_s = min(2 * self._retry_s, LAST_RETRY_S)
        self._now_here(False)

    def _hang_up(self) -> None:
        if self._readable:
            # Deleted later, for it may be the one that is just now being heard.
            self._readable.setEnabled(False)
            self._readable.deleteLater()
            self._readable = None
        if self._link:
            self._link.close()
            self._link = None
        self._forget_all()

    def _now_here(self, here: bool) -> None:
        if here is not self._here:
            self._here = here
            self._changed()

    # --- what is said ---------------------------------------------------------------------------------------------

    def _new_id(self) -> int:
        if self._free:
            return self._free.pop()
        self._used += 1
        return self._used

    def _take(self, event: Event) -> None:
        if event.target in self._watches and self._protocol:
            if event.number == self._protocol.idled:
                self._spell.lasts(self._watches[event.target] / 1000)
            elif event.number == self._protocol.resumed:
                self._spell.ends()
            self._drop_short_watch()
        elif event.target == self._registry:
            if event.number == GLOBAL:
                self._globals[event.uint()] = (event.text(4), event.uint(len(event.body) - 4))
            elif event.number == GLOBAL_REMOVE:
                self._globals.pop(event.uint(), None)
            if not self._sync:
                self._follow_globals()
        elif event.target == self._sync and self._sync:
            self._sync = 0
            self._follow_globals()
        elif event.target == DISPLAY and event.number == DELETE_ID:
            self._free.append(event.uint())
        elif event.target == DISPLAY and event.number == ERROR:
            raise WaylandError(event.text(8))

    def _follow_globals(self) -> None:
        """Watch the first seat by the best protocol there is; whenever either comes or goes."""
        if self._manager_name not in self._globals:
            self._manager = self._manager_name = 0
            self._unwatch_all()
            self._bind_manager()
        if self._seat_name not in self._globals:
            self._unwatch_all()
            self._seat_name = next((name for name, (one, _) in self._globals.items() if one == SEAT), 0)
            self._seat = self._bind(self._seat_name, SEAT, 1) if self._seat_name else 0
        if self._manager and self._seat:
            if not self._watches:
                self._watch(self._grain_ms)
                self._retry_s = FIRST_RETRY_S
            self._now_here(True)
        else:
            self._why = LACKS
            self._now_here(False)

    def _bind_manager(self) -> None:
        self._protocol = None
        for protocol in PROTOCOLS:
            for name, (interface, version) in self._globals.items():
                if interface == protocol.interface:
                    self._protocol, self._manager_name = protocol, name
                    self._version = min(version, protocol.version)
                    self._manager = self._bind(name, interface, self._version)
                    return

    def _bind(self, name: int, interface: str, version: int) -> int:
        new = self._new_id()
        self._send(request(self._registry, BIND, name, interface, version, new))
        return new

    def _watch(self, after_ms: int) -> int:
        assert self._protocol
        new = self._new_id()
        self._watches[new] = after_ms
        self._send(
            watch_request(
                self._protocol,
                version=self._version,
                manager=self._manager,
                seat=self._seat,
                new=new,
                after_ms=after_ms,
            )
        )
        return new

    def _drop_short_watch(self) -> None:
        """Nobody has asked for a while: short pauses are of no interest any longer."""
        if self._short_watch and time.monotonic() - self._asked_at > SHORT_FOR_S:
            self._unwatch(self._short_watch)
            self._short_watch = 0

    def _unwatch_all(self) -> None:
        for one in tuple(self._watches):
            self._unwatch(one)
        self._short_watch = 0
        self._spell.forget()

    def _unwatch(self, watch: int) -> None:
        if self._watches.pop(watch, None) is not None and self._protocol:
            self._send(request(watch, self._protocol.unwatch))
