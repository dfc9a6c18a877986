"""The counts behind the insights: one grouped query for each.

The insights window, the verb and the report call them off the GUI thread, with a journal of that thread: a query reads
every entry of the period, which takes up to half a second in a log of 100,000 episodes. Queries return counts, never
entries. A period is `[since, until)`, and an episode, break or bout counts in the period in which it began; only
sitting by day is shared between the days on which it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from numbguard.core.log import insights
from numbguard.core.log.insights import (
    DaysByPosture,
    EpisodesOfDay,
    EpisodesOfWeek,
    Insights,
    LengthSpread,
    SeatedDays,
    ValueCounts,
)
from numbguard.core.log.records.episode import Posture
from numbguard.core.log.records.sitting import BoutEnd, Outcome, SittingBout
from numbguard.core.log.sitting_days import sat_by_day
from numbguard.core.log.survival import EndedBouts, kaplan_meier
from numbguard.core.sites import Region, Side

from ..journal import SqliteJournal
from ..rows.episodes import SITE_SIDE
from ..rows.moments import DAY, FIRST_DAY, bound_us, moment, since_sql, until_sql
from .sound_bouts import MARKED, SOUND

EXACT_UP_TO: Final = 10_000
"""The most logged bouts that keep their exact length; more are counted by the nearest whole second."""

_HOUR: Final = "(started_us / 1000000 + started_offset_s + 86400 * 1000000) % 86400 / 3600"
"""The local hour at which an entry began, 0 to 23, as SQL."""
_WEEKDAY: Final = f"({DAY} + {(FIRST_DAY - 1) % 7}) % 7"
"""The local day of the week on which it began, 0 for Monday."""
_MONDAY: Final = f"{DAY} - {_WEEKDAY}"
"""The Monday of that week, counted as ``DAY`` is."""
_LATER: Final = "1800000000"
"""Microseconds after its bout up to which an episode may have been noticed on rising, or while standing."""
_FIRST_ONSET: Final = f"""(
    SELECT min(coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1)), max(bouts.seated_s, ifnull(e.seated_s, 0) - 300))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us + {_LATER}
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
        -- Noticed on rising, it was kept with the length of the bout before.
        AND NOT (e.started_us < bouts.started_us + 180000000
            AND ifnull(e.seated_s, 0) > (e.started_us - bouts.started_us) / 1e6 + 60)
        -- Later, it is of this bout only where nobody can have sat that long since.
        AND (e.started_us <= bouts.ended_us OR e.seated_s > (e.started_us - bouts.ended_us) / 1e6
            AND e.seated_s BETWEEN bouts.seated_s - 1 AND bouts.seated_s + 300)
    ORDER BY e.started_us, e.n LIMIT 1
)"""
"""SQL for a bout: the second on its seated clock at which its first episode began; NULL where it had none."""

_MOMENT: Final = timedelta(microseconds=1)
_EPISODES: Final = "episodes WHERE NOT deleted"
_REGIONS: Final = {region.value: region for region in Region}


@dataclass(frozen=True, slots=True)
class Period:
    """The time `[since, until)`; `None` sets no bound.

    A bound without an offset from UTC is meant by the clock of the place where an entry was made: midnight to midnight
    is the day there.
    """

    since: datetime | None = None
    until: datetime | None = None


def period_sql(period: Period) -> tuple[str, dict[str, int]]:
    """Return SQL conditions that an entry began in the period, each after ``AND``, and the values of their marks."""
    bounds = (("since", since_sql, period.since), ("until", until_sql, period.until))
    given = [(name, condition, moment) for name, condition, moment in bounds if moment is not None]
    return (
        "".join(f" AND {condition(moment, name)}" for name, condition, moment in given),
        {name: bound_us(moment) for name, _, moment in given},
    )


def _reaches_sql(period: Period) -> str:
    """Return SQL conditions that a bout reaches into the period, with the marks of ``period_sql``."""
    since, until = period.since, period.until
    began = "" if until is None else f" AND {until_sql(until, 'until')}"
    if since is None:
        return began
    return f"{began} AND ({since_sql(since, 'since', 'ended')} OR {since_sql(since, 'since')})"


class InsightQueries:
    """The counts of one period of a log. Each query raises ``JournalError`` as the journal does."""

    def __init__(self, journal: SqliteJournal, period: Period = Period()) -> None:
        self._journal = journal
        self.period = period
        self._within, self._values = period_sql(period)

    def insights(self) -> Insights:
        """All figures of the period."""
        ended, found = self.ended(), self.weeks()
        survival = kaplan_meier(ended)
        left_out, sound_since = self.unsound()
        return Insights(
            episodes=self.episodes(),
            bouts=survival.n,
            time_to_numbness=survival,
            onsets=insights.onsets(ended),
            weeks=found,
            weeks_by_movement=insights.weeks_by_movement(found),
            trend=insights.week_trend(found),
            places=self.places(),
            sides=self.sides(),
            regions=self.regions(),
            postures=self.postures(),
            hours=self.hours(),
            weekdays=self.weekdays(),
            lasted=self.lasted(),
            relief=self.relief(),
            sat_before=self.sat_before(),
            checked=self.checked(),
            left_out=left_out,
            sound_since=sound_since,
        )

    def episodes(self) -> int:
        ((count,),) = self._ask(f"SELECT count(*) FROM episodes WHERE NOT deleted{self._within}")
        return int(count)

    def ended(self) -> list[EndedBouts]:
        """Return sitting bouts by the time on their clock of their first episode, or else of their end."""
        ((bouts,),) = self._ask(f"SELECT count(*) FROM bouts WHERE 1{self._within}")
        at = "coalesce(onset_s, seated_s)"
        if bouts > EXACT_UP_TO:
            at = f"CAST({at} + 0.5 AS INTEGER)"
        # LIMIT -1 limits nothing: without it SQLite would find a bout's first episode again at each mention.
        sat = f"SELECT seated_s, {_FIRST_ONSET} AS onset_s FROM {SOUND.format(within=self._within)} LIMIT -1"
        rows = self._ask(f"SELECT onset_s IS NOT NULL, {at}, count(*) FROM ({sat}) GROUP BY 1, 2")
        return [EndedBouts(at_s, **{"events" if numb else "censored": count}) for numb, at_s, count in rows]

    def seated(self, zone: tzinfo | None = None) -> SeatedDays:
        """The sitting on the days of the period, oldest first, also of a bout that began before or ended after it.

        ``zone``: that of this machine.
        """
        bounds = {
            "oldest": date.min if self.period.since is None else self.period.since.date(),
            "newest": date.max if self.period.until is None else (self.period.until - _MOMENT).date(),
        }
        sums, lengths = dict[date, float](), []
        for start, offset, end, end_offset, seated_s in self._ask(
            f"SELECT started_us, started_offset_s, ended_us, ended_offset_s, seated_s FROM"
            f" {SOUND.format(within=_reaches_sql(self.period))} ORDER BY started_us"
        ):
            bout = SittingBout("", moment(start, offset), moment(end, end_offset), seated_s, BoutEnd.UNKNOWN)
            sat = sat_by_day(bout, **bounds, zone=zone)
            lengths += [sum(sat.values())] if sat else []
            for day, sat_s in sat.items():
                sums[day] = sums.get(day, 0.0) + sat_s
        return SeatedDays(sums, bouts=len(lengths), longest_s=max(lengths, default=0.0))

    def unsound(self) -> tuple[int, datetime | None]:
        """Return how many bouts of the period cannot be true and are left out, and when the last wrong bout was over.

        Bouts that the log says how to correct are wrong as well, but not left out. ``None``: every bout is right.
        """
        rows = self._ask(
            f"SELECT left_out, last_us, started_offset_s FROM {MARKED.format(within=self._within)}"
            " WHERE left_out OR corrected ORDER BY last_us"
        )
        if not rows:
            return 0, None
        _, last_us, offset_s = rows[-1]
        return sum(left_out for left_out, _, _ in rows), moment(last_us, offset_s)

    def days(self) -> list[EpisodesOfDay]:
        """Return the local days on which an episode began, oldest first."""
        return [EpisodesOfDay(_date(day), count) for day, count in self._count(DAY)]

    def weeks(self) -> tuple[EpisodesOfWeek, ...]:
        """Return the local weeks with an episode or a break, oldest first."""
        found = {monday: {"episodes": count} for monday, count in self._count(_MONDAY)}
        taken = f"breaks WHERE outcome IN ('{Outcome.MOVED.value}', '{Outcome.NATURAL.value}')"
        for monday, outcome, count in self._count(f"{_MONDAY}, outcome", taken):
            found.setdefault(monday, {})[outcome] = count
        return tuple(EpisodesOfWeek(_date(monday), **found[monday]) for monday in sorted(found))

    def weekdays(self) -> ValueCounts:
        """Episodes by the local day of the week."""
        counts = dict.fromkeys(insights.WEEKDAYS, 0)
        counts |= {insights.WEEKDAYS[day]: count for day, count in self._count(_WEEKDAY)}
        return ValueCounts(sum(counts.values()), 0, counts)

    def hours(self) -> ValueCounts:
        """Episodes by local hour."""
        counts = dict.fromkeys(map(str, range(24)), 0)
        counts |= {str(hour): count for hour, count in self._count(_HOUR)}
        return ValueCounts(sum(counts.values()), 0, counts)

    def sides(self) -> ValueCounts:
        return _tally([side.value for side in Side], self._count("side"))

    def postures(self) -> ValueCounts:
        return _tally([posture.value for posture in Posture], self._count("posture"))

    def regions(self) -> ValueCounts:
        """Count episodes by region; an episode may have several."""
        counts = dict.fromkeys((region.value for region in Region), 0)
        counts |= dict(self._count("region", _listed("region"), each="count(DISTINCT episode)"))
        ((logged,),) = self._ask(f"SELECT count(DISTINCT episode) FROM {_listed('region')}{self._within}")
        return ValueCounts(logged, self.episodes() - logged, counts)

    def places(self) -> Mapping[tuple[Region, Side | None], int]:
        """Count episodes by region and side; ``None`` where the side was not logged."""
        # A later version's region is omitted here; `regions` counts it.
        return {
            (_REGIONS[region], Side(side) if side else None): count
            for region, side, count in self._count(
                f"region, {SITE_SIDE}", _listed("region"), each="count(DISTINCT episode)"
            )
            if region in _REGIONS
        }

    def sensations(self) -> Mapping[str, int]:
        """Count episodes by sensation; an episode may have several."""
        return dict(self._count("sensation", _listed("sensation")))

    def lengths(self) -> list[tuple[float, int]]:
        """Return the lengths of ended episodes in whole seconds, with their number."""
        return self._count("(ended_us - started_us) / 1000000", f"{_EPISODES} AND ended_us IS NOT NULL")

    def lasted(self) -> LengthSpread:
        """Return how long ended episodes lasted."""
        return insights.spread(self.lengths())

    def relief(self) -> Mapping[str, LengthSpread]:
        """Return how long after an episode's onset each kind of relief had helped."""
        lengths: dict[str, list[tuple[float, int]]] = {}
        such = f"{_EPISODES} AND relief IS NOT NULL AND relief_after_s IS NOT NULL"
        for kind, s, count in self._count("relief, CAST(relief_after_s AS INTEGER)", such):
            lengths.setdefault(kind, []).append((s, count))
        return {kind: insights.spread(found) for kind, found in lengths.items()}

    def sat_before(self) -> LengthSpread:
        """Return how long the person had sat when an episode was logged, where that is known."""
        return insights.spread(self._count("CAST(seated_s AS INTEGER)", f"{_EPISODES} AND seated_s IS NOT NULL"))

    def checked(self) -> DaysByPosture:
        """Count the local days with a posture check, by whether one found crossed legs."""
        day, within = (sql.replace("started_", "at_") for sql in (DAY, self._within))
        found = self._ask(f"SELECT {day}, min(legs_uncrossed) FROM posture_checks WHERE 1{within} GROUP BY 1")
        # Days stay numbers: a long log has thousands, and none is shown.
        episodes = dict(self._count(DAY)) if found else {}
        return insights.check_days(episodes, {number: not uncrossed for number, uncrossed in found})

    def counts_by(self, column: str) -> dict[Any, int]:
        """Count episodes by the value of a column, without those that have none."""
        return dict(self._count(column, f"{_EPISODES} AND {column} IS NOT NULL"))

    def outcomes(self) -> Mapping[str, int]:
        """Count breaks by outcome."""
        return dict(self._count("outcome", "breaks WHERE 1"))

    def _count(self, words: str, source: str = _EPISODES, *, each: str = "count(*)") -> list[Any]:
        """Return rows of one or several SQL expressions with their count in the period, ordered by value."""
        return self._ask(f"SELECT {words}, {each} FROM {source}{self._within} GROUP BY {words} ORDER BY {words}")

    def _ask(self, question: str) -> list[Any]:
        with self._journal.reading() as connection:
            return connection.execute(question, self._values).fetchall()


def _listed(word: str) -> str:
    """Return SQL for the episodes joined with their regions or sensations, to which conditions can be added."""
    return f"episodes JOIN episode_{word}s ON episode = n WHERE NOT deleted"


def _date(day: int) -> date:
    """Return the date of one of the log's days, or the nearest date that Python has."""
    return date.fromordinal(min(max(day + FIRST_DAY, 1), date.max.toordinal()))


def _tally(words: list[str], rows: list[tuple[str | None, int]]) -> ValueCounts:
    counts = dict.fromkeys(words, 0)
    counts |= {word: count for word, count in rows if word}
    return ValueCounts(sum(counts.values()), sum(count for word, count in rows if not word), counts)
