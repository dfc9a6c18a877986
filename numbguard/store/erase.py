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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.sentence import sentence
from numbguard.store.log.database import begin_anew, open_database
from numbguard.store.log.errors import DamagedDatabaseError, LockedDatabaseError, MigrationError, failure
from numbguard.store.log.file_set import FOLDER_LOCK, beside, locked_folder
from numbguard.store.log.health import HealthFile
from numbguard.store.log.recovery.backups import second_folders

from .fresh_file import HIDDEN, left_behind, write_over
from .profile import Profile, reason
from .written_files import remembered

if TYPE_CHECKING:
    import sqlite3

WORD = "delete"
"""The word to type before anything is deleted."""

_OF_BACKUPS = ("numbguard-", ".numbguard-")
"""What the names of backups and of half-made ones begin with."""

_COUNTED = {
    "episodes": "SELECT count(*) FROM episodes WHERE NOT deleted",
    "breaks": "SELECT count(*) FROM breaks",
    "bouts": "SELECT count(*) FROM bouts",
    "habits": "SELECT count(*) FROM habit_ticks",
    "posture_checks": "SELECT count(*) FROM posture_checks",
    "sign_answers": "SELECT count(*) FROM sign_answers",
    "visit": "SELECT count(*) FROM visit",
}


_NOTHING = dict.fromkeys(_COUNTED, 0)
"""The entries of a log that cannot be read."""


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


def erasable_data(profile: Profile, *, second: Path | None = None) -> ErasableData:
    """Return what ``erase`` would delete now. ``second``: as there. Raises ``JournalError`` for an unreadable log."""
    import sqlite3

    try:
        opened = open_database(profile)
    except (DamagedDatabaseError, MigrationError):
        return _with_files(profile, _NOTHING, second)
    connection = opened.connection
    try:
        entries = _counts(connection)
    except (sqlite3.Error, UnicodeError) as error:
        raise failure(error, profile) from error
    finally:
        opened.close()
    return _with_files(profile, entries, second)


def erase(profile: Profile, *, settings: bool = False, second: Path | None = None) -> ErasableData:
    """Delete everything, the settings only if ``settings``. ``second``: the folder that gets a copy of each backup.

    Raises ``JournalError`` where the log could not be emptied; nothing else was deleted then.
    """
    found = _with_files(profile, _NOTHING, second)
    missing = [
        sentence(
            "The folder {folder} for backups doesn't exist, so its backups could not be deleted. Connect its disk "
            "and delete everything again.",
            folder=folder,
        )
        for folder in second_folders(profile, second)
        if not folder.is_dir()
    ]
    entries = _empty(profile)
    spool = (profile.unwritten, profile.unwritten.with_name(profile.unwritten.name + ".broken"))
    kept = (profile.settings,) if settings else ()
    # Files that a killed process left half-written in the profile.
    left = [path for pattern in (".numbguard-*", ".numbguard-*/*") for path in profile.folder.glob(pattern)]
    left = [path for path in left if path.is_file() and path.name != FOLDER_LOCK]
    failed = [*missing, *_failures([*found.backups, *found.exports, *spool, profile.last_click, *kept, *left])]
    # Last: the record must stay as long as one of its files could not be deleted.
    if not failed:
        failed += _failures([profile.exports, profile.unfinished, profile.health])
    HealthFile(profile).repaired()
    for folder in profile.folder.glob(".numbguard-mend-*"):
        with suppress(OSError):
            folder.rmdir()
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


def _with_files(profile: Profile, entries: dict[str, int], second: Path | None) -> ErasableData:
    found: list[Path] = []
    for folder in (profile.backups, *second_folders(profile, second)):
        with suppress(OSError):
            found += sorted(path for path in folder.iterdir() if path.name.startswith(_OF_BACKUPS))
    backups = tuple(found)
    known = remembered(profile)
    return ErasableData(
        entries,
        backups,
        (
            *(one.path for one in known if one.is_there()),
            *_exports_of_killed(profile, {one.path.parent for one in known}),
        ),
        tuple(one.path for one in known if not one.is_there() and os.path.lexists(one.path)),
    )


def _exports_of_killed(profile: Profile, folders: set[Path]) -> tuple[Path, ...]:
    """Return the files that killed exports left under hidden names, noted or in the folders of other exports."""
    found = set(left_behind(profile))
    for folder in folders:
        with suppress(OSError):
            found.update(path for path in folder.glob(f"{HIDDEN}*") if path.is_file())
    return tuple(sorted(found))


def _empty(profile: Profile) -> dict[str, int]:
    import sqlite3

    try:
        opened = open_database(profile, patience_s=5.0)
    except (DamagedDatabaseError, MigrationError):
        _delete_log(profile)
        opened = open_database(profile, patience_s=5.0)
    connection = opened.connection
    try:
        entries = _counts(connection)
        begin_anew(connection)
        for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            _patiently(connection, step, profile)
    except (sqlite3.Error, UnicodeError) as error:
        raise failure(error, profile) from error
    finally:
        opened.close()
    return entries


def _delete_log(profile: Profile) -> None:
    """Delete a damaged log, which cannot be emptied; the next use makes a new one."""
    log = profile.database
    with locked_folder(profile.folder):
        failed = _failures([path for path in (*beside(log), log) if path.exists()])
    if failed:
        raise LockedDatabaseError(failed[0])


def _patiently(connection: sqlite3.Connection, step: str, profile: Profile) -> None:
    """Run a step until its answer says that no reader held it up; deleted entries would remain in the WAL otherwise."""
    for _ in range(50):
        answer = connection.execute(step).fetchone()
        if not answer or not answer[0]:
            return
        time.sleep(0.1)
    raise LockedDatabaseError(
        sentence(
            "The log {database} was emptied, but another program still reads what was there. "
            "Close that program and delete everything again.",
            database=profile.database,
        )
    )


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: int(connection.execute(query).fetchone()[0]) for name, query in _COUNTED.items()}


def _failures(paths: Iterable[Path]) -> list[str]:
    failed: list[str] = []
    for path in paths:
        try:
            write_over(path)
            path.unlink(missing_ok=True)
        except OSError as error:
            failed.append(
                sentence("{path} could not be deleted ({reason}). Delete it yourself.", path=path, reason=reason(error))
            )
    return failed
