"""Durations as people write, read and hear them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.when.duration import parse_duration, say_minutes, say_rounded, write_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("45m", 2700), ("1h30m", 5400), ("2h", 7200), ("1h0m5s", 3605), (" 10M ", 600), ("0s", 0)],
)
def test_a_written_duration_is_understood(written: str, seconds: float) -> None:
    assert parse_duration(written) == seconds


@pytest.mark.parametrize("written", ["", " ", "45", "m", "1.5h", "-5m", "30m1h", "5 m", "٤٥m", "9" * 5000 + "h"])
def test_anything_else_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write it like 90s, 45m or 1h30m"):
        parse_duration(written)


@given(st.integers(0, 10**9))
def test_what_is_written_is_what_is_read(seconds: int) -> None:
    assert parse_duration(write_duration(seconds)) == seconds


def test_the_shortest_form_is_written() -> None:
    assert [write_duration(one) for one in (0, 0.4, 59.6, 5400, 3605)] == ["0s", "0s", "1m", "1h30m", "1h5s"]


def test_a_duration_in_words() -> None:
    said = [say_minutes(one) for one in (0, 59.9, 60, 119, 120, 3599, 3600, 3900, 36000)]
    assert said == [
        "under a minute", "under a minute", "1 minute", "1 minute", "2 minutes", "59 minutes", "1 h 00 min",
        "1 h 05 min", "10 h 00 min",
    ]  # fmt: skip


def test_a_length_that_is_over_is_rounded() -> None:
    said = [say_rounded(one) for one in (0, 1, 45.4, 59.5, 89, 90, 17.9 * 60, 18.5 * 60, 59.6 * 60, 3900)]
    assert said == [
        "0 seconds", "1 second", "45 seconds", "1 minute", "1 minute", "2 minutes", "18 minutes", "19 minutes",
        "1 h 00 min", "1 h 05 min",
    ]  # fmt: skip
