"""A log may be new, old, newer, locked, read-only, full or damaged: each has its sentence, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.sentence import Sentence
from numbguard.store.log import database
from numbguard.store.log.database import VERSION, open_database
from numbguard.store.log.errors import (
    DamagedDatabaseError,
    FullDiskError,
    LockedDatabaseError,
    MigrationError,
    NewerDatabaseError,
    ReadOnlyDatabaseError,
    UnreachableDatabaseError,
)
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.profile import Profile
from tests.only_on_unix import KILL_NOW, KILLED, ON_WINDOWS, is_private
from tests.store.conftest import keep, problems_in
from tests.store.locked import as_somebody_else, fill, held_by_another_process, small_disk
from tools.former_logs import write_former

Make = Callable[..., Episode]
NEXT = (*MIGRATIONS, "CREATE TABLE habits (id TEXT); -- water; walks\nINSERT INTO habits VALUES ('a;b');")


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_log_is_safe_against_a_crash_and_a_power_cut(profile: Profile) -> None:
    opened = open_database(profile)
    with closing(opened.connection) as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2, "FULL: a commit is on the disk"
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") == 1000
        assert pragma(connection, "user_version") == len(MIGRATIONS)
    assert not profile.backups.exists()


def test_the_log_is_of_the_version_that_is_looked_for() -> None:
    """A start imports the number of the scripts, and not the scripts."""
    assert len(MIGRATIONS) == VERSION


def test_an_older_log_is_backed_up_and_brought_up_to_date(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    kept = episode(note="before")
    keep(journal, kept)
    journal.close()
    newer = SqliteJournal(profile, migrations=NEXT)
    assert newer.last_episode() == kept
    newer.close()
    with closing(sqlite3.connect(profile.database)) as connection:
        assert pragma(connection, "user_version") == len(NEXT)
        assert connection.execute("SELECT id FROM habits").fetchall() == [("a;b",)]
    (copy,) = profile.backups.iterdir()
    assert copy.name.startswith(f"numbguard-v{len(MIGRATIONS)}-")
    assert is_private(copy)
    assert is_private(profile.backups)
    with closing(sqlite3.connect(copy)) as connection:
        assert pragma(connection, "user_version") == len(MIGRATIONS)
        assert connection.execute("SELECT note FROM episodes").fetchall() == [("before",)]
    assert [path.name for path in profile.backups.iterdir()] == [copy.name], "one file, nothing beside it"


def test_a_log_from_before_habits_keeps_all_it_held_and_takes_habits_from_now_on(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    kept = episode(note="before habits", end_unknown=True)
    write_former(profile, 1, [kept])
    tick = HabitTick("t", kept.started_at, HabitKind.WATER, 1)
    check = PostureCheck("c", kept.started_at, True, True, True, True, False)
    keep(journal, tick)
    keep(journal, check)
    assert list(journal.episodes()) == [kept]
    assert (list(journal.habit_ticks()), list(journal.posture_checks())) == ([tick], [check])
    (copy,) = profile.backups.iterdir()
    assert copy.name.startswith("numbguard-v1-")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT note FROM episodes").fetchall() == [("before habits",)]


def test_an_update_that_fails_half_way_leaves_the_log_as_it_was(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    kept = episode()
    keep(journal, kept)
    journal.close()
    broken = (*MIGRATIONS, "CREATE TABLE habits (id TEXT); INSERT INTO nowhere VALUES (1)")
    with pytest.raises(MigrationError, match="no such table: nowhere"):
        open_database(profile, migrations=broken)
    assert journal.last_episode() == kept
    with closing(sqlite3.connect(profile.database)) as connection:
        assert pragma(connection, "user_version") == len(MIGRATIONS)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'habits'").fetchone() == (0,)


def test_a_newer_log_is_refused_and_not_touched(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    keep(journal, episode())
    journal.close()
    open_database(profile, migrations=NEXT).connection.close()
    before = profile.database.read_bytes()
    with pytest.raises(NewerDatabaseError) as caught:
        keep(journal, episode())
    assert str(caught.value) == (
        f"The log {profile.database} was written by a newer NumbGuard (its version is {len(NEXT)}, this program "
        f"knows {len(MIGRATIONS)}). It was not changed. Update NumbGuard to use it."
    )
    assert isinstance(caught.value, JournalError)
    assert profile.database.read_bytes() == before


@pytest.mark.parametrize("how", ["write", "all"])
def test_a_log_held_by_another_program_is_told_in_time(
    profile: Profile, journal: SqliteJournal, episode: Make, how: str
) -> None:
    keep(journal, episode())
    journal.close()
    late = episode(note="late")
    with held_by_another_process(profile, how):
        began = time.monotonic()
        with pytest.raises(LockedDatabaseError, match="Another program is holding the log"):
            keep(journal, late)
        assert time.monotonic() - began < 10, "it would wait for ever"
    keep(journal, late)
    assert journal.last_episode() == late


def test_a_log_that_may_not_be_written_to_can_still_be_read(episode: Make) -> None:
    with as_somebody_else() as folder:
        profile = Profile(folder)
        journal = SqliteJournal(profile)
        kept = episode()
        keep(journal, kept)
        journal.close()
        profile.database.chmod(0o400)
        assert journal.last_episode() == kept
        with pytest.raises(ReadOnlyDatabaseError, match=r"permission to write to .* It was not changed"):
            keep(journal, episode())
        assert journal.last_episode() == kept
        journal.close()


def test_a_folder_that_may_not_be_written_to_is_told(episode: Make) -> None:
    with as_somebody_else() as folder:
        folder.chmod(0o500)
        with pytest.raises(ReadOnlyDatabaseError, match="Make the file and its folder writable"):
            keep(SqliteJournal(Profile(folder)), episode())


def test_a_disk_mounted_read_only_is_told(episode: Make) -> None:
    with small_disk("1m") as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(ReadOnlyDatabaseError):
            keep(SqliteJournal(Profile(disk)), episode())


def test_a_full_disk_loses_nothing_and_is_told_until_there_is_room(episode: Make) -> None:
    with small_disk("600k") as disk:
        profile = Profile(disk)
        journal = SqliteJournal(profile)
        kept = episode()
        keep(journal, kept)
        filler = fill(disk)
        late = episode(1, note="x" * 100_000)
        with pytest.raises(FullDiskError, match=r"no space left .* Free some space"):
            keep(journal, late)
        with pytest.raises(FullDiskError):
            keep(journal, late)
        filler.unlink()
        assert journal.last_episode() == kept
        keep(journal, late)
        assert journal.last_episode() == late
        assert problems_in(journal) == ()
        journal.close()


def test_a_disk_that_is_full_from_the_start_is_told(episode: Make) -> None:
    with small_disk("64k") as disk:
        fill(disk)
        with pytest.raises(FullDiskError):
            keep(SqliteJournal(Profile(disk)), episode())


def test_no_update_is_begun_where_there_is_no_room_for_its_backup(episode: Make) -> None:
    with small_disk("1000k") as disk:
        profile = Profile(disk)
        journal = SqliteJournal(profile)
        kept = episode(note="x" * 200_000)
        keep(journal, kept)
        journal.close()
        filler = disk / "filler"
        filler.write_bytes(b"x" * 550_000)
        newer = SqliteJournal(profile, migrations=NEXT)
        with pytest.raises(FullDiskError):
            newer.last_episode()
        assert list(profile.backups.iterdir()) == []
        assert journal.last_episode() == kept
        journal.close()
        filler.unlink()
        assert newer.last_episode() == kept
        newer.close()


def test_damage_found_later_is_told_and_the_file_left_as_it_is(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    for minute in range(300):
        keep(journal, episode(minute, note="a long note " * 200))
    journal.close()
    pages = bytearray(profile.database.read_bytes())
    first = len(pages) // 8192 * 4096  # after the pages with the schema
    pages[first:-4096] = b"\x5a" * (len(pages) - first - 4096)
    profile.database.write_bytes(pages)
    assert problems_in(journal), "check finds it"
    with pytest.raises(DamagedDatabaseError, match=r"is damaged in places\. It was not changed"):
        list(journal.episodes())
    assert profile.database.read_bytes() == pages
    assert journal.notes() == ()


def test_damage_that_another_process_found_can_be_told_in_any_language(
    profile: Profile, journal: SqliteJournal
) -> None:
    journal.close()
    profile.database.write_bytes(b"no log" * 2000)
    with pytest.raises(DamagedDatabaseError) as refused:
        open_database(profile)
    found = HealthFile(profile).trouble
    assert isinstance(found, Sentence)
    assert found == str(refused.value)
    assert found.template.startswith("{damage} It was not changed")
    damage = found.fields["damage"]
    assert isinstance(damage, Sentence)
    assert damage.template == "The log {log} is damaged and cannot be read."
    # A file of an earlier version has the text alone.
    known = json.loads(profile.health.read_bytes())
    del known["trouble_template"]
    profile.health.write_text(json.dumps(known), encoding="utf-8")
    earlier = HealthFile(profile).trouble
    assert earlier == found
    assert not isinstance(earlier, Sentence)


def test_a_folder_in_the_logs_place_is_told(profile: Profile, episode: Make) -> None:
    profile.database.mkdir()
    with pytest.raises(UnreachableDatabaseError, match=r"could not be used .* a file in a folder that you can write"):
        keep(SqliteJournal(profile), episode())


def test_a_log_that_was_deleted_under_a_running_app_is_begun_anew(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    keep(journal, episode())
    if ON_WINDOWS:  # which lets nobody delete a file that is open
        with pytest.raises(PermissionError):
            shutil.rmtree(profile.folder)
        journal.close()
    shutil.rmtree(profile.folder)
    kept = episode()
    keep(journal, kept)
    other = SqliteJournal(profile)
    assert list(other.episodes()) == [kept]
    other.close()


def test_a_log_that_was_put_back_from_a_backup_is_the_one_written_to(
    profile: Profile, journal: SqliteJournal, episode: Make, tmp_path: Path
) -> None:
    first, second = episode(), episode(1)
    keep(journal, first)
    journal.close()
    backup = tmp_path / "backup.db"
    shutil.copy(profile.database, backup)
    keep(journal, episode(2))
    if ON_WINDOWS:  # which lets nobody replace a file that is open
        with pytest.raises(PermissionError):
            backup.replace(profile.database)
        journal.close()
    backup.replace(profile.database)
    for beside in profile.folder.glob("numbguard.db-*"):
        beside.unlink()
    keep(journal, second)
    assert list(journal.episodes()) == [first, second]


_TOGETHER = """
import sys
from datetime import datetime, UTC
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.journal import SqliteJournal, RecordVersion, now_us
from numbguard.store.profile import Profile
from numbguard.store.log.schema import MIGRATIONS
sys.stdin.readline()
journal = SqliteJournal(Profile.find(sys.argv[1]), patience_s=10)
for number in range(int(sys.argv[3])):
    journal.keep(RecordVersion(Episode(f"{sys.argv[2]}-{number}", datetime.now(UTC)), now_us()))
