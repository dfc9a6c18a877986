"""Chooses the stretch that the first start lets the person try. Pure, on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from numbguard.core.cards.cards import Card
from numbguard.core.settings.choices import Place

SHORT_STRETCH_S = 20.0
"""Seconds that the stretch takes."""

_STEPS = 2
"""The steps that stretch one side: get into place, and hold. Both sides would be a hurry in 20 seconds."""

_CARDS = (
    (Place.SEATED, "seated-hamstring"),
    (Place.STANDING, "standing-hamstring"),
    (Place.WALL, "calf-wall"),
)


def short_stretch(places: Collection[Place], card_of: Callable[[str], Card | None]) -> Card | None:
    """The first half of a card for one of ``places``, in less time; ``None`` where no card for them can be read."""
    for place, slug in _CARDS:
        if place in places and (card := card_of(slug)) is not None:
            steps = card.steps[:_STEPS]
            share = SHORT_STRETCH_S / sum(step.seconds for step in steps)
            return replace(card, steps=tuple(replace(step, seconds=round(step.seconds * share)) for step in steps))
    return None
