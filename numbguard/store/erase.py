"""*Delete everything*: deletes the log, its backups, the spool and the exported files.

``numbguard erase`` and the window call it; where the app runs, both go through it, on the thread of its journal, which
has closed the log. The log is emptied, not removed: another process that has it open continues with an empty log.
Files are overwritten before they are deleted, as far as the file system allows; copies that others made (a backup of
the whole disk, a snapshot) are out of reach.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.store.log.database import LockedDatabaseError, begin_anew, failure, open_database

from .profile import Profile, alone, reason
from .written_files import remembered

if TYPE_CHECKING:
    import sqlite3

WORD = "delete"
"""The word to type before anything is deleted."""

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
    """What can be deleted, or what was deleted."""

    entries: dict[str, int]
    """The number of entries of each kind."""
    backups: tuple[Path, ...]
    exports: tuple[Path, ...]
    changed: tuple[Path, ...]
    """Exports that were changed since: left alone, for the person to look at."""
    settings: bool = False
    failed: tuple[str, ...] = ()
    """A sentence for each file that could not be deleted."""

    def document(self) -> dict[str, object]:
        """The JSON document of the command line and the running app."""
        return {
            **self.entries,
            "backups": [str(path) for path in self.backups],
            "exports": [str(path) for path in self.exports],
            "changed": [str(path) for path in self.changed],
            "settings": self.settings,
            "failed": list(self.failed),
        }


def foresee(profile: Profile) -> ErasableData:
    """Return what *Delete everything* would delete. Raises ``JournalError`` where the log cannot be read."""
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
    """Delete everything, the settings only if ``settings``.

    Raises ``JournalError`` where the log could not be emptied; nothing else was deleted then.
    """
    entries = _empty(profile)
    found = _with_files(profile, entries)
    spool = (profile.unwritten, profile.unwritten.with_name(profile.unwritten.name + ".broken"))
    kept = (profile.settings,) if settings else ()
    failed = _failures([*found.backups, *found.exports, *spool, *kept])
    # Last: the record must stay as long as one of its files could not be deleted.
    if not failed:
        failed += _failures([profile.exports])
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
        tuple(one.path for one in known if one.is_there()),
        tuple(one.path for one in known if not one.is_there() and os.path.lexists(one.path)),
    )


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
    """Run a step until its answer says that no reader held it up; deleted entries would remain in the WAL otherwise."""
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
            _write_over(path)
            path.unlink(missing_ok=True)
        except OSError as error:
            failed.append(f"{path} could not be deleted ({reason(error)}). Delete it yourself.")
    return failed


def _write_over(path: Path) -> None:
    """Overwrite a file with zeros, unless it is a link or has another hard link."""
    if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:
        return
    with path.open("r+b", buffering=0) as file, alone(file.fileno()):
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1024 * 1024))) or left
        os.fsync(file.fileno())
        file.truncate(0)
