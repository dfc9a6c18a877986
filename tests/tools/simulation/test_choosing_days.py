"""A thousand simulated days of choosing cards: all come, none twice running, each region gets its share."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from numbguard.core.cards.choosing import allowed, next_card, weights
from numbguard.core.log.records.episode import Episode
from numbguard.core.settings.choices import Place
from numbguard.core.settings.settings import Settings
from numbguard.core.sites import Region, Side, sites_on
from tests.our_cards import our_cards

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
DAYS, BREAKS = 1000, 3
KEPT = 100
"""Slugs the engine remembers."""


def numb(*regions: Region) -> Episode:
    return Episode("e", NOW - timedelta(hours=1), sites=sites_on(Side.LEFT, *regions))


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
    cards = our_cards()
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
    cards, shown, log = our_cards(), list[str](), list[Episode]()
    now = NOW
    runs = []
    for _ in range(2):
        for _ in range(DAYS):
            now += timedelta(days=1)
            if chance.random() < 0.4:
                log.append(Episode("e", now, sites=sites_on(None, *chance.sample(list(Region), chance.randint(0, 3)))))
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
