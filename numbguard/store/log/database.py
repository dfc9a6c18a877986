"""Opens the log's SQLite file: makes it, migrates it after a backup, and turns errors into sentences.

The journal calls it at its first use, on its thread (the GUI thread in the app). ``sqlite3`` is imported only then: the
tray icon shows before it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from numbguard.core.sentence import N_, sentence
from numbguard.store.profile import (
    UNWRITTEN,
    Profile,
    close_to_others,
    make_folder,
    open_private,
    replace_file,
    sync_folder,
)

from ..windows_files import is_on_network
from .errors import MigrationError, NewerDatabaseError, UnreachableDatabaseError, code, damaged, failure
from .file_set import beside, foreign_journal, identity, locked_folder, put_journal_aside
from .integrity import log_version

if TYPE_CHECKING:  # imported late: the tray icon shows before it
    import sqlite3

VERSION = 10
"""The schema version of this NumbGuard; `schema.py` is imported only to make or migrate a log."""


# A named tuple, as `numbguard log` pays for the making of each class: a dataclass takes five times as long.
class OpenedLog(NamedTuple):
    """An open log, and which files it consists of: other files may be at their paths later."""

    connection: sqlite3.Connection
    file: tuple[int, int]
    """Device and inode of the log."""
    journal: tuple[int, int] | None
    """The same of its ``-wal``; ``None`` where SQLite keeps none, as on a network drive."""
    is_copy: bool = False
    """Whether the connection shows a copy in memory, because the log is read-only."""

    def close(self) -> None:
        self.connection.close()


def open_database(profile: Profile, *, patience_s: float = 1.0, migrations: Sequence[str] | None = None) -> OpenedLog:
    """Open the log, make it if there is none, and migrate it. Raises ``JournalError`` with a sentence.

    A damaged log is left as it is and raises ``DamagedDatabaseError``, which is recorded in the log's health.
    ``migrations``: the scripts of another version than this NumbGuard's, for tests.
    """
    import sqlite3

    if profile.is_read_only():
        from .read_only import open_copy

        with _errors_as_sentences(profile):
            connection, file = open_copy(profile)
            return OpenedLog(connection, file, identity(beside(profile.database)[0]), is_copy=True)
    with _errors_as_sentences(profile):
        # A repair moves the log and its journal. If it did so while SQLite opens them, SQLite would replay the journal
        # into the wrong file.
        make_folder(profile.folder)
        with locked_folder(profile.folder, together=True):
            mismatch = foreign_journal(profile.database)
        if mismatch is not None:
            raise damaged(profile, mismatch)
        if not profile.database.exists():
            _make_file(profile, migrations)
        with locked_folder(profile.folder, together=True):
            file = _owner_only(profile.database)
            connection = sqlite3.connect(profile.database, timeout=patience_s, isolation_level=None)
            try:
                damage = _damage(connection)
            except BaseException:
                connection.close()
                raise
        if damage is not None:
            connection.close()
            raise damaged(profile, damage)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            # Overwrite deleted content, so that it cannot be recovered from the file.
            connection.execute("PRAGMA secure_delete = ON")
            _bring_up_to_date(connection, profile, migrations, patience_s)
            log_version(connection)  # SQLite makes the journal at the first query in its mode
            journal = identity(beside(profile.database)[0])
            if journal is None and _has_wal(connection):
                raise UnreachableDatabaseError(
                    sentence(
                        "The log {database} was moved or deleted while it was opened. Try again.",
                        database=profile.database,
                    )
                )
            return OpenedLog(connection, file, journal)
        except BaseException:
            connection.close()
            raise


def make_log(path: Path, migrations: Sequence[str] | None = None) -> None:
    """Write a new, empty log into a file that does not exist yet, whole and owner-only."""
    import sqlite3

    os.close(open_private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        scripts = _scripts(migrations)
        connection.execute("BEGIN IMMEDIATE")
        for script in scripts:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(scripts)}")
        connection.execute("COMMIT")
        # Set last: until then the file needs no journal beside it.
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def migrate(connection: sqlite3.Connection, migrations: Sequence[str] | None = None) -> None:
    """Bring an open log to this NumbGuard's version in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated it since.
        scripts = _scripts(migrations)
        missing = scripts[log_version(connection) :]
        for script in missing:
            for statement in _statements(script):
                connection.execute(statement)
        if missing:
            connection.execute(f"PRAGMA user_version = {len(scripts)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


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


@contextmanager
def _errors_as_sentences(profile: Profile) -> Iterator[None]:
    import sqlite3

    try:
        yield
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure(error, profile) from error


def _owner_only(log: Path) -> tuple[int, int]:
    """See that the log is owner-only before SQLite opens it: SQLite gives its journal the same rights."""
    # Never open the file here: closing it would release the locks of another connection of this process (SQLite, "How
    # To Corrupt An SQLite Database File", 2.2).
    found = log.stat()
    for one in (log, *beside(log)):
        close_to_others(one)
    return found.st_dev, found.st_ino


def _make_file(profile: Profile, migrations: Sequence[str] | None) -> None:
    """Make a new log under another name and put it in place whole: a file at the log's path is never half-made."""
    fresh = profile.folder / f".numbguard-new-{os.getpid()}-{time.monotonic_ns()}.db"
    try:
        make_log(fresh, migrations)
        with locked_folder(profile.folder):
            if profile.database.exists():  # another process was quicker
                return
            put_journal_aside(profile.database, profile.backups)  # SQLite would replay it into the new log
            replace_file(fresh, profile.database)
    finally:
        for left in (fresh, *beside(fresh)):
            left.unlink(missing_ok=True)
    sync_folder(profile.folder)


def _damage(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the file as a whole, as far as one query shows; ``None`` for a log, old or new."""
    import sqlite3

    try:
        tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except UnicodeError:  # in a message about a damaged schema
        return N_("The log {log} is damaged and cannot be read.")
    except sqlite3.DatabaseError as error:
        if code(error) in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            return N_("The log {log} is damaged and cannot be read.")
        raise
    if not tables:
        return N_("The log {log} is empty.")
    if not log_version(connection):
        return N_("The log {log} is a database of another program.")
    return None


def _bring_up_to_date(
    connection: sqlite3.Connection, profile: Profile, migrations: Sequence[str] | None, patience_s: float
) -> None:
    import sqlite3

    version, known = log_version(connection), VERSION if migrations is None else len(migrations)
    if version > known:
        raise NewerDatabaseError(
            sentence(
                "The log {database} was written by a newer NumbGuard (its version is {version}, this program "
                "knows {known}). It was not changed. Update NumbGuard to use it.",
                database=profile.database,
                version=version,
                known=known,
            )
        )
    if is_on_network(profile.database):
        _leave_wal(connection)
    else:
        _use_wal(connection, patience_s)
    if version == known:
        return
    from .copies import back_up_before_migration

    copy = back_up_before_migration(connection, profile, version)
    try:
        migrate(connection, migrations)
    except sqlite3.Error as error:
        if code(error) in _NOT_THE_SCRIPT:
            raise
        raise MigrationError(
            sentence(
                "The log {database} could not be updated from version {version} to {known} ({error}). It was "
                "not changed; a copy is {copy}. New entries are kept in {unwritten}. Install the previous NumbGuard "
                "again, or run “numbguard repair”.",
                database=profile.database,
                version=version,
                known=known,
                error=error,
                copy=copy,
                unwritten=UNWRITTEN,
            )
        ) from error


_NOT_THE_SCRIPT = frozenset(
    (
        *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN"),
        *("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_PERM"),
    )
)
"""Failures that say nothing about the migration itself."""


def _scripts(migrations: Sequence[str] | None) -> Sequence[str]:
    from .schema import MIGRATIONS

    return MIGRATIONS if migrations is None else migrations


def _has_wal(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA journal_mode").fetchone() == ("wal",))


def _leave_wal(connection: sqlite3.Connection) -> None:
    """Turn off write-ahead logging, which computers that share a drive cannot use together (SQLite, "WAL", 1)."""
    import sqlite3

    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if code(error) != "SQLITE_BUSY":  # others use write-ahead logging now: the next to open the log tries again
            raise


def _use_wal(connection: sqlite3.Connection, patience_s: float) -> None:
    """Turn on write-ahead logging, so that readers and writers do not wait for one another; the file keeps the mode."""
    import sqlite3

    if _has_wal(connection):
        return
    deadline = time.monotonic() + patience_s
    while True:
        try:
            # A file system without shared memory keeps another mode, which is slower but no less safe.
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite refuses one of two processes that do this at once, without waiting.
            if code(error) != "SQLITE_BUSY" or time.monotonic() >= deadline:
                raise
            time.sleep(0.02)


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
