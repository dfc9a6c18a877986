"""The counts of each day, asked of a real log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from numbguard.core.log.break_days import BreakDay
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.sitting import BreakRecord, Outcome
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.break_days import break_days, read_today
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

HERE, THERE = timezone(timedelta(hours=1)), timezone(timedelta(hours=-8))
MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=HERE)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SafeJournal]:
    profile = Profile.find(str(tmp_path / "profile"))
    log = SafeJournal(SqliteJournal(profile), profile)
    yield log
    log.close()


def keep(log: SafeJournal, outcome: Outcome, at: datetime) -> None:
    record = BreakRecord(f"{outcome.value} {at.isoformat()}", outcome, at, at + timedelta(minutes=2))
    log.keep_break(record)


def test_breaks_and_episodes_are_counted_on_the_day_where_they_happened(log: SafeJournal, tmp_path: Path) -> None:
    for outcome in (Outcome.MOVED, Outcome.SKIPPED, Outcome.SNOOZED):
        keep(log, outcome, MONDAY)
    keep(log, Outcome.NATURAL, MONDAY.replace(hour=0, minute=20))  # still Sunday in UTC
    keep(log, Outcome.MOVED, datetime(2026, 3, 7, 23, 30, tzinfo=THERE))  # Sunday in UTC
    log.add_episode(Episode("e", MONDAY + timedelta(days=1)))
    log.add_episode(Episode("undone", MONDAY))
    log.undo_episode("undone")
    journal = SqliteJournal(Profile.find(str(tmp_path / "profile")))
    assert break_days(journal, since=date(2026, 1, 1)) == {
        date(2026, 3, 7): BreakDay(1, 1),
        date(2026, 3, 9): BreakDay(2, 3),
        date(2026, 3, 10): BreakDay(0, 0, 1),
    }
    assert list(break_days(journal, since=date(2026, 3, 10))) == [date(2026, 3, 10)]
    journal.close()


def test_today_is_read_with_the_days_before_it(log: SafeJournal, tmp_path: Path) -> None:
    keep(log, Outcome.MOVED, MONDAY)
    keep(log, Outcome.MOVED, MONDAY - timedelta(days=300))
    keep(log, Outcome.MOVED, MONDAY - timedelta(days=400))
    read = read_today(Profile.find(str(tmp_path / "profile")), MONDAY.date())
    assert [one.outcome for one in read.day.breaks] == [Outcome.MOVED]
    assert list(read.days) == [MONDAY.date() - timedelta(days=300), MONDAY.date()]
