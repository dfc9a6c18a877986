"""Every kind of entry with its table, for going through the whole log.

The whole check and the repair call it, on any thread, with a connection of that thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_, counted

from .rows.answers import SELECT_ANSWER, read_answer
from .rows.breaks import SELECT_BOUT, SELECT_BREAK, read_bout, read_break
from .rows.episodes import SELECT_EPISODE, read_episode
from .rows.habits import SELECT_CHECK, SELECT_TICK, read_check, read_tick
from .rows.writing import Record

if TYPE_CHECKING:
    import sqlite3

ENTRIES: Mapping[str, tuple[str, Callable[[Sequence[Any]], Record]]] = {
    "episodes": (SELECT_EPISODE, read_episode),
    "breaks": (SELECT_BREAK, read_break),
    "bouts": (SELECT_BOUT, read_bout),
    "habit_ticks": (SELECT_TICK, read_tick),
    "posture_checks": (SELECT_CHECK, read_check),
    "sign_answers": (SELECT_ANSWER, read_answer),
}
"""By table: the query, and the function that reads a row of it."""


def read_entry(read: Callable[[Sequence[Any]], Record], row: Sequence[Any]) -> Record | None:
    """Return the entry in a row; ``None`` where it contains a value that NumbGuard does not write."""
    try:
        return read(row)
    except (ValueError, TypeError, OverflowError, AttributeError):
        return None


def unreadable_entries(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Read every entry of a log; return a sentence where some contain values that NumbGuard does not write."""
    import sqlite3

    broken = 0
    for select, read in ENTRIES.values():
        try:
            broken += sum(read_entry(read, row) is None for row in connection.execute(select))
        except sqlite3.OperationalError as error:
            if "Could not decode to UTF-8" not in str(error):
                raise
            return (N_("an entry contains text that cannot be read"),)
    if not broken:
        return ()
    return (
        counted(
            "{count} entries contain values that NumbGuard does not write",
            "{count} entries contain values that NumbGuard does not write",
            broken,
        ),
    )
