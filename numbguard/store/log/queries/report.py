"""The content of a report on a period: the insights, what only a doctor needs, and the episodes.

`gather` reads it from the log on the thread that writes the report; `ui/report/` lays it out. From a long log only the
latest and the most severe episodes are read, as many as fit a table of a few pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from numbguard.core.log.insights import Insights, LengthSpread, spread
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, Onset, as_read
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.since_report import SinceReport
from numbguard.core.log.telling_notes import telling_notes
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side

from ..journal import SqliteJournal
from ..rows.answers import SELECT_ANSWER, read_answer
from ..rows.moments import moment
from ..visit import read_visit
from .insights import InsightQueries, Period, period_sql
from .report_change import since_last_report

LATEST: Final = 180
SEVERE: Final = 25
"""The number of the most severe episodes read besides the latest."""
_CANDIDATES: Final = 60
"""The number of notes read of each kind from which the most telling are chosen."""
_DATES: Final = 6

_WEAK: Final = "(weakness = 1 OR n IN (SELECT episode FROM episode_sensations WHERE sensation = 'weak'))"
"""SQL: weakness was recorded with an episode, by its own answer or as what it was like."""
_BOTH_LEGS: Final = (
    "side = 'both' AND (n NOT IN (SELECT episode FROM episode_regions)"
    " OR n IN (SELECT episode FROM episode_regions WHERE region <> 'lower_back'))"
)
"""SQL: an episode was in both legs. Both sides of the lower back are no leg."""
_ALARMING: Final = f"({_WEAK} OR id IN (SELECT episode FROM sign_answers WHERE present = 1))"


@dataclass(frozen=True, slots=True)
class YesNoCounts:
    """The counts of a question with two answers."""

    yes: int
    no: int
    untold: int


@dataclass(frozen=True, slots=True)
class DatedCount:
    """A number of episodes, and when the last few of them began, oldest first."""

    count: int
    latest: tuple[datetime, ...]


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
    """An episode whose sensation was weak counts as yes."""
    weak: DatedCount
    """The episodes with weakness."""
    both_legs: DatedCount
    """The episodes in both legs, by the places that were logged."""
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
    telling: tuple[Episode, ...]
    """The episodes with the most telling notes, the most telling first."""
    visit: VisitDetails
    since_last: SinceReport | None
    """What has changed since the last report; ``None`` where there is none to compare with."""

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


def gather(
    journal: SqliteJournal, period: Period, *, now: datetime, visit: VisitDetails | None = None
) -> ReportQueries:
    """Read a report's content; raise ``JournalError`` where the log cannot be read.

    ``now`` decides whether an open episode still counts as open. ``visit``: in place of what is kept in the log.
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
    signs, weak = _last_answers(journal, period), _dated(journal, period, _WEAK)
    (not_weak,) = _row(
        journal, period, f"SELECT count(*) FROM episodes WHERE NOT deleted AND weakness = 0 AND NOT {_WEAK}"
    )
    alarming = {one.episode for one in signs if one.present}

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
        weakness=YesNoCounts(weak.count, not_weak, figures.episodes - weak.count - not_weak),
        weak=weak,
        both_legs=_dated(journal, period, _BOTH_LEGS),
        back_pain=yes_no("back_pain"),
        relief=counted.counts_by("relief"),
        outcomes=counted.outcomes(),
        signs=signs,
        latest=tuple(as_read(one, now) for one in latest),
        severe=tuple(as_read(one, now) for one in severe),
        telling=telling_notes(_noted(journal, period), alarming),
        visit=read_visit(journal) if visit is None else visit,
        since_last=since_last_report(journal, period, signs, now=now),
    )


def _row(journal: SqliteJournal, period: Period, question: str) -> tuple[int, ...]:
    within, values = period_sql(period)
    with journal.reading() as connection:
        return tuple(connection.execute(f"{question}{within}", values).fetchone())


def _open(journal: SqliteJournal, period: Period) -> int:
    (count,) = _row(journal, period, "SELECT count(*) FROM episodes WHERE NOT deleted AND ended_us IS NULL")
    return count


def _dated(journal: SqliteJournal, period: Period, such: str) -> DatedCount:
    (count,) = _row(journal, period, f"SELECT count(*) FROM episodes WHERE NOT deleted AND {such}")
    within, values = period_sql(period)
    question = f"SELECT started_us, started_offset_s FROM episodes WHERE NOT deleted AND {such}{within}"
    with journal.reading() as connection:
        rows = connection.execute(f"{question} ORDER BY started_us DESC LIMIT {_DATES}", values).fetchall()
    return DatedCount(count, tuple(moment(*row) for row in reversed(rows)))


def _noted(journal: SqliteJournal, period: Period) -> list[Episode]:
    """Return episodes with a note from which to choose: the most severe with a sign or weakness, and of all."""
    order, such = "severity DESC, started_us DESC, n DESC", "note <> ''"
    return [
        one
        for kind in (f"{such} AND {_ALARMING}", such)
        for one in journal.picked(order, _CANDIDATES, such=kind, since=period.since, until=period.until)
    ]


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
