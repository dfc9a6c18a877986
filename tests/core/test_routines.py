"""The routine that comes with NumbGuard: the guide's four parts, in its order and within its time."""

from __future__ import annotations

import tomllib
from pathlib import Path

from numbguard.core.cards import Muscle, Place
from numbguard.core.routines import routine_from
from tests.our_cards import our_cards

DAILY = Path(__file__).parents[2] / "resources" / "routines" / "daily.toml"


def test_the_daily_routine_goes_from_the_back_down_to_the_calves_in_six_to_ten_minutes() -> None:
    routine = routine_from("daily", tomllib.loads(DAILY.read_text(encoding="utf-8")))
    by_slug = {card.slug: card for card in our_cards()}
    cards = [by_slug[slug] for slug in routine.cards]
    assert list(dict.fromkeys(card.muscle for card in cards)) == [
        Muscle.BACK, Muscle.HIP, Muscle.HAMSTRING, Muscle.CALF,
    ]  # fmt: skip
    assert 6 * 60 <= sum(card.seconds for card in cards) <= 10 * 60
    assert all(Place.STANDING in card.places for card in cards), "one need not sit down and get up in between"
