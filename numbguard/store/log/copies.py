"""Copies of the log: made by SQLite's backup API and checked before they count; their names, and how they are read.

The backups, the migration and the repair call it, on any thread with a connection of that thread. A backup is one file,
and its name tells its kind: ``numbguard-backup-…`` was made nightly or by hand, ``numbguard-v7-…`` before a migration
from version 7, ``numbguard-replaced-…`` is a log that a restore replaced, ``numbguard-rescued-…`` one that was deleted
under the running app. ``numbguard-damaged-…`` is a damaged log, which is not a backup.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.store.profile import Profile, close_to_others, make_folder, open_private, replace_file, sync_folder

from .errors import IN_PLACES, damaged
from .file_set import beside, copy_set, free_path, has_journal
from .integrity import faults

if TYPE_CHECKING:
    import sqlite3

_NAME = re.compile(r"numbguard-(backup|v\d+|replaced|rescued)-(\d{8}T\d{6}Z)(-\d+)?\.db")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that can be restored."""

    path: Path
    made_at: datetime
    kind: str
    """``backup``, ``v`` and a number, ``replaced`` or ``rescued``: see the module."""


def stamp(at: datetime) -> str:
    """Return a moment in the form that the names of backups have."""
    return at.astimezone(UTC).strftime(_STAMP)


def back_up_before_migration(connection: sqlite3.Connection, profile: Profile, version: int) -> Path:
    """Return a checked copy of a log of an older version: the one that is there already, or one made now."""
    log = profile.database
    changed_ns = max(path.stat().st_mtime_ns for path in (log, *beside(log)) if _counts(path))
    for known in reversed(backups_in(profile.backups)):
        if known.kind == f"v{version}" and known.path.stat().st_mtime_ns >= changed_ns:
            return known.path
    target = free_path(private_folder(profile.backups), f"numbguard-v{version}-{stamp(datetime.now(UTC))}")
    copy_checked(connection, profile, target)
    return target


def copy_checked(connection: sqlite3.Connection, profile: Profile, target: Path) -> None:
    """Copy an open log into one file, check the copy, and only then give it its name.

    Raises ``DamagedDatabaseError`` where the copy is not sound, which means that the log is not.
    """
    import sqlite3

    fresh = target.with_name(f".numbguard-{target.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    os.close(open_private(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
            connection.backup(copy)
            # In WAL mode the copy would need two more files beside it as soon as it is opened.
            copy.execute("PRAGMA journal_mode = DELETE")
            found = faults(copy)
        if found:
            raise damaged(profile, IN_PLACES)
        with fresh.open("r+b") as file:  # Windows syncs no file that is open for reading alone
            os.fsync(file.fileno())
        replace_file(fresh, target)
    finally:
        for left in (fresh, *beside(fresh)):
            left.unlink(missing_ok=True)
    sync_folder(target.parent)


@contextmanager
def opened_copy(profile: Profile, path: Path) -> Iterator[sqlite3.Connection]:
    """Open a log that is not in use for reading, without changing it or what lies beside it.

    Raises ``sqlite3.Error`` and ``OSError``.
    """
    import sqlite3
    from tempfile import TemporaryDirectory
    from urllib.parse import quote

    if not has_journal(path):
        with closing(
            sqlite3.connect(f"file:{quote(str(path))}?immutable=1", uri=True, isolation_level=None)
        ) as connection:
            yield connection
        return
    with TemporaryDirectory(prefix=".numbguard-mend-", dir=profile.folder) as folder:
        copy = Path(folder) / "log.db"
        copy_set(path, copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            yield connection


def backups_in(folder: Path) -> list[Backup]:
    """Return the files of a folder that were made as backups, oldest first, without opening them."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if match := _NAME.fullmatch(path.name):
                made_at = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
                found.append((made_at, path.name, Backup(path, made_at, match[1])))
    return [backup for _, _, backup in sorted(found, key=lambda one: one[:2])]


def private_folder(folder: Path) -> Path:
    """Make a folder if missing, owner-only."""
    make_folder(folder)
    close_to_others(folder)
    return folder


def _counts(path: Path) -> bool:
    """Whether a change to this file of the log is a change of its content."""
    return path.exists() and not path.name.endswith("-shm") and path.stat().st_size > 0
