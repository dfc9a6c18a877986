"""A card or routine while the person writes it: the content of the form, what is missing, and the file it will become.

Pure. The editor's windows use drafts on the GUI thread; ``store/cards/own_cards.py`` reads and writes the files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from numbguard.core.guide.sections import GuideSection
from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Side

from .cards import MAX_STEPS, OWN_LIMITS, Card, Muscle, ServedPart, is_slug
from .picture_rules import OwnPicture
from .routines import MAX_CARDS, MAX_SECONDS, MIN_SECONDS, Routine

TITLE_LIMIT: Final = 60
WHY_LIMIT: Final = 200
CAUTION_LIMIT: Final = 240
STEP_LIMIT: Final = 160
MIN_STEP_S: Final = 3
MAX_STEP_S: Final = 300
MAX_REPETITIONS: Final = 100
OWN_WHY: Final = N_("My own card.")
"""The text of a card's ``why`` where the person leaves it empty."""


class FormPart(Enum):
    """A part of the form."""

    TITLE = "title"
    STEPS = "steps"
    PLACES = "places"
    REGIONS = "regions"
    PICTURE = "picture"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class MissingPart:
    """Something that is still missing, as a sentence, and the part of the form where it is missing."""

    part: FormPart
    sentence: str
    row: int | None = None
    """The number of the step or card, from 0."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step of a card in the form."""

    text: str = ""
    seconds: int = 30
    side: Side = Side.BOTH
    repetitions: int = 1
    motion: str = ""


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card in the form, complete or not."""

    title: str = ""
    why: str = ""
    places: frozenset[Place] = frozenset()
    regions: tuple[ServedPart, ...] = ()
    """The parts it serves, best first."""
    muscle: Muscle = Muscle.WHOLE
    section: GuideSection | None = GuideSection.PREVENTION_MOVEMENT
    source: str = ""
    """What the card is based on where that is not the guide."""
    caution: str = ""
    steps: tuple[StepDraft, ...] = (StepDraft(),)
    like: str = ""
    """The slug of the card whose motions it borrows; empty where it borrows none."""
    picture: OwnPicture | None = None
    """The person's own picture."""
    motions: Mapping[str, object] = field(default_factory=dict)
    """Motions that somebody wrote into the card's file by hand; the editor keeps them unchanged."""
    kind: str = ""
    """The ``kind`` of the card's file, kept unchanged; empty where the file has none."""

    @property
    def seconds(self) -> int:
        return sum(step.seconds for step in self.steps)


def draft_of(card: Card, table: Mapping[str, object]) -> CardDraft:
    """The draft of an existing card; ``table`` is its parsed file."""
    motions, kind = table.get("motion"), table.get("kind")
    return CardDraft(
        title=card.title,
        why="" if card.why == OWN_WHY else card.why,
        places=frozenset(card.places),
        regions=card.regions,
        muscle=card.muscle,
        section=card.section,
        source=card.source,
        caution=card.caution,
        steps=tuple(StepDraft(one.text, one.seconds, one.side, one.repetitions, one.motion) for one in card.steps),
        like=card.like,
        picture=card.image,
        motions=motions if isinstance(motions, Mapping) else {},
        kind=kind if isinstance(kind, str) else "",
    )


def draft_borrowing(card: Card) -> CardDraft:
    """The draft that *Duplicate* makes of a card: a copy that borrows the card's motions."""
    return replace(draft_of(card, {}), like=card.like or card.slug)


def with_motions_from(draft: CardDraft, lender: Card) -> CardDraft:
    """The draft with another card's motions; a step whose motion that card lacks gets the card's first motion."""
    first = next(iter(lender.motions), "")
    steps = tuple(step if step.motion in lender.motions else replace(step, motion=first) for step in draft.steps)
    return replace(
        draft,
        like=lender.slug,
        picture=None,
        motions={},
        kind="",
        steps=steps,
        section=lender.section,
        source=lender.source,
    )


def with_picture(draft: CardDraft, picture: OwnPicture | None) -> CardDraft:
    """The draft with the person's own picture in place of any motion."""
    steps = tuple(replace(step, motion="") for step in draft.steps)
    return replace(draft, like="", picture=picture, motions={}, kind="", steps=steps)


def missing_parts(draft: CardDraft) -> tuple[MissingPart, ...]:
    """The missing parts of the card, in the order of the form; an empty tuple means that it can be saved."""
    found: list[MissingPart] = []
    if not draft.title.strip():
        found.append(MissingPart(FormPart.TITLE, N_("Give the card a name.")))
    if not (draft.like or draft.picture or draft.motions):
        found.append(MissingPart(FormPart.PICTURE, N_("Choose a picture, or borrow a motion.")))
    if not draft.steps:
        found.append(MissingPart(FormPart.STEPS, N_("Add a step.")))
    for row, step in enumerate(draft.steps):
        if not step.text.strip():
            found.append(MissingPart(FormPart.STEPS, sentence("Say what to do in step {row}.", row=row + 1), row))
    least, most = OWN_LIMITS
    if draft.steps and not draft.motions and not least <= draft.seconds <= most:
        found.append(
            MissingPart(
                FormPart.STEPS,
                (
                    sentence(
                        "The steps last {seconds} seconds in total. They must last {least} to {most}.",
                        seconds=draft.seconds,
                        least=least,
                        most=most,
                    )
                ),
            )
        )
    if not draft.places:
        found.append(MissingPart(FormPart.PLACES, N_("Say where you can do it.")))
    if not draft.regions:
        found.append(MissingPart(FormPart.REGIONS, N_("Say what it's good for.")))
    return tuple(found)


