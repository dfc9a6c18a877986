"""Merges a version from a file into the log: of two versions of an entry, the one edited last wins.

The import calls it within one transaction. The order of versions is total (edit, undone, content), so that the result
does not depend on which of two logs imports the other, in which order, or how often.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any

from numbguard.core.log.records import Episode
from numbguard.store.log.journal import RecordVersion, put_version
from numbguard.store.log.rows import Record, began, microseconds

from .log_rows import TABLES, read_row
from .plain import plain_record

if TYPE_CHECKING:
    import sqlite3


class MergeResult(Enum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNSEEN = "unseen"
    """An episode of which the log knew nothing, and that is undone: nobody sees it, before or after."""


def merge(connection: sqlite3.Connection, version: RecordVersion, *, whole: bool = True) -> MergeResult:
    """Keep the version unless the log has it or a newer one. ``whole``: its file format has all fields of an entry."""
    table = TABLES[type(version.record)]
    row = connection.execute(f"{table.select} WHERE id = ?", (version.record.id,)).fetchone()
    if row is None:
        put_version(connection, version)
        return MergeResult.UNSEEN if version.deleted else MergeResult.ADDED
    held = read_row(table, row)
    if not _newer(version, held, whole):
        return MergeResult.UNCHANGED
    if version.deleted:
        # Keep its content: the file may not have it.
        connection.execute(
            "UPDATE episodes SET deleted = 1, edited_us = ? WHERE id = ?", (version.edited_us, version.record.id)
        )
    else:
        put_version(connection, version)
    return MergeResult.UNCHANGED if version.deleted and held.deleted else MergeResult.CHANGED


def _newer(version: RecordVersion, held: RecordVersion, whole: bool) -> bool:
    ours, theirs = (held.edited_us, held.deleted), (version.edited_us, version.deleted)
    if ours != theirs:
        return theirs > ours and (whole or version.edited_us > held.edited_us)
    if not whole or version.deleted or _alike(version.record, held.record):
        return False
    return content(version.record) > content(held.record)


def _alike(one: Record, other: Record) -> bool:
    """Whether two records are equal, offsets included: a quick test for almost all entries of a known file."""
    ends = [getattr(record, "ended_at", None) for record in (one, other)]
    offsets = [end and end.utcoffset() for end in ends]
    return one == other and began(one).utcoffset() == began(other).utcoffset() and offsets[0] == offsets[1]


def content(record: Record) -> str:
    """Return a record's whole content, for comparing two versions of the same edit."""
    told: dict[str, Any] = plain_record(record)
    if isinstance(record, Episode):
        told["ended_at"] = record.ended_at and [microseconds(record.ended_at), told["ended_at"]]
    return json.dumps([microseconds(began(record)), told], sort_keys=True)
