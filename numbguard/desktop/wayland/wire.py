"""The part of the Wayland wire protocol that the senses need, and the socket it runs over. No Qt.

``link`` uses it on the GUI thread; the survey of the command line uses it once, and blocks for the answer. The requests
for idleness are in ``idle.wayland_protocols``, those for windows in ``desktop.quiet.front_window.wayland_protocol``.

The wire format is documented at https://wayland.freedesktop.org/docs/html/ch04.html: 32-bit words in native byte order.
A message consists of the object id, one word with size and opcode, and the arguments. A string is preceded by its
length, which includes the final NUL, and padded to whole words. None of our objects sends file descriptors.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable

DISPLAY = 1
"""Id of the ``wl_display``, which exists from the start of a connection."""
GET_REGISTRY, SYNC = 1, 0
"""Requests of ``wl_display``."""
ERROR, DELETE_ID = 0, 1
"""Events of ``wl_display``."""
BIND = 0
"""Request of ``wl_registry``."""
GLOBAL, GLOBAL_REMOVE = 0, 1
"""Events of ``wl_registry``."""
SEAT = "wl_seat"


class WaylandError(Exception):
    """The compositor sent bytes that are not Wayland messages, or reported a protocol error."""


@dataclass(frozen=True, slots=True)
class WaylandEvent:
    """A message from the compositor to the object ``target``."""

    target: int
    number: int
    body: bytes

    def uint(self, at: int = 0) -> int:
        """The unsigned word at this byte offset. Raises ``WaylandError`` where the message is shorter."""
        if not 0 <= at <= len(self.body) - 4:
            raise WaylandError(N_("a message was too short"))
        return int(struct.unpack_from("=I", self.body, at)[0])

    def text(self, at: int) -> str:
        """The string at this byte offset. Raises ``WaylandError`` where the message is shorter."""
        end = at + 4 + self.uint(at)
        if end > len(self.body):
            raise WaylandError(N_("a message was too short"))
        return self.body[at + 4 : end].rstrip(b"\0").decode("utf-8", "replace")

    def numbers(self, at: int = 0) -> tuple[int, ...]:
        """The array of words at this byte offset. Raises ``WaylandError`` where the message is shorter."""
        length = self.uint(at)
        if length % 4 or at + 4 + length > len(self.body):
            raise WaylandError(N_("a message was too short"))
        return struct.unpack_from(f"={length // 4}I", self.body, at + 4)


def request(target: int, number: int, *words: int | str) -> bytes:
    """A message to the compositor with these arguments: numbers, ids and strings."""
    body = b"".join(_packed(word) for word in words)
    return struct.pack("=II", target, (8 + len(body)) << 16 | number) + body


def _packed(word: int | str) -> bytes:
    if isinstance(word, int):
        return struct.pack("=I", word)
    raw = word.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + b"\0" * (-len(raw) % 4)


class WaylandReader:
    """Splits the incoming bytes into events."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[WaylandEvent]:
        """The events that are now complete. Raises ``WaylandError`` on bytes that are not a message."""
        self._rest += data
        while len(self._rest) >= 8:
            target, size_and_number = struct.unpack_from("=II", self._rest)
            size = size_and_number >> 16
            if size < 8:
                raise WaylandError(N_("a message had no size"))
            if len(self._rest) < size:
                return
            body, self._rest = self._rest[8:size], self._rest[size:]
            yield WaylandEvent(target, size_and_number & 0xFFFF, body)


def in_wayland_session() -> bool:
    """Whether this is a Wayland session. An X server in one is XWayland, which knows only about X11 windows."""
    return bool(os.environ.get("WAYLAND_DISPLAY")) or os.environ.get("XDG_SESSION_TYPE") == "wayland"


def socket_path() -> Path:
    """The path of the compositor's socket in this session. Raises ``Unavailable``."""
    if not in_wayland_session():
        raise Unavailable(N_("This is not a Wayland session."))
    display = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not display.startswith("/"):
        raise Unavailable(N_("The Wayland compositor cannot be found without XDG_RUNTIME_DIR."))
    return Path(folder or "/") / display


def unreachable(error: OSError | WaylandError) -> str:
    """A sentence for a connection that could not be made."""
    why = getattr(error, "strerror", None) or error
    return sentence("The Wayland compositor cannot be reached: {why}.", why=why)


def connect(path: Path) -> socket.socket:
    """A non-blocking connection to the compositor. Raises OSError if it cannot be made at once."""
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
    try:
        link.connect(os.fspath(path))
    except OSError:
        link.close()
        raise
    return link


def offered(path: Path, *, patience_s: float) -> dict[str, int]:
    """The version of each interface that the compositor offers, by its name; for the command line.

    Blocks up to ``patience_s`` seconds for each read. Raises OSError and ``WaylandError``.
    """
    registry, done = 2, 3
    found: dict[str, int] = {}
    with connect(path) as link:
        link.settimeout(patience_s)
        link.sendall(request(DISPLAY, GET_REGISTRY, registry) + request(DISPLAY, SYNC, done))
        incoming = WaylandReader()
        while data := link.recv(1 << 16):
            for event in incoming.feed(data):
                if event.target == registry and event.number == GLOBAL:
                    found[event.text(4)] = event.uint(len(event.body) - 4)
                elif event.target in (done, DISPLAY):
                    return found
    return found
