"""The content of a break card, and the checks on a parsed card file.

Pure, on the caller's thread. `store/cards/library.py` reads the files and passes their tables to `card_from`;
`choosing.py` chooses the next card; the card window shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from numbguard.core.guide.sections import GuideSection
from numbguard.core.sentence import N_, enumerated, sentence
from numbguard.core.settings.choices import AdvisedCard, Place
from numbguard.core.sites import Region, Side

from .motion import Motion
from .motion_reading import motions_from
from .picture_rules import OwnPicture
from .table_reader import CardError, TableReader, shown

__all__ = [
    "SLUG_RULE",
    "Card",
    "CardError",
    "CardKind",
    "CardStep",
    "GuideSection",
    "Muscle",
    "Place",
    "Region",
    "ServedPart",
    "Side",
    "StiffPart",
    "card_from",
    "is_picture_name",
    "is_slug",
    "with_motions_of",
]  # fmt: skip


class Muscle(StrEnum):
    """The muscle that a card works most: no two cards in a row work the same one, where there is a choice."""

    HAMSTRING = "hamstring"
    QUAD = "quad"
    CALF = "calf"
    LOWER_LEG = "lower_leg"
    """Calf and shin in turn."""
    ANKLE = "ankle"
    FOOT = "foot"
    BUTTOCK = "buttock"
    HIP = "hip"
    BACK = "back"
    WAIST = "waist"
    CORE = "core"
    SHOULDER = "shoulder"
    NECK = "neck"
    EYES = "eyes"
    BREATH = "breath"
    WHOLE = "whole"


class StiffPart(StrEnum):
    """Parts that a card may serve although no episode names them: sitting makes them stiff, but they are not legs."""

    NECK = "neck"
    SHOULDERS = "shoulders"
    EYES = "eyes"
    CHEST = "chest"


ServedPart = Region | StiffPart
_SERVED_PARTS: Final[Mapping[str, ServedPart]] = {each.value: each for each in (*Region, *StiffPart)}


class CardKind(StrEnum):
    """The purpose of a card, which also limits its length (see ``LIMITS``)."""

    BREAK = "break"
    RELIEF = "relief"
    """For a leg that is numb now: shown in the relief window, not at a break."""
    POSTURE = "posture"
    """A still picture to look at and copy."""


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of a card: what to do, for how long, on which side."""

    text: str
    seconds: int
    side: Side
    motion: str
    """The name of the motion shown meanwhile; empty where the card has a picture of its own."""
    repetitions: int = 1
    """Number of repetitions within ``seconds``."""

    @property
    def instruction(self) -> str:
        """The step's text with its repetitions."""
        return (
            self.text
            if self.repetitions == 1
            else sentence("{text} ({repetitions} times)", text=self.text, repetitions=self.repetitions)
        )

    @property
    def mirrored(self) -> bool:
        """Whether to mirror the motion: every motion is drawn for the right side."""
        return self.side is Side.LEFT


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its words, and its motions if they were read."""

    slug: str
    title: str
    why: str
    section: GuideSection | None
    """The section of the guide on which it is based; None where the guide has nothing of it."""
    places: tuple[Place, ...]
    regions: tuple[ServedPart, ...]
    """The parts it serves, best first."""
    muscle: Muscle
    caution: str
    steps: tuple[CardStep, ...]
    motions: Mapping[str, Motion] = field(default_factory=dict)
    """By name; empty while only the words have been read."""
    kind: CardKind = CardKind.BREAK
    like: str = ""
    """The slug of the card whose motions it borrows; empty where it borrows none."""
    picture: str = ""
    """The name of the person's own picture file, which is beside the card's file and replaces motions; may be empty."""
    image: OwnPicture | None = None
    """The content of that file; read together with the motions."""
    source: str = ""
    """What it is based on, by name, where that is not the guide."""

    @property
    def seconds(self) -> int:
        return sum(step.seconds for step in self.steps)

    @property
    def advised_only(self) -> bool:
        """Whether it stays off until the person says that a therapist has advised it."""
        return self.slug in tuple(AdvisedCard)

    @property
    def for_legs(self) -> bool:
        """Whether it serves a part of the legs first of all."""
        return isinstance(self.regions[0], Region) and self.regions[0] is not Region.LOWER_BACK


MAX_STEPS: Final = 12
"""Most steps of a card."""
MIN_SECONDS: Final = 60
MAX_SECONDS: Final = 120
LIMITS: Final = {
    CardKind.BREAK: (MIN_SECONDS, MAX_SECONDS),
    # A leg often wakes within half a minute of shaking; lying down with it raised takes a few minutes.
    CardKind.RELIEF: (20, 300),
    # People look up how to sit well; they do not practise it.
    CardKind.POSTURE: (15, MAX_SECONDS),
}
"""Least and greatest length of a card in seconds, by its kind."""
OWN_LIMITS: Final = (10, 600)
"""The same for a card with its own picture or a borrowed motion: the person may have been told how long to do it."""
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_RULE: Final = N_(
    "must be lower-case letters, digits and single hyphens, and not what Windows keeps for itself, such as con or nul"
)
_DEVICE: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_PICTURE: Final = re.compile(r"[^\s./\\:][^/\\:\x00-\x1f\x7f]*\.(svg|png|gif|webp)", re.IGNORECASE)
"""A name as people and cameras give them, capitals and spaces included; no path, and no name that hides the file."""


def is_slug(text: str) -> bool:
    """Whether a text can be the name of a card or routine, and therefore of a file."""
    return len(text) <= 60 and _SLUG.fullmatch(text) is not None and not _DEVICE.fullmatch(text)


def card_from(slug: str, table: Mapping[str, object], *, words_only: bool = False) -> Card:
    """A card from a parsed file. Raises CardError with a sentence that names the card and the key.

    With `words_only`, the table may lack the motions: a list of cards does not read them.
    """
    reading = TableReader(slug, table)
    if not is_slug(slug):
        reading.fail(N_("its file name"), SLUG_RULE)
    reading.only(
        "title", "why", "kind", "section", "source", "places", "regions", "muscle", "caution", "steps",
        "motion", "like", "picture",
    )  # fmt: skip
    like, picture = _borrowed(reading), _picture(reading)
    source = reading.text("source", limit=160, default="")
    card = Card(
        slug=slug,
        title=reading.text("title", limit=60),
        why=reading.text("why", limit=200),
        section=None if source and "section" not in table else reading.word("section", GuideSection),
        places=reading.words("places", Place),
        regions=reading.words_of("regions", _SERVED_PARTS),
        muscle=reading.word("muscle", Muscle),
        caution=reading.text("caution", limit=240, default=""),
        steps=tuple(_step(each, still=bool(picture)) for each in reading.parts("steps", most=MAX_STEPS)),
        kind=reading.word("kind", CardKind, CardKind.BREAK),
        like=like,
        picture=picture,
        source=source,
    )
    least, most = OWN_LIMITS if like or picture else LIMITS[card.kind]
    if not least <= card.seconds <= most:
        reading.fail(
            "steps",
            sentence(
                "must last {least} to {most} seconds in total, not {seconds}",
                least=least,
                most=most,
                seconds=card.seconds,
            ),
        )
    if words_only or like or picture:
        return card
    motions = reading.part("motion")
    if not motions.table:
        reading.fail("motion", N_("is missing"))
    for number, step in enumerate(card.steps, 1):
        if step.motion not in motions.table:
            reading.fail(
                f"steps {number}.motion",
                sentence("is “{shown}”, which the card does not describe", shown=shown(step.motion)),
            )
    return replace(card, motions=motions_from(motions))


def _borrowed(reading: TableReader) -> str:
    like = reading.text("like", limit=60, default="")
    if like and "motion" in reading.table:
        reading.fail("motion", N_("is already borrowed with “like”"))
    return like


def is_picture_name(text: str) -> bool:
    """Whether a text can be the name of a picture beside the card's file, on every system."""
    return bool(_PICTURE.fullmatch(text)) and not _DEVICE.fullmatch(text.split(".")[0].strip().lower())


