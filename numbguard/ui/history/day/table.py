"""Maps rows of the list to days and episodes: a heading row for each day, then one row per episode.

Only the list's model uses it; pure. It keeps a few numbers for each day and nothing for each row, and no episodes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Counted = tuple[int, int]
"""A day and its number of episodes."""


@dataclass(frozen=True, slots=True)
class RowSplice:
    """At row ``at``, remove ``removed`` rows and insert ``inserted`` new ones in their place."""

    at: int
    removed: int
    inserted: int


@dataclass(frozen=True, slots=True)
class RowStretch:
    """A run of rows as one query to the log, from the newest day back to the oldest."""

    newest: int
    oldest: int
    skip: int
    """Episodes of the newest day before the first row."""
    most: int
    """The number of episodes in the run."""


class DayTable:
    """The days, latest first, each with its number of episodes."""

    def __init__(self) -> None:
        self._days: list[int] = []
        """Negated, so that they ascend, as ``bisect`` requires."""
        self._counts: list[int] = []
        self._starts: list[int] = []
        self.rows = 0

    @property
    def episodes(self) -> int:
        return self.rows - len(self._days)

    @property
    def days(self) -> int:
        return len(self._days)

    def clear(self) -> None:
        self._days, self._counts, self._starts, self.rows = [], [], [], 0

    def at(self, row: int) -> tuple[int, int, int]:
        """A row's day, that day's number of episodes, and the row's place among them from 1; 0 is the heading."""
        index = bisect_right(self._starts, row) - 1
        return -self._days[index], self._counts[index], row - self._starts[index]

    def heading(self, day: int) -> int | None:
        """The heading row of the latest day not after ``day``; ``None`` if there is no such day."""
        index = bisect_left(self._days, -day)
        return self._starts[index] if index < len(self._days) else None

    def row(self, day: int, before: int) -> int | None:
        """The row of the episode with ``before`` others above it on its day; ``None`` if the table has no such row."""
        index = bisect_left(self._days, -day)
        if index == len(self._days) or self._days[index] != -day or before >= self._counts[index]:
            return None
        return self._starts[index] + 1 + before

    def stretch(self, first: int, last: int) -> RowStretch:
        """The query for these rows, ``last`` included."""
        newest, _, place = self.at(first)
        oldest, _, _ = self.at(last)
        headings = bisect_right(self._starts, last) - bisect_left(self._starts, first)
        return RowStretch(newest, oldest, max(place - 1, 0), last - first + 1 - headings)

    def change(self, newest: int, oldest: int, found: Sequence[Counted]) -> RowSplice | None:
        """The rows that change if the days from ``newest`` to ``oldest`` now have the counts ``found``.

        ``None`` if no row changes. The table itself stays as it is until ``apply``.
        """
        low, _, old, new = self._compared(newest, oldest, found)
        if not old and not new:
            return None
        removed, inserted = (sum(count + 1 for _, count in days) for days in (old, new))
        at = self._starts[low] if low < len(self._starts) else self.rows
        if len(old) == len(new) == 1 and old[0][0] == new[0][0]:
            # The same day with more or fewer episodes keeps its heading.
            few = min(old[0][1], new[0][1]) + 1
            return RowSplice(at + few, removed - few, inserted - few)
        return RowSplice(at, removed, inserted)

    def apply(self, newest: int, oldest: int, found: Sequence[Counted]) -> None:
        low, high, _, new = self._compared(newest, oldest, found)
        self._days[low:high] = [-day for day, _ in new]
        self._counts[low:high] = [count for _, count in new]
        row = self._starts[low] if low < len(self._starts) else self.rows
        starts = []
        for count in self._counts[low:]:
            starts.append(row)
            row += count + 1
        self._starts[low:] = starts
        self.rows = row

    def unchanged(self, newest: int, oldest: int, found: Sequence[Counted]) -> list[Counted]:
        """The days of ``found``, at both ends of the stretch, that the table already contains with the same count."""
        low, _, _, new = self._compared(newest, oldest, found)
        before = low - bisect_left(self._days, -newest)
        return [*found[:before], *found[before + len(new) :]]

    def _compared(
        self, newest: int, oldest: int, found: Sequence[Counted]
    ) -> tuple[int, int, list[Counted], list[Counted]]:
        """The stretch without the unchanged days at both ends: its index range, its old days and its new days."""
        low, high = bisect_left(self._days, -newest), bisect_right(self._days, -oldest)
        new = list(found)
        same = 0
        while low < high and same < len(new) and (-self._days[low], self._counts[low]) == new[same]:
            low, same = low + 1, same + 1
        new = new[same:]
        while low < high and new and (-self._days[high - 1], self._counts[high - 1]) == new[-1]:
            high -= 1
            new.pop()
        old = [(-day, count) for day, count in zip(self._days[low:high], self._counts[low:high], strict=True)]
        return low, high, old, new
