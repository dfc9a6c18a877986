from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store.log.entries import unreadable_entries
from numbguard.store.log.errors import DamagedDatabaseError
from numbguard.store.log.integrity import faults
from numbguard.store.log.journal import RecordVersion, SqliteJournal, now_us
from numbguard.store.log.rows.writing import Record
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

NOON = datetime(2025, 3, 3, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


@pytest.fixture
def journal(profile: Profile) -> Iterator[SqliteJournal]:
    journal = SqliteJournal(profile, patience_s=0.2)
    yield journal
    journal.close()


@pytest.fixture
def keeping(profile: Profile, journal: SqliteJournal) -> SafeJournal:
    """The journal through which the app and the verbs write."""
    return SafeJournal(journal, profile)


def keep(journal: SqliteJournal, record: Record) -> None:
    """Write a record to the log itself, without a spool, so that errors are raised."""
    journal.keep(RecordVersion(record, now_us()))


@pytest.fixture
def episode() -> Callable[..., Episode]:
    """Make an episode that begins ``after`` minutes past noon, with any other fields."""

    def make(after: float = 0, **told: object) -> Episode:
        return Episode(str(uuid4()), NOON + timedelta(minutes=after), **told)  # type: ignore[arg-type]

    return make


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Set a umask with which everybody may read and write each new file."""
    former = os.umask(0)
    yield
    os.umask(former)


def problems_in(journal: SqliteJournal) -> tuple[str, ...]:
    """Go through the whole log and return what is wrong with it; empty if nothing is."""
    try:
        with journal.reading() as connection:
            return faults(connection) or unreadable_entries(connection)
    except DamagedDatabaseError as error:
        return (str(error),)
