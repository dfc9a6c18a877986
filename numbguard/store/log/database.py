"""Opens the log's SQLite file: makes it, migrates it after a backup, and turns errors into sentences.

The journal calls it at its first use, on its thread (the GUI thread in the app). ``sqlite3`` is imported only then: the
tray icon shows before it.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.store.profile import Profile, alone, close_to_others, make_folder, open_private, reason, sync_folder

if TYPE_CHECKING:  # imported late: the tray icon shows before it
    import sqlite3

VERSION = 8
"""The schema version of this NumbGuard; `schema.py` is imported only to make or migrate a log."""


class NewerDatabaseError(JournalError):
    """The log was written by a newer NumbGuard."""


class LockedDatabaseError(JournalError):
    """Another program has locked the log."""


class ReadOnlyDatabaseError(JournalError):
    """The log, or its folder, may not be written to."""


class FullDiskError(JournalError):
    """The disk has no room for another entry."""


class DamagedDatabaseError(JournalError):
    """The log is damaged: it cannot be read, or not all of it."""


class UnreachableDatabaseError(JournalError):
    """The log cannot be opened, read or written for another reason."""


@dataclass(frozen=True, slots=True)
class OpenedLog:
    """An open log. ``notes``: sentences for the person on repairs made to open it."""

    connection: sqlite3.Connection
    file: tuple[int, int]
    """Device and inode of the file: another file may be at its path later."""
    notes: tuple[str, ...] = ()


def open_database(profile: Profile, *, patience_s: float = 1.0, migrations: Sequence[str] | None = None) -> OpenedLog:
    """Open the log, make it if there is none, and migrate it. Raises ``JournalError`` with a sentence.

    ``migrations``: the scripts of another version than this NumbGuard's, for tests.
    """
    import sqlite3

    notes: tuple[str, ...] = ()
    while True:
        with _told(profile):
            # SQLite finds a journal by its name. If the file were moved while SQLite reads it, SQLite would replay the
            # new log's journal into the moved file and lose what others have just written.
            make_folder(profile.folder)
            with _folder(profile.folder, together=True):
                file = _have_file(profile)
                connection = sqlite3.connect(profile.database, timeout=patience_s, isolation_level=None)
                try:
                    damage = _damage(connection)
                except BaseException:
                    connection.close()
                    raise
                if damage is not None:
                    connection.close()
            if damage is None:
                try:
                    connection.execute("PRAGMA foreign_keys = ON")
                    connection.execute("PRAGMA synchronous = FULL")
                    # Overwrite deleted content, so that it cannot be recovered from the file.
                    connection.execute("PRAGMA secure_delete = ON")
                    _bring_up_to_date(connection, profile, migrations, patience_s)
                except BaseException:
                    connection.close()
                    raise
                return OpenedLog(connection, file, notes)
            if notes:
                raise DamagedDatabaseError(f"A fresh log at {profile.database} cannot be read either. Check the disk.")
            notes = _put_aside(profile, file, damage)


def begin_anew(connection: sqlite3.Connection, migrations: Sequence[str] | None = None) -> None:
    """Empty an open log in one transaction; other connections then find it empty."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        for (name,) in connection.execute(named).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        for script in _scripts(migrations):
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def back_up(connection: sqlite3.Connection, profile: Profile, name: str) -> Path:
    """Copy the open log to a single file in the profile's ``backups`` folder."""
    import sqlite3

    make_folder(profile.backups)
    copy = _free_path(profile.backups, name)
    os.close(open_private(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    try:
        target = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.backup(target)
            # In WAL mode the copy would need two more files beside it as soon as it is opened.
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    sync_folder(profile.backups)
    return copy


def failure(error: Exception, profile: Profile) -> JournalError:
    """Return an error of SQLite or the system as a sentence: what happened, what was kept, what to do."""
    path = profile.database
    if _means_full(error, profile):
        return FullDiskError(
            f"There is no room left on the disk of {profile.folder}. What the log holds is untouched. Free some space."
        )
    match _code(error):
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return LockedDatabaseError(
                f"Another program is holding the log {path}. Nothing in it was changed. "
                "Close that program or try again."
            )
        case "SQLITE_READONLY" | "SQLITE_PERM" | "SQLITE_AUTH":
            return ReadOnlyDatabaseError(
                f"The log {path} may not be written to. What it holds is untouched. "
                "Make the file and its folder writable for you."
            )
        case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            backup = _newest_backup(profile)
            instead = f"put {backup} in its place" if backup else "a new one is begun"
            return DamagedDatabaseError(
                f"The log {path} is damaged in places. It was left as it is. "
                f"Quit NumbGuard and move the file somewhere safe; then {instead}."
            )
    words = reason(error) if isinstance(error, OSError) else str(error)
    return UnreachableDatabaseError(
        f"The log {path} could not be used ({words}). What it holds was left as it is. "
        "See that this is a file in a folder that you may write to."
    )


def _code(error: Exception) -> str:
    """Return the name of SQLite's primary result code, or of its equivalent for a system error."""
    if isinstance(error, OSError):
        return "SQLITE_READONLY" if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else ""
    name = getattr(error, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


def _means_full(error: Exception, profile: Profile) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if _code(error) == "SQLITE_FULL":
        return True
    # SQLite reports some failures for lack of room as I/O errors, the shared memory beside the log among them.
    if _code(error) not in ("SQLITE_IOERR", "SQLITE_CANTOPEN"):
        return False
    import shutil

    try:
        return shutil.disk_usage(profile.folder).free < 64 * 1024
    except OSError:
        return False


@contextmanager
def _told(profile: Profile) -> Iterator[None]:
    import sqlite3

    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise failure(error, profile) from error


def _have_file(profile: Profile) -> tuple[int, int]:
    """Make the file if missing, owner-only, before SQLite opens it: SQLite gives its journal the same rights."""
    path = profile.database
    # Never open an existing file here: closing it would release the locks of another connection of this process
    # (SQLite, "How To Corrupt An SQLite Database File", 2.2).
    if not path.exists():
        with suppress(FileExistsError):  # another process made it first
            os.close(open_private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
            sync_folder(profile.folder)
    found = path.stat()
    for one in (path, *_beside(path)):
        close_to_others(one)
    return found.st_dev, found.st_ino


def _beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _damage(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the file as a whole, as far as one query shows; ``None`` for a log, old or new."""
    import sqlite3

    try:
        tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        if _code(error) in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            return "is damaged and cannot be read"
        raise
    if tables and not _version(connection):
        return "is a database of another program"
    return None


def _put_aside(profile: Profile, file: tuple[int, int], damage: str) -> tuple[str, ...]:
    """Move the file at the log's path and its journal into ``backups``; delete nothing."""
    backup = _newest_backup(profile)
    make_folder(profile.backups)
    with _folder(profile.folder):
        try:
            found = profile.database.stat()
        except FileNotFoundError:
            return ()
        if (found.st_dev, found.st_ino) != file:
            return ()  # another process was quicker; the file there now has not been examined yet
        aside = _free_path(profile.backups, f"numbguard-damaged-{_stamp()}")
        # Move the log itself last: while it is there, nobody makes a new one with files of these names.
        log = profile.database
        for old, new in zip((*_beside(log), log), (*_beside(aside), aside), strict=True):
            if old.exists():
                old.replace(new)
    sync_folder(profile.backups)
    back = f" To go back to an earlier one, quit NumbGuard and put {backup} in its place." if backup else ""
    return (f"The log {profile.database.name} {damage}. It was kept as {aside} and a new log was begun.{back}",)


@contextmanager
def _folder(folder: Path, *, together: bool = False) -> Iterator[None]:
    """Lock the profile folder for this process alone, or shared with other readers (``together``).

    Not on Windows, which cannot lock a folder and does not let a file in use be moved.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with alone(handle, together=together):
            yield
    finally:
        os.close(handle)


def _bring_up_to_date(
    connection: sqlite3.Connection, profile: Profile, migrations: Sequence[str] | None, patience_s: float
) -> None:
    version, known = _version(connection), VERSION if migrations is None else len(migrations)
    if version > known:
        raise NewerDatabaseError(
            f"The log {profile.database} was written by a newer NumbGuard (its version is {version}, "
            f"this program knows {known}). It was not touched. Update NumbGuard to go on with it."
        )
    _use_wal(connection, patience_s)
    if version == known:
        return
    if version:
        back_up(connection, profile, f"numbguard-v{version}-{_stamp()}")
    # In one transaction: another process must not take a half-made log for an old one and back it up.
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated it since.
        missing = _scripts(migrations)[_version(connection) :]
        for script in missing:
            for statement in _statements(script):
                connection.execute(statement)
        if missing:
            connection.execute(f"PRAGMA user_version = {known}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _scripts(migrations: Sequence[str] | None) -> Sequence[str]:
    from .schema import MIGRATIONS

    return MIGRATIONS if migrations is None else migrations


def _use_wal(connection: sqlite3.Connection, patience_s: float) -> None:
    """Turn on write-ahead logging, so that readers and writers do not wait for one another; the file keeps the mode."""
    import sqlite3

    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    deadline = time.monotonic() + patience_s
    while True:
        try:
            # A file system without shared memory keeps another mode, which is slower but no less safe.
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite refuses one of two processes that do this at once, without waiting.
            if _code(error) != "SQLITE_BUSY" or time.monotonic() >= deadline:
                raise
            time.sleep(0.02)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: ``executescript`` would end the transaction around them."""
    import sqlite3

    *pieces, rest = script.split(";")
    statement = ""
    for piece in pieces:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if (statement + rest).strip():
        yield statement + rest


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _free_path(folder: Path, stem: str) -> Path:
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path


def _newest_backup(profile: Profile) -> Path | None:
    """Return the newest backup of the log."""
    try:
        copies = [path for path in profile.backups.glob("numbguard-*.db") if "-damaged-" not in path.name]
        return max(copies, key=lambda path: path.stat().st_mtime, default=None)
    except OSError:
        return None
