"""Counts what has changed in the log since the last report. ``report.gather`` calls it, on its thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from numbguard.core.log.insights import spread
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.since_report import PartFigures, SinceReport, time_before
from numbguard.core.sites import Site, site_set

from ..journal import SqliteJournal
from ..rows.moments import moment
from ..visit import last_report
from .insights import InsightQueries, Period


def since_last_report(
    journal: SqliteJournal, period: Period, answers: Iterable[SignAnswer], *, now: datetime
) -> SinceReport | None:
    """Return the change up to the end of ``period``; ``None`` where no report was written before today, or before that.

    A report of the same day counts as this one, written again. ``answers``: the last answer to each question.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = min(now, _aware(period.until, now)) if period.until is not None else now
    last = last_report(journal, min(today, until))
    if last is None:
        return None
    begins = time_before(last, until, _first(journal))
    after, before = InsightQueries(journal, Period(last, until)), InsightQueries(journal, Period(begins, last))
    ever = InsightQueries(journal, Period(None, last))
    known_places, known_sensations = ever.places(), ever.sensations()
    yes = [one for one in answers if one.present and one.at < until]
    known_signs = {one.sign for one in yes if one.at < last}
    felt = after.sensations()
    return SinceReport(
        last,
        _figures(after, until - last),
        _figures(before, last - begins),
        site_set(Site(region, side) for region, side in after.places() if (region, side) not in known_places),
        tuple(one for one in Sensation if felt.get(one.value) and not known_sensations.get(one.value)),
        tuple(sign for sign in WarningSign if sign in {one.sign for one in yes} - known_signs),
    )


def _figures(counted: InsightQueries, length: timedelta) -> PartFigures:
    return PartFigures(
        days=length / timedelta(days=1),
        episodes=counted.episodes(),
        lasted=counted.lasted(),
        strength=spread(counted.counts_by("severity").items()),
    )


def _first(journal: SqliteJournal) -> datetime | None:
    """Return when the first entry began that shows that the log was kept."""
    earliest = [
        f"SELECT started_us, started_offset_s FROM {source} ORDER BY started_us LIMIT 1"
        for source in ("episodes WHERE NOT deleted", "bouts")
    ]
    with journal.reading() as connection:
        rows = [row for query in earliest for row in connection.execute(query).fetchall()]
    return min((moment(*row) for row in rows), default=None)


def _aware(bound: datetime, now: datetime) -> datetime:
    return bound.replace(tzinfo=now.tzinfo) if bound.tzinfo is None else bound
