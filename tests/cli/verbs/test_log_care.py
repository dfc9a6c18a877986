"""Damage to the log, backups, restore and repair, with the real verbs and the app as a process of its own.

Each test follows the advice of NumbGuard's sentences word for word.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, environment, start
from tests.store.locked import fill, small_disk
from tools.desktop.app_process import CHECKOUT, AppProcess, wait_until

DAMAGED = (
    "The log {log} {how}. It was not changed, and new entries are kept in unwritten.jsonl until you repair it. "
    "Run “numbguard repair”: it saves what can be read and deletes nothing."
)


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path), here=True)


@pytest.fixture
def run(line: CommandLine) -> Iterator[Callable[..., AppProcess]]:
    with ExitStack() as apps:

        def run_one(*words: str, of: CommandLine = line) -> AppProcess:
            app = start(of, *words)
            apps.callback(app.stop)
            return app

        yield run_one


def log_some(line: CommandLine, *notes: str) -> list[str]:
    return [line.ask("log", "--note", note)["id"] for note in notes]


def notes_of(line: CommandLine) -> list[str]:
    done = line.run("episodes", "--json")
    return [one["note"] for one in json.loads(done.stdout)]


def database(line: CommandLine) -> Path:
    return line.profile / "numbguard.db"


def files(line: CommandLine) -> set[str]:
    return {path.name for path in line.profile.iterdir() if path.name.startswith("numbguard.db")}


def long_log(line: CommandLine, entries: int = 300) -> None:
    """Make a log whose tables have several pages each, and close it."""
    log_some(line, "first")
    with closing(sqlite3.connect(database(line))) as log:
        for number in range(entries):
            log.execute(
                "INSERT INTO episodes (id, edited_us, deleted, started_us, started_offset_s, note, side)"
                " VALUES (?, ?, 0, ?, 3600, ?, 'left')",
                (f"id-{number:04}", 1_700_000_000_000_000 + number, 1_700_000_000_000_000 + number * 10**9, "x" * 300),
            )
        log.commit()
        log.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def break_page(line: CommandLine, page: int) -> None:
    with database(line).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)


def page_of_a_leaf(line: CommandLine) -> int:
    """Return the number of a page that contains rows of the table of episodes."""
    content = database(line).read_bytes()
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    leaves = [number for number, page in enumerate(pages, 1) if page[0] == 0x0D and b"x" * 300 in page]
    return leaves[len(leaves) // 2]


# --- one file ---------------------------------------------------------------------------------------------------------


def test_a_log_is_one_file_when_nobody_uses_it(line: CommandLine, run: Callable[..., AppProcess]) -> None:
    log_some(line, "by a verb")
    assert files(line) == {"numbguard.db"}
    app = run()
    log_some(line, "by the app")
    line.ask("episodes")
    line.run("quit")
    app.wait(10)
    assert files(line) == {"numbguard.db"}
    alone = line.profile.parent / "alone.db"
    shutil.copy(database(line), alone)
    with closing(sqlite3.connect(alone)) as copy:
        assert copy.execute("SELECT note FROM episodes ORDER BY n").fetchall() == [("by a verb",), ("by the app",)]


_WITH_WINDOWS = """
import sys
from PySide6.QtCore import QTimer
from numbguard.app.app import App
from numbguard.cli.main import main

def start(self, start=App.start):
    start(self)
    for after_ms, open_one in ((300, self._windows.log.show_history), (600, self._windows.log.show_insights)):
        QTimer.singleShot(after_ms, open_one)
    QTimer.singleShot(1500, lambda: print(len(list(self._profile.folder.glob("numbguard.db-*"))), flush=True))
    QTimer.singleShot(2000, self.quit)