def card_table(draft: CardDraft, *, picture_file: str = "") -> dict[str, object]:
    """The table of the card's file. ``picture_file`` is the name of the file that will contain its picture."""
    table: dict[str, object] = {"title": _line(draft.title), "why": _line(draft.why) or OWN_WHY}
    if draft.kind:
        table["kind"] = draft.kind
    if draft.section is not None:
        table["section"] = draft.section.value
    if draft.source:
        table["source"] = _line(draft.source)
    table |= {
        "places": [place.value for place in Place if place in draft.places],
        "regions": [region.value for region in draft.regions],
        "muscle": draft.muscle.value,
    }
    if draft.caution.strip():
        table["caution"] = _line(draft.caution)
    if draft.like:
        table["like"] = draft.like
    elif draft.picture:
        table["picture"] = picture_file
    table["steps"] = [_step_table(step) for step in draft.steps]
    if draft.motions:
        table["motion"] = dict(draft.motions)
    return table


def _step_table(step: StepDraft) -> dict[str, object]:
    table: dict[str, object] = {"text": _line(step.text), "seconds": step.seconds}
    if step.side is not Side.BOTH:
        table["side"] = step.side.value
    if step.repetitions != 1:
        table["repetitions"] = step.repetitions
    if step.motion:
        table["motion"] = step.motion
    return table


def _line(text: str) -> str:
    """Typed or pasted text on one line, without control characters and lone surrogates, which a file cannot contain."""
    return " ".join("".join(" " if unicodedata.category(each) in ("Cc", "Cs") else each for each in text).split())


# --- routines --------------------------------------------------------------------------------------------------------


def missing_routine_parts(routine: Routine, found: Callable[[str], Card | None]) -> tuple[MissingPart, ...]:
    """The missing parts of a routine; ``found`` gives the card of a slug, or None where there is no such card."""
    lacking: list[MissingPart] = []
    if not routine.title.strip():
        lacking.append(MissingPart(FormPart.TITLE, N_("Give the routine a name.")))
    if not routine.cards:
        lacking.append(MissingPart(FormPart.CARDS, N_("Add a card.")))
    for row, slug in enumerate(routine.cards):
        if found(slug) is None:
            lacking.append(
                MissingPart(
                    FormPart.CARDS,
                    sentence("Card {row}, “{slug}”, is missing: remove it.", row=row + 1, slug=slug),
                    row,
                )
            )
    return tuple(lacking)


def length_of(routine: Routine, found: Callable[[str], Card | None]) -> int:
    """Seconds of the whole routine; a card that does not exist counts as 0."""
    cards = ((found(slug), seconds) for slug, seconds in routine.turns)
    return sum(seconds or card.seconds for card, seconds in cards if card is not None)


# --- names -----------------------------------------------------------------------------------------------------------


def fresh_slug(title: str, *, taken: Collection[str], otherwise: str) -> str:
    """A new file name made from a title: ``ol-dehnen`` from ``Öl & Dehnen``; ``otherwise`` if no letter remains."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or otherwise
    return next(name for name in _numbered(slug) if name not in taken and is_slug(name))


def fresh_title(title: str, *, taken: Iterable[str]) -> str:
    """A new title for a copy: ``Heel slides 2``."""
    known, stem = set(taken), re.sub(r" \d{1,3}$", "", title)[: TITLE_LIMIT - 4].rstrip()
    return next(name for name in _numbered(stem, " ") if name not in known and name != stem)


def _numbered(stem: str, between: str = "-") -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}{between}{number}"
        number += 1


__all__ = [
    "CAUTION_LIMIT",
    "MAX_CARDS",
    "MAX_REPETITIONS",
    "MAX_SECONDS",
    "MAX_STEPS",
    "MAX_STEP_S",
    "MIN_SECONDS",
    "MIN_STEP_S",
    "OWN_WHY",
    "STEP_LIMIT",
    "TITLE_LIMIT",
    "WHY_LIMIT",
    "CardDraft",
    "FormPart",
    "MissingPart",
    "StepDraft",
    "card_table",
    "draft_borrowing",
    "draft_of",
    "fresh_slug",
    "fresh_title",
    "length_of",
    "missing_parts",
    "missing_routine_parts",
    "with_motions_from",
    "with_picture",
]  # fmt: skip
