"""The content of a pack: cards and routines, with their pictures, shared as one file.

Pure, on the reading thread: ``pack_from`` turns the parsed table into a ``Pack``, or raises a ``CardError`` whose key
says where the mistake is. ``store/cards/pack.py`` reads the file within limits of size and time, and finds the line.

    numbguard_pack = 1
    title = "From my physiotherapist"
    [[card]]
    slug = "heel-slides"            # then the keys of a card file; a picture is a table of kind and data
    [[routine]]
    slug = "evening"                # then the keys of a routine file
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from numbguard.core.sentence import N_, sentence

from .cards import SLUG_RULE, Card, card_from, is_slug, with_motions_of
from .picture_rules import MAX_BYTES, OwnPicture, PictureError, PictureKind, checked_picture
from .routines import Routine, routine_from
from .table_reader import CardError, TableReader, shown

FORMAT: Final = 1
MAX_CARDS: Final = 60
MAX_ROUTINES: Final = 20


@dataclass(frozen=True, slots=True)
class PackedCard:
    """A card of a pack, checked."""

    card: Card
    table: Mapping[str, object]
    """The content of the card's own file, once imported."""
    picture: OwnPicture | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, checked."""

    title: str
    cards: tuple[PackedCard, ...] = ()
    routines: tuple[Routine, ...] = ()


def pack_from(name: str, table: Mapping[str, object], *, card_of: Callable[[str], Card | None]) -> Pack:
    """The pack in a parsed file called ``name``. ``card_of`` gives the card of a slug with its motions, or None.

    Raises ``CardError`` with a sentence, and a key that says where in the file the mistake is.
    """
    if "numbguard_pack" not in table:
        raise CardError(N_("This isn't a NumbGuard pack: the line “numbguard_pack = 1” is missing."))
    if type(table["numbguard_pack"]) is not int or table["numbguard_pack"] != FORMAT:
        raise CardError(N_("This pack is newer than this NumbGuard. Update NumbGuard."), key="numbguard_pack")
    top = TableReader(name, table, what="pack")
    top.only("numbguard_pack", "title", "card", "routine")
    title = top.text("title", limit=100, default="")
    cards: dict[str, PackedCard] = {}
    for reading in _parts(top, "card", MAX_CARDS):
        slug = _slug(reading, cards)
        with _within(reading):
            cards[slug] = _card(slug, reading.table)

    def found(slug: str) -> Card | None:
        return cards[slug].card if slug in cards else card_of(slug)

    for reading, packed in zip(_parts(top, "card", MAX_CARDS), cards.values(), strict=True):
        if packed.card.like:
            with _within(reading):
                with_motions_of(packed.card, found(packed.card.like))
    routines: dict[str, Routine] = {}
    for reading in _parts(top, "routine", MAX_ROUTINES):
        slug = _slug(reading, routines)
        with _within(reading):
            routine = routines[slug] = routine_from(slug, _without_slug(reading.table))
        for name in routine.cards:
            if found(name) is None:
                reading.fail(
                    "cards",
                    sentence("has “{shown}”, which is neither in this pack nor among your cards", shown=shown(name)),
                )
    if not cards and not routines:
        raise CardError(N_("It contains no card and no routine."))
    return Pack(title, tuple(cards.values()), tuple(routines.values()))


def _parts(top: TableReader, key: str, most: int) -> list[TableReader]:
    return top.parts(key, most=most) if key in top.table else []


def _slug(reading: TableReader, taken: Collection[str]) -> str:
    slug = reading.text("slug", limit=200)
    if not is_slug(slug):
        reading.fail("slug", sentence("is “{shown}”; it {slug_rule}", shown=shown(slug), slug_rule=SLUG_RULE))
    if slug in taken:
        reading.fail("slug", sentence("is “{slug}” a second time", slug=slug))
    return slug


def _without_slug(table: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if key != "slug"}


def _card(slug: str, entry: Mapping[str, object]) -> PackedCard:
    table = _without_slug(entry)
    reading = TableReader(slug, table)
    picture = None
    if isinstance(table.get("picture"), str):
        reading.fail("picture", N_("names a file; a pack contains its pictures itself, as “kind” and “data”"))
    if "picture" in table:
        picture = _picture(reading.part("picture"))
        table["picture"] = f"{slug}.{picture.kind}"
    return PackedCard(card_from(slug, table), table, picture)


def _picture(reading: TableReader) -> OwnPicture:
    reading.only("kind", "data")
    kind = reading.word("kind", PictureKind)
    written = reading.data("data", limit=8 * MAX_BYTES).strip()
    try:
        if kind is PictureKind.SVG and written.startswith("<"):
            return checked_picture(kind, written.encode())
        return checked_picture(kind, base64.b64decode("".join(written.split()), validate=True))
    except binascii.Error:
        reading.fail("data", N_("is not the picture in Base64"))
    except PictureError as error:
        reading.fail("data", str(error))


@contextmanager
def _within(reading: TableReader) -> Iterator[None]:
    """Prefix the key of a ``CardError`` with the entry's place in the pack."""
    try:
        yield
    except CardError as error:
        raise CardError(str(error), key=f"{reading.where}.{error.key}") from error
