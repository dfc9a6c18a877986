"""Checks of the log: a quick one after each start, and the whole one.

The app's log care and ``numbguard check`` call them, on any thread but the GUI thread, with a connection of their own.
What they find is recorded in the log's health.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.core.sentence import words_of
from numbguard.store.profile import Profile

from ..database import OpenedLog, open_database
from ..entries import unreadable_entries
from ..errors import IN_PLACES, DamagedDatabaseError, code, damaged, failure
from ..health import HealthFile
from ..integrity import faults, log_version

if TYPE_CHECKING:
    import sqlite3

QUICK_S = 0.05
"""How long the quick check may take, in seconds."""

_STEPS_BETWEEN_LOOKS = 1000
"""SQLite's virtual machine instructions between two looks at the clock."""


def check_whole(profile: Profile, *, at: datetime) -> tuple[str, ...]:
    """Go through the whole log and return what is wrong, as sentences; empty where it is sound.

    Takes seconds for a long log. Raises no ``JournalError``: a log that cannot be opened is what is wrong.
    """
    import sqlite3

    try:
        opened = open_database(profile)
    except JournalError as error:
        return (words_of(error),)
    try:
        found = faults(opened.connection) or unreadable_entries(opened.connection)
        if not found and (refused := unwritable(profile, opened)):
            return (words_of(refused),)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        return (words_of(failure(error, profile)),)
    finally:
        opened.close()
    if not found:
        HealthFile(profile).found_sound(at)
        return ()
    return (words_of(damaged(profile, IN_PLACES)), *found)


def unwritable(profile: Profile, opened: OpenedLog) -> JournalError | None:
    """Return why an open log takes no entries, such as damage to its header; ``None`` where it does.

    A log that another program is writing to counts as one that does.
    """
    import sqlite3

    if opened.is_copy:
        return None
    try:
        opened.connection.execute("BEGIN IMMEDIATE")
        # BEGIN alone succeeds on a log that SQLite only reads.
        opened.connection.execute(f"PRAGMA user_version = {log_version(opened.connection)}")
        opened.connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return None if code(error) in ("SQLITE_BUSY", "SQLITE_LOCKED") else failure(error, profile)
    return None


def check_quickly(profile: Profile, *, within_s: float = QUICK_S) -> bool | None:
    """Look for damage for at most ``within_s``; ``None`` where that was too short to see all of the log.

    Returns False for a damaged log. Raises ``JournalError`` where the log cannot be opened for another reason.
    """
    import sqlite3

    try:
        opened = open_database(profile)
    except DamagedDatabaseError:
        return False
    until = time.monotonic() + within_s
    try:
        opened.connection.set_progress_handler(lambda: time.monotonic() >= until, _STEPS_BETWEEN_LOOKS)
        is_sound = _quick(opened.connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            return None
        raise failure(error, profile) from error
    except (sqlite3.DatabaseError, UnicodeError) as error:
        if isinstance(failure(error, profile), DamagedDatabaseError):
            return False
        raise failure(error, profile) from error
    finally:
        opened.close()
    if not is_sound:
        damaged(profile, IN_PLACES)
    return is_sound


def _quick(connection: sqlite3.Connection) -> bool:
    return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
