"""The steps of a card fill the break, whatever the lengths of the two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.ui.card.step_clock import StepClock

SECONDS = [10.0, 30.0, 10.0, 30.0]


def test_a_card_as_long_as_the_break_plays_once_as_written() -> None:
    clock = StepClock(SECONDS, start_s=0.0, end_s=80.0)
    assert (clock.rounds, clock.shown) == (1, (10, 30, 10, 30))
    assert [clock.at(second).index for second in (0, 9.9, 10, 39.9, 40, 50, 79.9)] == [0, 0, 1, 1, 2, 3, 3]
    assert clock.at(15).left_s == pytest.approx(25)


def test_a_long_break_plays_the_card_again_at_a_pace_that_fits() -> None:
    clock = StepClock(SECONDS, start_s=0.0, end_s=180.0)
    assert clock.rounds == 2
    assert sum(clock.shown) == 90
    assert clock.at(89.9).round == 0
    assert (clock.at(90).round, clock.at(90).index) == (1, 0)
    assert clock.at(179.9).index == 3


def test_a_short_break_plays_it_once_and_faster() -> None:
    clock = StepClock(SECONDS, start_s=0.0, end_s=20.0)
    assert (clock.rounds, sum(clock.shown)) == (1, 20)


def test_a_card_that_came_in_later_has_what_is_left() -> None:
    clock = StepClock(SECONDS, start_s=40.0, end_s=120.0)
    assert clock.at(40).index == 0
    assert clock.at(50).index == 1


def test_before_the_start_and_after_the_end() -> None:
    clock = StepClock(SECONDS, start_s=10.0, end_s=90.0)
    assert clock.at(-5).index == 0
    assert clock.at(90).over
    assert clock.at(1e9).over
    assert StepClock(SECONDS, start_s=90.0, end_s=90.0).at(90).over


@given(
    seconds=st.lists(st.integers(3, 120), min_size=1, max_size=12),
    span=st.floats(20, 1200),
    share=st.floats(0, 1, exclude_max=True),
)
def test_the_steps_fill_the_break_exactly(seconds: list[int], span: float, share: float) -> None:
    clock = StepClock([float(each) for each in seconds], start_s=0.0, end_s=span)
    now = clock.at(span * share)
    assert 0 <= now.index < len(seconds)
    assert 0 <= now.round < clock.rounds
    assert not clock.at(span * 0.999).over
    assert clock.at(span * 1.000001).over
    assert sum(clock.shown) == round(span / clock.rounds)
