"""Lengths as people type and read them, and working hours in words."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.core.settings.settings import WHOLE_DAY, WorkingSpan
from numbguard.wording import catalogue
from numbguard.wording.hours import say_hours
from numbguard.wording.lengths import TYPED, next_length, read_length, say_length, say_minutes, say_rounded

MORNING, EVENING = WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(13, 30), time(18))
NIGHT = WorkingSpan(time(22), time(6))


ARABIC = {"h": "س", "min": "د", "s": "ث"}


@given(st.integers(0, 100 * 3600))
def test_what_a_field_shows_in_another_language_can_be_typed_there(seconds: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("numbguard.wording.lengths.pgettext", lambda _context, unit: ARABIC[unit])
        shown = say_length(seconds)
        assert not set(shown) & set("hmins")
        assert TYPED.fullmatch(shown)
        assert read_length(shown, bare=60) == seconds
        assert read_length("1 h 30 min", bare=60) == 5400


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("45", 2700),
        ("45 min", 2700),
        ("45m", 2700),
        ("1h30", 5400),
        ("1 h 30 min", 5400),
        ("1:30", 5400),
        ("2 hours", 7200),
        ("90 s", 90),
        ("2 min 30 s", 150),
        ("", None),
        ("min", None),
        ("45 minutes or so", None),
        ("1 h x", None),
        ("4 5", None),
    ],
)
def test_a_length_is_read_as_people_type_it(typed: str, seconds: int | None) -> None:
    assert read_length(typed, bare=60) == seconds


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("45 Minuten", 2700),
        ("2 Stunden", 7200),  # not two seconds
        ("1 Stunde 30", 5400),
        ("1 Stunde 30 Minuten", 5400),
        ("eine halbe Stunde", 1800),
        ("fünf Minuten", 300),
        ("1 h 30 min", 5400),
        ("1h30", 5400),
        ("1:30", 5400),
        ("30 s", 30),
        ("45", 2700),
        ("20 Uhr", None),
        ("2 hours", 7200),
    ],
)
def test_a_length_is_read_in_german_too(typed: str, seconds: int | None, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(catalogue.forget)
    catalogue.use("de")
    assert TYPED.fullmatch(typed)
    assert read_length(typed, bare=60) == seconds


def test_a_bare_number_counts_in_the_unit_of_the_field() -> None:
    assert read_length("30", bare=1) == 30


@settings(max_examples=50)
@given(st.integers(0, 100_000))
def test_what_a_field_shows_it_also_reads(seconds: int) -> None:
    assert read_length(say_length(seconds), bare=60) == seconds
    assert TYPED.fullmatch(say_length(seconds))


@settings(max_examples=50)
@given(st.integers(0, 20_000))
def test_a_step_moves_on_to_a_round_figure_and_the_other_way_back_over_it(seconds: int) -> None:
    further = next_length(seconds, 1)
    assert further > seconds
    assert further % 5 == 0
    assert next_length(further, -1) <= seconds


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({}, "Reminders at any hour."),
        ({0: ()}, "No working hours are set, so NumbGuard would never remind you."),
        (dict.fromkeys(range(5), (MORNING, EVENING)), "Mon–Fri 09:00–12:30, 13:30–18:00"),
        (
            {0: (MORNING,), 1: (MORNING,), 3: (MORNING,), 4: (EVENING,), 5: ()},
            "Mon, Tue, Thu 09:00–12:30; Fri 13:30–18:00",
        ),
        (dict.fromkeys(range(7), (WHOLE_DAY,)), "Every day all day"),
        ({4: (NIGHT,), 6: (WorkingSpan(time(20), time(0)),)}, "Fri 22:00–06:00 the next day; Sun 20:00–24:00"),
    ],
)
def test_working_hours_in_plain_words(hours: dict[int, tuple[WorkingSpan, ...]], words: str) -> None:
    assert say_hours(hours) == words


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
