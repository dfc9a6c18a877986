"""The figures of a day before anything was ticked."""

from __future__ import annotations

from numbguard.core.log.day_figures import DayFigures


def test_a_day_without_ticks_has_no_habits() -> None:
    assert DayFigures(breaks={}, episodes=0, seated_s=0.0, longest_sitting_s=0.0).habits == {}
