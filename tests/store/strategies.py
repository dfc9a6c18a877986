"""Hypothesis strategies for every record that a log can contain."""

from __future__ import annotations

from datetime import timedelta, timezone

from hypothesis import strategies as st

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Posture, Seat, Sensation
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on

offsets = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))
moments = st.builds(lambda moment, zone: moment.replace(tzinfo=zone), st.datetimes(), offsets)
ids = st.uuids().map(str)
durations = st.floats(0, 1e9)
texts = st.text() | st.sampled_from(["", "it's; -- numb", "a\0b", "=1+1", "🦵\u202e\n\r\n", "'); DROP TABLE episodes"])


maybe_moments = st.none() | moments
maybe_durations = st.none() | durations
maybe_texts = st.none() | texts

contexts = st.builds(
    EpisodeContext,
    seated_s=maybe_durations,
    since_break_s=maybe_durations,
    skipped_today=st.none() | st.integers(0, 100),
    seat=st.none() | st.sampled_from(Seat),
)
sides = st.none() | st.sampled_from(Side)
sites = st.builds(Site, st.sampled_from(Region), sides)


def sites_on_any(side: Side | None, regions: list[Region]) -> tuple[Site, ...]:
    return sites_on(side, *regions)


episodes = st.builds(
    Episode,
    id=ids,
    started_at=moments,
    ended_at=maybe_moments,
    end_unknown=st.booleans(),
    sites=st.lists(sites, max_size=5).map(tuple) | st.builds(sites_on_any, sides, st.lists(st.sampled_from(Region))),
    leg=sides,
    before_sites=st.booleans(),
    sensations=st.lists(st.sampled_from(Sensation), max_size=5).map(tuple),
    severity=st.none() | st.integers(0, 10),
    posture=st.none() | st.sampled_from(Posture),
    onset=st.none() | st.sampled_from(Onset),
    weakness=st.none() | st.booleans(),
    back_pain=st.none() | st.booleans(),
    relief=maybe_texts,
    relief_after_s=maybe_durations,
    note=maybe_texts,
    context=contexts,
)
breaks = st.builds(
    BreakRecord,
    id=ids,
    outcome=st.sampled_from(Outcome),
    started_at=moments,
    ended_at=maybe_moments,
    card=maybe_texts,
    announced_at=maybe_moments,
    seated_s=durations,
    snoozes=st.integers(0, 10),
)
bouts = st.builds(
    SittingBout, id=ids, started_at=moments, ended_at=moments, seated_s=durations, end=st.sampled_from(BoutEnd)
)
habit_ticks = st.builds(HabitTick, id=ids, at=moments, kind=st.sampled_from(HabitKind), amount=st.integers(-1000, 1000))
sign_answers = st.builds(
    SignAnswer,
    id=ids,
    at=moments,
    episode=ids,
    sign=st.sampled_from(WarningSign),
    present=st.booleans(),
    version=st.integers(1, 9),
)
posture_checks = st.builds(
    PostureCheck,
    id=ids,
    at=moments,
    feet_supported=st.booleans(),
    knees_level=st.booleans(),
    screen_level=st.booleans(),
    back_supported=st.booleans(),
    legs_uncrossed=st.booleans(),
)
