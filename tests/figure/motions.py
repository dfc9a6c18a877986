"""Every movement of the cards that NumbGuard ships, for the tests that check all of them."""

from __future__ import annotations

import pytest

from numbguard.core.cards.cards import Card
from numbguard.core.cards.motion import Motion
from numbguard.resources import resources
from numbguard.store.cards.library import Library


def _whole_cards() -> list[Card]:
    library = Library(resources() / "cards")
    return [card for words in library.cards() if (card := library.card(words.slug))]


CARDS = _whole_cards()
MOTIONS: list[tuple[str, Motion]] = [
    (f"{card.slug}-{motion.name}", motion) for card in CARDS for motion in card.motions.values()
]
every_motion = pytest.mark.parametrize("motion", [pytest.param(motion, id=name) for name, motion in MOTIONS])
