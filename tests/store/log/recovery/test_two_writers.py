"""Two processes write to one log while a third program touches its journal, or one of them makes the log anew."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store.log import journal as journal_module
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery import repair as repair_module
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.only_on_unix import ON_WINDOWS
from tests.store.conftest import keep, problems_in

Make = Callable[..., Episode]


@pytest.fixture
def other(profile: Profile) -> Iterator[SqliteJournal]:
    """The journal of another process."""
    with closing(SqliteJournal(profile)) as journal:
        yield journal


def test_a_commit_of_another_process_is_not_taken_for_another_programs_touch(
    keeping: SafeJournal, other: SqliteJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit falls between the two looks by which a writer recognises the journal."""
    commits = iter([])  # type: Iterator[Callable[[], None]]

    def then_a_commit(look: Callable[..., Any]) -> Callable[..., Any]:
        def looked(given: Any) -> Any:
            seen = look(given)
            next(commits, lambda: None)()
            return seen

        return looked

    remember = SqliteJournal._remember_journal

    def remembered(journal: SqliteJournal, connection: sqlite3.Connection) -> None:
        nonlocal commits
        if journal is not other:
            commits = iter([lambda: keep(other, episode(10))])
        remember(journal, connection)
        commits = iter([])

    with monkeypatch.context() as patch:
        patch.setattr(journal_module, "stamp_of", then_a_commit(journal_module.stamp_of))
        patch.setattr(journal_module, "_data_version", then_a_commit(journal_module._data_version))
        keeping.add_episode(episode(0))
        patch.setattr(SqliteJournal, "_remember_journal", remembered)
        keeping.add_episode(episode(1))
    keeping.add_episode(episode(2))
    assert keeping.notes() == ()
    assert len(list(keeping.episodes())) == 4


@pytest.mark.skipif(ON_WINDOWS, reason="Windows lets nobody make a log anew that others have open")
def test_what_another_process_commits_while_the_log_is_made_anew_is_in_the_new_log(
    profile: Profile,
    journal: SqliteJournal,
    keeping: SafeJournal,
    other: SqliteJournal,
    episode: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep(other, episode(1))
    keeping.add_episode(episode(0))
    salvage = repair_module.salvage
    late = iter([episode(2), episode(3)])

    def salvaged(*given: Any) -> Any:
        found = salvage(*given)
        for one in late:
            keep(other, one)
        return found

    monkeypatch.setattr(repair_module, "salvage", salvaged)
    os.utime(profile.database.with_name("numbguard.db-wal"))  # another program writes, so it seems
    keeping.add_episode(episode(4))
    assert [one for one in keeping.notes() if "changed by another program" in one or "nothing is lost" in one]
    keep(other, episode(5))
    assert len(list(keeping.episodes())) == 6
    assert problems_in(journal) == ()


def test_a_journal_that_has_no_name_any_more_is_noticed_after_a_commit(
    profile: Profile, other: SqliteJournal, keeping: SafeJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.add_episode(episode(0))
    write = journal_module._write

    def write_and_move(connection: sqlite3.Connection, version: Any, *, only_newer: bool) -> None:
        write(connection, version, only_newer=only_newer)
        monkeypatch.setattr(journal_module, "_write", write)
        repair_module.save_lost(profile, other_connection, at=version.record.started_at, in_place=True)

    with other.reading() as other_connection:
        monkeypatch.setattr(journal_module, "_write", write_and_move)
        keeping.add_episode(episode(1))
    assert len(list(keeping.episodes())) == 2
