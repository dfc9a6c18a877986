"""Writes the launcher entry and the AppStream page in every language, for packages.

``tools/package/deb.py`` calls it, and the AppImage's recipe by ``python -m tools.translations.merged FOLDER``. In
version control both files are English alone; the translations are in the PO files with everything else.
"""

from __future__ import annotations

import argparse
import copy
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from babel.messages.catalog import Catalog

from numbguard import APP_ID
from numbguard.desktop.autostart.desktop_entry import Translations, in_languages

from .compiled import CHECKOUT, LOCALE, catalogue_of, language_of, po_files

LINUX: Final = CHECKOUT / "packaging" / "linux"
_TEXTS: Final = ("summary", "p", "li")
"""The elements of an AppStream page that are sentences."""
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def translations(folder: Path = LOCALE) -> Translations:
    """What translates an English text into each language that has a PO file in this folder."""
    found: dict[str, Callable[[str], str | None]] = {}
    for po in po_files(folder):
        found[language_of(po)] = partial(_translation, catalogue_of(po))
    return found


def _translation(catalogue: Catalog, text: str) -> str | None:
    message = catalogue.get(text)
    return str(message.string) if message is not None and message.string and not message.fuzzy else None


def launcher_entry(english: str, folder: Path = LOCALE) -> str:
    """The launcher entry with each text in every language."""
    return in_languages(english, translations(folder))


def appstream_page(english: str, folder: Path = LOCALE) -> str:
    """The AppStream page with a translation of each sentence after it, marked by ``xml:lang``."""
    page = ElementTree.fromstring(english)
    known = translations(folder)
    for parent in list(page.iter()):
        for child in list(parent):
            if child.tag not in _TEXTS or not child.text:
                continue
            child.text = " ".join(child.text.split())
            place = list(parent).index(child)
            for language, translate in reversed(list(known.items())):
                if text := translate(child.text):
                    other = copy.copy(child)
                    other.text = text
                    other.set(_LANGUAGE, language)
                    parent.insert(place + 1, other)
    ElementTree.indent(page)
    written: bytes = ElementTree.tostring(page, encoding="UTF-8", xml_declaration=True)
    return written.decode() + "\n"


def main() -> int:
    words = argparse.ArgumentParser(prog="tools.translations.merged", description=(__doc__ or "").partition("\n")[0])
    words.add_argument("folder", type=Path, help="where both files are written")
    folder = words.parse_args().folder
    for name, merged in ((f"{APP_ID}.desktop", launcher_entry), (f"{APP_ID}.metainfo.xml", appstream_page)):
        (folder / name).write_text(merged((LINUX / name).read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
