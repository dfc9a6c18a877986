"""*Delete everything*: the log, its backups, what waits to be written, and the files that were exported.

Called by ``numbguard erase`` and by the window, where the app runs through it, on the thread of its journal, which has
let go of the log. The log is emptied, not taken away: another process that has it open goes on with an empty one, and
finds nothing of its own mixed with what was there. What is deleted is written over first, as far as the file system
lets one; copies made by others (a backup of the whole disk, a snapshot) are out of reach.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.store.log.database import LockedDatabaseError, begin_anew, failure, open_database

from .fresh_file import HIDDEN, left_behind, write_over
from .profile import Profile, reason
from .written_files import remembered

if TYPE_CHECKING:
    import sqlite3

WORD = "delete"
"""What has to be typed before anything is deleted."""

_COUNTED = {
    "episodes": "SELECT count(*) FROM episodes WHERE NOT deleted",
    "breaks": "SELECT count(*) FROM breaks",
    "bouts": "SELECT count(*) FROM bouts",
    "habits": "SELECT count(*) FROM habit_ticks",
    "posture_checks": "SELECT count(*) FROM posture_checks",
    "sign_answers": "SELECT count(*) FROM sign_answers",
}


@dataclass(frozen=True, slots=True)
class ErasableData:
    """What there is to delete, or what was deleted."""

    entries: dict[str, int]
    """How many of each kind the log holds."""
    backups: tuple[Path, ...]
    exports: tuple[Path, ...]
    changed: tuple[Path, ...]
    """Files of these names that are no longer as NumbGuard wrote them: left alone, for the person to look at."""
    settings: bool = False
    failed: tuple[str, ...] = ()
    """Sentences on what could not be deleted."""

    def document(self) -> dict[str, object]:
        """As the command line and the running app give it."""
        return {
            **self.entries,
            "backups": [str(path) for path in self.backups],
            "exports": [str(path) for path in self.exports],
            "changed": [str(path) for path in self.changed],
            "settings": self.settings,
            "failed": list(self.failed),
        }


def foresee(profile: Profile) -> ErasableData:
    """What *Delete everything* would delete. Raises ``JournalError`` where the log cannot be read."""
    import sqlite3

    connection = open_database(profile).connection
    try:
        entries = _counts(connection)
    except sqlite3.Error as error:
        raise failure(error, profile) from error
    finally:
        connection.close()
    return _with_files(profile, entries)


def erase(profile: Profile, *, settings: bool = False) -> ErasableData:
    """Delete everything, the settings only if asked. Raises ``JournalError`` where the log could not be emptied.

    Then nothing else was deleted either.
    """
    entries = _empty(profile)
    found = _with_files(profile, entries)
    spool = (profile.unwritten, profile.unwritten.with_name(profile.unwritten.name + ".broken"))
    # A write that was killed within the profile.
    halves = sorted(profile.folder.glob(".numbguard-*"))
    kept = (profile.settings,) if settings else ()
    failed = _failures([*found.backups, *found.exports, *spool, *halves, *kept])
    # Last: as long as a file could not be deleted, one has to know where it is.
    if not failed:
        failed += _failures([profile.exports, profile.unfinished])
    if profile.backups.is_dir() and not any(profile.backups.iterdir()):
        profile.backups.rmdir()
    return ErasableData(
        entries,
        tuple(path for path in found.backups if not path.exists()),
        tuple(path for path in found.exports if not path.exists()),
        found.changed,
        settings,
        tuple(failed),
    )


def _with_files(profile: Profile, entries: dict[str, int]) -> ErasableData:
    try:
        backups = tuple(sorted(path for path in profile.backups.iterdir() if path.name.startswith("numbguard-")))
    except OSError:
        backups = ()
    known = remembered(profile)
    return ErasableData(
        entries,
        backups,
        (*(one.path for one in known if one.is_there()), *_remains(profile, {one.path.parent for one in known})),
        tuple(one.path for one in known if not one.is_there() and os.path.lexists(one.path)),
    )


def _remains(profile: Profile, folders: set[Path]) -> tuple[Path, ...]:
    """What exports that were killed have left under a hidden name, noted or beside others."""
    found = set(left_behind(profile))
    for folder in folders:
        with suppress(OSError):
            found.update(path for path in folder.glob(f"{HIDDEN}*") if path.is_file())
    return tuple(sorted(found))


def _empty(profile: Profile) -> dict[str, int]:
    import sqlite3

    connection = open_database(profile, patience_s=5.0).connection
    try:
        entries = _counts(connection)
        begin_anew(connection)
        for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            _patiently(connection, step, profile)
    except sqlite3.Error as error:
        raise failure(error, profile) from error
    finally:
        connection.close()
    return entries


def _patiently(connection: sqlite3.Connection, step: str, profile: Profile) -> None:
    """A checkpoint that another reader holds up says so in its answer; what was deleted would still be in the WAL."""
    for _ in range(50):
        answer = connection.execute(step).fetchone()
        if not answer or not answer[0]:
            return
        time.sleep(0.1)
    raise LockedDatabaseError(
        f"The log {profile.database} was emptied, but another program still reads what was there. "
        "Close that program and delete everything again."
    )


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: int(connection.execute(query).fetchone()[0]) for name, query in _COUNTED.items()}


def _failures(paths: Iterable[Path]) -> list[str]:
    failed = []
    for path in paths:
        try:
            write_over(path)
            path.unlink(missing_ok=True)
        except OSError as error:
            failed.append(f"{path} could not be deleted ({reason(error)}). Delete it yourself.")
    return failed
