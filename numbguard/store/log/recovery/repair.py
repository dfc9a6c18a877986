"""Repairs a damaged log, and restores a backup. Neither deletes anything: the present log is put aside whole.

``numbguard repair``, ``numbguard restore`` and the settings window call it, on any thread but the GUI thread; it opens
the log for itself. The journal calls it for a log that was deleted under the running app. While it works the log counts
as damaged, so that new entries of a running app go to the spool, and once it has finished they are written to the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.core.sentence import N_, counted, sentence
from numbguard.store.profile import Profile, make_folder, sync_folder
from numbguard.store.windows_files import InUseError

from ..copies import Backup, opened_copy, stamp
from ..database import make_log, migrate, open_database
from ..entries import ENTRIES, read_entry, unreadable_entries
from ..errors import DamagedDatabaseError, MigrationError, code, damaged, failure
from ..file_set import beside, free_path, has_journal, locked_folder, put_in_place, stamp_of
from ..health import HealthFile
from ..integrity import faults
from ..journal import RecordVersion, put_version
from ..rows.writing import Record
from .backups import BackupError, all_backups, content_of, sound_backups
from .checks import unwritable
from .salvage import Row, Salvaged, TableShape, salvage

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did. Entries are of every kind and include episodes that were undone."""

    needed: bool
    """False: the log was sound and was left as it is."""
    from_backup: int = 0
    from_damaged: int = 0
    unreadable: int = 0
    """Entries that an index names and that neither the damaged log nor the backup has."""
    backup: Path | None = None
    aside: Path | None = None
    is_blank: bool = False
    """Nothing at all could be read from the damaged log, so that nobody can say what is missing."""

    def document(self) -> dict[str, object]:
        return {
            "repaired": self.needed,
            "from_backup": self.from_backup,
            "from_damaged": self.from_damaged,
            "unreadable": self.unreadable,
            "backup": str(self.backup) if self.backup else None,
            "aside": str(self.aside) if self.aside else None,
        }

    def sentence(self) -> str:
        """Return a sentence on what the repair did."""
        if not self.needed:
            return N_("The log is intact. There is nothing to repair.")
        read = counted(
            "{count} entry read from the damaged log", "{count} entries read from the damaged log", self.from_damaged
        )
        found = (
            counted(
                "{count} entry taken from the backup {backup}, and {read}",
                "{count} entries taken from the backup {backup}, and {read}",
                self.from_backup,
                backup=self.backup,
                read=read,
            )
            if self.backup
            else read
        )
        lost = (
            counted("{count} entry could not be read", "{count} entries could not be read", self.unreadable)
            if self.unreadable
            else sentence("no entry is known to be missing")
        )
        if self.is_blank:
            lost = (
                sentence("what was logged after that backup is missing")
                if self.backup
                else sentence("nothing could be read from it")
            )
        if self.aside is None:
            return sentence("The log is repaired: {found}; {lost}.", found=found, lost=lost)
        return sentence(
            "The log is repaired: {found}; {lost}. The damaged log is kept as {aside}.",
            found=found,
            lost=lost,
            aside=self.aside,
        )


def repair(profile: Profile, *, at: datetime, second: Path | None = None) -> RepairReport:
    """Replace a damaged log by the newest sound backup and all that the damaged one still has.

    ``second``: the folder outside the profile that has backups too. Raises ``JournalError`` where the log cannot be
    repaired, and then nothing has changed.
    """
    import sqlite3

    try:
        if _is_damaged(profile):
            make_folder(profile.backups)
            with locked_folder(profile.backups):
                if _is_damaged(profile):  # still: another repair may have been at work
                    damaged(profile, "is damaged in places")
                    return _mend(profile, sound_backups(profile, all_backups(profile, second)), at)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure(error, profile) from error
    HealthFile(profile).found_sound(at)
    return RepairReport(needed=False)


