"""Reads the sections of the insights one after the other on a worker thread, while the window is already on screen.

Made by the insights window on the GUI thread, where its signals arrive. A request that another one replaced, or whose
window is closed, stops after the current section.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from numbguard.core.errors import JournalError
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import InsightQueries, Period
from numbguard.store.profile import Profile
from numbguard.ui.charts.view import picture_of
from numbguard.ui.widgets import theme
from numbguard.ui.worker import Job, run_parts

from .sections import ORDER, InsightSection, InsightSources


@dataclass(frozen=True, slots=True)
class LoadedSection:
    """A section, with an SVG of each of its charts in the requested colours."""

    place: int
    section: InsightSection
    pictures: tuple[bytes, ...]


class InsightLoader(QObject):
    counted = Signal(int)
    """Number of episodes in the period."""
    read = Signal(object)
    """A ``LoadedSection``, in the order of the sections."""
    failed = Signal(str)
    """A sentence that says why the log could not be read."""
    ended = Signal()

    def __init__(self, parent: QObject, profile: Profile) -> None:
        super().__init__(parent)
        self._profile = profile
        self._job: Job | None = None

    def ask(
        self,
        period: Period,
        week: Period,
        interval_s: float,
        colours: theme.Palette,
        *,
        present: Mapping[date, float],
    ) -> None:
        """Read all sections for a period; an earlier request is dropped.

        ``week``: the last seven days. ``interval_s``: the interval that is set. ``present``: the sitting that is not
        over yet, in seconds by local day.
        """
        self.stop()
        self._job = run_parts(
            self,
            lambda: _sections(self._profile, period, week, interval_s, colours, present),
            name="insights",
            got=self._take,
            ended=self.ended.emit,
            failed=self.failed.emit,
            expected=(JournalError,),
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.drop()

    def _take(self, found: int | LoadedSection) -> None:
        if isinstance(found, LoadedSection):
            self.read.emit(found)
        else:
            self.counted.emit(found)


def _sections(
    profile: Profile,
    period: Period,
    week: Period,
    interval_s: float,
    colours: theme.Palette,
    present: Mapping[date, float],
) -> Generator[int | LoadedSection]:
    """On the worker thread: yield the number of episodes, then each section with its charts drawn."""
    with closing(SqliteJournal(profile)) as journal:
        sources = InsightSources(InsightQueries(journal, period), InsightQueries(journal, week), interval_s, present)
        yield sources.log.episodes()
        for place, (_, made) in enumerate(ORDER):
            section = made(sources)
            yield LoadedSection(place, section, tuple(picture_of(chart, colours) for chart in section.pictures))
