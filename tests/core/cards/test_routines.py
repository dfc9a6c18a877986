"""Routines: the daily one follows the guide's order and time; the timing of any; which count as stretching."""

from __future__ import annotations

import tomllib
from pathlib import Path

from numbguard.core.cards.cards import Muscle, is_slug
from numbguard.core.cards.routines import DAILY as DAILY_SLUG
from numbguard.core.cards.routines import Routine, break_name, part_at, parts, routine_from, stretches
from numbguard.core.settings.choices import Place
from tests.our_cards import our_cards

DAILY = Path(__file__).parents[3] / "resources" / "routines" / "daily.toml"


def test_the_daily_routine_goes_from_the_back_down_to_the_calves_in_six_to_ten_minutes() -> None:
    routine = routine_from("daily", tomllib.loads(DAILY.read_text(encoding="utf-8")))
    by_slug = {card.slug: card for card in our_cards()}
    cards = [by_slug[slug] for slug in routine.cards]
    assert list(dict.fromkeys(card.muscle for card in cards)) == [
        Muscle.BACK, Muscle.HIP, Muscle.HAMSTRING, Muscle.CALF,
    ]  # fmt: skip
    assert 6 * 60 <= sum(card.seconds for card in cards) <= 10 * 60
    assert all(Place.STANDING in card.places for card in cards), "one need not sit down and get up in between"


def test_its_cards_follow_one_another_each_for_its_own_time() -> None:
    by_slug = {card.slug: card for card in our_cards()}
    played = parts(Routine("mine", "Mine", "", ("calf-wall", "no-longer-there", "soleus")), by_slug.get)
    first, second = by_slug["calf-wall"].seconds, by_slug["soleus"].seconds
    assert [(one.routine, one.card, one.number, one.of) for one in played] == [
        ("Mine", "calf-wall", 1, 2), ("Mine", "soleus", 2, 2),
    ]  # fmt: skip
    assert [(one.start_s, one.end_s) for one in played] == [(0, first), (first, first + second)]
    assert [part_at(played, at).card for at in (0, first - 0.1, first, first + second + 9)] == [
        "calf-wall", "calf-wall", "soleus", "soleus",
    ]  # fmt: skip


def test_a_break_with_a_routine_is_never_taken_for_one_with_a_card() -> None:
    assert not is_slug(break_name(DAILY_SLUG))


def test_a_routine_for_back_hips_or_legs_is_the_days_stretching_and_one_for_eyes_and_breath_is_not() -> None:
    by_slug = {card.slug: card for card in our_cards()}

    def counts(*slugs: str) -> bool:
        return stretches([by_slug.get(slug) for slug in slugs])

    assert counts("calf-wall", "quad")
    assert counts("seated-twist", "chin-tuck")
    assert not counts("look-away", "chin-tuck", "calf-wall")
    assert not counts("breathing")
    assert not counts("gone-since")
    assert not counts()