def restore(profile: Profile, source: Path, *, at: datetime) -> Path | None:
    """Put a backup in the log's place; the present log is put aside whole, and its path returned.

    Raises ``JournalError``: ``BackupError`` where the file cannot be restored. Then nothing has changed.
    """
    import sqlite3

    content_of(profile, source)
    health = HealthFile(profile)
    try:
        with _workshop(profile) as folder:
            fresh = folder / "log.db"
            with opened_copy(profile, source) as connection:
                _copy(connection, fresh)
            with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
                try:
                    migrate(copy)
                except sqlite3.OperationalError as error:
                    raise BackupError(
                        sentence(
                            "{source} could not be updated to this version of NumbGuard ({error}). Nothing was "
                            "changed. Choose another backup.",
                            source=source,
                            error=error,
                        )
                    ) from error
                if faults(copy):
                    raise BackupError(
                        sentence(
                            "{source} could not be copied completely. Nothing was changed. Check the disk.",
                            source=source,
                        )
                    )
            health.found_trouble(
                sentence(
                    "The log is being replaced by {source}. If this stays, that was interrupted: run “numbguard "
                    "restore” again, or “numbguard repair”.",
                    source=source,
                )
            )
            aside = _replace(profile, fresh, f"numbguard-replaced-{stamp(at)}", may_overwrite=True)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure(error, profile) from error
    health.repaired()
    return aside


def save_lost(
    profile: Profile, connection: sqlite3.Connection, *, at: datetime, in_place: bool
) -> tuple[Path | None, str]:
    """Save a log that was deleted, moved or replaced, or lost its journal, while ``connection`` had it open.

    ``in_place``: put the copy in the log's place, together with what another process has written there since. The
    connection is not closed. Returns the copy, and how the log in place was made, as a sentence; no copy where this
    connection cannot read the log any more either, which is then repaired. Raises ``JournalError``, ``sqlite3.Error``
    and ``OSError``.
    """
    make_folder(profile.backups)
    rescued: Path | None = free_path(profile.backups, f"numbguard-rescued-{stamp(at)}")
    assert rescued is not None
    if not _copy_if_sound(connection, rescued):
        rescued.unlink(missing_ok=True)
        rescued = None
    sync_folder(profile.backups)
    if not in_place:
        return rescued, ""
    sources = iter([Backup(rescued, at, "rescued")]) if rescued else sound_backups(profile, all_backups(profile))
    return rescued, _mend(profile, sources, at).sentence()


def _copy_if_sound(connection: sqlite3.Connection, target: Path) -> bool:
    import sqlite3

    try:
        _copy(connection, target)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            return not faults(copy)
    except sqlite3.DatabaseError as error:
        if code(error) in ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"):
            return False
        raise


def _is_damaged(profile: Profile) -> bool:
    import sqlite3

    try:
        opened = open_database(profile)
    except (DamagedDatabaseError, MigrationError):
        return True
    try:
        if faults(opened.connection) or unreadable_entries(opened.connection):
            return True
        return isinstance(unwritable(profile, opened), DamagedDatabaseError)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        found = failure(error, profile)
        if isinstance(found, DamagedDatabaseError):
            return True
        raise found from error
    finally:
        opened.close()


def _mend(profile: Profile, backups: Iterator[Backup], at: datetime) -> RepairReport:
    """Put a log in place made of the first of ``backups`` that can be used, and of all that the damaged log has."""
    import sqlite3

    with _workshop(profile) as folder:
        fresh = folder / "log.db"
        backup = next((one for one in backups if _begin_with(profile, one, fresh)), None)
        if backup is None:
            make_log(fresh)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as log:
            log.execute("PRAGMA synchronous = FULL")
            log.execute("PRAGMA secure_delete = ON")
            kept, before = _count(log), _stamps(profile.database)
            found = salvage(profile.database, _shapes(log))
            log.execute("BEGIN")
            added = _merge(log, found)
            unreadable = len(found.ids - _ids(log)) if found.ids else 0
            log.execute("COMMIT")
            if problems := faults(log):
                raise JournalError(
                    sentence(
                        "The repaired log would not be sound ({problems}). Nothing was changed. Check the disk.",
                        problems=problems[0],
                    )
                )
            # Set in the file, so that it needs no journal beside it while it is moved.
            log.execute("PRAGMA journal_mode = DELETE")
        aside = _replace(profile, fresh, f"numbguard-damaged-{stamp(at)}")
    if aside is not None and _stamps(aside) != before:
        added += _merge_late(profile, aside)
    HealthFile(profile).repaired()
    is_blank = not found.rows and not unreadable
    return RepairReport(True, kept, added, unreadable, backup.path if backup else None, aside, is_blank)


