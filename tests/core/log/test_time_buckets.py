"""Weeks are grouped into buckets and lengths into classes, as charts show them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from numbguard.core.log.insights import EpisodesOfWeek
from numbguard.core.log.time_buckets import MAX_BUCKETS, BucketSize, bucketed, classes

MONDAY = date(2025, 3, 3)


def weeks(count: int, *, every: int = 1) -> list[EpisodesOfWeek]:
    return [EpisodesOfWeek(MONDAY + timedelta(weeks=every * number), 2, 3, 1) for number in range(count)]


def test_few_weeks_stand_for_themselves_and_one_without_anything_is_there() -> None:
    found = bucketed([weeks(1)[0], EpisodesOfWeek(MONDAY + timedelta(weeks=2), 5)])
    assert found.size is BucketSize.WEEK
    assert [(one.begins, one.episodes, one.moved, one.natural) for one in found.buckets] == [
        (MONDAY, 2, 3, 1),
        (MONDAY + timedelta(weeks=1), 0, 0, 0),
        (MONDAY + timedelta(weeks=2), 5, 0, 0),
    ]


def test_no_weeks_are_no_course() -> None:
    assert bucketed([]).buckets == ()


@pytest.mark.parametrize(
    ("count", "every", "size", "begins"),
    [
        (13, 1, BucketSize.WEEK, MONDAY),
        (14, 1, BucketSize.MONTH, date(2025, 3, 1)),
        (53, 1, BucketSize.MONTH, date(2025, 3, 1)),
        (150, 1, BucketSize.QUARTER, date(2025, 1, 1)),
        (520, 1, BucketSize.YEAR, date(2025, 1, 1)),
        (60, 100, BucketSize.DECADE, date(2020, 1, 1)),
        (60, 1000, BucketSize.CENTURY, date(2000, 1, 1)),
    ],
)
def test_a_longer_time_has_longer_stretches_and_loses_nothing(
    count: int, every: int, size: BucketSize, begins: date
) -> None:
    found = bucketed(weeks(count, every=every))
    assert (found.size, found.buckets[0].begins) == (size, begins)
    assert len(found.buckets) <= MAX_BUCKETS
    assert sum(one.episodes for one in found.buckets) == 2 * count
    assert sum(one.moved for one in found.buckets) == 3 * count
    assert all(later.begins > former.begins for former, later in pairwise(found.buckets))


def test_all_years_there_are_make_centuries() -> None:
    found = bucketed([EpisodesOfWeek(date(1, 1, 1), 1), EpisodesOfWeek(date(9999, 12, 27), 1)])
    assert (found.size, found.buckets[0].begins, len(found.buckets)) == (BucketSize.CENTURY, date(1, 1, 1), 100)


def test_lengths_fall_into_classes() -> None:
    assert classes([(0, 1), (59.9, 2), (60, 4), (300, 8), (3600, 16), (1e9, 32)]) == (3, 4, 0, 8, 0, 0, 48)
