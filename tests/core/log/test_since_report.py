"""How the time since the last report is compared with the time before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from numbguard.core.log.insights import LengthSpread, WeekChange
from numbguard.core.log.since_report import PartFigures, SinceReport, time_before

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NONE = LengthSpread(0, None)


def changed(after: tuple[float, int], before: tuple[float, int]) -> WeekChange | None:
    return SinceReport(NOON, PartFigures(*after, NONE, NONE), PartFigures(*before, NONE, NONE)).change


@pytest.mark.parametrize(
    ("after", "before", "change"),
    [
        ((28, 20), (28, 4), WeekChange.MORE),
        ((28, 4), (28, 20), WeekChange.FEWER),
        ((28, 9), (28, 12), WeekChange.UNCHANGED),
        ((28, 0), (28, 0), WeekChange.UNCHANGED),
        ((6, 20), (28, 4), None),
        ((28, 20), (0, 0), None),
    ],
)
def test_only_a_change_beyond_chance_is_one(
    after: tuple[float, int], before: tuple[float, int], change: WeekChange | None
) -> None:
    assert changed(after, before) is change


def test_a_rate_is_a_week_and_none_where_there_is_no_time() -> None:
    assert PartFigures(14, 6, NONE, NONE).a_week == 3
    assert PartFigures(0, 0, NONE, NONE).a_week == 0


@pytest.mark.parametrize(
    ("since_days", "first_days_before", "days"),
    [(60, 400, 60), (3, 400, 28), (60, 10, 10), (60, -5, 0), (60, None, 0)],
)
def test_the_time_before_is_as_long_at_least_four_weeks_and_within_the_log(
    since_days: int, first_days_before: int | None, days: int
) -> None:
    first = None if first_days_before is None else NOON - timedelta(days=first_days_before)
    assert NOON - time_before(NOON, NOON + timedelta(days=since_days), first) == timedelta(days=days)