def _stamps(log: Path) -> tuple[object, object]:
    return stamp_of(log), stamp_of(beside(log)[0])


def _merge_late(profile: Profile, aside: Path) -> int:
    """Write into the new log what another process wrote into the former one while the new one was made.

    What is written to the former log from now on is written again by its writer, who sees that it has been moved.
    """
    import sqlite3

    with closing(sqlite3.connect(profile.database, timeout=_LATE_S, isolation_level=None)) as log:
        log.execute("PRAGMA synchronous = FULL")
        log.execute("PRAGMA secure_delete = ON")
        found = salvage(aside, _shapes(log))
        log.execute("BEGIN IMMEDIATE")
        added = _merge(log, found)
        log.execute("COMMIT")
    return added


_LATE_S = 10.0
"""Seconds to wait for other writers of the new log."""


def _begin_with(profile: Profile, backup: Backup, fresh: Path) -> bool:
    """Copy a backup and bring the copy to this NumbGuard's version; ``False``, and no copy, where that fails."""
    import sqlite3

    try:
        with opened_copy(profile, backup.path) as connection:
            _copy(connection, fresh)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
            migrate(copy)
    except sqlite3.OperationalError:  # such as one of a log whose version is wrong: what is in it is salvaged
        fresh.unlink(missing_ok=True)
        return False
    return True


def _replace(profile: Profile, fresh: Path, name: str, *, may_overwrite: bool = False) -> Path | None:
    with locked_folder(profile.folder):
        aside = free_path(profile.backups, name)  # within the lock: another repair may take the same name
        is_there, is_journal = profile.database.exists(), has_journal(profile.database)
        try:
            put_in_place(fresh, profile.database, aside)
        except InUseError:
            if not may_overwrite:
                raise
            _overwrite(profile.database, fresh, aside)
    return aside if is_there else beside(aside)[0] if is_journal else None


