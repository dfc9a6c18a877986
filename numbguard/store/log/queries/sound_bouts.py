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

_IMPOSSIBLE: Final = f"(seated_s * 1e6 > ended_us - started_us + {TOLERANCE_US} OR ended_us < started_us)"
_CARD: Final = (
    "FROM breaks AS b WHERE b.ended_us = bouts.ended_us AND b.outcome IN ('finished', 'moved')"
    f" AND b.started_us BETWEEN bouts.ended_us - {_DAY_US} AND bouts.ended_us LIMIT 1"
)
"""The break that ended a bout, looked up by the index of beginnings."""

_CORRECTED: Final = f"""(
    SELECT n, max(told_us, told_end_us) AS last_us, started_offset_s, impossible OR cut AS corrected,
        CASE WHEN impossible THEN ended_us - CAST(seated_s * 1e6 AS INTEGER) ELSE started_us END AS started_us,
        CASE WHEN cut THEN (SELECT b.started_us {_CARD}) ELSE ended_us END AS ended_us,
        CASE WHEN cut THEN (SELECT min(bouts.seated_s, b.seated_s) {_CARD}) ELSE seated_s END AS seated_s
    FROM (
        SELECT *, next_us = ended_us AND next_impossible AND EXISTS (SELECT 1 {_CARD}) AS cut
        FROM (
            SELECT n, started_us AS told_us, ended_us AS told_end_us, started_us, started_offset_s, ended_us, seated_s,
                {_IMPOSSIBLE} AS impossible,
                lead(started_us) OVER told AS next_us,
                lead({_IMPOSSIBLE}) OVER told AS next_impossible
            FROM bouts WHERE 1{{within}} WINDOW told AS (ORDER BY started_us, ended_us)
        ) AS bouts
    ) AS bouts
)"""

MARKED: Final = f"""(
    SELECT *, ifnull(lag(ended_us) OVER (ORDER BY ended_us, started_us), started_us) > started_us + {TOLERANCE_US}
        AS left_out
    FROM {_CORRECTED}
)"""
"""Every bout of a period, corrected where that is possible.

It has ``n``, ``started_us``, ``ended_us`` and ``seated_s``, whether it was ``corrected`` or has to be ``left_out``, and
``last_us``, the later of its two edges in the log. ``{within}`` is the condition of the period.
"""

SOUND: Final = f"(SELECT n, started_us, started_offset_s, ended_us, seated_s FROM {MARKED} WHERE NOT left_out) AS bouts"
"""The bouts of a period that can be true."""
