"""Requests of the X SYNC extension for its alarms: https://www.x.org/releases/current/doc/xextproto/sync.html

Pure functions for ``x11``. Each request body follows the four-byte request header; all values are in native byte order.
"""

from __future__ import annotations

import struct

INITIALIZE, LIST_COUNTERS, CREATE, CHANGE = 0, 1, 8, 9
"""Request opcodes within the extension."""
ALARM_NOTIFY = 1
"""Number of the event, relative to the first event of the extension."""
VERSION = struct.pack("=BBxx", 3, 1)
"""Body of INITIALIZE: version 3.1."""
_RISING, _FALLING = 0, 1
_ALL_ATTRIBUTES = 0b111111


def create_alarm(alarm: int, counter: int, *, rising: bool, value: int) -> bytes:
    """The request for an alarm that goes off whenever the counter crosses ``value``, upwards or downwards."""
    absolute, delta, wanted = 0, 0, 1
    test = _RISING if rising else _FALLING
    return struct.pack(
        "=IIIIiIIiII",
        alarm, _ALL_ATTRIBUTES, counter, absolute, value >> 32, value & 0xFFFFFFFF, test, 0, delta, wanted,
    )  # fmt: skip


def unchanged(alarm: int) -> bytes:
    """A CHANGE request that changes no attribute of the alarm."""
    return struct.pack("=II", alarm, 0)


def find_counter(reply: bytes, name: str) -> int | None:
    """The id of the counter called ``name`` in the reply of ListSystemCounters, or ``None``."""
    if len(reply) < 32:
        return None
    at = 32
    for _ in range(struct.unpack_from("=i", reply, 8)[0]):
        if at + 14 > len(reply):
            return None
        counter, length = struct.unpack_from("=I8xH", reply, at)
        if reply[at + 14 : at + 14 + length] == name.encode():
            return int(counter)
        at += -(-(14 + length) // 4) * 4
    return None
