"""Which row of the list is which: a heading for each day and the episodes beneath it, counted but not held.

Used by the list's model alone; pure. It holds a few numbers for each day and none for a row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Counted = tuple[int, int]
"""A day and its number of episodes."""


@dataclass(frozen=True, slots=True)
class RowSplice:
    """Rows from ``at`` on: so many go, so many come in their place."""

    at: int
    gone: int
    come: int


@dataclass(frozen=True, slots=True)
class RowStretch:
    """A run of rows as one question to the log: from the newest day back to the oldest."""

    newest: int
    oldest: int
    skip: int
    """Episodes of the newest day that come before."""
    most: int


class DayTable:
    """The days, latest first."""

    def __init__(self) -> None:
        self._days: list[int] = []
        """Below nought, so that they rise: what ``bisect`` needs."""
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
        """Of a row: its day, how many episodes that holds, and which of them it is, from 1; 0 is the heading."""
        index = bisect_right(self._starts, row) - 1
        return -self._days[index], self._counts[index], row - self._starts[index]

    def heading(self, day: int) -> int | None:
        """The row of the latest day that is not after this one; ``None`` where there is none."""
        index = bisect_left(self._days, -day)
        return self._starts[index] if index < len(self._days) else None

    def row(self, day: int, before: int) -> int | None:
        """The row of an episode that so many others of its day come before."""
        index = bisect_left(self._days, -day)
        if index == len(self._days) or self._days[index] != -day or before >= self._counts[index]:
            return None
        return self._starts[index] + 1 + before

    def stretch(self, first: int, last: int) -> RowStretch:
        """What to ask for these rows, the last one included."""
        newest, _, place = self.at(first)
        oldest, _, _ = self.at(last)
        headings = bisect_right(self._starts, last) - bisect_left(self._starts, first)
        return RowStretch(newest, oldest, max(place - 1, 0), last - first + 1 - headings)

    def change(self, newest: int, oldest: int, found: Sequence[Counted]) -> RowSplice | None:
        """What has to be done where the days from ``newest`` to ``oldest`` hold this now; ``None``: nothing."""
        low, _, old, new = self._compared(newest, oldest, found)
        if not old and not new:
            return None
        gone, come = (sum(count + 1 for _, count in days) for days in (old, new))
        at = self._starts[low] if low < len(self._starts) else self.rows
        if len(old) == len(new) == 1 and old[0][0] == new[0][0]:
            # The same day with more or fewer: its heading stays.
            few = min(old[0][1], new[0][1]) + 1
            return RowSplice(at + few, gone - few, come - few)
        return RowSplice(at, gone, come)

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
        """Those of the days that are in the table just so already, at both ends of the stretch."""
        low, _, _, new = self._compared(newest, oldest, found)
        before = low - bisect_left(self._days, -newest)
        return [*found[:before], *found[before + len(new) :]]

    def _compared(
        self, newest: int, oldest: int, found: Sequence[Counted]
    ) -> tuple[int, int, list[Counted], list[Counted]]:
        """Where the days of that stretch lie, less those at both ends that are as they were."""
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
