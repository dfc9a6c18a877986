"""The socket under the bus: connects, shakes hands, turns bytes into D-Bus messages and back, and never waits.

Made by ``bus`` for each connection, on the GUI thread; a QSocketNotifier serves it there. When the other end
goes away it says so once, by ``lost``, and is of no further use. It asks for no file descriptors, so none can arrive.
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from typing import Any

from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.low_level import Message, Parser
from PySide6.QtCore import QSocketNotifier

_log = logging.getLogger(__name__)

MOST_UNSENT = 1 << 20
"""Bytes. A bus that lets this much lie has stopped reading."""


class WireError(Exception):
    """No connection could be made; the message says why, in the middle of a sentence."""


class Wire:
    """One connection. ``ready``: messages may be sent. ``heard``: one came in. ``lost``: it is over, and why."""

    def __init__(
        self,
        address: str,
        *,
        ready: Callable[[], None],
        heard: Callable[[Message], None],
        lost: Callable[[str], None],
    ) -> None:
        self._ready, self._heard, self._lost = ready, heard, lost
        self._link: socket.socket | None = _connect(address)
        self._unsent = bytearray()
        self._parser = Parser()
        self._handshake: Authenticator | None = Authenticator()
        self._readable = QSocketNotifier(self._link.fileno(), QSocketNotifier.Type.Read)
        self._readable.activated.connect(self._read)
        self._writable = QSocketNotifier(self._link.fileno(), QSocketNotifier.Type.Write)
        self._writable.setEnabled(False)
        self._writable.activated.connect(self._flush)
        self._send(self._handshake.data_to_send() or b"")

    def send(self, message: Message, serial: int) -> None:
        """Put a message on its way. Raises ValueError for words that D-Bus cannot carry."""
        self._send(message.serialise(serial=serial))

    def close(self) -> None:
        """Hang up, without a word to anybody."""
        if self._link:
            for notifier in (self._readable, self._writable):
                # Deleted later, for it may be the one that is just now being heard.
                notifier.setEnabled(False)
                notifier.deleteLater()
            self._link.close()
            self._link = None

    def _send(self, data: bytes) -> None:
        if self._link:
            self._unsent += data
            self._flush()

    def _flush(self, *_: object) -> None:
        if not self._link:
            return
        try:
            while self._unsent:
                del self._unsent[: self._link.send(self._unsent)]
        except BlockingIOError:
            pass
        except OSError:
            # The reading side finds the connection closed, and is the one to say so.
            self._unsent.clear()
        if len(self._unsent) > MOST_UNSENT:
            _log.warning("A bus has stopped reading; hanging up.")
            self._unsent.clear()
            self._link.shutdown(socket.SHUT_RDWR)
        self._writable.setEnabled(bool(self._unsent))

    def _read(self, *_: object) -> None:
        if not self._link:
            return
        messages: list[Message] = []
        try:
            data = self._link.recv(1 << 16)
            if not data:
                raise ConnectionError("the connection was ended")
            if self._handshake:
                self._shake_hands(data)
            else:
                messages = self._parser.feed(data)
        except BlockingIOError:
            return
        except (OSError, ValueError, KeyError, IndexError, AssertionError) as error:
            # Beside a lost connection, these are what jeepney raises on bytes that are no message.
            self.close()
            self._lost(getattr(error, "strerror", None) or str(error))
            return
        for message in messages:
            tell(self._heard, message)

    def _shake_hands(self, data: bytes) -> None:
        assert self._handshake
        self._handshake.feed(data)
        if self._handshake.authenticated:
            self._handshake = None
            self._send(BEGIN)
            tell(self._ready)
        else:
            self._send(self._handshake.data_to_send() or b"")


def tell(callback: Callable[..., None], *words: Any) -> None:
    """Call back; a mistake in there goes where every uncaught one goes, and the bus goes on."""
    try:
        callback(*words)
    except Exception:  # whatever it is, it is a bug of who was called: told, and no reason to lose the bus
        sys.excepthook(*sys.exc_info())


def _connect(address: str) -> socket.socket:
    why = "its address is none that can be used here"
    try:
        for place in get_connectable_addresses(address):
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
            try:
                link.connect(place)
            except OSError as error:
                link.close()
                why = error.strerror or str(error)
            else:
                return link
    except (ValueError, RuntimeError):
        # The address is malformed, or names only transports that are not a local socket.
        pass
    raise WireError(why)
