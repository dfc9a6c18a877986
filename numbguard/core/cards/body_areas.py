"""The parts of the body by which a person looks for a stretch, coarser than the places of the log. Pure, any thread."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from numbguard.core.sites import Region

from .cards import Card, ServedPart, StiffPart


class BodyArea(Enum):
    """From the feet up, as the library lists them."""

    FEET = "feet"
    CALVES = "calves"
    KNEES_THIGHS = "knees_thighs"
    HIPS = "hips"
    BACK = "back"
    NECK_SHOULDERS = "neck_shoulders"
    EYES = "eyes"


_AREAS: Final[Mapping[ServedPart, BodyArea]] = {
    Region.TOES: BodyArea.FEET,
    Region.SOLE: BodyArea.FEET,
    Region.FOOT_TOP: BodyArea.FEET,
    Region.ANKLE: BodyArea.FEET,
    Region.CALF: BodyArea.CALVES,
    Region.SHIN: BodyArea.CALVES,
    Region.KNEE: BodyArea.KNEES_THIGHS,
    Region.THIGH_FRONT: BodyArea.KNEES_THIGHS,
    Region.THIGH_OUTER: BodyArea.KNEES_THIGHS,
    Region.THIGH_BACK: BodyArea.KNEES_THIGHS,
    Region.HIP: BodyArea.HIPS,
    Region.BUTTOCK: BodyArea.HIPS,
    Region.LOWER_BACK: BodyArea.BACK,
    StiffPart.CHEST: BodyArea.NECK_SHOULDERS,
    StiffPart.NECK: BodyArea.NECK_SHOULDERS,
    StiffPart.SHOULDERS: BodyArea.NECK_SHOULDERS,
    StiffPart.EYES: BodyArea.EYES,
}


def areas_of(card: Card) -> tuple[BodyArea, ...]:
    """The areas that a card serves, the one that it serves most first, each once."""
    return tuple(dict.fromkeys(_AREAS[region] for region in card.regions))
