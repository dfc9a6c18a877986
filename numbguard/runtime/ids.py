"""New ids for log entries, without the ``uuid`` module, whose queries of the system would slow every verb down."""

from __future__ import annotations

import os


def new_id() -> str:
    """Return a random UUID (RFC 9562, version 4) as text."""
    bits = bytearray(os.urandom(16))
    bits[6] = bits[6] & 0x0F | 0x40
    bits[8] = bits[8] & 0x3F | 0x80
    word = bits.hex()
    return "-".join((word[:8], word[8:12], word[12:16], word[16:20], word[20:]))
