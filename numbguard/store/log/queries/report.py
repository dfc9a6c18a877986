"""The content of a report on a period: the insights, what only a doctor needs, and the episodes.

`gather` reads it from the log on the thread that writes the report; `ui/report/` lays it out. From a long log only the
latest and the most severe episodes are read, as many as fit a table of a few pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from numbguard.core.body import Region, Side
from numbguard.core.log.insights import Insights, LengthSpread, spread
from numbguard.core.log.records import Episode, Onset, SignAnswer
from numbguard.core.log.red_flags import WarningSign

from ..journal import SqliteJournal
from ..rows import microseconds
from .insights import InsightQueries, Period

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
    """The number of episodes without an end."""
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
    """The latest answer to each question about each episode, oldest first."""
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

    def answers(self, sign: WarningSign) -> tuple[int, int]:
        """The number of episodes with a sign answered yes, and with it answered no."""
        said = [one.present for one in self.signs if one.sign is sign]
        return sum(said), len(said) - sum(said)


def gather(journal: SqliteJournal, period: Period) -> ReportQueries:
    """Read a report's content; raise ``JournalError`` where the log cannot be read."""
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
        latest=tuple(latest),
        severe=tuple(severe),
    )


def _open(journal: SqliteJournal, period: Period) -> int:
    bounds = {"since": (">=", period.since), "until": ("<", period.until)}
    values = {name: microseconds(moment) for name, (_, moment) in bounds.items() if moment is not None}
    within = "".join(f" AND started_us {bounds[name][0]} :{name}" for name in values)
    with journal.reading() as connection:
        asked = f"SELECT count(*) FROM episodes WHERE NOT deleted AND ended_us IS NULL{within}"
        (count,) = connection.execute(asked, values).fetchone()
    return int(count)


def _last_answers(journal: SqliteJournal, period: Period) -> tuple[SignAnswer, ...]:
    """Return the answers without those about episodes that were undone since."""
    last: dict[tuple[str, WarningSign], SignAnswer] = {}
    known: dict[str, bool] = {}
    for answer in journal.sign_answers(since=period.since, until=period.until):
        if answer.episode not in known:
            known[answer.episode] = journal.find_episode(answer.episode) is not None
        if known[answer.episode]:
            last.pop((answer.episode, answer.sign), None)
            last[answer.episode, answer.sign] = answer
    return tuple(last.values())
