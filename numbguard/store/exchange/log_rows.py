"""Reads the entries of the log one by one with the time of their last edit, for exports and merges.

The export, the import and the repair call it on their own connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BreakRecord, SittingBout
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.rows.answers import SELECT_ANSWER, read_answer
from numbguard.store.log.rows.breaks import SELECT_BOUT, SELECT_BREAK, read_bout, read_break
from numbguard.store.log.rows.episodes import SELECT_EPISODE, read_episode
from numbguard.store.log.rows.habits import SELECT_CHECK, SELECT_TICK, read_check, read_tick
from numbguard.store.log.rows.writing import Record

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class LogTable:
    select: str
    order: str
    read: Callable[[Sequence[Any]], Record]


def _table(select: str, order: str, read: Callable[[Sequence[Any]], Record], *, deletable: bool = False) -> LogTable:
    deleted = "deleted" if deletable else "0"
    return LogTable(select.replace("SELECT ", f"SELECT edited_us, {deleted}, ", 1), order, read)


TABLES: Mapping[type[Record], LogTable] = {
    Episode: _table(SELECT_EPISODE, "started_us", read_episode, deletable=True),
    BreakRecord: _table(SELECT_BREAK, "started_us", read_break),
    SittingBout: _table(SELECT_BOUT, "started_us", read_bout),
    HabitTick: _table(SELECT_TICK, "at_us", read_tick),
    PostureCheck: _table(SELECT_CHECK, "at_us", read_check),
    SignAnswer: _table(SELECT_ANSWER, "at_us", read_answer),
}


def read_row(table: LogTable, row: Sequence[Any]) -> RecordVersion:
    edited_us, deleted, *rest = row
    return RecordVersion(table.read(rest), edited_us, deleted=bool(deleted))


def all_versions(
    connection: sqlite3.Connection, kinds: Sequence[type[Record]], *, deleted: bool
) -> Iterator[RecordVersion]:
    """Yield entries ordered by kind, oldest first; with ``deleted``, the undone episodes follow."""
    for kind in kinds:
        table = TABLES[kind]
        condition = "WHERE NOT deleted" if kind is Episode else ""
        for row in connection.execute(f"{table.select} {condition} ORDER BY {table.order}, n"):
            yield read_row(table, row)
    if deleted:
        table = TABLES[Episode]
        for row in connection.execute(f"{table.select} WHERE deleted ORDER BY n"):
            yield read_row(table, row)
