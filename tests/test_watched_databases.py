"""A use of SQLite that a stricter version of Python warns about fails a test on this version too."""

from __future__ import annotations

import gc
import sqlite3
import warnings
from contextlib import closing

import pytest


@pytest.mark.parametrize("marks", ["?1, ?2", ":n, :word", "@n, $word"])
def test_a_mark_with_a_place_of_its_own_is_not_given_a_sequence(marks: str) -> None:
    with closing(sqlite3.connect(":memory:")) as log:
        log.execute("CREATE TABLE one (n, word)")
        with pytest.raises(DeprecationWarning, match="takes its value from a sequence"):
            log.execute(f"INSERT INTO one VALUES ({marks})", (1, "a"))
        with pytest.raises(DeprecationWarning, match="takes its value from a sequence"):
            log.executemany(f"INSERT INTO one VALUES ({marks})", [(1, "a")])


def test_marks_in_their_order_and_marks_with_names_are_as_they_should_be() -> None:
    with closing(sqlite3.connect(":memory:")) as log:
        log.execute("CREATE TABLE one (n, word)")
        log.executemany("INSERT INTO one VALUES (?, ?)", [(1, "a"), (2, "b")])
        log.execute("INSERT INTO one VALUES (:n, :word)", {"word": "c", "n": 3})
        found = log.execute("SELECT word FROM one WHERE n > ? AND word <> ':d ?1'", (1,)).fetchall()
    assert found == [("b",), ("c",)]


def test_a_database_that_nobody_closed_is_told_with_the_test_that_opened_it() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        sqlite3.connect(":memory:").execute("SELECT 1")
        gc.collect()
    (one,) = [str(warning.message) for warning in told if warning.category is ResourceWarning]
    assert "nobody closed the database opened in" in one
    assert "test_a_database_that_nobody_closed" in one