def _picture(reading: TableReader) -> str:
    picture = reading.data("picture", limit=200, default="")
    if picture and not is_picture_name(picture):
        reading.fail("picture", N_("must be the name of an SVG, PNG, GIF or WebP file beside the card's, not a path"))
    if picture and not {"motion", "like"}.isdisjoint(reading.table):
        reading.fail("picture", N_("replaces a motion: remove one of them"))
    return picture


def with_motions_of(card: Card, lender: Card | None) -> Card:
    """A card that borrows motions, together with those of `lender`.

    Raises CardError where `lender` has no motions of its own, or lacks the motion of a step.
    """
    reading = TableReader(card.slug, {})
    if lender is None or not lender.motions or lender.like:
        reading.fail(
            "like", sentence("is “{shown}”, which isn't a card with motions of its own", shown=shown(card.like))
        )
    for number, step in enumerate(card.steps, 1):
        if step.motion not in lender.motions:
            names = enumerated(lender.motions)
            reading.fail(
                f"steps {number}.motion",
                sentence("is “{shown}”; “{like}” has: {names}", shown=shown(step.motion), like=card.like, names=names),
            )
    return replace(card, motions=lender.motions)


def _step(reading: TableReader, *, still: bool) -> CardStep:
    reading.only("text", "seconds", "side", "motion", "repetitions")
    return CardStep(
        text=reading.text("text", limit=160),
        seconds=reading.whole("seconds", low=3, high=max(most for _, most in LIMITS.values())),
        side=reading.word("side", Side, Side.BOTH),
        motion=reading.text("motion", limit=40, default="" if still else None),
        repetitions=reading.whole("repetitions", low=1, high=100, default=1),
    )
