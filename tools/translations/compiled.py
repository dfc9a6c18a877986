"""Compiles the translations: a PO file into a ``.mo``, and the formats of its language into a small JSON file.

Called by the build hook, by ``./dev setup`` and ``./dev translations`` (``python -m tools.translations.compiled``), and
by tests. The results lie beside the PO file and are not committed.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from .formats import formats_of

CHECKOUT: Final = Path(__file__).resolve().parents[2]
LOCALE: Final = CHECKOUT / "resources" / "locale"
_MAGIC: Final = 0x950412DE


def po_files(folder: Path = LOCALE) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/numbguard.po"))


def language_of(po: Path) -> str:
    return po.parents[1].name


def catalogue_of(po: Path) -> Catalog:
    """The catalogue in a PO file; raises ``babel.messages.pofile.PoFileError`` where it is not valid."""
    with po.open("rb") as file:
        return read_po(file, locale=language_of(po), abort_invalid=True)


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Compile every PO file of a folder of languages, and write the formats of English; the files that were written."""
    written = []
    for po in po_files(folder):
        mo = po.with_suffix(".mo")
        mo.write_bytes(mo_bytes(catalogue_of(po)))
        written.append(mo)
    for language in ("en", *map(language_of, po_files(folder))):
        formats = folder / language / "formats.json"
        formats.parent.mkdir(parents=True, exist_ok=True)
        formats.write_text(
            json.dumps(formats_of(language), ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )
        written.append(formats)
    return written


def mo_bytes(catalogue: Catalog) -> bytes:
    """A compiled catalogue, sorted by the bytes of its keys as the format demands, so that it can be searched.

    Babel's own ``write_mo`` sorts by the message without its context, so a binary search would miss entries.
    """
    pairs = sorted(
        (_key(message), _value(message))
        for message in catalogue
        if message.id == "" or (message.string and not message.fuzzy and is_whole(message))
    )
    texts = [key for key, _ in pairs] + [value for _, value in pairs]
    start = 28 + 16 * len(pairs)
    table = b""
    for text in texts:
        table += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs))
    return head + table + b"".join(text + b"\0" for text in texts)


def is_whole(message: Message) -> bool:
    """Whether a message has a translation, in every form."""
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _key(message: Message) -> bytes:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    key = "\0".join(ids).encode()
    return message.context.encode() + b"\x04" + key if message.context else key


def _value(message: Message) -> bytes:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return "\0".join(each or "" for each in strings).encode()


if __name__ == "__main__":
    compile_all()
