"""The counts that the insights are reckoned from: one question to the log each, answered from its tallies.

Called by whoever shows the insights, with a journal of that thread. The tallies (`tallies.py`) are true at any time, so
that a log of a million episodes answers in a few hundredths of a second; only counts come back, never the entries.
A period is `[since, until)`: episodes, breaks and sitting bouts belong to the one in which they began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from numbguard.core import insights
from numbguard.core.insights import Checked, Day, Insights, Spread, Tally, Week
from numbguard.core.records import Outcome, Posture, Region, Side
from numbguard.core.survival import Ended, kaplan_meier

from .journal import SqliteJournal
from .rows import microseconds
from .tallied import Counted, tallied
from .tallies import DAY

EXACT_UP_TO: Final = 10_000
"""Bouts up to which each keeps its own length; of more, they are counted by the nearest whole second."""

_FIRST_DAY: Final = 719_163 - 1_000_000
"""What to add to a day as the log counts it, to get Python's ordinal."""
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
        self._within = "".join(f" AND {sql}" for sql, moment in bounds if moment is not None)
        self._values = {
            name: microseconds(moment)
            for name, moment in (("since", period.since), ("until", period.until))
            if moment is not None
        }

    def insights(self, *, share: float = insights.SHARE) -> Insights:
        """All of them. ``share``: of the episodes, that the suggested interval would have come before."""
        ended, found = self.ended(), self.weeks()
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
            weekdays=self.weekdays(),
            lasted=self.lasted(),
            relief=self.relief(),
            sat_before=self.sat_before(),
            checked=self.checked(),
        )

    def episodes(self) -> int:
        return sum(count for _, _, count in self.tallied("side"))

    def ended(self) -> list[Ended]:
        """Sitting bouts by the reading of their clock at which their first episode began, or else they ended."""
        such = f"FROM bouts WHERE 1{self._within}"
        ((bouts,),) = self._ask(f"SELECT count(*) FROM (SELECT 1 {such} LIMIT {EXACT_UP_TO + 1})")
        if bouts > EXACT_UP_TO:
            rows = self.tallied("bout")
        else:
            rows = self._ask(f"SELECT numb_s IS NOT NULL, coalesce(numb_s, seated_s), count(*) {such} GROUP BY 1, 2")
        return [Ended(at, **{"events" if numb else "censored": count}) for numb, at, count in rows]

    def days(self) -> list[Day]:
        """The local days on which an episode began, oldest first."""
        return [Day(_date(day), count) for day, _, count in self.tallied("day")]

    def weeks(self) -> tuple[Week, ...]:
        """The local weeks in which an episode began or a break was taken, oldest first."""
        found = {monday: {"episodes": count} for monday, _, count in self.tallied("week")}
        for outcome in (Outcome.MOVED, Outcome.NATURAL):
            for _, monday, count in self.tallied("break", outcome.value):
                found.setdefault(monday, {})[outcome.value] = count
        return tuple(Week(_date(monday), **found[monday]) for monday in sorted(found))

    def weekdays(self) -> Tally:
        """Episodes by the local day of the week."""
        counts = dict.fromkeys(insights.WEEKDAYS, 0)
        counts |= {insights.WEEKDAYS[day]: count for day, _, count in self.tallied("weekday")}
        return Tally(sum(counts.values()), 0, counts)

    def hours(self) -> Tally:
        """Episodes by local hour."""
        counts = dict.fromkeys(map(str, range(24)), 0)
        counts |= {str(hour): count for hour, _, count in self.tallied("hour")}
        return Tally(sum(counts.values()), 0, counts)

    def sides(self) -> Tally:
        return _tally([side.value for side in Side], self.tallied("side"))

    def postures(self) -> Tally:
        return _tally([posture.value for posture in Posture], self.tallied("posture"))

    def regions(self) -> Tally:
        """Episodes by region; one may name several."""
        counts = dict.fromkeys((region.value for region in Region), 0)
        for region, _, count in self.tallied("region"):
            counts[region] = counts.get(region, 0) + count
        told = sum(count for _, _, count in self.tallied("located"))
        return Tally(told, self.episodes() - told, counts)

    def places(self) -> Mapping[tuple[Region, Side | None], int]:
        """Episodes by region and the leg that was told with it; ``None`` where none was."""
        # A region of a version to come is left out here; `regions` counts it.
        return {
            (_REGIONS[region], Side(leg) if leg else None): count
            for region, leg, count in self.tallied("region")
            if region in _REGIONS
        }

    def sensations(self) -> Mapping[str, int]:
        """Episodes by what they felt like; one may name several."""
        return {sensation: count for sensation, _, count in self.tallied("sensation")}

    def lengths(self) -> list[tuple[float, int]]:
        """The lengths of the episodes that have ended, in seconds, and how often each came."""
        return [(s, count) for s, _, count in self.tallied("lasted")]

    def lasted(self) -> Spread:
        """How long the episodes lasted that have ended."""
        return insights.spread(self.lengths())

    def relief(self) -> Mapping[str, Spread]:
        """How long after its beginning each kind of relief had helped."""
        lengths: dict[str, list[tuple[float, int]]] = {}
        for kind, s, count in self.tallied("relief"):
            if s != "":
                lengths.setdefault(kind, []).append((s, count))
        return {kind: insights.spread(found) for kind, found in lengths.items()}

    def sat_before(self) -> Spread:
        """How long people had sat when an episode was logged, where that is known."""
        return insights.spread((s, count) for s, _, count in self.tallied("sat"))

    def checked(self) -> Checked:
        """The local days with a posture check, by whether legs were found crossed at one of them."""
        day, within = (sql.replace("started_", "at_") for sql in (DAY, self._within))
        found = self._ask(f"SELECT {day}, min(legs_uncrossed) FROM posture_checks WHERE 1{within} GROUP BY 1")
        # Days stay the log's numbers: a long log has tens of thousands, and nobody reads which they are.
        episodes = {number: count for number, _, count in self.tallied("day")} if found else {}
        return insights.check_days(episodes, {number: not uncrossed for number, uncrossed in found})

    def tallied(self, kind: str, word: str | None = None) -> list[Counted]:
        """The counts of one of the kinds of `tallies.py` in the period, or those of one word."""
        since_us, until_us = self._values.get("since"), self._values.get("until")
        return tallied(self._journal, kind, word, since_us=since_us, until_us=until_us)

    def _ask(self, question: str) -> list[Any]:
        with self._journal.reading() as connection:
            return connection.execute(question, self._values).fetchall()


def _date(day: int) -> date:
    """A day as the log counts it; one that Python has no date for is taken for the nearest that it has."""
    return date.fromordinal(min(max(day + _FIRST_DAY, 1), date.max.toordinal()))


def _tally(words: list[str], rows: list[Counted]) -> Tally:
    counts = dict.fromkeys(words, 0)
    counts |= {word: count for word, _, count in rows if word}
    return Tally(sum(counts.values()), sum(count for word, _, count in rows if not word), counts)
