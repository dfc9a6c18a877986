"""The figures of today in the documents of the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from numbguard.core.log.day_figures import DayFigures
from numbguard.core.ports import AppSnapshot
from numbguard.ipc.documents import day_of, status_document
from tools.fakes import snapshot

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("when", "began", "hours"),
    [
        (datetime(2026, 3, 29, 10, tzinfo=BERLIN), datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (datetime(2026, 3, 29, 1, tzinfo=BERLIN), datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (datetime(2026, 10, 25, 22, tzinfo=BERLIN), datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
        (datetime(2026, 6, 1, 0, 0, 1, tzinfo=BERLIN), datetime(2026, 5, 31, 22, tzinfo=UTC), 24),
    ],
)
def test_today_is_the_local_day_on_the_days_the_clocks_change_as_well(when, began, hours):
    """The offset that the clock shows now is not the one that it showed at midnight."""
    fixed = when.astimezone(UTC).astimezone(BERLIN)
    start, end = day_of(fixed, BERLIN)
    assert start == began
    assert end - start == timedelta(hours=hours)


def test_the_bout_that_goes_on_counts_for_today_by_its_part_of_today():
    now = replace(snapshot(), seated_s=2943.0, seated_today_s=720.0, longest_today_s=720.0)
    day = DayFigures({}, 0, 600.0, 600.0)
    today = status_document(AppSnapshot(now), {}, day, {})["today"]
    assert isinstance(today, dict)
    assert (today["seated_s"], today["longest_sitting_s"]) == (1320, 720)
