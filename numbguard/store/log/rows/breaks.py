"""Breaks and sitting bouts as rows of the log. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout

from .moments import clean, moment, moment_columns, moment_or_none

# The first two columns of each are the key by which pages follow one another.
_BREAK = (
    "started_us, started_offset_s, id, ended_us, ended_offset_s, outcome, card, announced_us, announced_offset_s, "
    "seated_s, snoozes"
)
_BOUT = 'started_us, started_offset_s, id, ended_us, ended_offset_s, seated_s, "end"'

SELECT_BREAK = f"SELECT n, {_BREAK} FROM breaks"
SELECT_BOUT = f"SELECT n, {_BOUT} FROM bouts"
BOUT_REACHES_INTO = (
    "started_us < :end AND max(started_us, ended_us) >= :start"
    " AND started_us >= :start - (SELECT max(0, max(ended_us - started_us)) FROM bouts)"
)
"""SQL: a bout reaches into the time from ``:start`` to ``:end``.

A bout that began longer ago than the longest lasts has ended, so few have to be examined.
"""


def break_row(record: BreakRecord) -> tuple[str, tuple[object, ...]]:
    """The columns of ``breaks`` but for ``edited_us``, parted by commas, and their values."""
    return _BREAK, (
        *(*moment_columns(record.started_at), clean(record.id), *moment_columns(record.ended_at)),
        *(record.outcome.value, clean(record.card), *moment_columns(record.announced_at)),
        *(record.seated_s, record.snoozes),
    )


def bout_row(bout: SittingBout) -> tuple[str, tuple[object, ...]]:
    """The columns of ``bouts`` but for ``edited_us``, parted by commas, and their values."""
    moments = *moment_columns(bout.started_at), clean(bout.id), *moment_columns(bout.ended_at)
    return _BOUT, (*moments, bout.seated_s, bout.end.value)


def read_break(row: Sequence[Any]) -> BreakRecord:
    """Read a row of ``SELECT_BREAK``; raise ``ValueError`` for a value that NumbGuard does not write."""
    (
        _,
        started,
        started_offset,
        id,
        ended,
        ended_offset,
        outcome,
        card,
        announced,
        announced_offset,
        seated_s,
        snoozes,
    ) = row
    return BreakRecord(
        id=id,
        outcome=Outcome(outcome),
        started_at=moment(started, started_offset),
        ended_at=moment_or_none(ended, ended_offset),
        card=card,
        announced_at=moment_or_none(announced, announced_offset),
        seated_s=seated_s,
        snoozes=snoozes,
    )


def read_bout(row: Sequence[Any]) -> SittingBout:
    """Read a row of ``SELECT_BOUT``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, started, started_offset, id, ended, ended_offset, seated_s, end = row
    return SittingBout(id, moment(started, started_offset), moment(ended, ended_offset), seated_s, BoutEnd(end))
