"""The sitting bouts of a log that can be true, as SQL. Earlier versions wrote some that cannot.

Used by ``InsightQueries``. Nothing in the log is changed: a query corrects a bout where the log says how, and leaves it
out where the log does not. Three things are impossible: more sitting than the bout's span, an end before the beginning,
and an overlap with the bout before it.

- The first two happened when a break counted without an answer, or when the clock was set. The end and the length were
  right, so the bout began its length before its end.
- A card that was left open was counted as sitting in the bout that it ended, and what was typed before the question
  closed was counted in both bouts. Where that makes the next bout impossible, the log contains the break: the bout
  ended when the card opened, after the sitting that the break recorded.
- A bout that still overlaps the one that ended before it is left out.
"""

from __future__ import annotations

from typing import Final

TOLERANCE_US: Final = 2_000_000
"""Microseconds by which two records of one moment may differ."""
_DAY_US: Final = 86_400_000_000


def _impossible(bout: str) -> str:
    """Return SQL that says whether a bout's own record cannot be true."""
    span_us = f"{bout}.ended_us - {bout}.started_us"
    return f"({bout}.seated_s * 1e6 > {span_us} + {TOLERANCE_US} OR {span_us} < 0)"


def _break_in(bout: str, *, wanted: str) -> str:
    """Return SQL for a value of the break with which a bout ended, where the bout after it cannot be true; else NULL.

    The break is looked up by the index of beginnings. ``CASE``, since SQLite computes both sides of an ``AND``: it
    would look for a break after every bout.
    """
    impossible = f"(SELECT later.started_us FROM bouts AS later WHERE {_impossible('later')})"
    return (
        f"CASE WHEN {bout}.ended_us IN {impossible} THEN ("
        f"SELECT {wanted} FROM breaks AS b WHERE b.ended_us = {bout}.ended_us AND b.outcome IN ('finished', 'moved')"
        f" AND b.started_us BETWEEN {bout}.ended_us - {_DAY_US} AND {bout}.ended_us LIMIT 1) END"
    )


def _end(bout: str) -> str:
    """Return SQL for the moment at which a bout ended."""
    return f"ifnull({_break_in(bout, wanted='b.started_us')}, {bout}.ended_us)"


_START: Final = (
    f"CASE WHEN {_impossible('bouts')} THEN bouts.ended_us - CAST(bouts.seated_s * 1e6 AS INTEGER)"
    " ELSE bouts.started_us END"
)
_SEATED: Final = f"min(bouts.seated_s, ifnull({_break_in('bouts', wanted='b.seated_s')}, bouts.seated_s))"
_LEFT_OUT: Final = f"""(
    ifnull((
        SELECT {_end("former")} FROM bouts AS former
        WHERE former.ended_us <= max({_end("bouts")}, bouts.started_us)
            AND (former.ended_us < bouts.ended_us OR former.n < bouts.n)
        ORDER BY former.ended_us DESC LIMIT 1
    ), {_START}) > {_START} + {TOLERANCE_US}
)"""
"""Whether the bout that ended before it ended after its beginning.

A bout that ends before it begins may have been logged before that one ended.
"""

MARKED: Final = f"""(
    SELECT max(started_us, ended_us) AS last_us, started_offset_s, {_LEFT_OUT} AS left_out,
        {_impossible("bouts")} OR {_break_in("bouts", wanted="1")} IS NOT NULL AS corrected
    FROM bouts WHERE 1{{within}}
)"""
"""Every bout of a period: whether it is ``corrected`` or has to be ``left_out``, and when it was over.

``last_us`` is the later of its two edges in the log. ``{within}`` is the condition of the period.
"""

SOUND: Final = f"""(
    SELECT {_START} AS started_us, started_offset_s, {_end("bouts")} AS ended_us,
        ended_offset_s, {_SEATED} AS seated_s
    FROM bouts WHERE NOT {_LEFT_OUT}{{within}} LIMIT -1
) AS bouts"""
"""The bouts of a period that can be true, corrected where that is possible.

``LIMIT -1`` limits nothing: without it SQLite would correct a bout again wherever a query uses one of its columns.
"""
