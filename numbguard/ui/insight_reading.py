"""Reads the sections of the insights in a thread of its own, one after the other, while the window already shows.

Made by the insights window on the GUI thread, where its signals arrive. A question that was overtaken by another, or
whose window is gone, ends with the section that it is at.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

from PySide6.QtCore import QObject, Signal

from ..core.ports import JournalError
from ..store.figures import LogFigures, Period
from ..store.journal import SqliteJournal
from ..store.profile import Profile
from . import theme
from .chart_view import picture_of
from .insight_sections import ORDER, Section


@dataclass(frozen=True, slots=True)
class Read:
    """A section, with the pictures of its charts in the colours asked for."""

    place: int
    section: Section
    pictures: tuple[bytes, ...]


class Reading(QObject):
    counted = Signal(int)
    """The episodes of the period."""
    read = Signal(object)
    """A ``Read``, in the order of the sections."""
    failed = Signal(str)
    """Why the log could not be read."""
    ended = Signal()
    _came = Signal(int, object)

    def __init__(self, parent: QObject, profile: Profile) -> None:
        super().__init__(parent)
        self._profile = profile
        self._asked = 0
        self._came.connect(self._take)

    def ask(self, period: Period, colours: theme.Palette) -> None:
        """Read all of it for a period; what was asked before is dropped."""
        self._asked += 1
        asked = self._asked
        Thread(target=lambda: self._work(asked, period, colours), name="insights", daemon=True).start()

    def stop(self) -> None:
        self._asked += 1

    def _work(self, asked: int, period: Period, colours: theme.Palette) -> None:
        journal = SqliteJournal(self._profile)
        try:
            log = LogFigures(journal, period)
            if not self._tell(asked, log.episodes):
                return
            for place, (_, made) in enumerate(ORDER):
                if not self._tell(asked, lambda place=place, made=made: _read(place, made(log), colours)):  # type: ignore[misc]
                    return
            self._tell(asked, lambda: None)
        except JournalError as error:
            told = error
            self._tell(asked, lambda: told)
        finally:
            journal.close()

    def _tell(self, asked: int, what: Callable[[], object]) -> bool:
        """Whether it is still wanted."""
        if asked != self._asked:
            return False
        found = what()
        with suppress(RuntimeError):  # the window is gone
            self._came.emit(asked, found)
        return asked == self._asked

    def _take(self, asked: int, found: object) -> None:
        if asked != self._asked:
            return
        match found:
            case Read():
                self.read.emit(found)
            case int():
                self.counted.emit(found)
            case JournalError():
                self.failed.emit(str(found))
            case _:
                self.ended.emit()


def _read(place: int, section: Section, colours: theme.Palette) -> Read:
    return Read(place, section, tuple(picture_of(chart, colours) for chart in section.charts))
