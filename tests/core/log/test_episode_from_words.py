"""The command line's options become an episode."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from numbguard.core.log.episode_from_words import episode_from_words
from numbguard.core.log.records.episode import Episode, EpisodeEnd, Posture, Sensation
from numbguard.core.sites import Region, Side, Site
from numbguard.core.when.moments import read_moment
from tests.scenario import LOCAL

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=LOCAL)


def test_everything_told_is_kept_and_nothing_else_is_made_up():
    episode = episode_from_words(
        {
            "side": "left",
            "region": ["calf", "foot-top", "calf"],
            "sensation": ["pins-and-needles"],
            "severity": 0,
            "posture": "legs-crossed",
            "weakness": True,
            "note": "after the train",
            "at": "14:30",
            "ended": "14:45",
        },
        id="one",
        now=NOW,
    )
    assert episode.side is Side.LEFT
    assert episode.regions == (Region.CALF, Region.FOOT_TOP)
    assert episode.sensations == (Sensation.PINS_AND_NEEDLES,)
    assert (episode.severity, episode.posture, episode.weakness) == (0, Posture.LEGS_CROSSED, True)
    assert episode.ended_at - episode.started_at == timedelta(minutes=15)
    bare = episode_from_words({"weakness": False, "note": ""}, id="two", now=NOW)
    assert bare.started_at == NOW
    assert (bare.side, bare.severity, bare.weakness, bare.note, bare.back_pain) == (None,) * 5


def test_a_note_that_is_not_quite_text_is_kept_as_far_as_it_is():
    assert episode_from_words({"note": "caf\udce9 – Bein"}, id="x", now=NOW).note == "caf? – Bein"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14:30", NOW - timedelta(minutes=30)),
        ("15:00", NOW),
        ("23:00", NOW - timedelta(hours=16)),
        ("2026-03-01T10:00", datetime(2026, 3, 1, 10, tzinfo=LOCAL)),
        ("2026-03-01 10:00+00:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
    ],
)
def test_moments_as_people_write_them(text, moment):
    assert read_moment(text, NOW) == moment


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"at": "soon"}, "not a time"),
        ({"at": "2026-03-02T15:02"}, "future"),
        ({"at": "14:30", "ended": "14:00"}, "before it began"),
        ({"ended": "2026-03-02T15:02"}, "ended in the future"),
        ({"severity": 11}, "0 to 10"),
        ({"severity": "much"}, "0 to 10"),
        ({"side": "middle"}, "--side takes one of left, right, both"),
        ({"region": ["elbow"]}, "--region"),
        ({"sensation": ["blue"]}, "--sensation"),
        ({"posture": "flying"}, "--posture"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(told, words):
    with pytest.raises(ValueError, match=words):
        episode_from_words(told, id="x", now=NOW)


def told(**options: object) -> Episode:
    return episode_from_words(options, id="one", now=NOW)


def test_places_are_pairs() -> None:
    assert told(site=["right:sole", "left:calf"]).sites == (Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT))
    assert told(site=["unknown:knee"]).sites == (Site(Region.KNEE, None),)
    assert told(side="left", region=["calf"]).sites == (Site(Region.CALF, Side.LEFT),)


def test_the_end_of_a_past_episode_is_not_known_unless_it_is_said() -> None:
    assert told(at="14:30").end is EpisodeEnd.UNKNOWN
    assert told(at="14:30", ended="open").end is EpisodeEnd.OPEN
    assert told(at="just now").end is told().end is EpisodeEnd.OPEN
    assert told(ended="unknown").end is EpisodeEnd.UNKNOWN
    assert told(at="14:30", ended="10m").ended_at == NOW - timedelta(minutes=20)
    with pytest.raises(ValueError, match="cannot have ended in the future"):
        told(at="14:30", ended="90m")


def test_an_end_may_be_a_length() -> None:
    episode = episode_from_words({"at": "14:30", "ended": "20m"}, id="x", now=NOW)
    assert episode.ended_at == episode.started_at + timedelta(minutes=20)


@pytest.mark.parametrize("ended", ["some time", "99999999999999999h"])
def test_an_end_that_is_neither_a_moment_nor_a_length_is_refused(ended: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        episode_from_words({"at": "14:30", "ended": ended}, id="x", now=NOW)


def test_a_side_beside_sites_says_nothing_and_is_refused() -> None:
    with pytest.raises(ValueError, match="a --site has its own side"):
        episode_from_words({"side": "left", "site": ["right:calf"]}, id="x", now=NOW)


def test_a_site_names_its_side_and_its_region() -> None:
    with pytest.raises(ValueError, match="--site takes a side and a region"):
        episode_from_words({"site": ["calf"]}, id="x", now=NOW)


@pytest.mark.parametrize("ended", ["vor zehn Minuten", "14:50", "20 Minuten", "20m", "20 minutes"])
def test_a_beginning_and_an_end_in_the_language_of_the_person(ended):
    episode = episode_from_words({"at": "um halb drei", "ended": ended}, id="one", now=NOW, language="de")
    assert episode.started_at == NOW.replace(hour=14, minute=30)
    assert episode.ended_at == NOW.replace(hour=14, minute=50)
