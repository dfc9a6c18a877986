"""A screen shared through PipeWire: on every Wayland desktop, and by X11 programs that use the portal.

``quiet.choose`` builds it; it runs on the GUI thread. PipeWire announces every object in its registry. A shared screen
is a node that exists while the screen is shared or recorded: GNOME and Plasma create one of the class
``Stream/Output/Video``; the portals of sway, Hyprland and similar compositors create a ``Video/Source``. Cameras have
that class too, but have a device or the role of a camera. The announcements suffice, so nothing is bound, queried or
polled. A program that reads an X11 screen directly leaves no trace that could be noticed.

The protocol is PipeWire's native one: a message consists of four words (object, opcode and size, sequence number,
number of descriptors) and a sequence of PODs ("plain old data": size, type, content, padded to eight bytes), in native
byte order.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from numbguard.core.sentence import N_

from . import media_sockets
from .local_server import LocalServer

_CORE, _CLIENT, _REGISTRY = 0, 1, 2
"""Object ids: the first two exist from the start; we choose the third."""
_HELLO, _PONG, _GET_REGISTRY, _UPDATE_PROPERTIES = 1, 3, 5, 2
"""Methods: three of the core, one of the client."""
_INFO, _PING, _GLOBAL, _GLOBAL_GONE = 0, 2, 0, 1
"""Events: two of the core, two of the registry."""
_VERSION: Final = 3
_INT, _STRING, _STRUCT = 4, 8, 14
"""Types of PODs."""
_LONGEST: Final = 1 << 20
"""Bytes. No message is that long."""


class ScreenSharing:
    """Works while PipeWire answers."""

    name = "pipewire"

    def __init__(self) -> None:
        self._link = LocalServer(media_sockets.pipewire(), opened=self._greet, received=self._read, closed=self._closed)
        self._changed: Callable[[], None] = lambda: None
        self._rest = bytearray()
        self._number = 0
        self._available: bool | None = None
        self._shared: set[int] = set()

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        if self._available:
            return N_("PipeWire reports when a screen is shared through it.")
        return N_("PipeWire is not running, so a shared screen can't be detected.")

    @property
    def reason(self) -> str | None:
        return N_("the screen is shared") if self._shared else None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._link.start()

    def stop(self) -> None:
        self._link.stop()
        self._shared = set()

    def _greet(self) -> None:
        self._rest.clear()
        self._number = 0
        self._send(_CORE, _HELLO, _VERSION)
        self._send(_CLIENT, _UPDATE_PROPERTIES, (1, "application.name", "NumbGuard"))
        self._send(_CORE, _GET_REGISTRY, _VERSION, _REGISTRY)

    def _closed(self) -> None:
        self._available, self._shared = False, set()
        self._changed()

    def _send(self, object: int, opcode: int, *values: Any) -> None:
        body = pod(values)
        self._link.send(struct.pack("=4I", object, opcode << 24 | len(body), self._number, 0) + body)
        self._number += 1

    def _read(self, data: bytes) -> None:
        self._rest += data
        before = self._available, self.reason
        while len(self._rest) >= 16:
            object, word, _number, _descriptors = struct.unpack_from("=4I", self._rest)
            opcode, size = word >> 24, word & 0xFFFFFF
            if size > _LONGEST:
                raise ValueError("no message is as long as that")
            if len(self._rest) < 16 + size:
                break
            body = bytes(self._rest[16 : 16 + size])
            del self._rest[: 16 + size]
            self._receive(object, opcode, body)
        if (self._available, self.reason) != before:
            self._changed()

    def _receive(self, object: int, opcode: int, body: bytes) -> None:
        if object == _CORE and opcode == _INFO:
            self._available = True
        elif object == _CORE and opcode == _PING:
            id, number = values_of(body)[:2]
            self._send(_CORE, _PONG, id, number)
        elif object == _REGISTRY and opcode == _GLOBAL:
            values = values_of(body)
            properties = values[4] if len(values) > 4 and isinstance(values[4], list) else []
            if is_screen(dict(zip(properties[1::2], properties[2::2], strict=False))) and values[0] is not None:
                self._shared.add(values[0])
        elif object == _REGISTRY and opcode == _GLOBAL_GONE:
            self._shared.discard(values_of(body)[0])


def is_screen(about: dict[Any, Any]) -> bool:
    """Whether a node with these properties provides a screen."""
    kind = about.get("media.class")
    camera = "device.id" in about or about.get("media.role") == "Camera"
    return kind == "Stream/Output/Video" or (kind == "Video/Source" and not camera)


def pod(value: Any) -> bytes:
    """A number, a text, or a tuple of these (a struct), as a POD."""
    if isinstance(value, int):
        kind, body = _INT, struct.pack("=i", value)
    elif isinstance(value, str):
        kind, body = _STRING, value.encode() + b"\0"
    else:
        kind, body = _STRUCT, b"".join(pod(one) for one in value)
    return struct.pack("=II", len(body), kind) + body + bytes(-len(body) % 8)


def values_of(body: bytes) -> list[Any]:
    """The values of the first struct: numbers, texts, lists for structs, ``None`` for others. Raises ValueError."""
    try:
        (size, kind) = struct.unpack_from("=II", body)
        if kind != _STRUCT or 8 + size > len(body):
            raise ValueError("a message that is no struct")
        return list(_values(body[8 : 8 + size]))
    except struct.error as error:
        raise ValueError("a message that breaks off") from error


def _values(body: bytes) -> Iterator[Any]:
    at = 0
    while at + 8 <= len(body):
        size, kind = struct.unpack_from("=II", body, at)
        content = body[at + 8 : at + 8 + size]
        if kind == _INT and size == 4:
            yield int.from_bytes(content, sys.byteorder, signed=True)
        elif kind == _STRING:
            yield content.rstrip(b"\0").decode("utf-8", "replace")
        elif kind == _STRUCT:
            yield list(_values(content))
        else:
            yield None
        at += 8 + size + -size % 8
