"""*Delete everything* leaves no word of the person's entries in the profile or in the exported files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.store.erase import erasable_data, erase
from numbguard.store.exchange import ExchangeFormat, export_log
from numbguard.store.log.database import open_database
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.backups import back_up
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.log.spool.spool import Spool
from numbguard.store.profile import Profile
from numbguard.store.written_files import remember
from tests.store.conftest import NOON, problems_in

Make = Callable[..., Episode]
SECRET = "the left calf, after lunch"


def holding_it(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_nothing_of_the_log_is_left_anywhere(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    told = episode(note=SECRET)
    keeping.add_episode(told)
    keeping.add_episode(Episode(told.id, told.started_at, note="corrected"))
    keeping.undo_episode(told.id)
    keeping.add_episode(episode(note=SECRET))
    back_up(profile, at=NOON)
    (profile.backups / "keep.txt").write_text("not NumbGuard's")
    profile.settings.write_text("[breaks]\n")
    exported, edited, moved = (tmp_path / name for name in ("a.csv", "b.json", "c.fhir.json"))
    for path in (exported, edited, moved):
        export_log(profile, path, ExchangeFormat.of(path) or ExchangeFormat.CSV, at=NOON)
    edited.write_text("a report of my own")
    moved.rename(tmp_path / "moved")
    (tmp_path / "moved").unlink()
    assert len(holding_it(tmp_path)) > 2

    seen = erasable_data(profile)
    done = erase(profile)
    assert (done.entries["episodes"], done.exports, done.changed) == (1, (exported,), (edited,))
    assert (seen.entries, seen.backups, seen.exports) == (done.entries, done.backups, done.exports)
    assert done.failed == ()
    assert holding_it(tmp_path) == []
    assert not exported.exists()
    assert edited.read_text() == "a report of my own"
    assert (profile.backups / "keep.txt").exists()
    assert profile.settings.exists()
    # The journal that was open meanwhile continues with the empty log.
    assert list(journal.episodes()) == []
    after = episode()
    keeping.add_episode(after)
    assert list(journal.episodes()) == [after]
    assert problems_in(journal) == ()
    assert erase(profile, settings=True).settings
    assert not profile.settings.exists()


@pytest.mark.parametrize(
    "odd",
    [
        '{"path": "/tmp/out", "file": [1, Infinity, 3, 4]}',
        '{"path": "/tmp/out", "file": [1, 2, 3]}',
        '{"path": 7, "file": [1, 2, 3, 4]}',
        '{"path": "a\\u0000b", "file": [1, 2, 3, 4]}',
        '{"path": "\\ud800", "file": [1, 2, 3, 4]}',
        "null",
    ],
)
def test_an_odd_entry_in_the_record_of_exports_hides_no_other(profile: Profile, tmp_path: Path, odd: str) -> None:
    out = tmp_path / "log.csv"
    out.write_text("words")
    remember(profile, out)
    profile.exports.write_text(profile.exports.read_text().replace("[", f"[{odd}, ", 1))
    assert erase(profile).exports == (out,)
    assert not out.exists()


def test_what_waited_to_be_written_does_not_come_back(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    keeping = SafeJournal(journal, profile)
    keeping.add_episode(episode())
    with closing(sqlite3.connect(profile.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        keeping.add_episode(episode(note=SECRET))
        assert keeping.pending() == 1
    keeping.forget()
    erase(profile)
    keeping.retry()
    assert (keeping.pending(), list(keeping.episodes()), list(Spool(profile.unwritten).news())) == (0, [], [])
    assert holding_it(profile.folder) == []


def test_where_the_log_cannot_be_emptied_nothing_else_is_deleted_either(
    tmp_path: Path,
    profile: Profile,
    journal: SqliteJournal,
    keeping: SafeJournal,
    episode: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keeping.add_episode(episode(note=SECRET))
    export_log(profile, tmp_path / "log.csv", ExchangeFormat.CSV, at=NOON)
    monkeypatch.setattr(
        "numbguard.store.erase.open_database", lambda profile, **_: open_database(profile, patience_s=0.1)
    )
    with closing(sqlite3.connect(profile.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="Another program is holding the log"):
            erase(profile)
    assert (tmp_path / "log.csv").exists()
    assert len(list(journal.episodes())) == 1
