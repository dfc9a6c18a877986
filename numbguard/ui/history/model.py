"""The model behind the history window's list: days and their episodes, with only those near the view in memory.

The window creates it, on the GUI thread. It counts the days a stretch at a time, latest first: an ordinary log at once,
a very long one over the next moments, in turn with the window's other work. It fetches episodes a page at a time when
they are drawn, and drops the pages least recently used.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.queries.history import FOREVER, EpisodeFilter, HistoryQueries, date_of, day_of
from numbguard.wording.catalogue import _, translated

from .day.table import Counted, DayTable
from .words import heading, spoken, tip

PAGE: Final = 64
"""Rows in a page."""
MAX_PAGES: Final = 12
"""Pages kept in memory at most."""
_AT_ONCE_S = 0.04
"""Seconds of counting before the window first shows the list."""
_TURN_S = 0.016
"""Seconds of counting in each turn after that."""
_SLICE_S = 0.006
"""Seconds that counting one stretch should take."""

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class DayHeading:
    """The content of the row above a day's episodes."""

    day: date
    count: int


class HistoryModel(QAbstractTableModel):
    counted = Signal()
    """More of the log has been counted, or all of it."""
    moving = Signal()
    """Rows above others are about to be inserted or removed; the view should note its position."""
    moved = Signal()
    """Those rows have been inserted or removed; the view should restore its position."""
    troubled = Signal(str)
    """Carries a sentence: the log could not be read."""

    def __init__(self, log: HistoryQueries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._today = date.min
        self._choice = EpisodeFilter()
        self._table = DayTable()
        self._pages: OrderedDict[int, list[Episode | None]] = OrderedDict()
        self._newest: int | None = None
        """The latest day still to be counted; ``None`` once all are."""
        self._width = 64
        self._stamp: object = None
        self._looking = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._count_on)

    # --- content ------------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self._today

    @property
    def choice(self) -> EpisodeFilter:
        return self._choice

    @property
    def episodes(self) -> int:
        """The number of episodes in the list, as far as counted."""
        return self._table.episodes

    @property
    def days(self) -> int:
        return self._table.days

    @property
    def is_counted(self) -> bool:
        return self._newest is None

    @property
    def held(self) -> int:
        """Rows in memory."""
        return len(self._pages) * PAGE

    def choose(self, choice: EpisodeFilter, *, today: date) -> None:
        """Show the episodes that match ``choice``."""
        self.beginResetModel()
        self._choice, self._today = choice, today
        self._table.clear()
        self._pages.clear()
        self._newest = None
        self.endResetModel()
        self._begin()

    def recount_if_changed(self, *, today: date, near: tuple[int, int] | None = None) -> bool:
        """Count again if another connection wrote to the log or the day changed; return whether that was so.

        ``near`` is the first and last row in view: their days are counted first, so that the view is right at once.
        """
        try:
            stamp = self._log.stamp()
        except JournalError as error:
            self.troubled.emit(translated(error))
            return False
        if stamp == self._stamp and today == self._today:
            return False
        self._today = today
        days = None
        if near is not None and self._table.rows:
            last = self._table.rows - 1
            days = self._table.at(min(near[0], last))[0], self._table.at(min(near[1], last))[0]
        self.moving.emit()
        self._looking = True
        self._pages.clear()
        self._begin(days)
        self._looking = False
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, self._table.rows - 1), 0))
        self.moved.emit()
        return True

    def at(self, row: int) -> DayHeading | Episode | None:
        """What a row shows; ``None`` if there is no such row, or the log has changed and is still being counted."""
        if not 0 <= row < self._table.rows:
            return None
        day, count, place = self._table.at(row)
        if not place:
            return DayHeading(date_of(day), count)
        return self._page(row // PAGE)[row % PAGE]

    def day_at(self, row: int) -> date | None:
        return date_of(self._table.at(row)[0]) if 0 <= row < self._table.rows else None

    def row_of(self, id: str) -> int | None:
        """The row of an episode; ``None`` if it is not in the list."""
        try:
            found = self._log.place(self._choice, id)
        except JournalError as error:
            self.troubled.emit(translated(error))
            return None
        return self._table.row(*found) if found else None

    def row_of_day(self, day: date) -> int | None:
        """The heading row of the latest day in the list that is not after ``day``; ``None`` if none is counted yet."""
        return self._table.heading(day_of(day))

    # --- for the view -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else self._table.rows

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        shown = self.at(index.row())
        if isinstance(shown, DayHeading):
            return None if role == Qt.ItemDataRole.ToolTipRole else heading(shown.day, shown.count, self._today)
        if shown is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(shown)
        return spoken(shown, self._today)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of the only column, and none for a row: both headers are hidden, but screen readers read them."""
        is_read = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return _("Episodes by day") if is_read and orientation is Qt.Orientation.Horizontal else None

    # --- pages --------------------------------------------------------------------------------------------------------

    def _page(self, number: int) -> list[Episode | None]:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetched(number)
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _fetched(self, number: int) -> list[Episode | None]:
        first, last = number * PAGE, min((number + 1) * PAGE, self._table.rows) - 1
        page: list[Episode | None] = [None] * PAGE
        asked = self._table.stretch(first, last)
        try:
            found = self._log.page(
                self._choice, newest=asked.newest, oldest=asked.oldest, skip=asked.skip, most=asked.most
            )
        except JournalError as error:
            self.troubled.emit(translated(error))
            return page
        place, before = asked.skip, asked.newest
        for day, episode in found:
            place, before = (place if day == before else 0), day
            row = self._table.row(day, place)
            place += 1
            if row is not None and first <= row <= last:
                page[row - first] = episode
        return page

    # --- counting -----------------------------------------------------------------------------------------------------

    def _begin(self, days: tuple[int, int] | None = None) -> None:
        """Count from the start: ``days``, the newest and oldest in view, first; then as many as the time allows."""
        try:
            self._stamp = self._log.stamp()
            if days is not None:
                newest, oldest = days
                self._put(newest, oldest, self._log.days(self._choice, newest=newest, oldest=oldest))
        except JournalError as error:
            self._stop(error)
            return
        self._newest, self._width = FOREVER, 64
        until = perf_counter() + (_AT_ONCE_S if days is None else _TURN_S)
        while self._newest is not None and perf_counter() < until:
            self._count()
        if self._newest is not None:
            self._timer.start()
        self.counted.emit()

    def _count_on(self) -> None:
        """Count several stretches, because redrawing the list afterwards takes longer than counting one."""
        until = perf_counter() + _TURN_S
        while self._newest is not None and perf_counter() < until:
            self._count()
        self.counted.emit()

    def _count(self) -> None:
        """Count one stretch further back."""
        newest = self._newest
        if newest is None:
            self._timer.stop()
            return
        began = perf_counter()
        earliest, latest = self._choice.since, self._choice.until
        try:
            # Jump to the next day with an episode, so that empty years cost nothing.
            day = self._log.next_day(newest if latest is None else min(newest, day_of(latest)))
            if day is None or (earliest is not None and day < day_of(earliest)):
                self._put(newest, -FOREVER, ())
                self._newest = None
                self._timer.stop()
                return
            oldest = day - self._width + 1
            self._put(newest, oldest, self._log.days(self._choice, newest=day, oldest=oldest))
        except JournalError as error:
            self._stop(error)
            return
        self._newest = oldest - 1
        took = perf_counter() - began
        if took > 2 * _SLICE_S:
            self._width = max(1, self._width // 2)
        elif took < _SLICE_S / 2:
            self._width = min(self._width * 2, 4096)

    def _put(self, newest: int, oldest: int, found: Sequence[Counted]) -> None:
        """Give the days from ``newest`` to ``oldest`` the counts ``found``, inserting and removing rows as needed."""
        splice = self._table.change(newest, oldest, found)
        if splice is None:
            return
        inside = splice.at < self._table.rows and not self._looking
        if inside:
            self.moving.emit()
        for page in [number for number in self._pages if (number + 1) * PAGE > splice.at]:
            del self._pages[page]
        if splice.removed:
            self.beginRemoveRows(_NONE, splice.at, splice.at + splice.removed - 1)
            if splice.inserted:
                # Between removal and insertion the table must contain neither the old rows nor the new ones.
                self._table.apply(newest, oldest, self._table.unchanged(newest, oldest, found))
            else:
                self._table.apply(newest, oldest, found)
            self.endRemoveRows()
        if splice.inserted:
            self.beginInsertRows(_NONE, splice.at, splice.at + splice.inserted - 1)
            self._table.apply(newest, oldest, found)
            self.endInsertRows()
        if inside:
            self.moved.emit()

    def _stop(self, error: JournalError) -> None:
        self._newest = None
        self._timer.stop()
        self.troubled.emit(translated(error))
