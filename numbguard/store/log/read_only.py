"""Opens a log that may only be read, such as one in a mounted backup: copies it into memory and migrates the copy.

``open_database`` calls it, on the thread of the journal. SQLite cannot open such a log in its place, because it makes
files beside it; and the entries in its journal have to be read as well.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.core.sentence import sentence
from numbguard.store.profile import Profile

if TYPE_CHECKING:
    import sqlite3


def open_copy(profile: Profile) -> tuple[sqlite3.Connection, tuple[int, int]]:
    """Return a read-only connection to the copy, and the device and inode of the log; 0 and 0 where there is none.

    Raises ``JournalError``, ``sqlite3.Error`` and ``OSError``.
    """
    import sqlite3

    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        file = _copy(profile, memory)
        _bring_up_to_date(memory, profile)
        memory.execute("PRAGMA query_only = ON")
    except BaseException:
        memory.close()
        raise
    return memory, file


def _copy(profile: Profile, memory: sqlite3.Connection) -> tuple[int, int]:
    import sqlite3

    log = profile.database
    journal = log.with_name(f"{log.name}-wal")
    try:
        found = log.stat()
    except FileNotFoundError:
        return 0, 0
    if not (journal.exists() and journal.stat().st_size):
        # "immutable", because nobody can write to it meanwhile (SQLite, "Uniform Resource Identifiers", 3.3).
        with closing(sqlite3.connect(f"{log.as_uri()}?mode=ro&immutable=1", uri=True)) as source:
            source.backup(memory)
        return found.st_dev, found.st_ino
    with tempfile.TemporaryDirectory(prefix="numbguard-") as folder:
        copy = Path(folder) / log.name
        for path in (log, journal):
            shutil.copyfile(path, copy.with_name(path.name))
        with closing(sqlite3.connect(copy)) as source:
            source.backup(memory)
    return found.st_dev, found.st_ino


def _bring_up_to_date(memory: sqlite3.Connection, profile: Profile) -> None:
    from .schema import MIGRATIONS

    (version,) = memory.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise JournalError(
            sentence(
                "The log {database} was written by a newer NumbGuard. Update NumbGuard to read it.",
                database=profile.database,
            )
        )
    for script in MIGRATIONS[version:]:
        memory.executescript(script)
    memory.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
