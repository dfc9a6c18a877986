"""SQLite as the strictest Python has it, on every Python: what a newer one only warns of fails a test here too.

Put in place of ``sqlite3.connect`` by ``conftest``, for all connections of the test's own process, on any thread.
Python 3.13 tells of a connection that nobody closed; Python 3.12.0 to 3.12.3 warns of numbered and of named marks whose
values come as a sequence (CPython issue 117995), and later Pythons refuse the named ones.
"""

from __future__ import annotations

import os
import re
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
_NAMED = re.compile(r"\?\d|(?<![\w:])[:@$][A-Za-z_]")


class WatchedConnection(sqlite3.Connection):
    """Warns as those Pythons do, and names the test that opened it: what is left open is often found in a later one."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_open = True
        self._opened_in = os.environ.get("PYTEST_CURRENT_TEST", "no test")

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        refuse_marks_out_of_order(sql, values)
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        rows = list(rows)
        for values in rows[:1]:
            refuse_marks_out_of_order(sql, values)
        return super().executemany(sql, rows)

    def close(self) -> None:
        super().close()
        self._is_open = False

    def __del__(self) -> None:
        if getattr(self, "_is_open", False):
            # Closed first: Python 3.13 would tell of it a second time.
            self.close()
            warnings.warn(f"nobody closed the database opened in {self._opened_in}", ResourceWarning, stacklevel=1)


def refuse_marks_out_of_order(sql: str, values: object) -> None:
    """Raises ``DeprecationWarning`` for a numbered or named mark that takes its value from a sequence."""
    if isinstance(values, Mapping) or not values:
        return
    if found := _NAMED.search(_QUOTED.sub("", sql)):
        raise DeprecationWarning(f"the mark {found[0]} takes its value from a sequence: {sql}")


def watched(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    """``sqlite3.connect`` that gives a watched connection."""

    def connect_watched(*given: Any, **named: Any) -> sqlite3.Connection:
        return connect(*given, **{"factory": WatchedConnection, **named})

    return connect_watched
