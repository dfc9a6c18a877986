"""Writes records into a log of an earlier version, as the NumbGuard of that version did.

The tests of the log and ``tools.faults`` call it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from numbguard.core.log.records.episode import Episode
from numbguard.store.log.database import make_log
from numbguard.store.log.journal import now_us
from numbguard.store.log.rows.writing import Record, writing
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.profile import Profile


def write_former(profile: Profile, version: int, records: Iterable[Record], *, undone: str | None = None) -> None:
    """Make a log of that version with these records; ``undone``: the id of an episode that was taken back."""
    profile.folder.mkdir(parents=True, exist_ok=True)
    make_log(profile.database, MIGRATIONS[:version])
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for record in records:
            _write(connection, record)
        connection.execute("UPDATE episodes SET deleted = 1, edited_us = edited_us + 1 WHERE id = ?", (undone,))
        connection.commit()


def _write(connection: sqlite3.Connection, record: Record) -> None:
    (insert, _), values = writing(record, edited_us=now_us(), deleted=False, only_newer=True)
    table = insert.split()[2]
    known = [str(one[1]) for one in connection.execute(f"PRAGMA table_info({table})")]
    columns = [name for name in known if name in values]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(f":{name}" for name in columns)
    connection.execute(f"DELETE FROM {table} WHERE id = :id", {"id": record.id})
    given = {name: values[name] for name in columns}
    n = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", given).lastrowid
    if isinstance(record, Episode):
        sided = "with_sites" in known
        regions = tuple(site.region for site in record.sites) if sided else record.regions
        for name, words in (("region", regions), ("sensation", record.sensations)):
            connection.execute(f"DELETE FROM episode_{name}s WHERE episode = ?", (n,))
            connection.executemany(
                f"INSERT INTO episode_{name}s (episode, place, {name}) VALUES (?, ?, ?)",
                [(n, place, word.value) for place, word in enumerate(words)],
            )
        if sided:
            connection.executemany(
                "UPDATE episode_regions SET side = ? WHERE episode = ? AND place = ?",
                [(site.side.value if site.side else None, n, place) for place, site in enumerate(record.sites)],
            )
