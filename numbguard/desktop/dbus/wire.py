"""The socket of a bus: connects, authenticates, and converts between bytes and D-Bus messages without blocking.

``bus`` creates one for each connection on the GUI thread, where a QSocketNotifier drives it. When the other end closes,
it calls ``lost`` once and cannot be used again. It does not negotiate file descriptors, so none can arrive.
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

from numbguard.core.sentence import sentence, words_of

_log = logging.getLogger(__name__)

MAX_UNSENT = 1 << 20
"""Bytes. A bus with this much unsent data has stopped reading."""


class WireError(Exception):
    """No connection could be made; the message gives the reason as part of a sentence."""


class Wire:
    """One connection. Calls ``ready`` once messages may be sent, ``received`` with each message that arrives, and
    ``lost`` with the reason when the connection is over. The constructor raises ``WireError``."""

    def __init__(
        self,
        address: str,
        *,
        ready: Callable[[], None],
        received: Callable[[Message], None],
        lost: Callable[[str], None],
    ) -> None:
        self._ready, self._received, self._lost = ready, received, lost
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
        """Queue a message and send what the socket takes. Raises ValueError for values that D-Bus cannot encode."""
        self._send(message.serialise(serial=serial))

    def close(self) -> None:
        """Close the connection without calling ``lost``."""
        if self._link:
            for notifier in (self._readable, self._writable):
                # Deleted later, as its signal may be what is being handled now.
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
            # ``_read`` will find the connection closed, and reports it.
            self._unsent.clear()
        if len(self._unsent) > MAX_UNSENT:
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
                raise ConnectionError(sentence("the connection was ended"))
            if self._handshake:
                self._shake_hands(data)
            else:
                messages = self._parser.feed(data)
        except BlockingIOError:
            return
        except (OSError, ValueError, KeyError, IndexError, AssertionError) as error:
            # OSError is a lost connection; jeepney raises the others on bytes that are not a message.
            self.close()
            self._lost(getattr(error, "strerror", None) or words_of(error))
            return
        for message in messages:
            call_back(self._received, message)

    def _shake_hands(self, data: bytes) -> None:
        assert self._handshake
        self._handshake.feed(data)
        if self._handshake.authenticated:
            self._handshake = None
            self._send(BEGIN)
            call_back(self._ready)
        else:
            self._send(self._handshake.data_to_send() or b"")


def call_back(callback: Callable[..., None], *words: Any) -> None:
    """Call ``callback``; an exception goes to ``sys.excepthook``, so that the bus keeps running."""
    try:
        callback(*words)
    except Exception:  # a bug in the callback: reported, but the bus must survive it
        sys.excepthook(*sys.exc_info())


def _connect(address: str) -> socket.socket:
    why: str = sentence("its address cannot be used here")
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
