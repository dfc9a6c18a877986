"""Backups are made, checked, thinned out and restored; a migration that fails makes one copy and no more."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store.erase import erase
from numbguard.store.log.copies import backups_in, stamp
from numbguard.store.log.database import VERSION
from numbguard.store.log.errors import DamagedDatabaseError, MigrationError
from numbguard.store.log.file_set import copy_set
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.backups import (
    BackupError,
    all_backups,
    back_up_if_changed,
    content_of,
    second_folders,
    sound_backups,
    thin_out,
)
from numbguard.store.log.recovery.checks import check_quickly
from numbguard.store.log.recovery.repair import repair
from numbguard.store.log.recovery.salvage import salvage
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.store.conftest import NOON, keep, problems_in
from tools.former_logs import write_former

Make = Callable[..., Episode]
NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
BROKEN = (*MIGRATIONS, "CREATE TABLE habits (id TEXT); INSERT INTO nowhere VALUES (1)")


def test_seven_days_four_weeks_and_twelve_months_are_kept(tmp_path: Path) -> None:
    for days in range(800):
        (tmp_path / f"numbguard-backup-{stamp(NIGHT - timedelta(days=days))}.db").touch()
    others = {tmp_path / name for name in ("numbguard-v7-20200101T000000Z.db", "numbguard-damaged-20200101T000000Z.db")}
    for path in others:
        path.touch()
    thin_out(tmp_path)
    left = backups_in(tmp_path)
    days = [(NIGHT - one.made_at).days for one in left if one.kind == "backup"]
    assert set(range(7)) <= set(days)
    assert len(days) in range(19, 24), "some nights are the last of a week and of a month"
    assert max(days) in range(330, 366)
    assert all(path.exists() for path in others)


def test_a_night_without_a_change_makes_no_backup(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    keep(journal, episode())
    assert back_up_if_changed(profile, at=NIGHT)
    assert back_up_if_changed(profile, at=NIGHT + timedelta(days=1)) is None
    journal.close()
    SqliteJournal(profile).close()
    assert back_up_if_changed(profile, at=NIGHT + timedelta(days=2)) is None
    keep(journal, episode(1))
    assert back_up_if_changed(profile, at=NIGHT + timedelta(days=3))
    assert [one.made_at for one in backups_in(profile.backups)] == [NIGHT, NIGHT + timedelta(days=3)]
    assert HealthFile(profile).read().last_backup == NIGHT + timedelta(days=3)


def test_a_second_folder_gets_a_copy_and_is_remembered(
    profile: Profile, journal: SqliteJournal, episode: Make, tmp_path: Path
) -> None:
    second = tmp_path / "disk"
    keep(journal, episode())
    with pytest.raises(BackupError, match=r"doesn't exist\. The backup in .* was made"):
        back_up_if_changed(profile, at=NIGHT, second=second)
    assert len(backups_in(profile.backups)) == 1
    second.mkdir()
    back_up_if_changed(profile, at=NIGHT + timedelta(days=1), second=second)
    (copy,) = backups_in(second)
    assert content_of(profile, copy.path).episodes == 1
    assert second_folders(profile) == [second], "even once the setting names another"


def test_a_damaged_log_makes_no_backup(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    for minute in range(100):
        keep(journal, episode(minute, note="a long note " * 200))
    back_up_if_changed(profile, at=NIGHT)
    keep(journal, episode(200))
    journal.close()
    pages = bytearray(profile.database.read_bytes())
    middle = len(pages) // 2 // 4096 * 4096
    pages[middle : middle + 4096] = b"\x5a" * 4096
    profile.database.write_bytes(pages)
    with pytest.raises(DamagedDatabaseError, match="Run “numbguard repair”"):
        back_up_if_changed(profile, at=NIGHT + timedelta(days=1))
    (backup,) = backups_in(profile.backups)
    assert backup.made_at == NIGHT
    assert list(sound_backups(profile, all_backups(profile))) == [backup]
    assert HealthFile(profile).trouble


def test_a_migration_that_fails_makes_one_copy_and_entries_wait(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    kept, late = episode(), episode(1, note="waits")
    keep(journal, kept)
    journal.close()
    for _ in range(19):
        newer = SafeJournal(SqliteJournal(profile, migrations=BROKEN), profile)
        with pytest.raises(MigrationError, match="no such table: nowhere") as caught:
            list(newer.episodes())
        newer.close()
        time.sleep(0.01)
    (copy,) = backups_in(profile.backups)
    assert str(copy.path) in str(caught.value)
    assert content_of(profile, copy.path).episodes == 1
    newer = SafeJournal(SqliteJournal(profile, migrations=BROKEN), profile)
    newer.add_episode(late)
    assert "1 episode, kept in unwritten.jsonl" in (newer.note() or "")
    newer.close()
    former = SafeJournal(journal, profile)
    assert list(former.episodes()) == [kept, late], "“Install the previous NumbGuard again”"
    assert len(backups_in(profile.backups)) == 1


def test_a_damaged_log_is_not_migrated_and_its_copy_is_no_backup(profile: Profile, episode: Make) -> None:
    write_former(profile, 1, [episode(minute, note="a long note " * 200) for minute in range(100)])
    pages = bytearray(profile.database.read_bytes())
    middle = len(pages) // 2 // 4096 * 4096
    pages[middle : middle + 4096] = b"\x5a" * 4096
    profile.database.write_bytes(pages)
    with pytest.raises(DamagedDatabaseError, match="Run “numbguard repair”"):
        SqliteJournal(profile).last_episode()
    assert backups_in(profile.backups) == []
    assert profile.database.read_bytes() == pages


def test_the_quick_check_takes_no_longer_than_it_may(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    for minute in range(300):
        keep(journal, episode(minute, note="a long note " * 200))
    assert check_quickly(profile, within_s=30) is True
    assert check_quickly(profile, within_s=0) is None, "there was no time to see all of it"
    assert HealthFile(profile).trouble is None


def test_repairs_at_once_leave_one_whole_log(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    keep(journal, episode(note="one"))
    back_up_if_changed(profile, at=NIGHT)
    journal.close()
    profile.database.write_bytes(b"rubbish" * 1000)
    repairs = [
        subprocess.Popen([sys.executable, "-m", "numbguard", "--profile", str(profile.folder), "repair"])
        for _ in range(6)
    ]
    assert [one.wait() for one in repairs] == [0] * 6
    assert [one.note for one in journal.episodes()] == ["one"]
    [aside] = profile.backups.glob("numbguard-damaged-*.db")
    assert aside.read_bytes() == b"rubbish" * 1000
    assert problems_in(journal) == ()


def test_a_repair_releases_no_lock_of_the_app_in_whose_process_it_runs(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    """Otherwise the next process to close the log believes itself alone, and deletes a journal that is in use."""
    keep(journal, episode())
    wal = profile.database.with_name("numbguard.db-wal")
    before = wal.stat().st_ino
    assert salvage(profile.database, []).ids
    copy_set(profile.database, profile.folder / "copy.db")
    look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM episodes').fetchall()"
    subprocess.run([sys.executable, "-c", look, str(profile.database)], check=True)
    assert wal.stat().st_ino == before
    keep(journal, episode(1))


def test_what_was_taken_back_after_the_backup_stays_taken_back(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    gone, corrected = episode(note="gone"), episode(1, note="before")
    keeping = SafeJournal(journal, profile)
    keeping.add_episode(gone)
    keeping.add_episode(corrected)
    back_up_if_changed(profile, at=NIGHT)
    keeping.undo_episode(gone.id)
    keeping.add_episode(Episode(corrected.id, corrected.started_at, note="after"))
    keeping.close()
    pages = profile.database.read_bytes()
    profile.database.write_bytes(b"\x5a" * 100 + pages[100:])
    report = repair(profile, at=NIGHT)
    assert report.needed
    assert [one.note for one in journal.episodes()] == ["after"]
    assert [one.record.note for one in journal.former(corrected.id) if isinstance(one.record, Episode)] == ["before"]


def test_a_torn_journal_costs_what_was_not_committed_alone(
    profile: Profile, journal: SqliteJournal, episode: Make, tmp_path: Path
) -> None:
    """What was acknowledged before the journal was cut is found, even where the log itself is damaged."""
    for minute in range(10):
        keep(journal, episode(minute, note=f"{minute}"))
    whole = Profile(tmp_path / "cut")
    whole.make()
    for name in ("numbguard.db", "numbguard.db-wal"):
        shutil.copy(profile.folder / name, whole.folder / name)
    wal = whole.database.with_name("numbguard.db-wal")
    wal.write_bytes(wal.read_bytes()[:-1000])
    with whole.database.open("r+b") as file:
        file.write(b"garbage!")
    repair(whole, at=NOON)
    with closing(sqlite3.connect(whole.database)) as log:
        notes = [note for (note,) in log.execute("SELECT note FROM episodes ORDER BY n")]
    assert notes == [str(number) for number in range(9)]


def test_what_a_killed_repair_left_is_deleted_by_the_next_night(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    keep(journal, episode())
    old, young = (profile.folder / f".numbguard-mend-{name}" for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir()
        (folder / "log.db").write_text("half made")
    os.utime(old, (0, 0))
    back_up_if_changed(profile, at=NIGHT)
    assert (old.exists(), young.exists()) == (False, True)
    erase(profile)
    assert not young.exists()


def test_rows_from_before_a_column_was_added_are_read_too(
    profile: Profile, journal: SqliteJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite leaves such rows as they are, so that they have fewer columns than the table."""
    keep(journal, episode(note="before"))
    journal.close()
    added = (
        "ALTER TABLE episodes ADD COLUMN shoe TEXT; ALTER TABLE episodes ADD COLUMN chair TEXT NOT NULL DEFAULT 'any'"
    )
    monkeypatch.setattr("numbguard.store.log.schema.MIGRATIONS", (*MIGRATIONS, added))
    monkeypatch.setattr("numbguard.store.log.database.VERSION", VERSION + 1)
    newer = SqliteJournal(profile)
    keep(newer, episode(1, note="after"))
    newer.close()
    for backup in profile.backups.iterdir():
        backup.unlink()
    profile.database.write_bytes(b"garbage!" + profile.database.read_bytes()[8:])
    assert repair(profile, at=NIGHT).from_damaged == 2
    assert [one.note for one in newer.episodes()] == ["before", "after"]
    newer.close()
