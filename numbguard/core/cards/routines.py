"""A routine: several cards in a row. What its file may say, and which card is on when.

Pure. ``store/cards/routines.py`` and ``store/cards/pack.py`` read the files and hand their tables to ``routine_from``;
the card window asks ``part_at`` on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from numbguard.core.body import Region

from .cards import SLUG_RULE, Card, is_slug
from .table_reader import TableReader

MAX_CARDS: Final = 20
LEAST_SECONDS: Final = 5
MOST_SECONDS: Final = 900
DAILY: Final = "daily"
"""The routine of every day; a person's own of this name takes its place."""


@dataclass(frozen=True, slots=True)
class Routine:
    """Several cards in turn, by their names."""

    slug: str
    title: str
    why: str
    cards: tuple[str, ...]
    """Slugs, in order."""
    seconds: tuple[int, ...] = ()
    """For each card; 0, or left out: as long as its own steps."""

    @property
    def turns(self) -> tuple[tuple[str, int], ...]:
        """Each card with its seconds."""
        return tuple((card, seconds or 0) for card, seconds in zip_longest(self.cards, self.seconds))


def routine_from(slug: str, table: Mapping[str, object]) -> Routine:
    """A routine out of a parsed file. Raises CardError with a sentence that names the routine and the key."""
    reading = TableReader(slug, table, what="routine")
    if not is_slug(slug):
        reading.fail("its file name", SLUG_RULE)
    reading.only("title", "why", "cards")
    listed = reading.entries("cards", of="names of cards", most=MAX_CARDS)
    turns = [_turn(reading, number, told) for number, told in enumerate(listed, 1)]
    seconds = tuple(seconds for _, seconds in turns)
    return Routine(
        slug=slug,
        title=reading.text("title", limit=60),
        why=reading.text("why", limit=200, default=""),
        cards=tuple(card for card, _ in turns),
        seconds=seconds if any(seconds) else (),
    )


def _turn(reading: TableReader, number: int, told: object) -> tuple[str, int]:
    """A card's name, or a table of ``card`` and ``seconds``."""
    if isinstance(told, str):
        told = {"card": told}
    if not isinstance(told, Mapping):
        reading.fail(f"cards {number}", "must be the name of a card, or a table of “card” and “seconds”")
    turn = TableReader(reading.card, told, f"cards {number}", what=reading.what)
    turn.only("card", "seconds")
    card = turn.text("card", limit=60)
    return card, turn.whole("seconds", low=LEAST_SECONDS, high=MOST_SECONDS) if "seconds" in told else 0


def table_of(routine: Routine) -> dict[str, object]:
    """What the routine's file says: ``routine_from`` gives the same routine again."""
    cards = [{"card": card, "seconds": seconds} if seconds else card for card, seconds in routine.turns]
    return {"title": routine.title, **({"why": routine.why} if routine.why else {}), "cards": cards}


@dataclass(frozen=True, slots=True)
class RoutinePart:
    """One card of a routine, and its time within the whole."""

    routine: str
    """Its title."""
    card: str
    number: int
    """From 1."""
    of: int
    start_s: float
    end_s: float


def parts(routine: Routine, card_of: Callable[[str], Card | None]) -> tuple[RoutinePart, ...]:
    """The cards one after the other, each for its seconds; one that is not there is left out."""
    found = [(card, seconds) for slug, seconds in routine.turns if (card := card_of(slug)) is not None]
    made: list[RoutinePart] = []
    start_s = 0.0
    for number, (card, seconds) in enumerate(found, 1):
        end_s = start_s + (seconds or card.seconds)
        made.append(RoutinePart(routine.title, card.slug, number, len(found), start_s, end_s))
        start_s = end_s
    return tuple(made)


def part_at(parts: Sequence[RoutinePart], elapsed_s: float) -> RoutinePart:
    """Which part is on; the last one once all are over."""
    return next((part for part in parts if elapsed_s < part.end_s), parts[-1])


def stretches(cards: Sequence[Card | None]) -> bool:
    """Whether a routine counts as the day's stretching: half of its cards are for the lower back, the hips or the legs,
    which is what the guide's routine is made of (``Section.PREVENTION_MOVEMENT``)."""
    serving = sum(card is not None and isinstance(card.regions[0], Region) for card in cards)
    return serving * 2 >= max(len(cards), 1)


def break_name(slug: str) -> str:
    """What a break with a routine is called where one with a card has the card's slug; no card can be called so."""
    return f"routine:{slug}"
