"""A routine: several cards in a row. What its file may say, and how long it takes.

Pure. ``store/library.py`` and ``store/pack.py`` read the files and hand their tables to ``routine_from``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .cards import is_slug
from .reading import Reading

MAX_CARDS: Final = 20


@dataclass(frozen=True, slots=True)
class Routine:
    slug: str
    title: str
    why: str
    cards: tuple[str, ...]
    """Slugs, in order."""


def routine_from(slug: str, table: Mapping[str, object]) -> Routine:
    """A routine out of a parsed file. Raises CardError with a sentence that names the routine and the key."""
    reading = Reading(slug, table, what="routine")
    if not is_slug(slug):
        reading.fail("its file name", "must be lower-case letters, digits and single hyphens")
    reading.only("title", "why", "cards")
    return Routine(
        slug=slug,
        title=reading.text("title", limit=60),
        why=reading.text("why", limit=200, default=""),
        cards=reading.names("cards", most=MAX_CARDS),
    )
