"""A routine: several cards in a row. Checks its file, and says which card is shown when.

Pure. ``store/cards/`` and ``pack_rules.py`` pass parsed tables to ``routine_from``, on the thread that reads the file;
the card window calls ``part_at`` on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from numbguard.core.sentence import N_
from numbguard.core.sites import Region

from .cards import SLUG_RULE, Card, is_slug
from .table_reader import TableReader

MAX_CARDS: Final = 20
MIN_SECONDS: Final = 5
"""Shortest time that a routine may set for a card."""
MAX_SECONDS: Final = 900
"""Longest time that a routine may set for a card."""
DAILY: Final = "daily"
"""The slug of the daily routine; a routine of the person's own with this slug replaces it."""


@dataclass(frozen=True, slots=True)
class Routine:
    """Several cards in turn, by their slugs."""

    slug: str
    title: str
    why: str
    cards: tuple[str, ...]
    """Slugs, in order."""
    seconds: tuple[int, ...] = ()
    """The time of each card; 0 or missing means as long as the card's own steps."""

    @property
    def turns(self) -> tuple[tuple[str, int], ...]:
        """Each card with its seconds; 0 means as long as the card's own steps."""
        return tuple((card, seconds or 0) for card, seconds in zip_longest(self.cards, self.seconds))


def routine_from(slug: str, table: Mapping[str, object]) -> Routine:
    """A routine from a parsed file. Raises CardError with a sentence that names the routine and the key."""
    reading = TableReader(slug, table, what="routine")
    if not is_slug(slug):
        reading.fail(N_("its file name"), SLUG_RULE)
    reading.only("title", "why", "cards")
    listed = reading.entries("cards", of=N_("names of cards"), most=MAX_CARDS)
    turns = [_turn(reading, number, entry) for number, entry in enumerate(listed, 1)]
    seconds = tuple(seconds for _, seconds in turns)
    return Routine(
        slug=slug,
        title=reading.text("title", limit=60),
        why=reading.text("why", limit=200, default=""),
        cards=tuple(card for card, _ in turns),
        seconds=seconds if any(seconds) else (),
    )


def _turn(reading: TableReader, number: int, entry: object) -> tuple[str, int]:
    """The card and seconds of one entry, which is a card's name or a table of ``card`` and ``seconds``."""
    if isinstance(entry, str):
        entry = {"card": entry}
    if not isinstance(entry, Mapping):
        reading.fail(f"cards {number}", N_("must be the name of a card, or a table of “card” and “seconds”"))
    turn = TableReader(reading.card, entry, f"cards {number}", what=reading.what)
    turn.only("card", "seconds")
    card = turn.text("card", limit=60)
    return card, turn.whole("seconds", low=MIN_SECONDS, high=MAX_SECONDS) if "seconds" in entry else 0


def routine_table(routine: Routine) -> dict[str, object]:
    """The table of the routine's file, from which ``routine_from`` makes the same routine again."""
    cards = [{"card": card, "seconds": seconds} if seconds else card for card, seconds in routine.turns]
    return {"title": routine.title, **({"why": routine.why} if routine.why else {}), "cards": cards}


@dataclass(frozen=True, slots=True)
class RoutinePart:
    """One card of a routine, and its seconds from the routine's start."""

    routine: str
    """Its title."""
    card: str
    number: int
    """From 1."""
    of: int
    start_s: float
    end_s: float


def parts(routine: Routine, card_of: Callable[[str], Card | None]) -> tuple[RoutinePart, ...]:
    """The cards in turn, each with its time; omits a card that does not exist."""
    found = [(card, seconds) for slug, seconds in routine.turns if (card := card_of(slug)) is not None]
    made: list[RoutinePart] = []
    start_s = 0.0
    for number, (card, seconds) in enumerate(found, 1):
        end_s = start_s + (seconds or card.seconds)
        made.append(RoutinePart(routine.title, card.slug, number, len(found), start_s, end_s))
        start_s = end_s
    return tuple(made)


def part_at(parts: Sequence[RoutinePart], elapsed_s: float) -> RoutinePart:
    """The part shown after ``elapsed_s`` seconds; the last one once all are over."""
    return next((part for part in parts if elapsed_s < part.end_s), parts[-1])


def stretches(cards: Sequence[Card | None]) -> bool:
    """Whether a routine counts as the day's stretching: at least half of its cards must serve the lower back, the hips
    or the legs, as the guide's routine does (``GuideSection.PREVENTION_MOVEMENT``)."""
    serving = sum(card is not None and isinstance(card.regions[0], Region) for card in cards)
    return serving * 2 >= max(len(cards), 1)


def break_name(slug: str) -> str:
    """The name of a break with a routine, used where other breaks have a card's slug; no slug can be equal to it."""
    return f"routine:{slug}"
