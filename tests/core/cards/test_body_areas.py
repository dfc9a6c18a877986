"""Every card of the library is found by a part of the body."""

from __future__ import annotations

from numbguard.core.cards.body_areas import BodyArea, areas_of
from numbguard.core.cards.cards import CardKind, StiffPart
from numbguard.core.sites import Region
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from tests.core.cards.test_choosing import CALF, card


def test_a_card_is_in_the_areas_that_it_serves_the_first_first() -> None:
    assert areas_of(CALF) == (BodyArea.CALVES, BodyArea.FEET)


def test_every_part_that_a_card_can_serve_is_in_an_area() -> None:
    for part in (*Region, *StiffPart):
        assert len(areas_of(card("one", CALF.muscle, part))) == 1


def test_each_area_has_a_break_card() -> None:
    found = {area for one in Library(resource("cards")).cards() if one.kind is CardKind.BREAK for area in areas_of(one)}
    assert found == set(BodyArea)
