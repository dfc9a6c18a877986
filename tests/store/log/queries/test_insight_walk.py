"""What the figures count is what a walk through all entries finds, whatever happened to the log."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.core.log.insights import ValueCounts
from numbguard.core.log.records.episode import Episode, Posture
from numbguard.core.log.records.sitting import BreakRecord, SittingBout
from numbguard.core.sites import Side
from numbguard.store.exchange.merge import merge
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.queries.history import FOREVER, EpisodeFilter, HistoryQueries, date_of
from numbguard.store.log.queries.insights import InsightQueries, Period
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.store.conftest import problems_in
from tests.store.strategies import bouts, breaks, episodes, offsets
from tools.former_logs import write_former

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)

ids = st.sampled_from("abcd")
moments = st.builds(
    lambda begun, seconds, zone: (begun + timedelta(seconds=seconds)).astimezone(zone),
    st.sampled_from([BEGAN, BEGAN + timedelta(days=90), BEGAN + timedelta(days=815)]),
    st.integers(-40 * 86_400, 40 * 86_400) | st.just(0),
    offsets,
)
lengths = st.integers(0, 9_000).map(lambda seconds: timedelta(seconds=seconds))
told = st.builds(
    lambda one, id, at, length: replace(one, id=id, started_at=at, ended_at=None if length is None else at + length),
    episodes,
    ids,
    moments,
    st.none() | lengths,
)
sat = st.builds(
    lambda one, id, at, length: replace(one, id=id, started_at=at, ended_at=at + length), bouts, ids, moments, lengths
)
taken = st.builds(lambda one, id, at: replace(one, id=id, started_at=at), breaks, ids, moments)
entries = told | sat | taken
edits = st.integers(0, 3).map(lambda days: 10**15 + days * 10**16)
steps = st.lists(
    st.tuples(st.just("keep"), entries, st.just(0))
    | st.tuples(st.sampled_from(["merge", "import", "import taken back"]), entries, edits)
    | st.tuples(st.sampled_from(["undo", "end", "forget"]), told, st.just(0)),
    max_size=14,
)
days = moments.map(lambda at: at.replace(tzinfo=None))
"""Bounds by the clock of the place where an entry was made."""
periods = (
    st.builds(lambda one, other: Period(min(one, other), max(one, other)), moments, moments)
    | st.builds(lambda one, other: Period(min(one, other), max(one, other)), days, days)
    | st.builds(Period, st.none() | moments, st.none())
)


Entry = Episode | SittingBout | BreakRecord


def do(journal: SqliteJournal, keeping: SafeJournal, deed: str, entry: Entry, edited_us: int) -> None:
    match deed:
        case "keep" if isinstance(entry, Episode):
            keeping.add_episode(entry)
        case "keep" if isinstance(entry, SittingBout):
            keeping.keep_bout(entry)
        case "keep" if isinstance(entry, BreakRecord):
            keeping.keep_break(entry)
        case "merge":
            journal.merge(RecordVersion(entry, edited_us))
        case "import" | "import taken back":
            deleted = deed == "import taken back" and isinstance(entry, Episode)
            with journal.writing() as connection:
                merge(connection, RecordVersion(entry, edited_us, deleted=deleted))
        case "undo":
            keeping.undo_episode(entry.id)
        case "end":
            keeping.end_episode(entry.id, entry.started_at, relief="position")
        case "forget":  # nothing does so, but a log that is put right by hand shall count right, too
            with journal.writing() as connection:
                connection.execute("DELETE FROM episodes WHERE id = ?", (entry.id,))


@contextmanager
def a_log() -> Iterator[tuple[SqliteJournal, SafeJournal]]:
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile.find(folder)
        journal = SqliteJournal(profile)
        with journal.reading() as connection:
            connection.execute("PRAGMA synchronous = OFF")  # no power is cut here
        yield journal, SafeJournal(journal, profile)
        journal.close()


def holds(journal: SqliteJournal, period: Period) -> None:
    """The figures are those of the entries, one by one."""
    found = InsightQueries(journal, period)
    since, until = period.since, period.until
    live = list(journal.episodes(since=since, until=until))
    days = Counter(one.started_at.date() for one in live)
    assert found.episodes() == len(live)
    assert +Counter(found.hours().counts) == Counter(str(one.started_at.hour) for one in live)
    assert +Counter(found.weekdays().counts) == Counter(f"{one.started_at:%A}".lower() for one in live)
    assert {one.day: one.episodes for one in found.days()} == days
    told_of: tuple[tuple[ValueCounts, Sequence[Side | Posture | None]], ...] = (
        (found.sides(), [one.side for one in live]),
        (found.postures(), [one.posture for one in live]),
    )
    for tally, words in told_of:
        assert +Counter(tally.counts) == Counter(word.value for word in words if word)
        assert (tally.n, tally.unanswered) == (len(words) - words.count(None), words.count(None))
    regions = found.regions()
    assert +Counter(regions.counts) == Counter(word.value for one in live for word in one.regions)
    assert (regions.n, regions.unanswered) == (
        sum(bool(one.regions) for one in live),
        sum(not one.regions for one in live),
    )
    assert found.places() == Counter((site.region, site.side) for one in live for site in one.sites)
    assert found.sensations() == Counter(word.value for one in live for word in one.sensations)
    spans = [one.ended_at - one.started_at for one in live if one.ended_at]
    assert dict(found.lengths()) == Counter(int(span / timedelta(seconds=1)) for span in spans)
    assert found.sat_before().n == sum(one.context.seated_s is not None for one in live)
    helped = Counter(one.relief for one in live if one.relief is not None and one.relief_after_s is not None)
    assert {kind: spread.n for kind, spread in found.relief().items()} == helped
    said_of: dict[str, Sequence[object]] = {
        "severity": [one.severity for one in live],
        "onset": [one.onset and one.onset.value for one in live],
        "weakness": [one.weakness for one in live],
        "back_pain": [one.back_pain for one in live],
    }
    for kind, said in said_of.items():
        assert found.counts_by(kind) == Counter(one for one in said if one is not None)
    weeks: dict[date, list[int]] = {}
    rests = list(journal.breaks(since=since, until=until))
    moved, natural = ([one for one in rests if one.outcome.value == name] for name in ("moved", "natural"))
    parts: tuple[Sequence[Episode | BreakRecord], ...] = (live, moved, natural)
    for place, held in enumerate(parts):
        for one in held:
            day = one.started_at.date()
            weeks.setdefault(day - timedelta(days=day.weekday()), [0, 0, 0])[place] += 1
    assert [(week.monday, [week.episodes, week.moved, week.natural]) for week in found.weeks()] == sorted(weeks.items())
    assert found.outcomes() == Counter(one.outcome.value for one in rests)


def counts_right(journal: SqliteJournal, period: Period) -> None:
    holds(journal, Period())
    holds(journal, period)
    days = HistoryQueries(journal).days(EpisodeFilter(), newest=FOREVER, oldest=-FOREVER)
    assert [(date_of(day), count) for day, count in days] == [
        (one.day, one.episodes) for one in reversed(InsightQueries(journal).days())
    ]
    assert problems_in(journal) == ()


@settings(max_examples=20, deadline=None)
@given(steps, periods)
def test_whatever_is_written_edited_taken_back_or_imported_the_figures_are_those_of_the_entries(
    deeds: list[tuple[str, Entry, int]], period: Period
) -> None:
    with a_log() as (journal, keeping):
        for deed in deeds:
            do(journal, keeping, *deed)
        counts_right(journal, period)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
@settings(max_examples=3, deadline=None)
@given(st.lists(entries, min_size=3, max_size=12), periods)
def test_a_log_of_a_former_version_is_counted_as_it_stands(version: int, held: list[Entry], period: Period) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile.find(folder)
        write_former(profile, version, held, undone="a")
        journal = SqliteJournal(profile)
        counts_right(journal, period)
        later = SafeJournal(journal, profile)
        later.add_episode(replace(held[0], id="later") if isinstance(held[0], Episode) else Episode("later", BEGAN))
        counts_right(journal, period)
        journal.close()