def _overwrite(log: Path, fresh: Path, aside: Path) -> None:
    """Give a log the content of ``fresh`` while others have it open, and keep its own content under the name ``aside``.

    One transaction: others find the former content before it and the new content after it.
    """
    import sqlite3

    make_folder(aside.parent)
    with closing(sqlite3.connect(log, timeout=_LATE_S, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH DATABASE ? AS fresh", (str(fresh),))
        connection.execute("BEGIN IMMEDIATE")  # from here on nobody else writes
        try:
            with closing(sqlite3.connect(log, isolation_level=None)) as former:
                _copy(former, aside)
            named = "WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
            tables = f"SELECT name FROM main.sqlite_master {named} AND type = 'table'"
            for (name,) in connection.execute(tables).fetchall():
                connection.execute(f'DROP TABLE main."{name}"')
            # The tables first, so that no trigger counts what is copied.
            order = "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END"
            schema = f"SELECT type, name, sql FROM fresh.sqlite_master {named} {order}"
            for kind, name, sql in connection.execute(schema).fetchall():
                connection.execute(sql)
                if kind == "table":
                    connection.execute(f'INSERT INTO main."{name}" SELECT * FROM fresh."{name}"')
            (version,) = connection.execute("PRAGMA fresh.user_version").fetchone()
            connection.execute(f"PRAGMA main.user_version = {int(version)}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            aside.unlink(missing_ok=True)
            raise


@contextmanager
def _workshop(profile: Profile) -> Iterator[Path]:
    """A folder for half-made logs, deleted in any case."""
    make_folder(profile.folder)
    with TemporaryDirectory(prefix=".numbguard-mend-", dir=profile.folder) as folder:
        yield Path(folder)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    target.chmod(0o600)


# --- merging ---------------------------------------------------------------------------------------------------------


def _shapes(log: sqlite3.Connection) -> list[TableShape]:
    """The tables of a sound log."""
    shapes = []
    tables = log.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    for name, sql in tables.fetchall():
        columns = log.execute(f'PRAGMA table_info("{name}")').fetchall()
        shapes.append(
            TableShape(
                name=str(name),
                columns=tuple(str(one[1]) for one in columns),
                kinds=tuple(str(one[2]).upper() for one in columns),
                needed=tuple(bool(one[5] or (one[3] and one[4] is None)) for one in columns),
                rowid="WITHOUT ROWID" not in str(sql).upper(),
            )
        )
    return shapes


def _merge(log: sqlite3.Connection, found: Salvaged) -> int:
    """Write the salvaged rows into a sound log, unless it has them in a newer version; returns how many were new."""
    import sqlite3

    added = 0
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as scratch:
        _fill(scratch, log, found)
        _keep_former(log, scratch)
        for table, (select, read) in ENTRIES.items():
            edit = "edited_us, deleted" if table == "episodes" else "edited_us, 0"
            query = select.replace("SELECT ", f"SELECT {edit}, ", 1)
            held = {id: (edited, deleted) for id, edited, deleted in log.execute(f"SELECT id, {edit} FROM {table}")}
            for row in scratch.execute(query).fetchall():
                version = _version(row, read)
                if version is not None and (row[0], row[1]) > held.get(version.record.id, (-1, 0)):
                    put_version(log, version)
                    added += version.record.id not in held
    log.executemany("INSERT OR REPLACE INTO visit VALUES (?, ?, ?)", found.rows.get("visit", []))
    log.executemany("INSERT OR IGNORE INTO reports VALUES (?, ?, ?)", found.rows.get("reports", []))
    for number, onset in found.undone - found.not_undone:
        log.execute(
            "UPDATE episodes SET deleted = 1, edited_us = edited_us + 1 WHERE n = ? AND started_us = ? AND NOT deleted",
            (number, onset),
        )
    # The edits of this merge have kept the versions before them, which the damaged log may have had as well.
    log.execute(
        "DELETE FROM former_episodes WHERE n NOT IN (SELECT min(n) FROM former_episodes GROUP BY id, edited_us)"
    )
    return added


def _version(row: Sequence[Any], read: Callable[[Sequence[Any]], Record]) -> RecordVersion | None:
    edited_us, deleted, *rest = row
    record = read_entry(read, rest)
    if record is None:
        return None
    if isinstance(record, Episode) and record.severity is not None and not 0 <= record.severity <= 10:
        return None
    return RecordVersion(record, edited_us, deleted=bool(deleted))


def _fill(scratch: sqlite3.Connection, log: sqlite3.Connection, found: Salvaged) -> None:
    """Make the tables of the log in an empty database and write the salvaged rows into it, the newest of each id."""
    for (sql,) in log.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ):
        scratch.execute(sql)
    for shape in _shapes(log):
        rows = found.rows.get(shape.name, [])
        if "edited_us" in shape.columns and shape.name in ENTRIES:
            rows = _newest(rows, shape)
        for length in {len(row) for row in rows}:
            names = ", ".join(f'"{name}"' for name in shape.columns[:length])
            marks = ", ".join("?" * length)
            alike = [row for row in rows if len(row) == length]
            scratch.executemany(f'INSERT OR IGNORE INTO "{shape.name}" ({names}) VALUES ({marks})', alike)


def _newest(rows: list[Row], shape: TableShape) -> list[Row]:
    id, edited = shape.columns.index("id"), shape.columns.index("edited_us")
    found: dict[object, Row] = {}
    for row in rows:
        known = found.get(row[id])
        if known is None or _number(row[edited]) > _number(known[edited]):
            found[row[id]] = row
    return list(found.values())


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _keep_former(log: sqlite3.Connection, scratch: sqlite3.Connection) -> None:
    columns = [str(one[1]) for one in log.execute("PRAGMA table_info(former_episodes)")][1:]
    names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join("?" * len(columns))
    known = set(log.execute("SELECT id, edited_us FROM former_episodes"))
    place = columns.index("id"), columns.index("edited_us")
    rows = scratch.execute(f"SELECT {names} FROM former_episodes ORDER BY n").fetchall()
    fresh = [row for row in rows if (row[place[0]], row[place[1]]) not in known]
    log.executemany(f"INSERT INTO former_episodes ({names}) VALUES ({marks})", fresh)


def _count(log: sqlite3.Connection) -> int:
    return sum(int(log.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ENTRIES)


def _ids(log: sqlite3.Connection) -> set[str]:
    return {str(id) for table in ENTRIES for (id,) in log.execute(f"SELECT id FROM {table}")}
