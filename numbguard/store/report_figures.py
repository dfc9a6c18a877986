"""All that a report says of a period: the figures of the insights, what only a doctor asks for, and the episodes.

Read from the log by `gather`, on whichever thread writes the report; `ui/report_*.py` lays it out. Of a long log only
the latest and the most severe episodes are read, as many as a table of a few pages holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from numbguard.core.insights import Insights, Spread, spread
from numbguard.core.records import Episode, Onset, Region, Side, SignAnswer
from numbguard.core.red_flags import Sign

from .figures import LogFigures, Period
from .journal import SqliteJournal
from .rows import microseconds

LATEST: Final = 180
SEVERE: Final = 25
"""Of the episodes that are not among the latest, those with the most strength: so many."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """What was said to a question with two answers."""

    yes: int
    no: int
    untold: int


@dataclass(frozen=True, slots=True)
class ReportFigures:
    period: Period
    insights: Insights
    places: Mapping[tuple[Region, Side | None], int]
    lengths: list[tuple[float, int]]
    open: int
    """Episodes without an end."""
    days: int
    """Local days on which one began."""
    severity: Mapping[int, int]
    sensations: Mapping[str, int]
    onsets: Mapping[str, int]
    weakness: YesNo
    back_pain: YesNo
    relief: Mapping[str, int]
    """Episodes that named each kind, whether or not it is known how long it took."""
    outcomes: Mapping[str, int]
    """Breaks by how they ended."""
    signs: tuple[SignAnswer, ...]
    """The last answer to each question about each episode, oldest first."""
    latest: tuple[Episode, ...]
    """Newest first."""
    severe: tuple[Episode, ...]
    """The most severe of those that are not among the latest, newest first."""

    def first_and_last(self) -> tuple[date, date] | None:
        """The days of the first and the last episode; of more than were read, the Monday before the first."""
        if not self.latest:
            return None
        first, last = self.latest[-1].started_at.date(), self.latest[0].started_at.date()
        if len(self.latest) < self.insights.episodes:
            first = min(first, *(week.monday for week in self.insights.weeks if week.episodes))
        return first, last

    @property
    def strength(self) -> Spread:
        """The middle of the strengths told, 0 to 10."""
        return spread(self.severity.items())

    def answers(self, sign: Sign) -> tuple[int, int]:
        """Episodes of which a sign was said to be there, and not to be there."""
        said = [one.present for one in self.signs if one.sign is sign]
        return sum(said), len(said) - sum(said)


def gather(journal: SqliteJournal, period: Period) -> ReportFigures:
    """Raises ``JournalError`` where the log cannot be read."""
    counted = LogFigures(journal, period)
    asked = _Asked(journal, period)
    since, until = period.since, period.until
    latest = journal.picked("started_us DESC, n DESC", LATEST, since=since, until=until)
    severe: list[Episode] = []
    if len(latest) == LATEST:
        known = {one.id for one in latest}
        order = "severity DESC, started_us DESC, n DESC"
        found = journal.picked(order, LATEST + SEVERE, since=since, until=until)
        severe = [one for one in found if one.id not in known and one.severity][:SEVERE]
        severe.sort(key=lambda one: one.started_at, reverse=True)
    figures, told = counted.insights(), asked.told()

    def yes_no(what: str) -> YesNo:
        yes, no = told[f"{what} 1"], told[f"{what} 0"]
        return YesNo(yes, no, figures.episodes - yes - no)

    return ReportFigures(
        period=period,
        insights=figures,
        places=counted.places(),
        lengths=counted.lengths(),
        open=told["open"],
        days=len(counted.days()),
        severity={number: count for number in range(11) if (count := told[f"severity {number}"])},
        sensations=counted.sensations(),
        onsets={onset.value: told[f"onset {onset.value}"] for onset in Onset},
        weakness=yes_no("weakness"),
        back_pain=yes_no("back_pain"),
        relief=asked.relief(),
        outcomes=asked.outcomes(),
        signs=_last_answers(journal, period),
        latest=tuple(latest),
        severe=tuple(severe),
    )


class _Asked:
    def __init__(self, journal: SqliteJournal, period: Period) -> None:
        self._journal = journal
        bounds = {"since": (">=", period.since), "until": ("<", period.until)}
        self._values = {name: microseconds(moment) for name, (_, moment) in bounds.items() if moment is not None}
        self._within = "".join(f" AND started_us {bounds[name][0]} :{name}" for name in self._values)

    def told(self) -> dict[str, int]:
        """How many episodes told what, by one walk through all of them: ``severity 7``, ``weakness 1``, ``open``."""
        asked = {f"severity {strength}": f"severity = {strength}" for strength in range(11)}
        asked |= {f"onset {onset.value}": f"onset = '{onset.value}'" for onset in Onset}
        asked |= {f"{what} {said}": f"{what} = {said}" for what in ("weakness", "back_pain") for said in (0, 1)}
        asked["open"] = "ended_us IS NULL"
        sums = ", ".join(f"total({condition})" for condition in asked.values())
        (row,) = self._ask(f"SELECT {sums} FROM episodes WHERE NOT deleted{self._within}")
        return {name: int(count) for name, count in zip(asked, row, strict=True)}

    def relief(self) -> dict[str, int]:
        """Episodes by what helped, as far as it was told."""
        within = self._within.replace("started_us", "+started_us")
        told = f"WHERE deleted = 0 AND relief IS NOT NULL{within}"
        return dict(self._ask(f"SELECT relief, count(*) FROM episodes {told} GROUP BY relief"))

    def outcomes(self) -> dict[str, int]:
        within = self._within.replace("started_us", "+started_us")
        return dict(self._ask(f"SELECT outcome, count(*) FROM breaks WHERE 1{within} GROUP BY outcome"))

    def _ask(self, question: str) -> list[Any]:
        with self._journal.reading() as connection:
            return connection.execute(question, self._values).fetchall()


def _last_answers(journal: SqliteJournal, period: Period) -> tuple[SignAnswer, ...]:
    """Those about episodes that were taken back since are left out."""
    last: dict[tuple[str, Sign], SignAnswer] = {}
    known: dict[str, bool] = {}
    for answer in journal.sign_answers(since=period.since, until=period.until):
        if answer.episode not in known:
            known[answer.episode] = journal.find_episode(answer.episode) is not None
        if known[answer.episode]:
            last.pop((answer.episode, answer.sign), None)
            last[answer.episode, answer.sign] = answer
    return tuple(last.values())
