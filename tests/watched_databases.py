"""SQLite connections as strict as the strictest Python's: a use that only some versions warn about fails on all.

``conftest`` replaces ``sqlite3.connect`` by ``watched``, for all connections of the test's own process, on any thread.
Python 3.13 warns about a connection that nobody closed. Python 3.12.0 to 3.12.3 warns about numbered and named
placeholders whose values are a sequence (CPython issue 117995); later versions warn only about the named ones, which
Python 3.14 refuses.
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
    """Warns as those versions do, and names the test that opened it: Python often notices an open connection only in a
    later test."""

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
            # Close first: otherwise Python 3.13 would warn a second time.
            self.close()
            warnings.warn(f"nobody closed the database opened in {self._opened_in}", ResourceWarning, stacklevel=1)


def refuse_marks_out_of_order(sql: str, values: object) -> None:
    """Raise ``DeprecationWarning`` for a numbered or named placeholder that takes its value from a sequence."""
    if isinstance(values, Mapping) or not values:
        return
    if found := _NAMED.search(_QUOTED.sub("", sql)):
        raise DeprecationWarning(f"the mark {found[0]} takes its value from a sequence: {sql}")


def watched(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    """A version of ``connect`` that gives a ``WatchedConnection``."""

    def connect_watched(*given: Any, **named: Any) -> sqlite3.Connection:
        return connect(*given, **{"factory": WatchedConnection, **named})

    return connect_watched
