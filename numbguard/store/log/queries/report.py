"""The content of a report on a period: the insights, what only a doctor needs, and the episodes.

`gather` reads it from the log on the thread that writes the report; `ui/report/` lays it out. From a long log only the
latest and the most severe episodes are read, as many as fit a table of a few pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from numbguard.core.body import Region, Side
from numbguard.core.log.insights import Insights, LengthSpread, spread
from numbguard.core.log.records import Episode, Onset, SignAnswer, as_read
from numbguard.core.log.red_flags import WarningSign

from ..journal import SqliteJournal
from ..rows import SELECT_ANSWER, read_answer
from .insights import InsightQueries, Period, period_sql

LATEST: Final = 180
SEVERE: Final = 25
"""The number of the most severe episodes read besides the latest."""


@dataclass(frozen=True, slots=True)
class YesNoCounts:
    """The counts of a question with two answers."""

    yes: int
    no: int
    untold: int


@dataclass(frozen=True, slots=True)
class ReportQueries:
    period: Period
    insights: Insights
    places: Mapping[tuple[Region, Side | None], int]
    lengths: list[tuple[float, int]]
    open: int
    """The number of episodes that have no end or whose end is not known."""
    days: int
    """The number of local days on which an episode began."""
    severity: Mapping[int, int]
    sensations: Mapping[str, int]
    onsets: Mapping[str, int]
    weakness: YesNoCounts
    back_pain: YesNoCounts
    relief: Mapping[str, int]
    """Episodes by kind of relief, whether or not its time is known."""
    outcomes: Mapping[str, int]
    """Breaks by outcome."""
    signs: tuple[SignAnswer, ...]
    """The latest answer to each question about each episode, oldest first; without answers to an earlier, narrower
    question that do not count any more."""
    latest: tuple[Episode, ...]
    """Newest first."""
    severe: tuple[Episode, ...]
    """The most severe episodes besides the latest, newest first."""

    def first_and_last(self) -> tuple[date, date] | None:
        """The days of the first and last episode; where not all were read, the Monday before the first."""
        if not self.latest:
            return None
        first, last = self.latest[-1].started_at.date(), self.latest[0].started_at.date()
        if len(self.latest) < self.insights.episodes:
            first = min(first, *(week.monday for week in self.insights.weeks if week.episodes))
        return first, last

    @property
    def strength(self) -> LengthSpread:
        """The median of the severities, 0 to 10."""
        return spread(self.severity.items())

    def signs_of(self, episode: Episode) -> tuple[WarningSign, ...]:
        """The warning signs to which the answer was yes for an episode."""
        there = {one.sign for one in self.signs if one.episode == episode.id and one.present}
        return tuple(sign for sign in WarningSign if sign in there)

    def answers(self, sign: WarningSign) -> tuple[int, int]:
        """The number of episodes with a sign answered yes, and with it answered no."""
        said = [one.present for one in self.signs if one.sign is sign]
        return sum(said), len(said) - sum(said)


def gather(journal: SqliteJournal, period: Period, *, now: datetime) -> ReportQueries:
    """Read a report's content; raise ``JournalError`` where the log cannot be read.

    ``now`` decides whether an open episode still counts as open.
    """
    counted = InsightQueries(journal, period)
    since, until = period.since, period.until
    latest = journal.picked("started_us DESC, n DESC", LATEST, since=since, until=until)
    severe: list[Episode] = []
    if len(latest) == LATEST:
        known = {one.id for one in latest}
        order = "severity DESC, started_us DESC, n DESC"
        found = journal.picked(order, LATEST + SEVERE, such="severity > 0", since=since, until=until)
        severe = [one for one in found if one.id not in known][:SEVERE]
        severe.sort(key=lambda one: one.started_at, reverse=True)
    figures = counted.insights()

    def yes_no(column: str) -> YesNoCounts:
        said = counted.counts_by(column)
        yes, no = said.get(1, 0), said.get(0, 0)
        return YesNoCounts(yes, no, figures.episodes - yes - no)

    severity, onsets = counted.counts_by("severity"), counted.counts_by("onset")

    return ReportQueries(
        period=period,
        insights=figures,
        places=counted.places(),
        lengths=counted.lengths(),
        open=_open(journal, period),
        days=len(counted.days()),
        severity={number: severity[number] for number in range(11) if number in severity},
        sensations=counted.sensations(),
        onsets={onset.value: onsets.get(onset.value, 0) for onset in Onset},
        weakness=yes_no("weakness"),
        back_pain=yes_no("back_pain"),
        relief=counted.counts_by("relief"),
        outcomes=counted.outcomes(),
        signs=_last_answers(journal, period),
        latest=tuple(as_read(one, now) for one in latest),
        severe=tuple(as_read(one, now) for one in severe),
    )


def _open(journal: SqliteJournal, period: Period) -> int:
    within, values = period_sql(period)
    with journal.reading() as connection:
        asked = f"SELECT count(*) FROM episodes WHERE NOT deleted AND ended_us IS NULL{within}"
        (count,) = connection.execute(asked, values).fetchone()
    return int(count)


def _last_answers(journal: SqliteJournal, period: Period) -> tuple[SignAnswer, ...]:
    """Return the answers about the episodes of the period, without those about episodes that were undone since."""
    within, values = period_sql(period)
    with journal.reading() as connection:
        asked = (
            f"{SELECT_ANSWER} WHERE episode IN (SELECT id FROM episodes WHERE NOT deleted{within}) ORDER BY at_us, n"
        )
        rows = connection.execute(asked, values).fetchall()
    last: dict[tuple[str, WarningSign], SignAnswer] = {}
    for answer in journal.read_all(rows, read_answer):
        last.pop((answer.episode, answer.sign), None)
        last[answer.episode, answer.sign] = answer
    # A yes is true for a doctor whatever the question was; a no to a narrower question says too little.
    return tuple(one for one in last.values() if one.counts or one.present)
