"""The moments that other reminders get wrong, each as a story by its name."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from numbguard.core.breaks.messages import (
    CALL,
    DND,
    FULLSCREEN,
    SHARING,
    Action,
    Announce,
    CloseCard,
    FallingAsleep,
    IdleSeen,
    Locked,
    OfferRoutine,
    OpenCard,
    State,
    Tick,
    Withdraw,
)
from numbguard.core.log.records.sitting import Outcome
from numbguard.core.settings.settings import Settings
from tests.scenario import MONDAY_9, Scenario

# --- the right second -------------------------------------------------------------------------------------------------


def test_a_due_break_waits_for_a_pause_in_typing(scenario):
    scenario.types(minutes=46).expects_nothing()
    assert scenario.snapshot.awaits_pause and scenario.snapshot.due
    scenario.rests(seconds=2).expects_nothing()
    scenario.rests(seconds=2).expects(Announce)
    assert not scenario.snapshot.awaits_pause


def test_who_never_pauses_is_asked_after_patience_and_the_card_comes_patience_later(scenario):
    scenario.types(minutes=47, seconds=58).expects_nothing()
    scenario.types(seconds=2).expects(Announce)
    scenario.types(minutes=2, seconds=58).expects_nothing()
    scenario.types(seconds=2).expects(Withdraw, OpenCard)


def test_waits_that_were_interrupted_add_up_to_patience_and_no_more(scenario):
    scenario.types(minutes=46).begins(DND).types(minutes=1).ends(DND)
    scenario.types(seconds=30).expects_nothing()
    scenario.types(minutes=1, seconds=56).expects_nothing()
    scenario.types(seconds=6).expects(Announce)


@pytest.mark.parametrize("waited_s", [120, 60])
def test_a_crash_does_not_make_a_due_break_wait_for_a_pause_all_over_again(scenario, waited_s):
    """What was sat past the due reading without anybody looking was waiting, too."""
    gone_s = 150 - waited_s
    scenario.types(minutes=45, seconds=waited_s).boots_again(after_minutes=gone_s / 60)
    scenario.types(seconds=Settings().settle + 25).expects_nothing()
    scenario.types(seconds=10).expects(Announce)


def test_a_break_that_falls_due_while_nobody_looks_has_waited_since_then_only(scenario):
    scenario.types(minutes=43).boots_again(after_minutes=3)
    scenario.types(seconds=Settings().settle + 115).expects_nothing()
    scenario.types(seconds=10).expects(Announce)


def test_where_idleness_is_unknown_nothing_is_waited_for():
    Scenario(senses_idle=False).types(minutes=45).expects(Announce)


def test_the_idle_backend_dies_while_a_break_waits(scenario):
    scenario.types(minutes=45, seconds=30).expects_nothing()
    scenario.senses_idle = False
    scenario.types(seconds=2).expects(Announce)


def test_an_idle_backend_that_hangs_while_a_break_waits_is_waited_for_ten_seconds(scenario):
    scenario.types(minutes=45)
    scenario.mono += 9
    scenario.tell(Tick(scenario.now)).expects_nothing()
    scenario.mono += 1
    scenario.tell(Tick(scenario.now)).expects(Announce)


def test_who_was_idle_for_a_while_is_asked_after_when_that_becomes_a_break(scenario):
    scenario.sits(minutes=10).rests(minutes=1)
    assert scenario.snapshot.wake_in_s == pytest.approx(240)
    scenario.mono += 300
    assert scenario.tell(Tick(scenario.now)).snapshot.wake_in_s == pytest.approx(9 * 60), "for posture: nobody answered"


def test_the_idle_backend_dies_and_no_break_is_invented(scenario):
    scenario.sits(minutes=20)
    scenario.senses_idle = False
    scenario.rests(minutes=24).expects_nothing()
    assert not scenario.breaks and not scenario.snapshot.idle_known
    scenario.rests(minutes=1).expects(Announce)


def test_starting_the_break_oneself_ends_the_wait(scenario):
    scenario.types(minutes=45, seconds=10).answers(Action.START).expects(OpenCard)
    assert not scenario.snapshot.awaits_pause


# --- calls, presentations, films --------------------------------------------------------------------------------------


def test_reading_for_twenty_minutes_without_a_key_is_seen_as_away_and_said_so(scenario):
    """Nobody can tell a reader from an empty chair: five minutes still count as reading, then as being away."""
    scenario.sits(minutes=20).rests(minutes=4.9).is_(State.SITTING)
    assert scenario.seated_minutes == pytest.approx(24.9)
    scenario.rests(minutes=15.1).is_(State.AWAY)
    scenario.sits(minutes=1).is_(State.SITTING)
    assert scenario.outcomes == [Outcome.NATURAL]


@pytest.mark.parametrize("reason", [CALL, FULLSCREEN, SHARING])
def test_a_call_of_two_hours_is_two_hours_of_sitting(scenario, reason):
    scenario.sits(minutes=10).begins(reason).rests(minutes=120).expects_nothing()
    assert scenario.seated_minutes == pytest.approx(130)
    assert scenario.snapshot.due_in_s == pytest.approx(-85 * 60)
    assert not scenario.breaks
    scenario.ends(reason).rests(seconds=29).expects_nothing()
    scenario.rests(seconds=1).expects(Announce)


def test_standing_in_a_call_is_standing(scenario):
    scenario.sits(minutes=10).begins(CALL).answers(Action.STAND).rests(minutes=20)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.snapshot.seated_s == 0


def test_locking_in_a_call_is_being_away(scenario):
    scenario.sits(minutes=10).begins(CALL).tell(Locked(scenario.now)).rests(minutes=6).is_(State.AWAY)
    assert scenario.outcomes == [Outcome.NATURAL]


def test_do_not_disturb_alone_holds_nobody_on_the_chair(scenario):
    scenario.sits(minutes=10).begins(DND).rests(minutes=6).is_(State.AWAY)


def test_do_not_disturb_switched_on_by_a_fullscreen_video(scenario):
    scenario.sits(minutes=40).begins(FULLSCREEN).begins(DND).rests(minutes=20).expects_nothing()
    scenario.ends(FULLSCREEN).rests(minutes=1).expects_nothing()
    scenario.ends(DND).rests(seconds=29).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)
    assert scenario.seated_minutes == pytest.approx(61.5, abs=0.1)


def test_resuming_into_a_fullscreen_call(scenario):
    scenario.sits(minutes=44).begins(CALL).begins(FULLSCREEN).sleeps(minutes=2).rests(minutes=30).expects_nothing()
    assert scenario.seated_minutes == pytest.approx(74)
    scenario.ends(FULLSCREEN).ends(CALL).sits(seconds=29).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)


# --- held back for too long -------------------------------------------------------------------------------------------


def test_a_break_held_back_for_too_long_is_told_by_the_tray_and_still_pops_nothing_up():
    person = Scenario(Settings(quiet_longest=1800.0))
    person.begins(DND).sits(minutes=45)
    assert person.snapshot.wake_in_s == pytest.approx(1800)
    person.sits(minutes=29, seconds=59)
    assert not person.snapshot.overdue
    person.sits(seconds=1).expects_nothing()
    assert person.snapshot.overdue
    assert person.snapshot.wake_in_s is None
    person.ends(DND)
    assert not person.snapshot.overdue
    person.sits(seconds=30).expects(Announce)


def test_how_long_a_break_is_held_back_is_one_sum_whatever_the_reasons(scenario):
    scenario.sits(minutes=45).answers(Action.START).begins(DND).answers(Action.CLOSE).sits(minutes=45)
    scenario.sits(minutes=110).begins(CALL).ends(DND).sits(minutes=9)
    assert not scenario.snapshot.overdue
    scenario.sits(minutes=1)
    assert scenario.snapshot.overdue


def test_a_pause_holds_a_break_for_as_long_as_the_person_likes(scenario):
    scenario.begins(DND).sits(minutes=45).pauses().sits(minutes=200)
    assert not scenario.snapshot.overdue
    assert scenario.snapshot.wake_in_s is None


@pytest.mark.parametrize(("rested_s", "in_s"), [(5.0, 35 * 60 - 0.5), (45.0, 254.5), (255.5, 44.0)])
def test_a_tick_after_a_look_at_idleness_leaves_the_alarm_where_it_was(rested_s, in_s):
    person = Scenario(Settings(posture_enabled=False)).sits(minutes=10)
    person.tell(IdleSeen(person.now, rested_s))
    person.mono += 0.5
    person.wall += timedelta(seconds=0.5)
    person.tell(Tick(person.now))
    assert person.snapshot.wake_in_s == pytest.approx(in_s)


def test_a_tick_that_comes_just_before_the_alarm_does_not_spare_the_question(scenario):
    scenario.sits(minutes=5).tell(IdleSeen(scenario.now, 175.0))
    scenario.mono, scenario.wall = scenario.mono + 125, scenario.wall + timedelta(seconds=125)
    scenario.tell(Tick(scenario.now))
    assert scenario.snapshot.wake_in_s == 0
    scenario.mono, scenario.wall = scenario.mono + 10, scenario.wall + timedelta(seconds=10)
    assert scenario.tell(Tick(scenario.now)).snapshot.wake_in_s > 60, "who does not answer is not asked for ever"


def test_in_a_call_nobody_has_to_ask_whether_hands_that_rest_are_gone(scenario):
    scenario.sits(minutes=10).begins(CALL).rests(minutes=20)
    assert scenario.snapshot.wake_in_s == pytest.approx(15 * 60 + 2 * 3600)


def test_a_machine_about_to_sleep_has_its_alarm_set_as_before(scenario):
    scenario.sits(minutes=10).tell(FallingAsleep(scenario.now))
    assert scenario.snapshot.wake_in_s == 300, "for the natural break"


def test_the_offer_of_the_routine_leaves_room_before_a_break():
    person = Scenario(Settings(posture_enabled=False, routine_at=time(9, 41))).sits(minutes=45)
    assert not any(isinstance(effect, OfferRoutine) for effect in person.effects)
    person.answers(Action.SKIP).sits(minutes=5)
    assert sum(isinstance(effect, OfferRoutine) for effect in person.effects) == 1


def test_a_call_begun_by_somebody_who_had_not_touched_a_key_is_sitting_from_its_first_second(scenario):
    scenario.sits(minutes=10).rests(minutes=6).is_(State.AWAY).begins(CALL).is_(State.SITTING)
    scenario.rests(minutes=50)
    assert scenario.seated_minutes == pytest.approx(50)
    scenario.sits(minutes=1).ends(CALL).sits(seconds=31).expects(Announce)


def test_away_from_a_break_that_is_held_nothing_has_to_be_told(scenario):
    scenario.begins(DND).sits(minutes=30).answers(Action.STAND).sits(minutes=1)
    assert scenario.snapshot.wake_in_s == pytest.approx(240), "for the natural break alone"


# --- away, asleep, back -----------------------------------------------------------------------------------------------


def test_a_brief_lock(scenario):
    scenario.sits(minutes=40).locks(minutes=1).sits(seconds=1)
    assert scenario.seated_minutes == pytest.approx(40, abs=0.1)
    assert not scenario.breaks and not scenario.bouts


def test_a_lunch_with_the_screen_locked_is_one_break(scenario):
    scenario.sits(minutes=40).locks(minutes=45).sits(minutes=1)
    assert scenario.outcomes == [Outcome.NATURAL]
    (lunch,) = scenario.breaks
    assert lunch.ended_at - lunch.started_at == timedelta(minutes=45)
    assert scenario.seated_minutes == pytest.approx(1)


def test_a_break_falls_due_while_the_machine_sleeps_and_waits_for_its_person(scenario):
    scenario.sits(minutes=44).sleeps(minutes=2).types(minutes=1, seconds=20).expects_nothing()
    scenario.rests(seconds=4).expects(Announce)


def test_the_lid_closed_mid_break(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=1).expects(Announce, Withdraw, OpenCard)
    scenario.sleeps(minutes=30).expects(CloseCard)
    assert scenario.outcomes == [Outcome.CUT_SHORT, Outcome.NATURAL]
    scenario.sits(minutes=44).expects_nothing()


def test_the_clock_set_back_an_hour_changes_no_length(scenario):
    scenario.sits(minutes=30).sets_clock(minutes=-60).sits(minutes=14, seconds=55).expects_nothing()
    scenario.sits(seconds=5).expects(Announce)


def test_a_pause_over_night_holds_through_sleep_and_restart(scenario):
    scenario.pauses(until=MONDAY_9 + timedelta(hours=19)).sits(minutes=60)
    scenario.sleeps(minutes=12 * 60).is_(State.PAUSED).restarts(after_minutes=2).is_(State.PAUSED)
    scenario.sits(minutes=4 * 60).expects_nothing().is_(State.PAUSED)
    scenario.sits(minutes=118).expects_nothing().is_(State.SITTING)


def test_a_night_between_two_working_days_is_no_sitting():
    from tests.core.breaks.test_hours import OFFICE

    person = Scenario(Settings(hours=OFFICE), at=MONDAY_9 + timedelta(hours=8, minutes=30))
    person.sits(minutes=32).sleeps(minutes=15 * 60).sits(minutes=44).expects_nothing()
    assert person.seated_minutes == pytest.approx(44, abs=0.1)
    (bout,) = person.bouts
    assert bout.ended_at == MONDAY_9 + timedelta(hours=9), "when the hours ended"


# --- what was before the start ----------------------------------------------------------------------------------------


def test_idleness_from_before_the_start_is_no_break(scenario):
    fresh = Scenario()
    fresh.last_input -= 3600
    fresh.tell(IdleSeen(fresh.now, 3600.0)).is_(State.AWAY).leaves(minutes=2)
    assert fresh.snapshot.since_break_s is None
    fresh.sits(minutes=1)
    assert fresh.snapshot.since_break_s is None and not fresh.breaks
    fresh.sits(minutes=44).expects(Announce)


def test_who_is_away_at_the_start_and_stays_so_has_had_a_break_by_then():
    fresh = Scenario()
    fresh.last_input -= 3600
    fresh.leaves(minutes=6).sits(minutes=1)
    assert fresh.snapshot.since_break_s == pytest.approx(60)


def test_nothing_is_announced_to_an_empty_chair_after_a_restart(scenario):
    scenario.sits(minutes=41).rests(minutes=3).boots_again(after_minutes=2).expects_nothing()
    scenario.rests(minutes=10).expects_nothing().is_(State.AWAY)
    assert scenario.outcomes == [Outcome.NATURAL]


def test_a_crash_in_the_absence_neither_sits_nor_takes_a_second_break(scenario):
    scenario.sits(minutes=20).rests(minutes=10).boots_again(after_minutes=3).rests(minutes=2)
    assert scenario.seated_minutes == 0
    assert scenario.outcomes == [Outcome.NATURAL]


def test_a_call_before_the_restart_still_holds_its_person_on_the_chair(scenario):
    scenario.sits(minutes=10).begins(CALL).rests(minutes=10).ends(CALL).boots_again(after_minutes=1)
    scenario.rests(minutes=2).is_(State.SITTING)
    assert not scenario.breaks
