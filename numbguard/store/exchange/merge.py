"""Merges a version from a file into the log: of two versions of an entry, the one edited last wins.

The import calls it within one transaction. The order of versions is total (edit, undone, content), so that the result
does not depend on which of two logs imports the other, in which order, or how often.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from numbguard.core.log.records.episode import Episode, as_read
from numbguard.store.log.journal import RecordVersion, put_version
from numbguard.store.log.rows.moments import microseconds
from numbguard.store.log.rows.writing import Record, began

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


def merge(
    connection: sqlite3.Connection, version: RecordVersion, *, whole: bool = True, now: datetime | None = None
) -> MergeResult:
    """Keep the version unless the log has it or a newer one.

    ``whole``: its file format has all fields of an entry. ``now``: an open episode that is too old to be open by then
    has an end that is not known. Where one of two versions comes from a NumbGuard that knew one side for all regions,
    and the other says the same with the side of each, each site keeps its side whichever version is newer.
    """
    version = _read_at(version, now)
    table = TABLES[type(version.record)]
    row = connection.execute(f"{table.select} WHERE id = ?", (version.record.id,)).fetchone()
    if row is None:
        put_version(connection, version)
        return MergeResult.UNSEEN if version.deleted else MergeResult.ADDED
    read = _read_at(read_row(table, row), now)
    held, version = _with_sites(read, version), _with_sites(version, read)
    if not _newer(version, held, whole):
        if held == read:
            return MergeResult.UNCHANGED
        put_version(connection, held)
        return MergeResult.CHANGED
    if version.deleted:
        # Keep its content: the file may not have it.
        connection.execute(
            "UPDATE episodes SET deleted = 1, edited_us = ? WHERE id = ?", (version.edited_us, version.record.id)
        )
    else:
        put_version(connection, version)
    return MergeResult.UNCHANGED if version.deleted and held.deleted else MergeResult.CHANGED


def _read_at(version: RecordVersion, now: datetime | None) -> RecordVersion:
    record = version.record
    if now is None or version.deleted or not isinstance(record, Episode):
        return version
    return version._replace(record=as_read(record, now))


def _with_sites(version: RecordVersion, other: RecordVersion) -> RecordVersion:
    """Return the version with the other's sites where it was recorded before sites and their summary is the same."""
    one, known = version.record, other.record
    if version.deleted or other.deleted or not isinstance(one, Episode) or not isinstance(known, Episode):
        return version
    if not one.before_sites or known.before_sites or (one.side, one.regions) != (known.side, known.regions):
        return version
    return version._replace(record=replace(one, sites=known.sites, before_sites=False))


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
