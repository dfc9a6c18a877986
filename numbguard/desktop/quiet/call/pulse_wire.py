"""The part of PulseAudio's native protocol that shows which program records. PipeWire implements it (pipewire-pulse).

Pure functions over bytes, used by ``microphone`` on the GUI thread. A packet is five 32-bit words (length, channel,
offset in two words, flags) and a sequence of tagged values, all big-endian. The numbers come from PulseAudio's
``native-common.h`` and ``tagstruct.h``. We announce version 19, because what later versions add to the lists is not
needed.
"""

from __future__ import annotations

import struct
from typing import Any, Final

VERSION: Final = 19
NOTHING: Final = 0xFFFFFFFF
"""The index that means "no object"."""

ERROR: Final = 0
REPLY: Final = 2
AUTH: Final = 8
SET_CLIENT_NAME: Final = 9
GET_SERVER_INFO: Final = 20
GET_SOURCE_INFO: Final = 23
GET_SOURCE_OUTPUT_INFO_LIST: Final = 32
SUBSCRIBE: Final = 35
SUBSCRIBE_EVENT: Final = 66

RECORDINGS: Final = 0x8
"""The mask of ``SUBSCRIBE`` for streams that record."""

_CONTROL: Final = 0xFFFFFFFF
_HEADER: Final = struct.Struct(">5I")
_LONGEST: Final = 1 << 20
"""Bytes. No list of streams is that long."""


class PulseWireError(ValueError):
    """The server sent bytes that are not valid in this protocol."""


def packet(command: int, tag: int, *values: Any) -> bytes:
    """A command with its values; the reply carries the same ``tag``."""
    body = b"".join(_tagged(one) for one in (command, tag, *values))
    return _HEADER.pack(len(body), _CONTROL, 0, 0, 0) + body


def _tagged(value: Any) -> bytes:
    if value is None:
        return b"N"
    if isinstance(value, int):
        return b"L" + struct.pack(">I", value)
    if isinstance(value, bytes):
        return b"x" + struct.pack(">I", len(value)) + value
    if isinstance(value, str):
        return b"t" + value.encode() + b"\0"
    entries = [(key, text.encode() + b"\0") for key, text in value.items()]
    return b"P" + b"".join(_tagged(key) + _tagged(len(raw)) + _tagged(raw) for key, raw in entries) + b"N"


class PulsePackets:
    """Splits the incoming bytes into packets."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[list[Any]]:
        """The values of each packet that is now complete. Raises ``PulseWireError``."""
        self._rest += data
        found: list[list[Any]] = []
        while len(self._rest) >= _HEADER.size:
            length, channel, *_ = _HEADER.unpack_from(self._rest)
            if length > _LONGEST:
                raise PulseWireError
            end = _HEADER.size + length
            if len(self._rest) < end:
                break
            if channel == _CONTROL:
                found.append(values_in(bytes(self._rest[_HEADER.size : end])))
            del self._rest[:end]
        return found


def values_in(body: bytes) -> list[Any]:
    """The tagged values of a packet, in order. Raises ``PulseWireError``."""
    try:
        return _Reader(body).all()
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise PulseWireError from error


class _Reader:
    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def all(self) -> list[Any]:
        values: list[Any] = []
        while self._at < len(self._body):
            values.append(self._value())
        return values

    def _take(self, length: int) -> bytes:
        taken = self._body[self._at : self._at + length]
        if len(taken) < length:
            raise IndexError
        self._at += length
        return taken

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "big")

    def _value(self) -> Any:
        tag = self._take(1)
        match tag:
            case b"t":
                end = self._body.index(b"\0", self._at)
                text = self._take(end - self._at).decode("utf-8", "replace")
                self._at += 1
                return text
            case b"N":
                return None
            case b"L" | b"V":
                return self._number()
            case b"B":
                return self._take(1)[0]
            case b"R" | b"U" | b"r" | b"T":
                return int.from_bytes(self._take(8), "big")
            case b"1" | b"0":
                return tag == b"1"
            case b"a":
                return tuple(struct.unpack(">BBI", self._take(6)))
            case b"x":
                return self._take(self._number())
            case b"m":
                return self._take(self._take(1)[0])
            case b"v":
                return self._take(4 * self._take(1)[0])
            case b"P":
                return self._properties()
            case _:
                raise ValueError(tag)

    def _properties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while (key := self._value()) is not None:
            self._value()  # The length, which the next value repeats.
            raw = self._value()
            found[str(key)] = raw.rstrip(b"\0").decode("utf-8", "replace")
        return found
