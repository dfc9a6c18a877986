"""An episode's places, its end and the answers about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.log import red_flags
from numbguard.core.log.advice.advice import advise
from numbguard.core.log.advice.episode_pattern import lasted_s
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeEnd, as_read
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, single_sites, site_set, sites_on
from tests.store.strategies import sites

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
CALF, SOLE = Region.CALF, Region.SOLE


def test_left_calf_and_right_sole_stay_apart() -> None:
    one = Episode("one", NINE, sites=(Site(SOLE, Side.RIGHT), Site(CALF, Side.LEFT)))
    assert one.sites == (Site(CALF, Side.LEFT), Site(SOLE, Side.RIGHT))
    assert (one.side, one.regions) == (Side.BOTH, (CALF, SOLE)), "the summary"


def test_left_and_right_of_a_region_are_both_of_it() -> None:
    pair = (Site(CALF, Side.LEFT), Site(CALF, Side.RIGHT))
    assert Episode("one", NINE, sites=pair) == Episode("one", NINE, sites=(Site(CALF, Side.BOTH),))
    assert site_set((*pair, Site(CALF, None))) == (Site(CALF, Side.BOTH), Site(CALF, None))


@given(st.lists(sites))
def test_a_set_of_sites_has_no_order_and_says_the_same_split_or_joined(given_sites: list[Site]) -> None:
    found = site_set(given_sites)
    assert site_set(reversed(given_sites)) == site_set(found) == site_set(single_sites(found)) == found
    assert single_sites(found) == single_sites(given_sites)


def test_the_leg_is_known_without_a_region_only() -> None:
    assert Episode("one", NINE, leg=Side.LEFT).side is Side.LEFT
    assert Episode("one", NINE, leg=Side.LEFT, sites=(Site(CALF, None),)).side is None


def test_the_lower_back_is_on_no_leg() -> None:
    back = Site(Region.LOWER_BACK, Side.BOTH)
    thigh = Episode("one", NINE, sites=(back, Site(Region.THIGH_FRONT, Side.LEFT)))
    assert thigh.side is thigh.legs is Side.LEFT
    alone = Episode("one", NINE, sites=(back,))
    assert (alone.side, alone.legs) == (Side.BOTH, None)
    assert WarningSign.BOTH_LEGS not in advise(alone, now=NINE).questions, "not both legs"


def test_the_whole_leg_is_one_leg() -> None:
    parts = (Region.THIGH_FRONT, Region.CALF, Region.SOLE)
    one = advise(Episode("one", NINE, sites=sites_on(Side.LEFT, *parts)), now=NINE)
    spread = advise(Episode("one", NINE, sites=(Site(parts[0], Side.LEFT), *sites_on(None, *parts[1:]))), now=NINE)
    assert WarningSign.WHOLE_SIDE in one.questions
    assert WarningSign.WHOLE_SIDE not in spread.questions


def test_only_one_side_for_all_can_be_from_before_sites() -> None:
    both = Episode("one", NINE, sites=(Site(CALF, Side.BOTH), Site(SOLE, Side.BOTH)), before_sites=True)
    assert both.before_sites
    assert not replace(both, sites=(Site(CALF, Side.LEFT), Site(SOLE, Side.RIGHT))).before_sites


def test_an_end_is_at_a_time_not_known_or_still_open() -> None:
    one = Episode("one", NINE)
    assert one.end is EpisodeEnd.OPEN
    assert replace(one, end_unknown=True).end is EpisodeEnd.UNKNOWN
    assert replace(one, end_unknown=True, ended_at=NINE).end is EpisodeEnd.AT


def test_what_has_been_open_for_twelve_hours_has_an_end_that_is_not_known() -> None:
    one = Episode("one", NINE)
    assert as_read(one, NINE + 11 * HOUR).end is EpisodeEnd.OPEN
    assert as_read(one, NINE + 12 * HOUR).end is EpisodeEnd.UNKNOWN
    assert lasted_s(one, NINE + 11 * HOUR) == 11 * 3600
    assert lasted_s(one, NINE + 17 * HOUR) is None, "nobody was numb for 17 hours because nobody said that it went"
    assert lasted_s(replace(one, end_unknown=True), NINE + HOUR) is None


def test_an_old_no_to_a_narrower_question_counts_as_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    yes, no = (SignAnswer("a", NINE, "one", WarningSign.SADDLE, present, 2) for present in (True, False))
    assert yes.counts
    assert no.counts
    monkeypatch.setattr(red_flags, "_WIDENED", {WarningSign.SADDLE: 3})
    assert yes.counts, "what was there is there in the wider question, too"
    assert not no.counts
    assert replace(no, version=3).counts


def test_an_old_yes_to_a_wider_question_counts_as_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(red_flags, "_NARROWED", {WarningSign.SADDLE: 3})
    yes, no = (SignAnswer("a", NINE, "one", WarningSign.SADDLE, present, 2) for present in (True, False))
    assert not yes.counts
    assert no.counts, "what was not there is not there in the narrower question either"
