"""New ids for what is logged, without the ``uuid`` module: it asks the system much that a verb has no time for."""

from __future__ import annotations

import os


def new_id() -> str:
    """A random UUID (RFC 9562, version 4) as text."""
    bits = bytearray(os.urandom(16))
    bits[6] = bits[6] & 0x0F | 0x40
    bits[8] = bits[8] & 0x3F | 0x80
    word = bits.hex()
    return "-".join((word[:8], word[8:12], word[12:16], word[16:20], word[20:]))
