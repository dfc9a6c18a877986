"""What SQLite says of an open log: its version, and whether it is whole.

The journal, the copies, the checks and the repair call it, on any thread with a connection of that thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numbguard.core.sentence import N_, counted

if TYPE_CHECKING:
    import sqlite3


def log_version(connection: sqlite3.Connection) -> int:
    """Return the version of an open log's schema; 0 where it is not a log."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Go through a whole log and return what is wrong with it; empty where it is sound. Slow for a long log."""
    import sqlite3

    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except UnicodeError:
        return (N_("a message about the damage cannot be read"),)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname and error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return (str(error),)
        raise
    problems = [] if found == ["ok"] else found
    if strays:
        problems.append(
            counted(
                "{count} entries belong to an episode that doesn't exist",
                "{count} entries belong to an episode that doesn't exist",
                len(strays),
            )
        )
    return tuple(problems)
