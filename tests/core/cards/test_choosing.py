"""Which card is next, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.cards.cards import Card, CardKind, CardStep, Muscle, ServedPart, StiffPart
from numbguard.core.cards.choosing import (
    STRONGEST,
    ChoiceCause,
    ChoiceReason,
    LoggedSince,
    allowed,
    next_card,
    pulls,
    serving_best,
    spares,
    weights,
)
from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.advice.leg_limits import SparedLegs
from numbguard.core.log.records.episode import Episode
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.cards.library import Library

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
"""A Thursday."""


def card(slug: str, muscle: Muscle, *regions: ServedPart, places: Iterable[Place] = (Place.STANDING,)) -> Card:
    words = {"title": slug, "why": "It helps.", "section": GuideSection.PREVENTION_MOVEMENT, "caution": "", "steps": ()}
    return Card(slug, places=tuple(places), regions=regions, muscle=muscle, **words)  # type: ignore[arg-type]


CALF = card("calf", Muscle.CALF, Region.CALF, Region.ANKLE)
SOLEUS = card("soleus", Muscle.CALF, Region.CALF)
QUAD = card("quad", Muscle.QUAD, Region.THIGH_FRONT, Region.KNEE, Region.HIP, Region.CALF)
TWIST = card("twist", Muscle.BACK, Region.LOWER_BACK, places=(Place.SEATED,))
ALL = (CALF, SOLEUS, QUAD, TWIST)


def numb(*regions: Region, side: Side | None = Side.LEFT, ago: timedelta = timedelta(hours=1)) -> Episode:
    return Episode("e", NOW - ago, sites=sites_on(side, *regions), leg=side)


def slug_of(
    cards: Sequence[Card],
    *shown: str,
    logged: Sequence[Episode] = (),
    places: Iterable[Place] = tuple(Place),
    seed: int = 0,
) -> str | None:
    choice = next_card(cards, shown=shown, now=NOW, logged=logged, places=frozenset(places), seed=seed)
    return choice.card.slug if choice else None


def reason_of(cards: Sequence[Card], *logged: Episode, shown: Sequence[str] = ()) -> ChoiceReason:
    choice = next_card(cards, shown=shown, now=NOW, logged=logged)
    assert choice
    return choice.reason


# --- one choice ------------------------------------------------------------------------------------------------------


def test_the_card_shown_longest_ago_comes_next_and_one_never_shown_before_it() -> None:
    assert slug_of(ALL, "twist", "calf", "soleus", "quad") == "twist"
    assert slug_of(ALL, "twist", "calf", "soleus", "quad", "twist") == "calf"
    assert slug_of(ALL, "calf", "quad", "twist") == "soleus"


def test_the_same_muscle_does_not_come_twice_running() -> None:
    assert slug_of((CALF, SOLEUS, QUAD), "quad", "calf") == "quad"
    assert slug_of((CALF, SOLEUS, QUAD), "quad", "calf", logged=[numb(Region.CALF)] * 9) == "quad"


def test_where_there_is_one_muscle_only_the_cards_change_at_least() -> None:
    assert slug_of((CALF, SOLEUS), "soleus", "calf") == "soleus"
    assert slug_of((CALF,), "calf") == "calf"


def test_another_gives_the_next_best() -> None:
    first = slug_of(ALL, "twist", "calf", "soleus", "quad")
    assert slug_of(ALL, "twist", "calf", "soleus", "quad", str(first)) == "calf", "first was turned down"


def test_only_cards_for_the_places_at_hand_come() -> None:
    assert slug_of(ALL, places={Place.SEATED}) == "twist"
    assert slug_of(ALL, places={Place.FLOOR}) is None


def test_only_break_cards_come_at_a_break() -> None:
    others = tuple(
        Card(**{name: getattr(QUAD, name) for name in QUAD.__slots__} | {"slug": kind.value, "kind": kind})
        for kind in (CardKind.RELIEF, CardKind.POSTURE)
    )
    assert slug_of(others) is None
    assert slug_of((*others, CALF), "calf") == "calf"


def test_cards_that_are_gone_from_the_library_do_not_disturb() -> None:
    assert slug_of((CALF, SOLEUS, QUAD), "quad", "soleus", "calf", "gone") == "quad"


def test_a_seed_orders_what_was_never_shown_and_the_same_one_does_so_again() -> None:
    firsts = [slug_of(ALL, seed=seed) for seed in range(40)]
    assert set(firsts) == {"calf", "soleus", "quad"}
    assert firsts == [slug_of(ALL, seed=seed) for seed in range(40)]


def test_the_first_card_of_all_is_one_for_the_legs_unless_the_log_says_otherwise() -> None:
    shoulders = card("shoulders", Muscle.SHOULDER, StiffPart.SHOULDERS)
    cards = (TWIST, shoulders, CALF)
    assert {slug_of(cards, seed=seed) for seed in range(40)} == {"calf"}
    assert slug_of(cards, logged=[numb(Region.LOWER_BACK)]) == "twist"
    assert slug_of((shoulders,)) == "shoulders"


def test_what_was_logged_comes_sooner() -> None:
    queue = ("twist", "soleus", "quad", "calf", "quad")
    assert slug_of(ALL, *queue) == "twist"
    assert slug_of(ALL, *queue, logged=[numb(Region.CALF)] * 3) == "soleus"
    assert slug_of(ALL, *queue, logged=[numb(Region.CALF, ago=timedelta(days=15))] * 3) == "twist", "too long ago"
    assert slug_of(ALL, *queue, logged=[numb(Region.CALF, ago=-timedelta(days=1))] * 3) == "twist", "not yet"


def test_a_card_weighs_most_for_the_region_it_names_first() -> None:
    weigh = weights(ALL, [numb(Region.CALF)] * 2)
    assert weigh == {"calf": 2.5, "soleus": 2.5, "quad": 1 + STRONGEST * 0.5 / 4, "twist": 1.0}
    assert weights(ALL, []) == dict.fromkeys(weigh, 1.0)


def test_one_episode_pulls_a_little_and_many_never_all_there_is() -> None:
    assert pulls([numb(Region.CALF)]) == {Region.CALF: 1 / 3}
    many = pulls([numb(Region.CALF, Region.TOES)] * 100)
    assert sum(many.values()) < 1
    assert many[Region.CALF] == many[Region.TOES]


# --- why -------------------------------------------------------------------------------------------------------------


def test_it_says_what_was_logged_where_how_often_and_since_when() -> None:
    twice = [numb(Region.CALF), numb(Region.CALF, ago=timedelta(days=2))]
    assert reason_of((CALF,), *twice) == ChoiceReason(ChoiceCause.LOGGED, Region.CALF, Side.LEFT, 2, LoggedSince.MONDAY)
    before = numb(Region.CALF, ago=timedelta(days=5))
    assert reason_of((CALF,), *twice, before) == ChoiceReason(
        ChoiceCause.LOGGED, Region.CALF, Side.LEFT, 3, LoggedSince.FORTNIGHT
    )


def test_the_side_is_said_as_far_as_it_was_told() -> None:
    left, right, untold = (numb(Region.CALF, side=side) for side in (Side.LEFT, Side.RIGHT, None))
    assert reason_of((CALF,), left, right).side is Side.BOTH
    assert reason_of((CALF,), right, right).side is Side.RIGHT
    assert reason_of((CALF,), left, untold).side is None


def test_the_region_that_pulled_most_is_named() -> None:
    logged = [numb(Region.CALF), numb(Region.ANKLE), numb(Region.ANKLE), numb(Region.ANKLE)]
    assert reason_of((CALF,), *logged).region is Region.ANKLE
    assert reason_of((CALF,), *logged[:3]).region is Region.CALF


def test_a_card_that_hardly_serves_what_was_logged_claims_nothing() -> None:
    assert reason_of((QUAD,), numb(Region.CALF), shown=["quad"]) == ChoiceReason(ChoiceCause.WAITED)
    assert reason_of((TWIST,), numb(Region.CALF), shown=["twist"]) == ChoiceReason(ChoiceCause.WAITED)
    assert reason_of((TWIST,), numb(), shown=["twist"]) == ChoiceReason(ChoiceCause.WAITED)


def test_a_card_that_was_never_shown_is_new_and_has_not_waited() -> None:
    assert reason_of((TWIST,)) == ChoiceReason(ChoiceCause.NEW)
    assert reason_of((TWIST, CALF), shown=["calf"]) == ChoiceReason(ChoiceCause.NEW)
    assert reason_of((CALF,), numb(Region.CALF)).cause is ChoiceCause.LOGGED


def test_the_card_that_serves_a_place_best_is_found_for_it() -> None:
    relief = Card(
        **{name: getattr(SOLEUS, name) for name in SOLEUS.__slots__} | {"slug": "rub", "kind": CardKind.RELIEF}
    )
    assert serving_best((relief, QUAD, CALF), Region.CALF) is CALF
    assert serving_best((TWIST, QUAD), Region.CALF) is QUAD
    assert serving_best((relief, TWIST), Region.CALF) is None


def test_a_card_that_needs_a_therapists_advice_waits_for_it() -> None:
    glide = card("sciatic-glide", Muscle.HAMSTRING, Region.THIGH_BACK)
    assert next_card([glide], shown=(), now=NOW) is None
    choice = next_card([glide], shown=(), now=NOW, advised=["sciatic-glide"])
    assert choice is not None
    assert choice.card is glide


# --- a leg to be spared -----------------------------------------------------------------------------------------------

LIBRARY = Library(Path(__file__).parents[3] / "resources" / "cards").cards()


def test_no_card_is_stood_or_knelt_on_while_a_leg_is_numb() -> None:
    found = allowed(LIBRARY, tuple(Place), spared=SparedLegs(numb=True))
    assert {one.slug for one in found} >= {"seated-twist", "ankle-pumps", "breathing"}
    assert all(one.places[0] is Place.SEATED for one in found)
    assert len(allowed(LIBRARY, tuple(Place))) > len(found)


def test_no_card_works_a_leg_that_was_weak() -> None:
    found = allowed(LIBRARY, tuple(Place), spared=SparedLegs(numb=True, weak=frozenset({Side.LEFT})))
    assert {one.slug for one in found} >= {"seated-twist", "breathing", "chin-tuck"}
    assert not [one.slug for one in found if one.for_legs]


def test_a_card_for_the_other_leg_may_come() -> None:
    step = CardStep("Pump.", 60, Side.RIGHT, "pump")
    right = replace(card("right", Muscle.CALF, Region.CALF, places=(Place.SEATED,)), steps=(step,))
    spared = SparedLegs(numb=True, weak=frozenset({Side.LEFT}))
    assert spares(right, spared)
    assert not spares(replace(right, steps=(replace(step, side=Side.BOTH),)), spared)


def test_a_seat_is_found_even_where_the_person_wanted_to_stand() -> None:
    choice = next_card(ALL, shown=(), now=NOW, places=(Place.STANDING,), spared=SparedLegs(numb=True))
    assert choice
    assert choice.card is TWIST


def test_a_favourite_comes_twice_as_often() -> None:
    plain = [card(f"c{number}", Muscle.EYES, StiffPart.EYES) for number in range(4)]
    shown: list[str] = []
    for _ in range(500):
        chosen = next_card(plain, shown=shown, now=NOW, favourites=("c2",))
        assert chosen
        shown.append(chosen.card.slug)
    assert shown.count("c2") / 500 == pytest.approx(2 / 5, abs=0.03)


def test_a_card_that_is_never_wanted_does_not_come() -> None:
    shown: list[str] = []
    for _ in range(20):
        chosen = next_card(ALL, shown=shown, now=NOW, never=("calf", "twist"))
        assert chosen
        shown.append(chosen.card.slug)
    assert set(shown) == {"soleus", "quad"}
    assert next_card(ALL, shown=(), now=NOW, never=[one.slug for one in ALL]) is None
