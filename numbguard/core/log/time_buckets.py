"""Groups figures for a chart: weeks into a limited number of buckets, lengths into classes.

Pure arithmetic, called by the insights and the report on the thread that draws them. The series has every bucket from
the first to the last, including those without an entry, so that a gap shows as a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from .insights import EpisodesOfWeek

MAX_BUCKETS: Final = 13
"""Most buckets that a chart has room for, one line of text each; the days of a year lie in 13 months."""

LENGTHS_S: Final = (60, 120, 300, 600, 1800, 3600)
"""Bounds between the classes of lengths, in seconds."""


class BucketSize(Enum):
    """The length of one bucket. A week counts for the month, quarter … of its Monday."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    def place(self, day: date) -> int:
        """The number of the bucket that contains a day; the next bucket has the next number."""
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
        """The first day of a bucket that contains a week or lies between two that do."""
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
    """The counts of one bucket."""

    begins: date
    episodes: int
    moved: int
    natural: int


@dataclass(frozen=True, slots=True)
class BucketSeries:
    """Consecutive buckets of one size, oldest first."""

    size: BucketSize
    buckets: tuple[Bucket, ...]


def bucketed(weeks: Sequence[EpisodesOfWeek], most: int = MAX_BUCKETS) -> BucketSeries:
    """The weeks, oldest first, in the shortest buckets that number at most ``most``; centuries may number more."""
    if not weeks:
        return BucketSeries(BucketSize.WEEK, ())
    first, last = weeks[0].monday, weeks[-1].monday
    size = next((one for one in BucketSize if one.place(last) - one.place(first) < most), BucketSize.CENTURY)
    sums = {place: [0, 0, 0] for place in range(size.place(first), size.place(last) + 1)}
    for week in weeks:
        counts = sums[size.place(week.monday)]
        for at, count in enumerate((week.episodes, week.moved, week.natural)):
            counts[at] += count
    return BucketSeries(size, tuple(Bucket(size.begin(place), *counts) for place, counts in sums.items()))


def classes(lengths: Iterable[tuple[float, int]]) -> tuple[int, ...]:
    """The number of lengths in each class between the bounds of ``LENGTHS_S``; pairs of seconds and count."""
    counts = [0] * (len(LENGTHS_S) + 1)
    for length, count in lengths:
        counts[sum(length >= bound for bound in LENGTHS_S)] += count
    return tuple(counts)
