"""A restore and a repair of a log that is open, which nobody can move on Windows; `./dev windows` runs it there."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store.log.errors import LockedDatabaseError
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery import repair as module
from numbguard.store.log.recovery.backups import back_up, content_of
from numbguard.store.log.recovery.repair import repair, restore
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.windows_files import InUseError
from tests.store.conftest import NOON, keep, problems_in

Make = Callable[..., Episode]


@pytest.fixture(autouse=True)
def cannot_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows says of a log that is open; it says so itself."""
    if sys.platform != "win32":

        def refuse(*_paths: object) -> None:
            raise InUseError(13, "used by another process")

        monkeypatch.setattr(module, "put_in_place", refuse)


def test_a_backup_is_restored_while_the_app_has_the_log_open(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    first, second, third = episode(), episode(1), episode(2)
    keeping.add_episode(first)
    copy = back_up(profile, at=NOON)
    keeping.add_episode(second)
    opened = journal._opened
    aside = restore(profile, copy, at=NOON)
    assert journal._opened is opened is not None, "it is open all the while"
    assert list(keeping.episodes()) == [first]
    keeping.add_episode(third)
    assert list(journal.episodes()) == [first, third]
    assert aside is not None
    assert content_of(profile, aside).episodes == 2, "what was there before is kept whole"
    assert problems_in(journal) == ()
    assert HealthFile(profile).trouble is None
    with closing(sqlite3.connect(profile.database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == triggers


def test_a_restore_that_fails_half_way_changes_nothing(
    profile: Profile, journal: SqliteJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(journal, episode())
    copy = back_up(profile, at=NOON)
    keep(journal, episode(1))
    make_copy = module._copy

    def fail(connection: sqlite3.Connection, target: object) -> None:
        if "replaced" in str(target):
            raise sqlite3.OperationalError("no room")
        make_copy(connection, target)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(module, "_copy", fail)
        with pytest.raises(Exception, match="no room"):
            restore(profile, copy, at=NOON)
    assert len(list(journal.episodes())) == 2
    assert not list(profile.backups.glob("numbguard-replaced-*"))


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere a log that is open can be moved")
def test_a_damaged_log_is_let_go_of_after_each_look_so_that_it_can_be_repaired(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    for minute in range(200):
        keep(journal, episode(minute, note="a long note " * 50))
    journal.close()
    with profile.database.open("r+b") as file:
        file.seek(profile.database.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\x5a" * 4096)
    with sqlite3.connect(profile.database) as held:
        held.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with pytest.raises(LockedDatabaseError, match="Close that program or try again"):
            repair(profile, at=NOON)
    held.close()
    assert HealthFile(profile).trouble
    keeping.last_episode()
    keeping.add_episode(episode(500))
    report = repair(profile, at=NOON)
    assert report.needed
    assert report.from_damaged > 100
    keeping.retry()
    assert problems_in(journal) == ()
    assert list(journal.episodes())[-1].id == keeping.last_episode().id  # type: ignore[union-attr]
