"""The counts that the insights are reckoned from: one question to the log each, answered from an index alone.

Called by whoever shows the insights, with a journal of that thread. Each question reads at most one index from end to
end, so that a log of a million episodes answers in a fraction of a second; only counts come back, never the entries.
A period is `[since, until)`: episodes, breaks and sitting bouts belong to the one in which they began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from numbguard.core import insights
from numbguard.core.insights import Day, Insights, Spread, Tally, Week
from numbguard.core.records import Outcome, Posture, Region, Side
from numbguard.core.survival import Ended, kaplan_meier

from .journal import SqliteJournal
from .rows import microseconds
from .schema import DAY, HOUR, LASTED, ONSET

EXACT_UP_TO: Final = 10_000
"""Bouts up to which each keeps its own length; of more, they are counted by the nearest whole second."""

_FIRST_DAY: Final = 719_163 - 1_000_000
"""What to add to a day as the log counts it, to get Python's ordinal."""
_DAY_US: Final = 86_400_000_000
_DAYS_BEFORE_1970: Final = 1_000_000
"""As the log counts days."""
_NO_DAY: Final = 10_000_000
"""Later than any."""
_TO_MONDAY: Final = (_FIRST_DAY - 1) % 7
"""What to add to such a day, so that it leaves nothing over of sevens when it is a Monday."""
_REGIONS: Final = {region.value: region for region in Region}


@dataclass(frozen=True, slots=True)
class Period:
    """Episodes, bouts and breaks that began at `since` or later and before `until`; `None` sets no bound."""

    since: datetime | None = None
    until: datetime | None = None


