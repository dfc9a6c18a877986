"""What a person keeps for a visit is in the log, in its backups, and gone with *Delete everything*."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from numbguard.core.log.visit import VisitDetails
from numbguard.store.erase import erase
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.backups import back_up, back_up_if_changed
from numbguard.store.log.recovery.repair import repair, restore
from numbguard.store.log.visit import keep_visit, last_report, note_report, read_visit
from numbguard.store.profile import Profile
from tests.store.conftest import NOON

ASKED = VisitDetails("Is it the nerve?\nMay I cycle?", "Zoë Čapek", "3 March 1961")


def test_it_is_kept_corrected_and_taken_out_again(journal: SqliteJournal) -> None:
    assert read_visit(journal) == VisitDetails()
    keep_visit(journal, ASKED)
    assert read_visit(journal) == ASKED
    keep_visit(journal, VisitDetails("  \n", " Zoë\n Čapek ", ""))
    assert read_visit(journal) == VisitDetails("", "Zoë Čapek", "")


def test_the_last_report_is_the_latest_before_a_moment(journal: SqliteJournal) -> None:
    assert last_report(journal, NOON) is None
    for days in (9, 2, 0):
        note_report(journal, NOON - timedelta(days=days))
    assert last_report(journal, NOON) == NOON - timedelta(days=2)
    assert last_report(journal, NOON - timedelta(days=9)) is None


def test_a_backup_has_it_and_a_restore_brings_it_back(profile: Profile, journal: SqliteJournal) -> None:
    keep_visit(journal, ASKED)
    note_report(journal, NOON)
    journal.close()
    copy = back_up(profile, at=NOON)
    keep_visit(journal, VisitDetails("Another one?"))
    journal.close()
    restore(profile, copy, at=NOON)
    assert read_visit(journal) == ASKED
    assert last_report(journal, NOON + timedelta(days=1)) == NOON


def test_a_question_alone_is_reason_for_a_nightly_backup(profile: Profile, journal: SqliteJournal) -> None:
    keep_visit(journal, VisitDetails("One?"))
    assert back_up_if_changed(profile, at=NOON) is not None
    assert back_up_if_changed(profile, at=NOON + timedelta(days=1)) is None
    keep_visit(journal, VisitDetails("One?\nTwo?"))
    assert back_up_if_changed(profile, at=NOON + timedelta(days=2)) is not None
    note_report(journal, NOON)
    assert back_up_if_changed(profile, at=NOON + timedelta(days=3)) is not None


def test_a_repair_keeps_what_the_damaged_log_still_has(profile: Profile, journal: SqliteJournal) -> None:
    keep_visit(journal, ASKED)
    note_report(journal, NOON)
    journal.close()
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = 'nonsense' WHERE name = 'breaks'")
        connection.commit()
    done = repair(profile, at=NOON)
    assert (done.needed, done.unreadable) == (True, 0)
    assert read_visit(journal) == ASKED
    assert last_report(journal, NOON + timedelta(days=1)) == NOON


def test_delete_everything_leaves_none_of_it(profile: Profile, journal: SqliteJournal) -> None:
    keep_visit(journal, ASKED)
    note_report(journal, NOON)
    back_up(profile, at=NOON)
    done = erase(profile)
    assert (done.entries["visit"], done.failed) == (3, ())
    assert read_visit(journal) == VisitDetails()
    assert last_report(journal, NOON + timedelta(days=1)) is None
    journal.close()
    words = [word.encode() for word in (ASKED.name, ASKED.born, "the nerve")]
    files = [path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()]
    assert not any(word in content for word in words for content in files)
