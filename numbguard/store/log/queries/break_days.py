"""The counts of breaks and episodes by local day, for the panel, the page after a card and the Monday message.

Called on a worker thread, with a journal of that thread. Both queries read a stretch of an index by time, so a log of
any length answers in milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from numbguard.core.log.break_days import BreakDays, break_day
from numbguard.store.profile import Profile

from ..journal import SqliteJournal
from ..rows.moments import DAY, microseconds
from .history import DayLog, HistoryQueries, date_of, day_of

_FURTHEST = timedelta(hours=26)
"""The largest offset from UTC on earth, with room to spare."""
_LOOK_BACK = timedelta(days=366)
"""How far back a streak is counted: one year."""


@dataclass(frozen=True, slots=True)
class TodayLog:
    """What the log has of today, and the counts of the days before."""

    day: DayLog
    days: BreakDays = field(default_factory=dict)


def read_today(profile: Profile, today: date, zone: tzinfo | None = None) -> TodayLog:
    """Read both, with a journal of the caller's thread. ``zone``: that of this machine.

    Raises ``JournalError`` as the journal does.
    """
    with closing(SqliteJournal(profile)) as journal:
        return TodayLog(HistoryQueries(journal, zone=zone).day(today), break_days(journal, since=today - _LOOK_BACK))


def break_days(journal: SqliteJournal, *, since: date) -> BreakDays:
    """The counts of each day from ``since`` on that has any. Raises ``JournalError`` as the journal does."""
    values = {
        "start": microseconds(datetime.combine(since, time(), UTC) - _FURTHEST),
        "oldest": day_of(since),
    }
    within = f"started_us >= :start AND {DAY} >= :oldest"
    outcomes: dict[int, dict[str, int]] = defaultdict(dict)
    with journal.reading() as connection:
        for day, outcome, count in connection.execute(
            f"SELECT {DAY}, outcome, count(*) FROM breaks WHERE {within} GROUP BY 1, 2", values
        ):
            outcomes[day][outcome] = count
        episodes = dict(
            connection.execute(
                f"SELECT {DAY}, count(*) FROM episodes WHERE NOT deleted AND {within} GROUP BY 1", values
            ).fetchall()
        )
    return {
        date_of(day): break_day(outcomes.get(day, {}), episodes.get(day, 0)) for day in sorted({*outcomes, *episodes})
    }