"""


def test_processes_that_begin_and_write_the_same_log_at_once_lose_nothing(
    profile: Profile, journal: SqliteJournal
) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _TOGETHER, str(profile.folder), name, "40"], stdin=subprocess.PIPE, text=True
        )
        for name in ("app", "verb", "other")
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert len(list(journal.episodes())) == 120
    assert problems_in(journal) == ()
    assert not profile.backups.exists(), "a new log is never taken for an old one"


def test_opening_the_log_twice_in_a_process_lets_go_of_no_lock(profile: Profile) -> None:
    """Closing any handle of a file drops the process's locks on it; the next to close would take the journal away."""
    with closing(open_database(profile).connection) as first:
        first.execute("CREATE TABLE one (n)")
        with closing(open_database(profile).connection):
            look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM one').fetchall()"
            subprocess.run([sys.executable, "-c", look, str(profile.database)], check=True)
            assert profile.database.with_name("numbguard.db-wal").exists(), "it is still in use"


def test_a_new_log_is_never_seen_half_made(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file at the log's path has all of its tables, so that an empty one is known to be damaged."""
    seen: list[bool] = []

    def statements(script: str) -> Iterator[str]:
        for statement in one_by_one(script):
            seen.append(profile.database.exists())
            yield statement

    one_by_one = database._statements
    monkeypatch.setattr(database, "_statements", statements)
    alone = f"file:{profile.database}?immutable=1"
    with closing(open_database(profile).connection), closing(sqlite3.connect(alone, uri=True)) as copy:
        assert pragma(copy, "user_version") == VERSION, "a copy of the file alone is a log"
    assert seen
    assert not any(seen)
    # Windows cannot lock a folder, so there a file in it is locked.
    assert {path.name for path in profile.folder.iterdir()} - {".numbguard-folder"} == {"numbguard.db"}


def test_on_a_drive_of_another_computer_there_is_no_write_ahead_log(
    profile: Profile, journal: SqliteJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Computers that share the drive could not use it together; a log that was moved there gives it up."""
    keep(journal, episode(note="before the move"))
    journal.close()
    monkeypatch.setattr(database, "is_on_network", lambda log: log == profile.database)
    other = SqliteJournal(profile)
    for number in range(3):
        keep(journal, episode(number))
        keep(other, episode(number))
        assert not list(profile.folder.glob("numbguard.db-wal"))
    assert len(list(journal.episodes())) == 7
    assert problems_in(journal) == ()
    other.close()


def test_what_is_deleted_is_written_over(profile: Profile) -> None:
    with closing(open_database(profile).connection) as connection:
        assert pragma(connection, "secure_delete") == 1


_THEN_KILLED = f"""
import sys
from datetime import datetime, UTC
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.profile import Profile
from numbguard.store.log.spool.safe_journal import SafeJournal
profile = Profile.find(sys.argv[1])
SafeJournal(SqliteJournal(profile), profile).add_episode(Episode("the-click", datetime.now(UTC)))
{KILL_NOW}
"""


def test_an_episode_is_there_after_kill_9_right_after_the_click(profile: Profile, journal: SqliteJournal) -> None:
    run = subprocess.run([sys.executable, "-c", _THEN_KILLED, str(profile.folder)])
    assert run.returncode == KILLED
    assert [one.id for one in journal.episodes()] == ["the-click"]
    assert problems_in(journal) == ()
