"""Finds the encoding of a file that is imported: UTF-8, UTF-16 with its mark, or Windows-1252. The import calls it."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from numbguard.core.sentence import sentence

from ..types import ExchangeError

_CHUNK: Final = 1024 * 1024
_NOT_IN_1252: Final = frozenset(b"\x00\x81\x8d\x8f\x90\x9d\xfe\xff")
"""Bytes without a letter in Windows-1252, and two that in practice are part of something else."""
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def encoding_of(path: Path) -> str:
    """Return the name of the encoding. Raises ``ExchangeError`` for the workbook of a spreadsheet, and ``OSError``.

    UTF-8 where the file is in none of them: reading it then tells the first wrong byte.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8 = is_1252 = True
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        if chunk.startswith(_WORKBOOKS):
            raise ExchangeError(
                sentence(
                    "{path} is a spreadsheet workbook. Nothing was imported. Save it as “CSV UTF-8” in your "
                    "spreadsheet program, and import that.",
                    path=path,
                )
            )
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if chunk.lstrip().startswith(b"{"):
            return "utf-8-sig"
        while chunk:
            if is_utf_8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf_8 = False
            is_1252 = is_1252 and _NOT_IN_1252.isdisjoint(chunk)
            if not (is_utf_8 or is_1252):
                break
            chunk = file.read(_CHUNK)
    return "cp1252" if is_1252 and not is_utf_8 else "utf-8-sig"
