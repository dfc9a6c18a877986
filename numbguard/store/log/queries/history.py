"""Queries of the history window: the number of episodes on each day, a page of episodes, one day in full.

That window calls them on the GUI thread, with a journal of its own. Every query is bounded: it reads a stretch of the
index of days, from a given day and never from the beginning, so that a log of 100,000 episodes answers in milliseconds.
A *day* is the local one on which an episode began, as a number that grows by one a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from numbguard.core.log.records.episode import Episode, Posture, as_read
from numbguard.core.log.records.sitting import BreakRecord, Outcome, SittingBout
from numbguard.core.log.sitting_days import sat_by_day
from numbguard.core.sites import Region, Side

from ..journal import RecordVersion, SqliteJournal
from ..rows.breaks import BOUT_REACHES_INTO, SELECT_BOUT, SELECT_BREAK, read_bout, read_break
from ..rows.episodes import SELECT_EPISODE, SITE_SIDE, read_episode
from ..rows.moments import CROSSES_MIDNIGHT, DAY, FIRST_DAY, microseconds

FOREVER: Final = 10**9
"""A day after all others."""

_FURTHEST = timedelta(hours=26)
"""Seconds: the largest offset from UTC on earth, plus the length of a day."""
_LONGEST_BREAK_US: Final = 7 * 86_400 * 1_000_000
"""How long before a day a break that reaches into it may have begun: a long weekend away."""
_MOST_OF_A_DAY: Final = 2_000
"""The most bouts, breaks and episodes of a day that are drawn; a line cannot show more."""


@dataclass(frozen=True, slots=True)
class EpisodeFilter:
    """Which episodes are shown; ``None`` sets no condition. One leg includes episodes in both; both means only those.

    With a side and a region, that region was numb on that side.

    ``since`` and ``until`` are local days, both included.
    """

    side: Side | None = None
    region: Region | None = None
    posture: Posture | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_all(self) -> bool:
        return self == EpisodeFilter()


@dataclass(frozen=True, slots=True)
class DayLog:
    """All entries of one local day, whatever filter is set, each kind in order of time.

    Bouts and breaks that reach into the day from the one before are included.
    """

    day: date
    bouts: tuple[SittingBout, ...] = ()
    breaks: tuple[BreakRecord, ...] = ()
    episodes: tuple[Episode, ...] = ()
    present: SittingBout | None = None
    """The bout that has not ended, up to now; ``bouts`` does not include it. The log itself never has it."""
    present_s: float = 0.0
    """The seconds of sitting on this day that the log does not have yet."""
    longest_present_s: float = 0.0
    """The longest of these without a break, in seconds."""
    zone: tzinfo | None = None
    """The zone that says when midnight was in a bout during which the clock was changed."""

    @property
    def seated_s(self) -> float:
        """The seconds of sitting within the day."""
        return sum(self._sat()) + self.present_s

    @property
    def longest_s(self) -> float:
        """The longest sitting within the day, in seconds."""
        return max([*self._sat(), self.longest_present_s])

    def _sat(self) -> list[float]:
        day = self.day
        sat = (sat_by_day(bout, oldest=day, newest=day, zone=self.zone) for bout in self.bouts)
        return [each[day] for each in sat if each]


@dataclass(frozen=True, slots=True)
class DayTotals:
    """The sums of one local day."""

    seated_s: float = 0.0
    """Seconds of sitting within the day, also of a bout that began the day before or ended the day after."""
    breaks: int = 0
    """Breaks in which the person got up, or was away from the desk."""
    episodes: int = 0


def day_of(day: date) -> int:
    return day.toordinal() - FIRST_DAY


def date_of(day: int) -> date:
    """Return the date of a day, or the nearest date that Python has."""
    return date.fromordinal(min(max(day + FIRST_DAY, 1), date.max.toordinal()))


class HistoryQueries:
    """Each query raises ``JournalError`` as the journal does."""

    def __init__(
        self,
        journal: SqliteJournal,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        zone: tzinfo | None = None,
    ) -> None:
        """``now`` decides whether an open episode still counts as open. ``zone``: that of this machine."""
        self._journal = journal
        self._now = now
        self._zone = zone

    def close(self) -> None:
        self._journal.close()

    def stamp(self) -> object:
        """A value that changes whenever another connection has written to the log."""
        with self._journal.reading() as connection:
            return id(connection), connection.execute("PRAGMA data_version").fetchone()

    def next_day(self, newest: int) -> int | None:
        """Return the latest day with an episode, not after ``newest``."""
        found = self._ask(
            f"SELECT {DAY} FROM episodes WHERE deleted = 0 AND {DAY} <= :newest ORDER BY {DAY} DESC LIMIT 1",
            {"newest": newest},
        )
        return int(found[0][0]) if found else None

    def days(self, choice: EpisodeFilter, *, newest: int, oldest: int) -> list[tuple[int, int]]:
        """Return the days from ``newest`` back to ``oldest`` that have chosen episodes, with their number."""
        where, values = _chosen(choice)
        return self._ask(
            f"SELECT {DAY}, count(*) FROM episodes WHERE {where} GROUP BY {DAY} ORDER BY {DAY} DESC",
            values | _within(choice, newest=newest, oldest=oldest),
        )

    def page(
        self, choice: EpisodeFilter, *, newest: int, oldest: int, skip: int, most: int
    ) -> list[tuple[int, Episode]]:
        """Return chosen episodes with their day, latest first, from ``newest`` back to ``oldest``.

        ``skip``: the number of episodes of the newest day to skip.
        """
        where, values = _chosen(choice)
        bounded = _within(choice, newest=newest, oldest=oldest)
        rows = self._ask(
            f"SELECT {DAY}, {SELECT_EPISODE.removeprefix('SELECT ')} WHERE {where}"
            f" ORDER BY {DAY} DESC, started_us DESC, n DESC LIMIT :most OFFSET :skip",
            values | bounded | {"most": most, "skip": skip},
        )
        now = self._now()
        episodes = [as_read(one, now) for one in self._journal.read_all([row[1:] for row in rows], read_episode)]
        return [(row[0], episode) for row, episode in zip(rows, episodes, strict=True)]

    def place(self, choice: EpisodeFilter, id: str) -> tuple[int, int] | None:
        """Return an episode's day and its place among that day's chosen ones; ``None`` if it is not shown."""
        where, values = _chosen(choice)
        found = self._ask(f"SELECT {DAY}, started_us, n FROM episodes WHERE deleted = 0 AND id = :id", {"id": id})
        if not found:
            return None
        ((day, started_us, n),) = found
        bounded = _within(choice, newest=day, oldest=day)
        if bounded["newest"] < bounded["oldest"]:
            return None
        values |= bounded | {"started_us": started_us, "n": n}
        later = "(started_us > :started_us OR started_us = :started_us AND n > :n)"
        ((before, itself),) = self._ask(
            f"SELECT coalesce(sum({later}), 0), coalesce(sum(n = :n), 0) FROM episodes WHERE {where}", values
        )
        return (day, before) if itself else None

    def day(self, day: date) -> DayLog:
        """Return the entries of a day, by the local clock at the time."""
        start = datetime.combine(day, time(), UTC)
        values = {
            "start": microseconds(start - _FURTHEST) if day > date(1, 1, 3) else 0,
            "end": microseconds(start + 2 * _FURTHEST) if day < date(9999, 12, 28) else 2**62,
            "long": _LONGEST_BREAK_US,
            "most": _MOST_OF_A_DAY,
        }
        bouts = self._ask(f"{SELECT_BOUT} WHERE {BOUT_REACHES_INTO} ORDER BY started_us DESC LIMIT :most", values)
        breaks = self._ask(
            f"{SELECT_BREAK} WHERE started_us >= :start - :long AND started_us < :end"
            " ORDER BY started_us DESC LIMIT :most",
            values,
        )
        number = day_of(day)
        episodes = self.page(EpisodeFilter(), newest=number, oldest=number, skip=0, most=_MOST_OF_A_DAY)
        return DayLog(
            day,
            tuple(one for one in self._journal.read_all(bouts[::-1], read_bout) if _touches(one, day)),
            tuple(one for one in self._journal.read_all(breaks[::-1], read_break) if _touches(one, day)),
            tuple(one for _, one in reversed(episodes)),
            zone=self._zone,
        )

    def totals(self, *, newest: date, oldest: date) -> dict[date, DayTotals]:
        """Return the sums of each day from ``oldest`` to ``newest`` on which something was recorded."""
        start, end = (datetime.combine(day, time(), UTC) for day in (oldest, newest))
        values = {
            "start": microseconds(start - _FURTHEST),
            "end": microseconds(end + 2 * _FURTHEST),
            "oldest": day_of(oldest),
            "newest": day_of(newest),
        }
        began = "started_us >= :start AND started_us < :end"
        by_day = "GROUP BY 1 HAVING day BETWEEN :oldest AND :newest"
        within_a_day = f"{began} AND NOT {CROSSES_MIDNIGHT}"
        seated: dict[int, float] = dict(
            self._ask(f"SELECT {DAY} AS day, sum(seated_s) FROM bouts WHERE {within_a_day} {by_day}", values)
        )
        crossing = self._ask(f"{SELECT_BOUT} WHERE {BOUT_REACHES_INTO} AND {CROSSES_MIDNIGHT}", values)
        for bout in self._journal.read_all(crossing, read_bout):
            for day, sat_s in sat_by_day(bout, oldest=oldest, newest=newest, zone=self._zone).items():
                seated[day_of(day)] = seated.get(day_of(day), 0.0) + sat_s
        up = f"sum(outcome IN ('{Outcome.MOVED.value}', '{Outcome.NATURAL.value}'))"
        breaks = dict(self._ask(f"SELECT {DAY} AS day, {up} FROM breaks WHERE {began} {by_day}", values))
        episodes = dict(self.days(EpisodeFilter(), newest=day_of(newest), oldest=day_of(oldest)))
        return {
            date_of(each): DayTotals(seated.get(each, 0.0), breaks.get(each, 0), episodes.get(each, 0))
            for each in {*seated, *breaks, *episodes}
        }

    def versions(self, id: str) -> list[RecordVersion]:
        """Return an episode as it is and as it was before each of its edits, the latest first."""
        now = self._ask(f"{SELECT_EPISODE} WHERE deleted = 0 AND id = :id", {"id": id})
        edited = self._ask("SELECT edited_us FROM episodes WHERE id = :id", {"id": id})
        current = self._journal.read_all(now, read_episode)
        return [RecordVersion(one, edited[0][0]) for one in current] + self._journal.former(id)

    def _ask(self, question: str, values: dict[str, Any]) -> list[Any]:
        with self._journal.reading() as connection:
            return connection.execute(question, values).fetchall()


def _chosen(choice: EpisodeFilter) -> tuple[str, dict[str, Any]]:
    """Return the condition that makes SQLite use the index of days: a plus excludes the other indexes."""
    conditions, values = ["deleted = 0", f"{DAY} BETWEEN :oldest AND :newest"], dict[str, Any]()
    if choice.side is not None:
        # An episode in both legs is one in this leg too.
        values["side"] = choice.side.value
        if choice.region is None:
            conditions.append("+side IN (:side, 'both')")
    if choice.posture is not None:
        conditions.append("+posture = :posture")
        values["posture"] = choice.posture.value
    if choice.region is not None:
        there = f" AND {SITE_SIDE} IN (:side, 'both')" if choice.side is not None else ""
        conditions.append(f"EXISTS (SELECT 1 FROM episode_regions WHERE episode = n AND region = :region{there})")
        values["region"] = choice.region.value
    return " AND ".join(conditions), values


def _within(choice: EpisodeFilter, *, newest: int, oldest: int) -> dict[str, int]:
    return {
        "newest": newest if choice.until is None else min(newest, day_of(choice.until)),
        "oldest": oldest if choice.since is None else max(oldest, day_of(choice.since)),
    }


def _touches(record: SittingBout | BreakRecord, day: date) -> bool:
    first, last = record.started_at.date(), (record.ended_at or record.started_at).date()
    return first <= day <= max(first, last)
