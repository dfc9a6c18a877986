"""Reads which libraries an ELF file links to, as `readelf --dynamic` does. `tools.package.libraries.qt_parts` calls it.

Layouts: ELF-64 object file format and the gABI's chapter on dynamic linking. Both machines that Debian's packages are
built for are 64 bits wide and little-endian.
"""

from __future__ import annotations

import struct
from pathlib import Path

_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NULL, _DT_NEEDED, _DT_STRTAB = 0, 1, 5


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needed(path: Path) -> frozenset[str]:
    """The names (DT_NEEDED) of the libraries that a 64-bit little-endian ELF file links to."""
    data = path.read_bytes()
    if data[4:6] != b"\x02\x01":
        raise ValueError(f"{path} is not a 64-bit little-endian ELF file")
    (start,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    loaded: list[tuple[int, int, int]] = []
    dynamic = (0, 0)
    for index in range(count):
        kind, _flags, offset, address, _physical, length = struct.unpack_from("<IIQQQQ", data, start + index * size)
        if kind == _PT_LOAD:
            loaded.append((address, offset, length))
        elif kind == _PT_DYNAMIC:
            dynamic = (offset, length)
    names, strings = [], 0
    for place in range(dynamic[0], sum(dynamic), 16):
        tag, value = struct.unpack_from("<qQ", data, place)
        if tag == _DT_NULL:
            break
        if tag == _DT_NEEDED:
            names.append(value)
        elif tag == _DT_STRTAB:
            strings = next(value - start + at for start, at, length in loaded if start <= value < start + length)
    return frozenset(data[strings + name : data.index(b"\0", strings + name)].decode() for name in names)
