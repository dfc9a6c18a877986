"""The machine's zone, in hours that summer time leaves out or repeats, is the same on every Python."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from numbguard.cli.arguments import parse_date
from numbguard.runtime.clock import LocalZone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the zone cannot be changed for one process")


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("clock_face", "fold", "offset_h"),
    [
        ("2026-01-15T12:00", 0, 1),
        ("2026-07-15T12:00", 0, 2),
        ("2026-03-29T02:30", 0, 1),
        ("2026-03-29T02:30", 1, 2),
        ("2026-10-25T02:30", 0, 2),
        ("2026-10-25T02:30", 1, 1),
    ],
)
def test_the_offset_of_a_clock_face_follows_pep_495(clock_face: str, fold: int, offset_h: int) -> None:
    moment = datetime.fromisoformat(clock_face).replace(tzinfo=LocalZone(), fold=fold)
    assert moment.utcoffset() == timedelta(hours=offset_h)


def test_a_time_without_an_offset_is_by_the_clock_where_an_entry_was_made() -> None:
    """So it has none here either, not even in the hour that the zone of this computer leaves out."""
    assert parse_date("2026-03-29T02:30") == datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    assert parse_date("2026-03-29T02:30+02:00") == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def test_a_zone_gives_back_the_moment_it_was_given() -> None:
    for hour in range(24):
        moment = datetime(2026, 10, 25, hour, 7, 9, 123_456, tzinfo=UTC)
        assert moment.astimezone(LocalZone()).astimezone(UTC) == moment
