"""What is said once."""

from __future__ import annotations

from numbguard.store.profile import Profile
from numbguard.store.said_once import first_time


def test_each_thing_is_said_once_over_all_runs(profile: Profile) -> None:
    assert first_time(profile, "one")
    assert not first_time(profile, "one")
    assert first_time(profile, "two")
    assert not first_time(profile, "one")


def test_a_note_that_makes_no_sense_costs_a_second_telling(profile: Profile) -> None:
    profile.said.write_text("{", encoding="utf-8")
    assert first_time(profile, "one")
    assert not first_time(profile, "one")
