"""What the history asks of a log: days and pages by key, in any choice, and a day in full; on a real log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from numbguard.core.log.records.episode import Episode, Posture
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import FOREVER, EpisodeFilter, HistoryQueries, date_of, day_of
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

HERE = timezone(timedelta(hours=1))
MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=HERE)


ALL = EpisodeFilter()


class Log:
    def __init__(self, folder: Path) -> None:
        self.profile = Profile.find(str(folder))
        self.journal = SqliteJournal(self.profile)
        self.keeping = SafeJournal(self.journal, self.profile)
        self.history = HistoryQueries(SqliteJournal(self.profile), now=lambda: MONDAY + timedelta(hours=1))

    def add(self, at: datetime, id: str = "", **told: object) -> Episode:
        episode = Episode(id or f"e-{at:%d-%H%M}", at, **told)  # type: ignore[arg-type]
        self.keeping.add_episode(episode)
        return episode

    def days(self, choice: EpisodeFilter = ALL) -> list[tuple[date, int]]:
        found = self.history.days(choice, newest=FOREVER, oldest=-FOREVER)
        return [(date_of(day), count) for day, count in found]

    def ids(self, choice: EpisodeFilter = ALL, *, skip: int = 0, most: int = 100) -> list[str]:
        found = self.history.page(choice, newest=FOREVER, oldest=-FOREVER, skip=skip, most=most)
        return [episode.id for _, episode in found]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path / "profile")
    yield log
    log.history.close()
    log.journal.close()


def test_days_are_the_local_ones_and_come_latest_first(log: Log) -> None:
    log.add(MONDAY.replace(hour=0, minute=30))  # still Sunday in UTC
    log.add(MONDAY)
    log.add(datetime(2026, 3, 7, 23, 30, tzinfo=timezone(timedelta(hours=-8))))  # Sunday in UTC, Saturday there
    taken = log.add(MONDAY + timedelta(hours=1))
    log.keeping.undo_episode(taken.id)
    assert log.days() == [(date(2026, 3, 9), 2), (date(2026, 3, 7), 1)]
    assert log.history.next_day(day_of(date(2026, 3, 8))) == day_of(date(2026, 3, 7))
    assert log.history.next_day(day_of(date(2026, 3, 6))) is None


def test_a_side_and_a_region_are_one_place(log: Log) -> None:
    log.add(MONDAY, "apart", sites=(Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT)))
    log.add(MONDAY + timedelta(minutes=1), "both", sites=sites_on(Side.BOTH, Region.SOLE))
    assert log.ids(EpisodeFilter(side=Side.LEFT, region=Region.CALF)) == ["apart"]
    assert log.ids(EpisodeFilter(side=Side.RIGHT, region=Region.CALF)) == []
    assert log.ids(EpisodeFilter(side=Side.RIGHT, region=Region.SOLE)) == ["both", "apart"]
    assert log.ids(EpisodeFilter(side=Side.BOTH, region=Region.SOLE)) == ["both"]
    assert log.ids(EpisodeFilter(side=Side.LEFT)) == ["both", "apart"]


def test_an_empty_log_has_no_days(log: Log) -> None:
    assert log.days() == []
    assert log.history.next_day(FOREVER) is None
    assert log.history.day(MONDAY.date()).episodes == ()


def test_what_is_chosen_is_shown_and_nothing_else(log: Log) -> None:
    log.add(MONDAY, "left", sites=sites_on(Side.LEFT, Region.CALF, Region.TOES), posture=Posture.SLOUCHED)
    log.add(MONDAY - timedelta(days=1), "right", sites=sites_on(Side.RIGHT, Region.TOES))
    log.add(MONDAY - timedelta(days=2), "old", leg=Side.LEFT, posture=Posture.SLOUCHED)
    assert log.ids(EpisodeFilter(side=Side.LEFT)) == ["left", "old"]
    assert log.ids(EpisodeFilter(region=Region.TOES)) == ["left", "right"]
    assert log.ids(EpisodeFilter(side=Side.LEFT, region=Region.TOES, posture=Posture.SLOUCHED)) == ["left"]
    assert log.ids(EpisodeFilter(side=Side.BOTH)) == []
    log.add(MONDAY - timedelta(days=3), "legs", leg=Side.BOTH)
    log.add(MONDAY - timedelta(days=4), "untold")
    assert log.ids(EpisodeFilter(side=Side.LEFT)) == ["left", "old", "legs"], "what was in both legs was in this one"
    assert log.ids(EpisodeFilter(side=Side.RIGHT)) == ["right", "legs"]
    assert log.ids(EpisodeFilter(side=Side.BOTH)) == ["legs"]
    assert log.days(EpisodeFilter(side=Side.RIGHT)) == [(date(2026, 3, 8), 1), (date(2026, 3, 6), 1)]
    assert log.history.place(EpisodeFilter(side=Side.LEFT), "legs") == (day_of(date(2026, 3, 6)), 0)
    log.keeping.undo_episode("legs")
    log.keeping.undo_episode("untold")
    assert log.ids(EpisodeFilter(since=date(2026, 3, 8))) == ["left", "right"]
    assert log.ids(EpisodeFilter(since=date(2026, 3, 8), until=date(2026, 3, 8))) == ["right"]
    assert log.days(EpisodeFilter(posture=Posture.SLOUCHED)) == [(date(2026, 3, 9), 1), (date(2026, 3, 7), 1)]


def test_pages_follow_one_another_without_a_gap_also_at_the_same_moment(log: Log) -> None:
    for number in range(7):
        log.add(MONDAY, f"same-{number}")
    log.add(MONDAY - timedelta(days=1), "before")
    pages = [log.ids(skip=skip, most=3) for skip in (0, 3, 6)]
    assert [id for page in pages for id in page] == [f"same-{number}" for number in reversed(range(7))] + ["before"]


def test_the_place_of_an_episode_is_where_its_page_has_it(log: Log) -> None:
    for number in range(5):
        log.add(MONDAY + timedelta(minutes=number % 3), f"e{number}", leg=Side.LEFT if number % 2 else Side.RIGHT)
    for choice in (EpisodeFilter(), EpisodeFilter(side=Side.LEFT)):
        for before, id in enumerate(log.ids(choice)):
            assert log.history.place(choice, id) == (day_of(MONDAY.date()), before)
    assert log.history.place(EpisodeFilter(side=Side.LEFT), "e0") is None
    assert log.history.place(EpisodeFilter(since=date(2026, 3, 10)), "e1") is None
    assert log.history.place(EpisodeFilter(), "never") is None


def test_a_day_has_what_reaches_into_it_from_the_night(log: Log) -> None:
    evening = MONDAY - timedelta(hours=11)
    late = SittingBout("late", evening, evening + timedelta(hours=2), 7200, BoutEnd.MOVED)
    night = BreakRecord("night", Outcome.NATURAL, late.ended_at, MONDAY - timedelta(hours=1))
    weekend = BreakRecord("old", Outcome.NATURAL, MONDAY - timedelta(days=2), MONDAY - timedelta(days=1))
    log.keeping.keep_bout(late)
    log.keeping.keep_break(night)
    log.keeping.keep_break(weekend)
    episode = log.add(MONDAY)
    found = log.history.day(MONDAY.date())
    assert (found.bouts, found.breaks, found.episodes) == ((late,), (night,), (episode,))
    assert log.history.day(MONDAY.date() - timedelta(days=1)).breaks == (weekend,)


def test_the_stamp_is_another_one_after_somebody_else_wrote(log: Log) -> None:
    log.add(MONDAY)
    before = log.history.stamp()
    assert log.history.stamp() == before
    log.add(MONDAY + timedelta(minutes=1))
    assert log.history.stamp() != before


def test_versions_begin_with_what_is_now(log: Log) -> None:
    episode = log.add(MONDAY, severity=2)
    log.keeping.add_episode(replace(episode, severity=5))
    log.keeping.undo_episode(episode.id)
    log.keeping.add_episode(episode)
    found = log.history.versions(episode.id)
    assert [(one.record.severity, one.deleted) for one in found if isinstance(one.record, Episode)] == [
        (2, False),
        (5, True),
        (5, False),
        (2, False),
    ]
    assert [one.edited_us for one in found] == sorted((one.edited_us for one in found), reverse=True)


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(9999, 12, 31)])
def test_days_at_the_ends_of_the_calendar_can_be_asked_for(log: Log, day: date) -> None:
    assert log.history.day(day).episodes == ()
    assert date_of(day_of(day)) == day
