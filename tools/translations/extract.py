"""Collects every sentence that a person can see into one catalogue.

``./dev translations`` calls it. Sentences of the program are found by Babel's own extractor; cards, routines, the
guide, the launcher entry and the AppStream page each have a few lines here.
"""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from numbguard import APP_ID, __version__
from numbguard.wording.catalogue.guide_blocks import blocks

from .compiled import CHECKOUT, LOCALE

POT: Final = LOCALE / "numbguard.pot"
KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "sentence": None,
    "counted": (1, 2),
}
"""The functions whose arguments are sentences, as Babel writes their arguments; ``docs/decisions/translations.md``."""
NOTES: Final = ("Translators:",)
"""A comment above a sentence that begins like this is shown to translators."""
HEADER: Final = """\
# The sentences of NumbGuard.
# docs/TRANSLATING.md says how to translate them. This file is under the same licence as NumbGuard.
#"""

PEOPLE: Final = {
    "msgid_bugs_address": "docs/TRANSLATING.md",
    "last_translator": "none yet",
    "language_team": "none yet",
}
"""Nobody by name, in place of Babel's own placeholders."""


@dataclass(frozen=True)
class Found:
    """A sentence, or the two forms of one that counts something, and where it was found."""

    message: str | tuple[str, ...]
    place: str
    context: str | None = None
    notes: tuple[str, ...] = ()


def template() -> Catalog:
    """The catalogue of all sentences in English, without translations."""
    catalogue = Catalog(project="NumbGuard", version=__version__, header_comment=HEADER, **PEOPLE, fuzzy=False)
    for found in everything():
        catalogue.add(
            found.message,
            locations=[(found.place, 0)],
            auto_comments=found.notes,
            context=found.context,
            flags=("python-brace-format",) if _has_fields(found.message) else (),
        )
    return catalogue


def everything() -> Iterator[Found]:
    yield from _program()
    yield from _cards()
    yield from _guide()
    yield from _launcher()
    yield from _software_centre()


def _has_fields(message: str | tuple[str, ...]) -> bool:
    return "{" in (message if isinstance(message, str) else message[-1])


def _place(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def _program() -> Iterator[Found]:
    for path in sorted((CHECKOUT / "numbguard").rglob("*.py")):
        for _line, message, notes, context in extract_from_file("python", path, KEYWORDS, NOTES):
            if message and message != ("", ""):
                yield Found(message, _place(path), context, tuple(notes))


def _cards() -> Iterator[Found]:
    for path in sorted((CHECKOUT / "resources" / "cards").glob("*.toml")):
        card = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, note in (
            ("title", "The title of a card."),
            ("why", "Why a card helps."),
            ("caution", "A caution on a card."),
            ("source", "What a card is based on. Keep the titles of documents."),
        ):
            if key in card:
                yield Found(card[key], _place(path), notes=(note,))
        for step in card.get("steps", ()):
            yield Found(step["text"], _place(path), notes=("A step of a card, read while it is done.",))
    for path in sorted((CHECKOUT / "resources" / "routines").glob("*.toml")):
        routine = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Found(routine["title"], _place(path), notes=("The title of a routine.",))
        if "why" in routine:
            yield Found(routine["why"], _place(path), notes=("What a routine is for.",))


def _guide() -> Iterator[Found]:
    for path in sorted((CHECKOUT / "resources" / "guide").glob("*.md")):
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.message:
                yield Found(block.message, _place(path), notes=("Markdown of the guide. Keep links as they are.",))


def _launcher() -> Iterator[Found]:
    path = CHECKOUT / "packaging" / "linux" / f"{APP_ID}.desktop"
    entry = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    entry.read(path, encoding="utf-8")
    notes = {
        "GenericName": "The kind of program, in the desktop's menu.",
        "Comment": "What the program does, in the desktop's menu.",
        "Keywords": "Words by which the menu's search finds the program. Keep the semicolons.",
    }
    for section in entry.sections():
        for key, value in entry[section].items():
            if key in notes:
                yield Found(value, _place(path), notes=(notes[key],))
            elif key == "Name" and section != "Desktop Entry":
                yield Found(value, _place(path), notes=("An action in the launcher's menu.",))


def _software_centre() -> Iterator[Found]:
    path = CHECKOUT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml"
    page = ElementTree.parse(path).getroot()
    for element in page.iter():
        if element.tag in ("summary", "p", "li") and element.text:
            yield Found(" ".join(element.text.split()), _place(path), notes=("The page of a software centre.",))