App.start = start
sys.exit(main(sys.argv[1:]))
"""


def test_quitting_with_windows_open_leaves_one_file(line: CommandLine) -> None:
    log_some(line, "one")
    command = [sys.executable, "-c", _WITH_WINDOWS, "run", "--minimised", "--profile", str(line.profile)]
    done = subprocess.run(command, env={**line.env, "PYTHONPATH": CHECKOUT}, capture_output=True, text=True, timeout=60)
    assert done.stdout == "2\n", done
    assert files(line) == {"numbguard.db"}


def test_a_copy_of_a_fresh_log_that_is_open_has_its_tables(line: CommandLine, run: Callable[..., AppProcess]) -> None:
    run()
    wait_until(database(line).exists, what=lambda: "a log")
    alone = line.profile.parent / "alone.db"
    shutil.copy(database(line), alone)
    with closing(sqlite3.connect(alone)) as copy:
        assert copy.execute("SELECT count(*) FROM episodes").fetchone() == (0,)


def test_the_journal_that_a_killed_app_left_is_restored_with_its_log(
    line: CommandLine, run: Callable[..., AppProcess]
) -> None:
    log_some(line, "before")
    line.ask("backup")
    app = run()
    log_some(line, *(f"killed {number}" for number in range(5)))
    os.kill(app.pid, signal.SIGKILL)
    app.wait(10)
    assert "numbguard.db-wal" in files(line)
    (backup,) = line.ask("restore")
    done = line.ask("restore", Path(backup["file"]).name)
    assert notes_of(line) == ["before"], "the old journal is not replayed into the backup"
    assert line.ask("check")["log"]["whole"]
    line.ask("restore", done["aside"])
    assert len(notes_of(line)) == 6, "what was there before is kept whole, and comes back the same way"


# --- damage is reported -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("break_it", "how"),
    [
        (lambda path: path.write_bytes(b"garbage!" + path.read_bytes()[8:]), "is damaged and cannot be read"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"not a log at all" * 500), "is damaged and cannot be read"),
    ],
    ids=["first bytes", "empty", "another file"],
)
def test_a_damaged_log_is_told_by_every_verb_and_by_the_app_until_it_is_repaired(
    line: CommandLine, run: Callable[..., AppProcess], break_it: Callable[[Path], object], how: str
) -> None:
    log_some(line, "one", "two")
    line.ask("backup")
    break_it(database(line))
    broken = database(line).read_bytes()
    sentence = DAMAGED.format(log=database(line), how=how)

    assert line.refused(1, "episodes") == sentence
    for verb in (("cards",), ("status",), ("check",), ("red-flags",), ("log", "--note", "three")):
        done = line.run(*verb)
        assert (done.returncode, sentence in done.stderr) == (0, True), done
    assert json.loads(line.run("status", "--json").stdout)["log"]["trouble"] == sentence
    assert json.loads(line.run("check", "--json").stdout)["log"]["whole"] is False

    app = run()
    log = line.status()["log"]
    assert (log["whole"], log["trouble"]) == (False, sentence)
    assert any(sentence in note for note in line.status()["notes"])
    assert line.run("log", "--note", "four").returncode == 0
    assert database(line).read_bytes() == broken, "it is left as it is"
    assert sentence in line.run("break", "start").stderr

    done = line.run("repair")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The log is repaired: ")
    aside = re.search(r"The damaged log is kept as (\S+\.db)\.", done.stdout)
    assert aside
    assert Path(aside[1]).read_bytes() == broken, "nothing is deleted by a repair"
    assert sorted(notes_of(line)) == ["four", "one", "three", "two"]
    wait_until(lambda: line.status()["log"]["whole"], what=lambda: str(line.status()["log"]))
    log_some(line, "five")
    assert len(notes_of(line)) == 5
    assert line.ask("check")["log"]["whole"]
    line.run("quit")
    app.wait(10)
    assert len(notes_of(line)) == 5


def test_one_bad_page_costs_no_more_than_its_entries(line: CommandLine) -> None:
    long_log(line)
    undone = line.ask("log", "--note", "taken back")["id"]
    line.ask("undo", undone)
    break_page(line, page_of_a_leaf(line))
    assert line.ask("log", "--note", "it is not known yet")["id"]
    check = json.loads(line.run("check", "--json").stdout)
    assert not check["log"]["whole"]
    sentence = DAMAGED.format(log=database(line), how="is damaged in places")
    broken = database(line).read_bytes()
    done = line.run("log", "--note", "kept in the spool")
    assert (done.returncode, sentence in done.stderr) == (0, True)
    assert database(line).read_bytes() == broken, "a log that is known to be damaged is not written to"
    repaired = json.loads(line.run("repair", "--json").stdout)
    found = notes_of(line)
    assert found.count("x" * 300) + repaired["unreadable"] == 300
    assert 0 < repaired["unreadable"] < 20
    assert {"first", "it is not known yet", "kept in the spool"} <= set(found)
    assert "taken back" not in found, "what was taken back stays taken back"
    assert line.ask("check")["log"]["whole"]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_damage_to_the_schema_counts_as_well(line: CommandLine, page: int) -> None:
    """The schema of a log fills the first pages; the tables follow."""
    long_log(line)
    break_page(line, page)
    done = line.run("repair")
    assert done.returncode == 0, done
    assert notes_of(line).count("x" * 300) == 300
    assert line.ask("check")["log"]["whole"]


def test_with_a_backup_nothing_is_missing_after_a_bad_page(line: CommandLine) -> None:
    long_log(line)
    line.ask("backup")
    log_some(line, "later")
    break_page(line, page_of_a_leaf(line))
    assert not json.loads(line.run("check", "--json").stdout)["log"]["whole"]
    repaired = json.loads(line.run("repair", "--json").stdout)
    assert (repaired["from_backup"], repaired["from_damaged"], repaired["unreadable"]) == (301, 1, 0)
    assert notes_of(line).count("x" * 300) == 300
    assert "later" in notes_of(line)


def test_a_repair_of_a_sound_log_changes_nothing(line: CommandLine) -> None:
    log_some(line, "one")
    before = database(line).read_bytes()
    assert line.run("repair").stdout == "The log is intact. There is nothing to repair.\n"
    assert database(line).read_bytes() == before
    assert not (line.profile / "backups").exists()


# --- backups ----------------------------------------------------------------------------------------------------------


def test_a_backup_goes_where_it_is_wanted_and_nowhere_else(line: CommandLine, tmp_path: Path) -> None:
    log_some(line, "one")
    target = tmp_path / "stick.db"
    assert line.run("backup", str(target)).stdout == f"Backed up 1 episode and 0 breaks to {target}.\n"
    assert target.stat().st_mode & 0o777 == 0o600
    said = line.refused(1, "backup", str(target))
    assert said == f"There is already a file {target}. It was not changed. Choose another name."
    assert "is one of NumbGuard's own files" in line.refused(1, "backup", str(line.profile / "numbguard.db.copy"))
    log_some(line, "two")
    line.ask("restore", str(target))
    assert notes_of(line) == ["one"]
    assert line.refused(1, "restore", "nothing.db").startswith("There is no file ")
    settings = line.profile / "settings.toml"
    settings.write_text("[breaks]\n")
    assert "isn't a NumbGuard log" in line.refused(1, "restore", str(settings))
    assert notes_of(line) == ["one"]


def test_a_backup_that_others_can_read_is_said_to_be(line: CommandLine, tmp_path: Path) -> None:
    log_some(line, "one")
    drive = tmp_path / "Dropbox"
    drive.mkdir()
    done = line.run("backup", str(drive / "log.db"))
    assert done.returncode == 0
    words = f"The folder {drive} is part of a cloud drive (Dropbox): the company"
    assert words in done.stderr
    assert line.run("backup").stderr == ""
    (line.profile / "settings.toml").write_text(f'[backup]\nfolder = "{drive}"\n')
    assert words in line.ask("check")["log"]["backups"]
    assert words in line.run("check").stdout
    drive.rename(tmp_path / "elsewhere")
    assert f"The second folder for backups, {drive}, doesn't exist" in line.run("check").stdout


def test_a_damaged_backup_is_neither_restored_nor_used_for_a_repair(line: CommandLine) -> None:
    log_some(line, "one")
    sound = Path(line.ask("backup")["file"])
    bad = sound.with_name("numbguard-backup-20990101T000000Z.db")
    shutil.copy(sound, bad)
    with bad.open("r+b") as file:
        file.seek(8192)
        file.write(b"\x5a" * 4096)
    assert "is damaged" in line.refused(1, "restore", bad.name)
    database(line).write_bytes(b"rubbish" * 1000)
    assert json.loads(line.run("repair", "--json").stdout)["backup"] == str(sound)
    assert notes_of(line) == ["one"]


def test_an_app_goes_on_with_a_log_restored_under_it(line: CommandLine, run: Callable[..., AppProcess]) -> None:
    log_some(line, "one")
    backup = line.ask("backup")["file"]
    run()
    log_some(line, "two")
    line.ask("restore", backup)
    log_some(line, "three")
    assert notes_of(line) == ["one", "three"]
    assert not any("log" in note for note in line.status()["notes"])
    assert line.ask("check")["log"]["whole"]


# --- no acknowledged entry is only in memory --------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["journal", "log", "both"])
def test_a_log_deleted_under_the_app_loses_nothing(
    line: CommandLine, run: Callable[..., AppProcess], what: str
) -> None:
    app = run()
    log_some(line, "one", "two")
    if what != "log":
        (line.profile / "numbguard.db-wal").unlink()
    if what == "both":
        (line.profile / "numbguard.db-shm").unlink()
    if what != "journal":
        database(line).unlink()
    log_some(line, "three", "four")
    said = "deleted while NumbGuard was running. NumbGuard wrote it again from what it had open"
    assert said in line.status()["notes"][0]
    assert notes_of(line) == ["one", "two", "three", "four"]
    line.run("quit")
    app.wait(10)
    assert notes_of(line) == ["one", "two", "three", "four"]
    assert line.ask("check")["log"]["whole"]


def test_a_log_replaced_under_the_app_is_kept_and_can_be_brought_back(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    log_some(line, "one")
    other = tmp_path / "other.db"
    line.ask("backup", str(other))
    app = run()
    log_some(line, "two")
    other.replace(database(line))
    (line.profile / "numbguard.db-wal").unlink()
    log_some(line, "three")
    note = line.status()["notes"][0]
    advised = re.search(r"run “numbguard (restore \S+)” to bring it back", note)
    assert advised
    line.run("quit")
    app.wait(10)
    assert notes_of(line) == ["one", "three"]
    line.ask(*advised[1].split())
    assert notes_of(line) == ["one", "two"]


@pytest.mark.parametrize("way", ["moved over it", "put there once it was moved away"])
def test_the_journal_of_a_log_replaced_by_hand_is_not_replayed_into_the_other(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path, way: str
) -> None:
    log_some(line, "of the other")
    other = tmp_path / "other.db"
    database(line).replace(other)  # it was in use, so its header is like that of the log
    app = run()
    log_some(line, "one", "two")
    if way == "moved over it":
        other.replace(database(line))
    else:
        database(line).replace(tmp_path / "former.db")
        shutil.copy(other, database(line))
    log_some(line, "three")
    assert "was replaced while NumbGuard was running. NumbGuard now uses the new one." in line.status()["notes"][0]
    assert notes_of(line) == ["of the other", "three"]
    (rescued,) = (line.profile / "backups").glob("numbguard-rescued-*.db")
    app.kill9()
    assert notes_of(line) == ["of the other", "three"]
    assert line.ask("check")["log"]["whole"]
    line.ask("restore", rescued.name)
    assert notes_of(line) == ["one", "two"]


def test_a_log_that_is_a_link_is_used_and_kept(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    log_some(line, "one")
    elsewhere = tmp_path / "elsewhere.db"
    database(line).replace(elsewhere)
    database(line).symlink_to(elsewhere)
    app = run()
    log_some(line, "two")
    assert not any("log" in note for note in line.status()["notes"])
    app.kill9()
    assert notes_of(line) == ["one", "two"]
    assert line.ask("check")["log"]["whole"]


def test_a_log_moved_away_under_the_app_is_written_again(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    app = run()
    log_some(line, "one", "two")
    database(line).replace(tmp_path / "away.db")
    log_some(line, "three")
    app.kill9()
    assert notes_of(line) == ["one", "two", "three"]


@pytest.mark.parametrize("how", ["cut", "overwritten", "overwritten in part"])
def test_a_journal_harmed_in_place_costs_no_later_entry(
    line: CommandLine, run: Callable[..., AppProcess], how: str
) -> None:
    log_some(line, "before")
    app = run()
    log_some(line, "one")
    journal = line.profile / "numbguard.db-wal"
    whole = journal.read_bytes()
    kept = {"cut": 0, "overwritten": 0, "overwritten in part": len(whole) - 5000}[how]
    journal.write_bytes(whole[:kept] + (b"" if how == "cut" else b"\x5a" * (len(whole) - kept)))
    log_some(line, "two", "three")
    app.kill9()
    notes = notes_of(line)
    assert notes[0] == "before"
    assert notes[-2:] == ["two", "three"]
    assert line.ask("check")["log"]["whole"]


# --- a journal that is not the log's own ------------------------------------------------------------------------------


def test_a_backup_put_in_place_by_hand_is_not_spoilt_by_a_journal_left_there(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    app = run()
    log_some(line, "one")
    backup = line.ask("backup", str(tmp_path / "backup.db"))["file"]
    log_some(line, "two", "three")
    app.kill9()
    assert "numbguard.db-wal" in files(line)
    shutil.copyfile(backup, database(line))
    told = line.refused(1, "episodes")
    assert "was replaced by another, and the journal of the previous one is still beside it" in told
    assert database(line).read_bytes() == Path(backup).read_bytes()
    line.run("repair")
    assert notes_of(line) == ["one", "two", "three"]


def test_the_journal_of_a_log_that_was_moved_away_is_kept_and_told(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    app = run()
    log_some(line, "one", "two")
    app.kill9()
    away = tmp_path / "away.db"
    database(line).replace(away)
    assert "is missing, and only its journal is there" in line.refused(1, "episodes")
    assert "is missing" in line.run("log", "--note", "three").stderr
    away.replace(database(line))
    assert notes_of(line) == ["one", "two", "three"], "once it is back, all is well"
    assert line.run("episodes").stderr == ""


def test_an_empty_file_takes_no_journal_with_it(line: CommandLine, run: Callable[..., AppProcess]) -> None:
    """SQLite deletes the journal beside an empty file."""
    app = run()
    log_some(line, "one", "two")
    app.kill9()
    database(line).write_bytes(b"")
    assert "is empty" in line.refused(1, "episodes")
    line.run("repair")
    assert notes_of(line) == ["one", "two"]


@pytest.mark.parametrize(("at", "byte"), [(18, 9), (47, 77)])
def test_a_damaged_header_that_sqlite_calls_something_else_is_damage(line: CommandLine, at: int, byte: int) -> None:
    log_some(line, "one")
    content = bytearray(database(line).read_bytes())
    content[at] = byte
    database(line).write_bytes(content)
    checked = json.loads(line.run("check", "--json").stdout)["log"]
    assert "is damaged in places" in checked["faults"][0]
    assert "The log is repaired" in line.run("repair").stdout
    assert notes_of(line) == ["one"]


def test_a_log_whose_version_is_wrong_is_repaired_although_its_copy_is_no_better(line: CommandLine) -> None:
    log_some(line, "one")
    content = bytearray(database(line).read_bytes())
    content[60:64] = (3).to_bytes(4, "big")
    database(line).write_bytes(content)
    assert "could not be updated from version 3" in line.refused(1, "episodes")
    (copy,) = (line.profile / "backups").glob("numbguard-v3-*.db")
    assert "could not be updated to this version" in line.refused(1, "restore", copy.name)
    assert "The log is repaired" in line.run("repair").stdout
    assert notes_of(line) == ["one"]


def test_a_full_disk_is_answered_with_the_truth(tmp_path: Path) -> None:
    with small_disk("1m") as disk:
        line = CommandLine(disk / "profile", environment(tmp_path), here=True)
        app = start(line)
        try:
            log_some(line, "before")
            filler = fill(disk)
            answered = []
            for number in range(8):
                done = line.run("log", "--note", f"{number} " + "x" * 2000)
                assert done.returncode in (0, 1)
                if done.returncode == 0:
                    answered.append(f"{number} " + "x" * 2000)
                else:
                    assert re.fullmatch(
                        r"numbguard: There is no space left on the disk of \S+\. The log was not changed\. "
                        r"Free some space\. "
                        r"It is not on the disk yet: NumbGuard keeps it until then, as long as it runs\.\n",
                        done.stderr,
                    ), done
            os.kill(app.pid, signal.SIGKILL)
            app.wait(10)
            filler.unlink()
            assert set(notes_of(line)) >= {"before", *answered}
            alone = fill(disk)
            done = line.run("log", "--note", "y" * 20000)
            assert done.returncode == 1
            assert "There is no space left" in done.stderr
            assert "Traceback" not in done.stderr
            alone.unlink()
            assert line.run("log", "--note", "y" * 20000).returncode == 0
        finally:
            app.stop()


def test_delete_everything_works_on_a_damaged_log_and_finds_every_backup(line: CommandLine, tmp_path: Path) -> None:
    second = tmp_path / "disk"
    second.mkdir()
    log_some(line, "the left calf")
    line.ask("backup")
    line.ask("backup", str(tmp_path / "own.db"))
    shutil.copy(next((line.profile / "backups").iterdir()), second)
    (line.profile / "settings.toml").write_text(f'[backup]\nfolder = "{second}"\n')
    database(line).write_bytes(b"rubbish, the left calf" * 1000)
    assert line.run("episodes").returncode == 1
    done = line.run("erase", "--yes-delete-everything")
    assert (done.returncode, done.stderr) == (0, "")
    left = [
        path
        for folder in (line.profile, second, tmp_path)
        for path in folder.rglob("*")
        if path.is_file() and b"the left calf" in path.read_bytes()
    ]
    assert left == []
    assert notes_of(line) == []
    assert line.ask("status")["log"]["whole"]


def test_none_of_this_is_said_of_a_log_that_is_well(line: CommandLine) -> None:
    log_some(line, "one")
    status = line.ask("status")
    assert status["log"] == {"whole": True, "last_check": None, "last_backup": None, "trouble": None}
    line.ask("check")
    line.ask("backup")
    log = line.ask("status")["log"]
    assert log["last_check"]
    assert log["last_backup"]


# --- the app's own care of the log ------------------------------------------------------------------------------------

FAST = ("--speed", "60")
"""At this pace the app looks after its log five seconds after the start."""


def test_the_app_finds_a_bad_page_after_its_start_and_sends_new_entries_to_the_spool(
    line: CommandLine, run: Callable[..., AppProcess]
) -> None:
    long_log(line, 20)
    break_page(line, page_of_a_leaf(line))
    run(*FAST)
    wait_until(lambda: not line.status()["log"]["whole"], what=lambda: str(line.status()["log"]), timeout=20)
    broken = database(line).read_bytes()
    assert line.run("log", "--note", "spooled").returncode == 0
    assert database(line).read_bytes() == broken
    assert b"spooled" in (line.profile / "unwritten.jsonl").read_bytes()
    said = (line.profile / "said.json").read_text()
    assert said.count("log-damaged") == 1
    assert line.run("repair").returncode == 0
    assert "spooled" in notes_of(line)
    wait_until(lambda: line.status()["log"]["whole"], what=lambda: str(line.status()["log"]))


def test_the_app_backs_up_its_log_when_it_has_changed_and_checks_all_of_it(
    line: CommandLine, run: Callable[..., AppProcess], tmp_path: Path
) -> None:
    log_some(line, "one")
    second = tmp_path / "disk"
    (line.profile / "settings.toml").write_text(f'[backup]\nfolder = "{second}"\n')
    run(*FAST)
    wait_until(lambda: line.status()["log"]["last_check"], what=lambda: str(line.status()["log"]), timeout=20)
    assert line.status()["log"]["last_backup"]
    (missing,) = (note for note in line.status()["notes"] if str(second) in note)
    assert missing.startswith(f"The second folder for backups, {second}, doesn't exist.")
    (backup,) = line.ask("restore")
    assert (backup["kind"], backup["episodes"], backup["sound"]) == ("backup", 1, True)


# --- noise in the log -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["a note", "a column's name in the schema"])
def test_damage_that_sqlite_does_not_notice_is_damage(line: CommandLine, what: str) -> None:
    """The sentences about it repeat no word of an entry."""
    log_some(line, "the left calf")
    line.ask("backup")
    content = database(line).read_bytes()
    if what == "a note":
        content = content.replace(b"the left calf", b"the left\xff\xfe\xfd\xfc\xfb")
    else:
        content = content.replace(b"side TEXT,", b"sida TEXT,")
    database(line).write_bytes(content)
    done = line.run("episodes")
    assert done.returncode == 1
    assert done.stderr == f"numbguard: {DAMAGED.format(log=database(line), how='is damaged in places')}\n"
    assert json.loads(line.run("check", "--json").stdout)["log"]["whole"] is False
    assert line.run("repair").returncode == 0
    assert notes_of(line) == ["the left calf"]
