"""Writes and reads the whole log as JSON for another NumbGuard; ``docs/numbguard-log.schema.json`` describes it. Pure.

Each entry is a line, so that the file can be written and read piece by piece, however long the log is. Of an undone
episode the file has the id and the moment of the undo, and none of its content.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

from numbguard.core.log.records.episode import Episode
from numbguard.core.sentence import N_, sentence
from numbguard.store.log.journal import RecordVersion

from .plain import SECTIONS, plain_edit, plain_record, read_edit, read_id, read_record
from .types import ExchangeError, RowError

NAME: Final = "numbguard-log"
VERSION: Final = 1
TAKEN_BACK: Final = "taken_back"


def write_json(versions: Iterable[RecordVersion], *, at: datetime) -> Iterator[str]:
    """Yield the file piece by piece. ``versions`` are ordered by kind, with undone episodes last."""
    head = {"format": NAME, "version": VERSION, "exported_at": at.isoformat(timespec="seconds")}
    yield "{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    left = [*SECTIONS, TAKEN_BACK]
    for section, group in groupby(versions, _section):
        while left[0] != section:
            yield f',\n"{left.pop(0)}": []'
        left.pop(0)
        yield f',\n"{section}": [\n'
        between = ""
        for version in group:
            yield between + json.dumps(_entry(version), ensure_ascii=False)
            between = ",\n"
        yield "\n]"
    for section in left:
        yield f',\n"{section}": []'
    yield "\n}\n"


def _section(version: RecordVersion) -> str:
    if version.deleted:
        return TAKEN_BACK
    return next(name for name, kind in SECTIONS.items() if isinstance(version.record, kind))


def _entry(version: RecordVersion) -> dict[str, Any]:
    told = {"id": version.record.id} if version.deleted else plain_record(version.record)
    return {**told, "edited_at": plain_edit(version.edited_us)}


def check_head(head: dict[str, object]) -> None:
    """Raise ``ExchangeError`` unless this is NumbGuard's own format in a known version."""
    if head.get("format") != NAME:
        raise ExchangeError(N_("This JSON file isn't a NumbGuard log. Nothing was imported."))
    for section in (*SECTIONS, TAKEN_BACK):
        if section in head:
            raise ExchangeError(
                sentence("“{section}” in the file is not a list of entries. Nothing was imported.", section=section)
            )
    version = head.get("version")
    if isinstance(version, float) and version.is_integer():  # 1.0, as other programs write
        version = int(version)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ExchangeError(N_("The file does not say which version of a log it is. Nothing was imported."))
    if version > VERSION:
        raise ExchangeError(
            sentence(
                "The file was written by a newer NumbGuard (version {version}, this program knows {known}). "
                "Nothing was imported. Update NumbGuard.",
                version=version,
                known=VERSION,
            )
        )


def read_entry(section: str, told: object) -> RecordVersion | None:
    """Read an entry of a section; ``None`` for a section that a later NumbGuard may have added."""
    if section == TAKEN_BACK:
        if not isinstance(told, dict):
            raise RowError(N_("is not an entry of a log"))
        id = read_id(told.get("id"))
        if told.get("edited_at") is None:
            raise RowError(N_("edited_at is missing"))
        edited_us = read_edit(told, datetime.now(UTC))
        return tombstone(id, edited_us)
    kind = SECTIONS.get(section)
    if kind is None:
        return None
    record = read_record(kind, told)
    assert isinstance(told, dict)
    began = getattr(record, "at", None) or getattr(record, "started_at")  # noqa: B009
    return RecordVersion(record, read_edit(told, began))


def tombstone(id: str, edited_us: int) -> RecordVersion:
    """Return an episode of which only the undo and its moment are known."""
    return RecordVersion(Episode(id, datetime.fromisoformat(plain_edit(edited_us))), edited_us, deleted=True)
