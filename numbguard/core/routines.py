"""A routine: several cards in a row. What its file may say, and which card is on when.

Pure. ``store/routine_shelf.py`` and ``store/pack.py`` read the files and hand their tables to ``routine_from``; the
card window asks ``part_at`` on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .cards import Card, is_slug
from .reading import Reading

MAX_CARDS: Final = 20
DAILY: Final = "daily"
"""The routine of every day; a person's own of this name takes its place."""


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


@dataclass(frozen=True, slots=True)
class Part:
    """One card of a routine, and its time within the whole."""

    routine: str
    """Its title."""
    card: str
    number: int
    """From 1."""
    of: int
    start_s: float
    end_s: float


def parts(routine: Routine, card_of: Callable[[str], Card | None]) -> tuple[Part, ...]:
    """The cards one after the other, each as long as its own steps; one that is not there is left out."""
    cards = [card for card in map(card_of, routine.cards) if card is not None]
    made: list[Part] = []
    start_s = 0.0
    for number, card in enumerate(cards, 1):
        end_s = start_s + card.seconds
        made.append(Part(routine.title, card.slug, number, len(cards), start_s, end_s))
        start_s = end_s
    return tuple(made)


def part_at(parts: Sequence[Part], elapsed_s: float) -> Part:
    """Which part is on; the last one once all are over."""
    return next((part for part in parts if elapsed_s < part.end_s), parts[-1])


def break_name(slug: str) -> str:
    """What a break with a routine is called where one with a card has the card's slug; no card can be called so."""
    return f"routine:{slug}"
