"""Any record as the statements that write it, and the moment by which it is found. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from numbguard.core.log.records.episode import Episode

from . import episodes

if TYPE_CHECKING:
    from datetime import datetime

    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.habits import HabitTick, PostureCheck
    from numbguard.core.log.records.sitting import BreakRecord, SittingBout

Record: TypeAlias = "Episode | BreakRecord | SittingBout | HabitTick | PostureCheck | SignAnswer"


def _statements(table: str, marks: Mapping[str, str], *, only_newer: bool) -> tuple[str, str]:
    # Two statements: one upsert would have SQLite prepare the edit, triggers included, for each new entry.
    # An edit made here is newer than the version that it changes, even after the clock was set back.
    edited = ":edited_us" if only_newer else "max(:edited_us, edited_us + 1)"
    newer = " AND :edited_us >= edited_us" if only_newer else ""
    changes = [f"{name} = :{mark}" for name, mark in marks.items() if name not in ("id", "edited_us")]
    return (
        f"INSERT INTO {table} ({', '.join(marks)}) VALUES (:{', :'.join(marks.values())})"
        " ON CONFLICT (id) DO NOTHING RETURNING n",
        f"UPDATE {table} SET {', '.join(changes)}, edited_us = {edited} WHERE id = :id{newer} RETURNING n",
    )


def writing(
    record: Record, *, edited_us: int, deleted: bool, only_newer: bool
) -> tuple[tuple[str, str], dict[str, object]]:
    """Return the statements that write a record under its id, and their values by name.

    The first inserts a new id, the second updates a known one. Each returns the row's number if it wrote the record.
    """
    table, (columns, values) = _row(record, deleted=deleted)
    # By name, because the update has them in another order. Python 3.12.0 to 3.12.3 warns of numbered marks
    # (CPython issue 117995).
    marks = {name: name.strip('"') for name in ("edited_us", *columns.split(", "))}
    given = dict(zip(marks.values(), (edited_us, *values), strict=True))
    return _statements(table, marks, only_newer=only_newer), given


def _row(record: Record, *, deleted: bool) -> tuple[str, tuple[str, tuple[object, ...]]]:
    """The table of a record, with its columns and their values."""
    if isinstance(record, Episode):
        return "episodes", episodes.columns_and_values(record, deleted=deleted)
    # Here, because `numbguard log` writes an episode alone and does without the classes of the other records.
    from numbguard.core.log.records.habits import HabitTick, PostureCheck
    from numbguard.core.log.records.sitting import BreakRecord, SittingBout

    from . import answers, breaks, habits

    match record:
        case BreakRecord():
            return "breaks", breaks.break_row(record)
        case SittingBout():
            return "bouts", breaks.bout_row(record)
        case HabitTick():
            return "habit_ticks", habits.tick_row(record)
        case PostureCheck():
            return "posture_checks", habits.check_row(record)
    return "sign_answers", answers.answer_row(record)


def began(record: Record) -> datetime:
    """Return the moment by which a record is found and ordered."""
    if isinstance(record, Episode):
        return record.started_at
    from numbguard.core.log.records.sitting import BreakRecord, SittingBout

    return record.started_at if isinstance(record, BreakRecord | SittingBout) else record.at