class LogFigures:
    """The counts of one period of a log. Raises ``JournalError`` as the journal does."""

    def __init__(self, journal: SqliteJournal, period: Period = Period()) -> None:
        self._journal = journal
        self.period = period
        bounds = (("started_us >= :since", period.since), ("started_us < :until", period.until))
        self._bounds = [sql for sql, moment in bounds if moment is not None]
        self._values = {
            name: microseconds(moment)
            for name, moment in (("since", period.since), ("until", period.until))
            if moment is not None
        }

    def insights(self, *, share: float = insights.SHARE) -> Insights:
        """All of them. ``share``: of the episodes, that the suggested interval would have come before."""
        ended, days, found = self.ended(), self.days(), self.weeks()
        survival = kaplan_meier(ended)
        return Insights(
            episodes=self.episodes(),
            bouts=survival.n,
            time_to_numbness=survival,
            suggestion=insights.suggest(ended, share),
            weeks=found,
            halves=insights.halves(found),
            sides=self.sides(),
            regions=self.regions(),
            postures=self.postures(),
            hours=self.hours(),
            weekdays=insights.by_weekday(days),
            lasted=self.lasted(),
            relief=self.relief(),
            sat_before=self.sat_before(),
            checked=insights.check_days(days, self.crossed()),
        )

    def episodes(self) -> int:
        ((count,),) = self._ask(f"SELECT count(*) FROM episodes WHERE NOT deleted{self._within()}")
        return int(count)

    def ended(self) -> list[Ended]:
        """Sitting bouts by the reading of their clock at which their first episode began, or else they ended."""
        few = f"SELECT 1 FROM bouts WHERE 1{self._within()} LIMIT {EXACT_UP_TO + 1}"
        ((bouts,),) = self._ask(f"SELECT count(*) FROM ({few})")
        if bouts <= EXACT_UP_TO:
            at, within = "coalesce(numb_s, seated_s)", self._within()
        else:
            at, within = ONSET, self._within(sift=True)
        rows = self._ask(f"SELECT {at}, numb_s IS NOT NULL, count(*) FROM bouts WHERE 1{within} GROUP BY 1, 2")
        return [Ended(at, **{"events" if numb else "censored": count}) for at, numb, count in rows]

    def days(self) -> list[Day]:
        """The local days on which an episode began, oldest first."""
        # The largest of a group's equal days is read from the index; the day itself would be reckoned from its row.
        rows = self._ask(
            f"SELECT max({DAY}), count(*) FROM episodes WHERE deleted = 0{self._within(sift=True)} GROUP BY {DAY}"
        )
        return [Day(_date(day), count) for day, count in rows]

    def weeks(self) -> tuple[Week, ...]:
        """The local weeks in which an episode began or a break was taken, oldest first."""
        return insights.weeks(
            Week(monday, **{what: count})
            for what, entries in (
                ("episodes", "episodes WHERE deleted = 0"),
                ("moved", f"breaks WHERE outcome = '{Outcome.MOVED.value}'"),
                ("natural", f"breaks WHERE outcome = '{Outcome.NATURAL.value}'"),
            )
            for monday, count in self._by_week(entries)
        )

    def _by_week(self, entries: str) -> list[tuple[date, int]]:
        """Goes from week to week by the index: to group a million entries by week would be to sort them."""
        such = f"FROM {entries}"
        # Weeks that lie within the period as a whole, wherever on earth they were lived, need no look at the hour.
        days = {name: value // _DAY_US + _DAYS_BEFORE_1970 for name, value in self._values.items()}
        begin, end = days.get("since", 8) - 8, days.get("until", _NO_DAY) + 2
        whole = f"monday BETWEEN {days.get('since', -2) + 2} AND {days.get('until', _NO_DAY) - 9}"

        def monday_from(day: str) -> str:
            until = f"AND {DAY} < {end} ORDER BY {DAY} LIMIT 1"
            return f"(SELECT {DAY} - ({DAY} + {_TO_MONDAY}) % 7 {such} AND {DAY} >= {day} {until})"

        def in_week(within: str) -> str:
            return f"(SELECT count(*) {such} AND {DAY} >= monday AND {DAY} < monday + 7{within})"

        rows = self._ask(
            f"WITH RECURSIVE weeks (monday) AS (SELECT {monday_from(str(begin))} UNION ALL"
            f" SELECT {monday_from('monday + 7')} FROM weeks WHERE monday IS NOT NULL)"
            f" SELECT monday, CASE WHEN {whole} THEN {in_week('')} ELSE {in_week(self._within(sift=True))} END"
            " FROM weeks WHERE monday IS NOT NULL"
        )
        return [(_date(monday), count) for monday, count in rows if count]

    def hours(self) -> Tally:
        """Episodes by local hour."""
        counts = dict.fromkeys(map(str, range(24)), 0)
        counts |= {str(hour): count for hour, count in self._of_episodes(HOUR)}
        return Tally(sum(counts.values()), 0, counts)

    def sides(self) -> Tally:
        return _tally([side.value for side in Side], self._of_episodes("side"))

    def postures(self) -> Tally:
        return _tally([posture.value for posture in Posture], self._of_episodes("posture"))

    def regions(self) -> Tally:
        """Episodes by region; one may name several."""
        counts = dict.fromkeys((region.value for region in Region), 0)
        told = 0
        for region, _, count, first in self._words_of("region", "leg"):
            counts[region] = counts.get(region, 0) + count
            told += first
        return Tally(told, self.episodes() - told, counts)

    def places(self) -> Mapping[tuple[Region, Side | None], int]:
        """Episodes by region and the leg that was told with it; ``None`` where none was."""
        found: dict[tuple[Region, Side | None], int] = {}
        for region, leg, count, _ in self._words_of("region", "leg"):
            if region not in _REGIONS:  # of a version to come; `regions` counts it
                continue
            place = _REGIONS[region], Side(leg) if leg else None
            found[place] = found.get(place, 0) + count
        return found

    def sensations(self) -> Mapping[str, int]:
        """Episodes by what they felt like; one may name several."""
        found: dict[str, int] = {}
        for sensation, _, count, _ in self._words_of("sensation"):
            found[sensation] = found.get(sensation, 0) + count
        return found

    def _words_of(self, what: str, beside: str = "") -> list[tuple[str, str | None, int, int]]:
        """How often each word of a kind was told, and how often first of its kind; several entries count together."""
        ((episodes, first, last),) = self._ask(
            f"SELECT count(*), ifnull(min(n), 0), ifnull(max(n), 0) FROM episodes WHERE NOT deleted{self._within()}"
        )
        each = f"SELECT {what}, {beside or 'NULL'}, count(*), sum(place = 0) FROM"
        grouped = f"GROUP BY {what}{f', {beside}' if beside else ''}"
        of_episodes = f"{each} episodes CROSS JOIN episode_{what}s ON episode = n WHERE"
        # The index of words knows all but which episodes are meant. Those of a period mostly came one after the other:
        # what is too much between the first and the last of them is looked up and taken off.
        between = f"BETWEEN {first} AND {last}"
        such = ["deleted = 1", *(f"NOT deleted AND {_opposite(bound)}" for bound in self._bounds)]
        wrong = {f"{condition} AND +n {between}": 0 for condition in such}
        for condition in wrong:
            ((wrong[condition],),) = self._ask(f"SELECT count(*) FROM episodes WHERE {condition}")
        if sum(wrong.values()) < episodes:
            asked = [(f"{each} episode_{what}s WHERE +episode {between} {grouped}", 1)]
            asked += [(f"{of_episodes} {condition} {grouped}", -1) for condition, count in wrong.items() if count]
        else:
            asked = [(f"{of_episodes} NOT deleted{self._within()} {grouped}", 1)]
        return [
            (word, of, sign * count, sign * first)
            for question, sign in asked
            for word, of, count, first in self._ask(question)
        ]

    def lengths(self) -> list[tuple[float, int]]:
        """The lengths of the episodes that have ended, in seconds, and how often each came."""
        return [(s, count) for s, count in self._of_episodes(LASTED) if s is not None]

    def lasted(self) -> Spread:
        """How long the episodes lasted that have ended."""
        return insights.spread(self.lengths())

    def relief(self) -> Mapping[str, Spread]:
        """How long after its beginning each kind of relief had helped."""
        after = "CAST(relief_after_s AS INTEGER)"
        lengths: dict[str, list[tuple[float, int]]] = {}
        for kind, s, count in self._ask(
            f"SELECT relief, {after}, count(*) FROM episodes"
            f" WHERE deleted = 0 AND relief IS NOT NULL{self._within(sift=True)} GROUP BY relief, {after}"
        ):
            if s is not None:
                lengths.setdefault(kind, []).append((s, count))
        return {kind: insights.spread(found) for kind, found in lengths.items()}

    def sat_before(self) -> Spread:
        """How long people had sat when an episode was logged, where that is known."""
        rows = self._of_episodes("CAST(seated_s AS INTEGER)")
        return insights.spread((s, count) for s, count in rows if s is not None)

    def crossed(self) -> Mapping[date, bool]:
        """The local days with a posture check, and whether legs were found crossed at one of them."""
        day, within = (sql.replace("started_", "at_") for sql in (DAY, self._within()))
        rows = self._ask(f"SELECT {day}, min(legs_uncrossed) FROM posture_checks WHERE 1{within} GROUP BY 1")
        return {_date(day): not uncrossed for day, uncrossed in rows}

    def _of_episodes(self, what: str) -> list[tuple[Any, int]]:
        return self._ask(
            f"SELECT {what}, count(*) FROM episodes WHERE deleted = 0{self._within(sift=True)} GROUP BY {what}"
        )

    def _within(self, *, sift: bool = False) -> str:
        """The period as conditions. ``sift``: while going through another index, rather than by time and then sorting,
        which is what the plus tells SQLite."""
        return "".join(f" AND {'+' if sift else ''}{bound}" for bound in self._bounds)

    def _ask(self, question: str) -> list[Any]:
        with self._journal.reading() as connection:
            return connection.execute(question, self._values).fetchall()


def _opposite(bound: str) -> str:
    return bound.replace(">=", "<") if ">=" in bound else bound.replace("<", ">=")


def _date(day: int) -> date:
    """A day as the log counts it; one that Python has no date for is taken for the nearest that it has."""
    return date.fromordinal(min(max(day + _FIRST_DAY, 1), date.max.toordinal()))


def _tally(words: list[str], rows: list[tuple[Any, int]]) -> Tally:
    counts = dict.fromkeys(words, 0)
    counts |= {word: count for word, count in rows if word is not None}
    return Tally(sum(counts.values()), sum(count for word, count in rows if word is None), counts)
