"""What is said to an X server of its SYNC alarms: https://www.x.org/releases/current/doc/xextproto/sync.html

Values only, for ``x11``. Each body is what follows the four bytes of a request's head; in the machine's own byte order.
"""

from __future__ import annotations

import struct

INITIALIZE, LIST_COUNTERS, CREATE, CHANGE = 0, 1, 8, 9
ALARM_NOTIFY = 1
"""The event, counted from the extension's first."""
VERSION = struct.pack("=BBxx", 3, 1)
_RISING, _FALLING = 0, 1
_ALL_ATTRIBUTES = 0b111111


def create_alarm(alarm: int, counter: int, *, rising: bool, value: int) -> bytes:
    """An alarm that rings whenever the counter passes ``value`` on its way up, or down."""
    absolute, delta, wanted = 0, 0, 1
    test = _RISING if rising else _FALLING
    return struct.pack(
        "=IIIIiIIiII",
        alarm, _ALL_ATTRIBUTES, counter, absolute, value >> 32, value & 0xFFFFFFFF, test, 0, delta, wanted,
    )  # fmt: skip


def unchanged(alarm: int) -> bytes:
    """A change of nothing."""
    return struct.pack("=II", alarm, 0)


def find_counter(reply: bytes, name: str) -> int | None:
    """The id of a counter in the reply of ListSystemCounters."""
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
