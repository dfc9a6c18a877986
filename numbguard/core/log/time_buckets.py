"""Figures gathered as a chart can show them: weeks into at most so many stretches of time, lengths into classes.

Pure reckoning, called by whoever draws the insights or the report. Every stretch between the first and the last is
there, also those in which nothing was logged: a gap is seen as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from .insights import EpisodesOfWeek

MOST: Final = 26
"""Stretches that a chart of the width of a page can show with a number on each."""

LENGTHS_S: Final = (60, 120, 300, 600, 1800, 3600)
"""Where one class of lengths ends and the next begins."""


class BucketSize(Enum):
    """How long one stretch is. A week belongs to the month, quarter … in which its Monday lies."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    def place(self, day: date) -> int:
        """The number of the stretch in which a day lies, one more for each that follows."""
        months = day.year * 12 + day.month - 1
        match self:
            case BucketSize.WEEK:
                return (day.toordinal() - 1) // 7
            case BucketSize.MONTH:
                return months
            case BucketSize.QUARTER:
                return months // 3
        return day.year // {BucketSize.YEAR: 1, BucketSize.DECADE: 10, BucketSize.CENTURY: 100}[self]

    def begin(self, place: int) -> date:
        """The first day of a stretch that has a week in it, or lies between two that have."""
        match self:
            case BucketSize.WEEK:
                return date.fromordinal(place * 7 + 1)
            case BucketSize.MONTH:
                return date(place // 12, place % 12 + 1, 1)
            case BucketSize.QUARTER:
                return date(place // 4, place % 4 * 3 + 1, 1)
        return date(max(1, place * {BucketSize.YEAR: 1, BucketSize.DECADE: 10, BucketSize.CENTURY: 100}[self]), 1, 1)


@dataclass(frozen=True, slots=True)
class Bucket:
    begins: date
    episodes: int
    moved: int
    natural: int


@dataclass(frozen=True, slots=True)
class BucketSeries:
    step: BucketSize
    stretches: tuple[Bucket, ...]


def course(weeks: Sequence[EpisodesOfWeek], most: int = MOST) -> BucketSeries:
    """The weeks, oldest first, in the shortest step that needs no more than ``most`` stretches; centuries may."""
    if not weeks:
        return BucketSeries(BucketSize.WEEK, ())
    first, last = weeks[0].monday, weeks[-1].monday
    step = next((one for one in BucketSize if one.place(last) - one.place(first) < most), BucketSize.CENTURY)
    sums = {place: [0, 0, 0] for place in range(step.place(first), step.place(last) + 1)}
    for week in weeks:
        of = sums[step.place(week.monday)]
        for at, count in enumerate((week.episodes, week.moved, week.natural)):
            of[at] += count
    return BucketSeries(step, tuple(Bucket(step.begin(place), *of) for place, of in sums.items()))


def classes(lengths: Iterable[tuple[float, int]]) -> tuple[int, ...]:
    """How many lengths (seconds, and how often each came) fall below each bound of ``LENGTHS_S``, and above them."""
    counts = [0] * (len(LENGTHS_S) + 1)
    for length, count in lengths:
        counts[sum(length >= bound for bound in LENGTHS_S)] += count
    return tuple(counts)
