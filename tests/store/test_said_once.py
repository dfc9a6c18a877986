"""What is said once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from numbguard.store.profile import Profile
from numbguard.store.said_once import first_time, not_within

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=timezone(timedelta(hours=1)))
FORTNIGHT = timedelta(days=14)


def test_each_thing_is_said_once_over_all_runs(profile: Profile) -> None:
    assert first_time(profile, "one")
    assert not first_time(profile, "one")
    assert first_time(profile, "two")
    assert not first_time(profile, "one")


def test_a_note_that_makes_no_sense_costs_a_second_telling(profile: Profile) -> None:
    profile.said.write_text("{", encoding="utf-8")
    assert first_time(profile, "one")
    assert not first_time(profile, "one")


def test_what_is_said_once_in_a_while_comes_again_after_that_time(profile: Profile) -> None:
    assert first_time(profile, "one")
    assert not_within(profile, "often", FORTNIGHT, NOW)
    assert not not_within(profile, "often", FORTNIGHT, NOW + timedelta(days=13))
    assert not_within(profile, "often", FORTNIGHT, NOW + FORTNIGHT)
    assert not not_within(profile, "often", FORTNIGHT, NOW + FORTNIGHT + timedelta(days=1))
    assert not first_time(profile, "one")


@pytest.mark.parametrize("said", ["often@never", "often@2026-03-09T10:00:00", "often@2027-01-01T10:00:00+01:00"])
def test_a_time_that_makes_no_sense_or_is_to_come_keeps_nothing_quiet(profile: Profile, said: str) -> None:
    profile.said.write_text(f'["{said}"]', encoding="utf-8")
    assert not_within(profile, "often", FORTNIGHT, NOW)
