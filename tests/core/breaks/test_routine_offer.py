"""The daily routine is offered once a day, at the hour that was chosen, and waits where it would disturb."""

from __future__ import annotations

from datetime import time, timedelta

from numbguard.core.breaks.messages import CALL, Action, Locked, NudgePosture, OfferRoutine
from numbguard.core.breaks.state.saved import from_table
from numbguard.core.settings.settings import Settings
from tests.scenario import MONDAY_9, Scenario

AT_TEN = Settings(interval=120 * 60, posture_enabled=False, routine_at=time(10))


def offers(scenario: Scenario) -> int:
    """How often it was offered since the last look."""
    made = sum(isinstance(effect, OfferRoutine) for effect in scenario.effects)
    scenario.effects.clear()
    return made


def test_it_comes_at_its_hour_and_once_a_day():
    day = Scenario(AT_TEN).sits(minutes=59, seconds=59)
    assert offers(day) == 0
    day.sits(seconds=1)
    assert offers(day) == 1
    day.leaves(minutes=14 * 60)
    assert offers(day) == 0
    day.leaves(minutes=9 * 60).sits(minutes=60)
    assert offers(day) == 1, "the next day it comes again"


def test_without_an_hour_it_never_comes():
    assert offers(Scenario().sits(minutes=40).leaves(minutes=24 * 60).sits(minutes=40)) == 0


def test_time_alone_brings_it():
    quiet = Scenario(AT_TEN, at=MONDAY_9 + timedelta(minutes=30))
    assert quiet.snapshot.wake_in_s == 30 * 60


def test_it_waits_for_the_end_of_a_call_and_a_little_longer():
    day = Scenario(AT_TEN).sits(minutes=55).begins(CALL).sits(minutes=40)
    assert offers(day) == 0
    day.ends(CALL).sits(seconds=29)
    assert offers(day) == 0
    day.sits(seconds=1)
    assert offers(day) == 1


def test_it_waits_until_somebody_is_there():
    away = Scenario(AT_TEN).sits(minutes=50).leaves(minutes=30)
    assert offers(away) == 0
    away.sits(minutes=5)
    assert offers(away) == 1, "five minutes after the break that being away was"


def test_a_locked_screen_is_not_spoken_to():
    locked = Scenario(AT_TEN).sits(minutes=58)
    locked.tell(Locked(locked.now)).rests(minutes=3)
    assert offers(locked) == 0
    assert offers(locked.unlocks().sits(seconds=30)) == 1, "too short an absence to count as a break"


def test_it_keeps_out_of_a_break_and_of_the_five_minutes_after_it():
    day = Scenario(Settings(interval=60 * 60, posture_enabled=False, routine_at=time(10)))
    day.sits(minutes=60).answers(Action.START).rests(minutes=2).answers(Action.MOVED)
    day.sits(minutes=4, seconds=59)
    assert offers(day) == 0
    day.sits(seconds=1)
    assert offers(day) == 1


def test_posture_keeps_its_distance_from_it():
    day = Scenario(Settings(interval=120 * 60, posture_interval=60 * 60, routine_at=time(10)))
    day.sits(minutes=64, seconds=59)
    assert not any(isinstance(effect, NudgePosture) for effect in day.effects)
    day.sits(seconds=1)
    assert any(isinstance(effect, NudgePosture) for effect in day.effects)


def test_put_off_it_comes_half_an_hour_later_and_over_a_restart():
    day = Scenario(AT_TEN).sits(minutes=60).answers(Action.ROUTINE_LATER)
    assert offers(day) == 1
    day.sits(minutes=10).restarts(after_minutes=2).sits(minutes=17, seconds=59)
    assert offers(day) == 0
    day.sits(seconds=1)
    assert offers(day) == 1
    day.sits(minutes=60)
    assert offers(day) == 0


def test_turned_down_it_is_not_heard_of_again_that_day():
    day = Scenario(AT_TEN).sits(minutes=60).answers(Action.ROUTINE_LATER).answers(Action.ROUTINE_NOT_TODAY)
    day.sits(minutes=50)
    assert offers(day) == 1


def test_begun_before_its_hour_it_is_not_offered_any_more():
    day = Scenario(AT_TEN).sits(minutes=20).starts_routine(minutes=7).rests(minutes=7).answers(Action.MOVED)
    assert offers(day.sits(minutes=60)) == 0


def test_a_restart_does_not_bring_it_twice_and_a_late_start_brings_it_still():
    day = Scenario(AT_TEN).sits(minutes=60)
    assert offers(day) == 1
    assert offers(day.restarts(after_minutes=90).sits(minutes=30)) == 0
    late = Scenario(AT_TEN, at=MONDAY_9 + timedelta(hours=5))
    assert offers(late) == 0, "not the second the machine is up"
    assert offers(late.sits(seconds=30)) == 1


def test_an_hour_that_has_gone_by_when_it_is_chosen_is_meant_for_tomorrow():
    day = Scenario(Settings(interval=120 * 60)).sits(minutes=70)
    day.engine.configure(AT_TEN)
    assert offers(day.sits(minutes=10)) == 0
    day.engine.configure(Settings(interval=120 * 60, routine_at=time(10, 40)))
    assert offers(day.sits(minutes=20)) == 0, "once a day"
    day.leaves(minutes=23 * 60).sits(minutes=60)
    assert offers(day) == 1


def test_another_hour_still_to_come_is_kept_to_and_none_ends_what_was_put_off():
    day = Scenario(AT_TEN).sits(minutes=10)
    day.engine.configure(Settings(interval=120 * 60, routine_at=time(9, 30)))
    assert offers(day.sits(minutes=20)) == 1
    day.answers(Action.ROUTINE_LATER)
    day.engine.configure(Settings(interval=120 * 60))
    assert offers(day.sits(minutes=40)) == 0


def test_an_older_state_file_and_a_bent_one_are_read():
    table = Scenario(AT_TEN).sits(minutes=60).engine.to_table()
    saved = from_table(table)
    assert saved
    assert saved.offered_on == MONDAY_9.date()
    older = from_table({key: value for key, value in table.items() if not key.startswith("offer")})
    assert older
    assert (older.offered_on, older.offer_in_s) == (None, None)
    assert from_table({**table, "offered_on": "yesterday"}) is None


def test_a_pause_holds_it_back_too():
    day = Scenario(AT_TEN).sits(minutes=58).pauses(minutes=30).sits(minutes=30)
    assert offers(day) == 0
    assert offers(day.sits(seconds=30)) == 1
