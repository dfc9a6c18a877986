"""The words of the library of stretches. Pure, on any thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from numbguard.core.cards.body_areas import BodyArea
from numbguard.core.cards.cards import Card, CardKind
from numbguard.core.settings.choices import Place
from numbguard.wording.catalogue import N_, _
from numbguard.wording.lengths import say_rounded

AREAS: Final[Mapping[BodyArea, str]] = {
    BodyArea.FEET: N_("Feet and ankles"),
    BodyArea.CALVES: N_("Calves and shins"),
    BodyArea.KNEES_THIGHS: N_("Knees and thighs"),
    BodyArea.HIPS: N_("Hips and buttocks"),
    BodyArea.BACK: N_("Lower back"),
    BodyArea.NECK_SHOULDERS: N_("Neck, shoulders and chest"),
    BodyArea.EYES: N_("Eyes"),
}
PLACES: Final[Mapping[Place, str]] = {
    Place.SEATED: N_("On a chair"),
    Place.STANDING: N_("Standing"),
    Place.WALL: N_("Against a wall"),
    Place.FLOOR: N_("On the floor"),
}


def facts(card: Card) -> str:
    """Where a card can be done and how long it takes, in a line."""
    return " · ".join([*(_(PLACES[place]) for place in card.places), say_rounded(card.seconds)])


def remark(card: Card, *, is_on: bool, is_never: bool) -> str:
    """Why a card does not come at a break; empty where it does."""
    if is_never:
        return _("You never get this one.")
    if not is_on:
        return _("Off: a therapist has to advise it.")
    if card.kind is CardKind.RELIEF:
        return _("For a leg that is numb now.")
    if card.kind is CardKind.POSTURE:
        return _("To look at and copy.")
    return ""
