"""Durations as people write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.when.duration import parse_duration, write_duration


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
