"""The reason for a card, in the words of the card and of the announcement."""

from __future__ import annotations

import pytest

from numbguard.core.cards.choosing import ChoiceCause, ChoiceReason, LoggedSince
from numbguard.core.sites import Region, Side
from numbguard.wording.card_reason import in_announcement, on_card
from numbguard.wording.log.sites import part

TWICE = ChoiceReason(ChoiceCause.LOGGED, Region.CALF, Side.LEFT, 2, LoggedSince.MONDAY)


def test_what_was_logged_is_named_with_its_side_and_how_often() -> None:
    assert on_card(TWICE) == "For your left calf, which you logged twice this week."
    assert in_announcement(TWICE) == "for your left calf, twice this week"
    once = ChoiceReason(ChoiceCause.LOGGED, Region.TOES, None, 1, LoggedSince.FORTNIGHT)
    assert on_card(once) == "For the toes of your foot, which you logged once in the last two weeks."
    often = ChoiceReason(ChoiceCause.LOGGED, Region.HIP, Side.BOTH, 5, LoggedSince.FORTNIGHT)
    assert in_announcement(often) == "for your hips, 5 times in the last two weeks"


def test_a_card_whose_turn_it_is_says_so_and_is_announced_without_a_reason() -> None:
    assert on_card(ChoiceReason(ChoiceCause.WAITED)) == "You haven't done this one in a while."
    assert in_announcement(ChoiceReason(ChoiceCause.WAITED)) == ""


def test_a_card_that_was_never_shown_is_called_new() -> None:
    assert on_card(ChoiceReason(ChoiceCause.NEW)) == "A new one for you."
    assert in_announcement(ChoiceReason(ChoiceCause.NEW)) == ""


@pytest.mark.parametrize("region", [*Region, None])
@pytest.mark.parametrize("side", [*Side, None])
def test_every_part_of_the_leg_has_words_for_every_side(region: Region | None, side: Side | None) -> None:
    words = part(region, side)
    assert words.startswith(("your ", "the "))
    assert "{" not in words and "  " not in words
    if side in (Side.LEFT, Side.RIGHT) and region not in (Region.LOWER_BACK, None):
        assert side.value in words
