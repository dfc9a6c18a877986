"""Reads the picture of a virtual screen from Xvfb's frame-buffer file and writes it as PNG.

`tools.desktop.virtual_desktop` calls it on the test's thread. Xvfb's `-fbdir` maps its frame buffer to a file in the
XWD format, pointer included; reading that file needs no package and disturbs nothing on the display.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

_XWD_HEADER = struct.Struct(">25I")
_LSB_FIRST = 0


@dataclass(frozen=True)
class Picture:
    """The contents of the screen at one moment: rows of red, green and blue bytes."""

    width: int
    height: int
    rgb: bytes

    def colours(self) -> int:
        """Return the number of different colours; a blank screen has one."""
        return len({self.rgb[i : i + 3] for i in range(0, len(self.rgb), 3)})

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        start = (y * self.width + x) * 3
        red, green, blue = self.rgb[start : start + 3]
        return red, green, blue

    def crop(self, x: int, y: int, width: int, height: int) -> Picture:
        """Return the part that begins at x, y, cut off at the edges of the screen."""
        x, y = max(x, 0), max(y, 0)
        width, height = min(width, self.width - x), min(height, self.height - y)
        rows = (
            self.rgb[(row * self.width + x) * 3 : (row * self.width + x + width) * 3] for row in range(y, y + height)
        )
        return Picture(width, height, b"".join(rows))

    def changed_from(self, before: Picture) -> float:
        """Return the share of pixels, 0 to 1, that differ from an earlier picture; 1 if the sizes differ."""
        if (self.width, self.height) != (before.width, before.height):
            return 1.0
        row = self.width * 3
        changed = 0
        for start in range(0, len(self.rgb), row):
            here, there = self.rgb[start : start + row], before.rgb[start : start + row]
            if here != there:
                changed += sum(here[i : i + 3] != there[i : i + 3] for i in range(0, row, 3))
        return changed / (self.width * self.height)

    def where_changed_from(self, before: Picture) -> tuple[int, int, int, int] | None:
        """Return the smallest box (x, y, width, height) around all differences from an earlier picture, or None."""
        row = self.width * 3
        rows = [
            y for y in range(self.height)
            if self.rgb[y * row : (y + 1) * row] != before.rgb[y * row : (y + 1) * row]
        ]  # fmt: skip
        if not rows:
            return None
        lefts, rights = [], []
        for y in rows:
            here, there = self.rgb[y * row : (y + 1) * row], before.rgb[y * row : (y + 1) * row]
            differing = [x for x in range(self.width) if here[x * 3 : x * 3 + 3] != there[x * 3 : x * 3 + 3]]
            lefts.append(differing[0])
            rights.append(differing[-1])
        left, right = min(lefts), max(rights)
        return left, rows[0], right - left + 1, rows[-1] - rows[0] + 1

    def save(self, path: Path) -> Path:
        """Write the picture as a PNG file; creates its folder if needed."""
        row = self.width * 3
        lines = b"".join(b"\0" + self.rgb[start : start + row] for start in range(0, len(self.rgb), row))
        header = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(lines, 6))
            + _chunk(b"IEND", b"")
        )
        return path


def read_frame_buffer(path: Path) -> Picture:
    """Read the picture from an XWD file with 32 bits a pixel, as Xvfb writes it; raises `ValueError` for others."""
    data = path.read_bytes()
    fields = _XWD_HEADER.unpack_from(data)
    header_size, width, height = fields[0], fields[4], fields[5]
    byte_order, bits, line_bytes, colours = fields[7], fields[11], fields[12], fields[19]
    if bits != 32:
        raise ValueError(f"{path} has {bits} bits for each pixel; start the screen with a depth of 24.")
    start = header_size + colours * 12
    used = b"".join(data[start + row * line_bytes : start + row * line_bytes + width * 4] for row in range(height))
    rgb = bytearray(width * height * 3)
    for channel in range(3):
        rgb[channel::3] = used[2 - channel :: 4] if byte_order == _LSB_FIRST else used[1 + channel :: 4]
    return Picture(width, height, bytes(rgb))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
