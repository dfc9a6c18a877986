"""Which card comes next and why: single choices, and a thousand days of them."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from numbguard.core.cards import Card, Kind, Muscle, Place, Section, card_from
from numbguard.core.choosing import STRONGEST, Because, Reason, Since, allowed, next_card, pulls, weights
from numbguard.core.records import Episode, Region, Side
from numbguard.core.settings import Settings

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
"""A Thursday."""


def card(slug: str, muscle: Muscle, *regions: Region, places: Iterable[Place] = (Place.STANDING,)) -> Card:
    words = {"title": slug, "why": "It helps.", "section": Section.PREVENTION_MOVEMENT, "caution": "", "steps": ()}
    return Card(slug, places=tuple(places), regions=regions, muscle=muscle, **words)  # type: ignore[arg-type]


CALF = card("calf", Muscle.CALF, Region.CALF, Region.ANKLE)
SOLEUS = card("soleus", Muscle.CALF, Region.CALF)
QUAD = card("quad", Muscle.QUAD, Region.THIGH_FRONT, Region.KNEE, Region.HIP, Region.CALF)
TWIST = card("twist", Muscle.BACK, Region.LOWER_BACK, places=(Place.SEATED,))
ALL = (CALF, SOLEUS, QUAD, TWIST)


def numb(*regions: Region, side: Side | None = Side.LEFT, ago: timedelta = timedelta(hours=1)) -> Episode:
    return Episode("e", NOW - ago, regions=regions, side=side)


def slug_of(
    cards: Sequence[Card],
    *shown: str,
    logged: Sequence[Episode] = (),
    places: Iterable[Place] = tuple(Place),
    seed: int = 0,
) -> str | None:
    choice = next_card(cards, shown=shown, now=NOW, logged=logged, places=frozenset(places), seed=seed)
    return choice.card.slug if choice else None


def reason_of(cards: Sequence[Card], *logged: Episode, shown: Sequence[str] = ()) -> Reason:
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
        for kind in (Kind.RELIEF, Kind.POSTURE)
    )
    assert slug_of(others) is None
    assert slug_of((*others, CALF), "calf") == "calf"


def test_cards_that_are_gone_from_the_library_do_not_disturb() -> None:
    assert slug_of((CALF, SOLEUS, QUAD), "quad", "soleus", "calf", "gone") == "quad"


def test_a_seed_orders_what_was_never_shown_and_the_same_one_does_so_again() -> None:
    firsts = [slug_of(ALL, seed=seed) for seed in range(40)]
    assert set(firsts) == {"calf", "soleus", "quad", "twist"}
    assert firsts == [slug_of(ALL, seed=seed) for seed in range(40)]


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
    assert reason_of((CALF,), *twice) == Reason(Because.LOGGED, Region.CALF, Side.LEFT, 2, Since.MONDAY)
    before = numb(Region.CALF, ago=timedelta(days=5))
    assert reason_of((CALF,), *twice, before) == Reason(Because.LOGGED, Region.CALF, Side.LEFT, 3, Since.FORTNIGHT)


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
    assert reason_of((QUAD,), numb(Region.CALF)) == Reason(Because.WAITED)
    assert reason_of((TWIST,), numb(Region.CALF)) == Reason(Because.WAITED)
    assert reason_of((TWIST,), numb()) == Reason(Because.WAITED)


# --- a thousand days -------------------------------------------------------------------------------------------------

DAYS, BREAKS = 1000, 3
KEPT = 100
"""Slugs the engine remembers."""


@cache
def ours() -> tuple[Card, ...]:
    folder = Path(__file__).parents[2] / "resources" / "cards"
    words = {path.stem: path.read_text(encoding="utf-8").split("\n[motion")[0] for path in folder.glob("*.toml")}
    return tuple(card_from(slug, tomllib.loads(words[slug]), words_only=True) for slug in sorted(words))


LOGS = {
    "nothing": [],
    "one calf": [numb(Region.CALF)],
    "a numb foot": [numb(Region.SOLE, Region.TOES)] * 6,
    "a bad fortnight": [numb(Region.CALF)] * 20,
    "the back and down the leg": [numb(Region.LOWER_BACK, Region.BUTTOCK, Region.THIGH_BACK)] * 9,
    "a bit of everything": [numb(region) for region in Region],
}
PLACES = {
    "as it comes": Settings().places,
    "all": tuple(Place),
    "on the chair": (Place.SEATED,),
    "on the feet": (Place.STANDING, Place.WALL),
}


@pytest.mark.parametrize("places", PLACES.values(), ids=list(PLACES))
@pytest.mark.parametrize("logged", LOGS.values(), ids=list(LOGS))
def test_in_a_thousand_days_each_card_and_each_region_gets_its_share(
    logged: Sequence[Episode], places: Sequence[Place]
) -> None:
    cards = ours()
    shown: list[str] = []
    for _ in range(DAYS * BREAKS):
        choice = next_card(cards, shown=shown[-KEPT:], now=NOW, logged=logged, places=places, seed=7)
        assert choice
        shown.append(choice.card.slug)
    fitting = allowed(cards, places)
    muscle = {each.slug: each.muscle for each in fitting}
    assert set(shown) == set(muscle), "every allowed card was seen, and no other"
    assert all(muscle[first] is not muscle[second] for first, second in pairwise(shown))

    weigh, seen = weights(fitting, logged), Counter(shown)
    for region in {region for each in fitting for region in each.regions}:
        serving = [each.slug for each in fitting if region in each.regions]
        promised = sum(weigh[slug] for slug in serving) / sum(weigh.values())
        share = sum(seen[slug] for slug in serving) / len(shown)
        assert share == pytest.approx(promised, rel=0.1), region


def test_in_a_thousand_days_of_a_changing_log_none_comes_twice_running_and_all_come() -> None:
    chance = random.Random(11)
    cards, shown, log = ours(), list[str](), list[Episode]()
    now = NOW
    runs = []
    for _ in range(2):
        for _ in range(DAYS):
            now += timedelta(days=1)
            if chance.random() < 0.4:
                log.append(Episode("e", now, regions=tuple(chance.sample(list(Region), chance.randint(0, 3)))))
            log = [each for each in log if each.started_at >= now - timedelta(days=14)]
            for _ in range(2):
                choice = next_card(cards, shown=shown[-KEPT:], now=now, logged=log, places=Settings().places, seed=3)
                assert choice
                shown.append(choice.card.slug)
        runs.append(shown)
        chance, shown, log, now = random.Random(11), [], [], NOW
    assert runs[0] == runs[1], "the same seed and the same log give the same cards"
    muscle = {each.slug: each.muscle for each in cards}
    assert set(runs[0]) == {each.slug for each in allowed(cards, Settings().places)}
    assert all(muscle[first] is not muscle[second] for first, second in pairwise(runs[0]))
