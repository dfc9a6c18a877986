"""Asks the tallies of a log how often each thing was told in a period. `figures.py` and `report_figures.py` call it.

A period is taken apart into the longest stretches that lie in it; what is left over at its ends is less than one of the
shortest, and is counted from the entries. Tallies and entries are read by one question, so that they fit together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from .tallies import KINDS

if TYPE_CHECKING:
    from .journal import SqliteJournal

Stretch = tuple[int, int]
"""A power of two of microseconds, and which of the stretches of that length."""
Counted = tuple[Any, Any, int]
"""A word, what is counted beside it, and how often."""

_EARLIEST: Final = -(32 << 51)
_LATEST: Final = 128 << 51
"""Microseconds that no year from 1 to 9999 lies beyond; ends of a longest stretch."""


def tallied(
    journal: SqliteJournal, kind: str, only: str | None = None, *, since_us: int | None, until_us: int | None
) -> list[Counted]:
    """The counts of one of `KINDS`, or of one word of it, from ``since_us`` on and before ``until_us``.

    Raises ``JournalError`` as the journal does.
    """
    what = KINDS[kind]
    stretches, rests = taken_apart(since_us, until_us, what.levels)
    word, beside = (sql.replace("@", "") for sql in (what.word, what.beside))
    questions = ["SELECT NULL AS word, NULL AS beside, 0 AS count WHERE 0"]
    if stretches:
        listed = ", ".join(f"({level}, {number})" for level, number in stretches)
        questions.append(
            f"SELECT word, beside, count FROM (SELECT column1 AS level, column2 AS stretch FROM (VALUES {listed}))"
            f" CROSS JOIN tallies USING (level, stretch) WHERE kind = :kind{' AND word = :only' if only else ''}"
        )
    for first, end in rests:
        such = f"{what.source} AND started_us >= {first} AND started_us < {end}"
        questions.append(f"SELECT {word}, {beside}, 1 FROM {such}{f' AND {word} = :only' if only else ''}")
    counted = f"SELECT word, beside, sum(count) FROM ({' UNION ALL '.join(questions)}) GROUP BY word, beside"
    with journal.reading() as connection:
        return connection.execute(counted, {"kind": kind, "only": only}).fetchall()


def tallied_days(journal: SqliteJournal, *, newest: int, oldest: int) -> list[tuple[int, int]]:
    """The local days from ``newest`` back to ``oldest`` on which an episode began, with how many."""
    day_us = 86_400_000_000
    # What began on a local day began within a day of it by any clock.
    first, last = ((day - 1_000_000) * day_us for day in (oldest - 1, newest + 2))
    level = KINDS["day"].levels[-1]
    numbers = range(max(first, _EARLIEST) >> level, (min(last, _LATEST) >> level) + 1)
    with journal.reading() as connection:
        return connection.execute(
            f"SELECT word, sum(count) FROM tallies WHERE level = {level} AND kind = 'day'"
            f" AND stretch IN ({', '.join(map(str, numbers))}) AND word BETWEEN :oldest AND :newest"
            " GROUP BY word ORDER BY word DESC",
            {"oldest": oldest, "newest": newest},
        ).fetchall()


def taken_apart(
    since_us: int | None, until_us: int | None, levels: tuple[int, ...]
) -> tuple[list[Stretch], list[tuple[int, int]]]:
    """A period as the longest stretches of these levels, shortest first, and what is left over at its ends."""
    since = _EARLIEST if since_us is None else max(since_us, _EARLIEST)
    until = _LATEST if until_us is None else min(until_us, _LATEST)
    low, high = -(-since >> levels[0]), until >> levels[0]
    if low >= high:
        return [], [(since, until)] if since < until else []
    rests = [(first, end) for first, end in ((since, low << levels[0]), (high << levels[0], until)) if first < end]
    stretches: list[Stretch] = []
    for level, longer in pairwise(levels):
        up, down = -(-low >> longer - level), high >> longer - level
        if up >= down:
            return [*stretches, *((level, number) for number in range(low, high))], rests
        ends = (*range(low, up << longer - level), *range(down << longer - level, high))
        stretches += [(level, number) for number in ends]
        low, high = up, down
    return [*stretches, *((levels[-1], number) for number in range(low, high))], rests
