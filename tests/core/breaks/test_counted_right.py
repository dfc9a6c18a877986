"""Every second counted once, and a break is not sitting: the stories named in the table of ``docs/COUNTING.md``."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.messages import (
    CALL,
    DND,
    FULLSCREEN,
    Action,
    Announce,
    AskAfter,
    IdleSeen,
    Locked,
    OfferRoutine,
    OpenCard,
    RemindStanding,
    RoutineDone,
    State,
    Tick,
    Unlocked,
    Withdraw,
)
from numbguard.core.breaks.state.ledger import StretchKind
from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BoutEnd, Outcome
from numbguard.core.settings.choices import AwayRule, Style
from numbguard.core.settings.settings import Settings, WorkingSpan
from tests.scenario import MONDAY_9, Scenario

LONG_CARD = Settings(duration=600.0)
HALF_A_MINUTE = 0.5


def eventful(person: Scenario, *, gone_s: float) -> None:
    """Away from a desktop that reports idleness by event: after half a minute, when the alarm asks, and on return."""
    person.unheard(seconds=30).tell(IdleSeen(person.now, 30.0)).unheard(seconds=gone_s - 30)
    person.tell(IdleSeen(person.now, gone_s)).tell(IdleSeen(person.now, 0.0))
    person.last_input = person.mono


# --- time is counted once ---------------------------------------------------------------------------------------------


def test_working_on_before_an_unanswered_question_is_counted_once(scenario):
    scenario.sits(minutes=10).answers(Action.START).rests(minutes=2).sits(minutes=10).holds_together()
    assert scenario.bout_minutes == [pytest.approx(10)]
    assert scenario.seated_minutes == pytest.approx(10)
    assert scenario.bout_minutes[0] + scenario.seated_minutes <= 22


def test_a_question_locked_away_ends_no_bout_before_it_begins(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(minutes=2)
    scenario.tell(Locked(scenario.now)).rests(minutes=6).unlocks().sits(minutes=20).answers(Action.START)
    scenario.rests(minutes=2).answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes[0] == pytest.approx(45)


def test_numbness_before_the_question_is_answered_has_the_clock_of_the_new_bout(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(minutes=3)
    assert scenario.seated_minutes == pytest.approx(3)
    assert scenario.snapshot.since_break_s == pytest.approx(180)
    scenario.answers(Action.NOT_MOVED)
    assert scenario.seated_minutes == pytest.approx(50), "their own word: the clock has never stopped"


def test_hands_off_through_the_card_and_no_answer_give_no_more_than_the_time_that_passed(scenario):
    for minutes in (45, 39, 39):
        scenario.sits(minutes=minutes).answers(Action.START).rests(minutes=2).sits(minutes=6)
    scenario.leaves(minutes=10).holds_together()
    assert scenario.bout_minutes == [pytest.approx(each, abs=HALF_A_MINUTE) for each in (45, 45, 45, 6)]


# --- a break is not sitting -------------------------------------------------------------------------------------------


def test_up_as_the_card_opened_and_back_after_four_minutes(scenario):
    scenario.sits(minutes=45).answers(Action.START).leaves(minutes=4).answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(45, abs=HALF_A_MINUTE)]
    assert scenario.seated_minutes == pytest.approx(0, abs=HALF_A_MINUTE)


def test_the_same_where_idleness_is_reported_by_event(scenario):
    scenario.sits(minutes=45).answers(Action.START)
    eventful(scenario, gone_s=240)
    scenario.answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(45)]


def test_the_click_may_arrive_before_the_word_that_the_hands_are_back(scenario):
    scenario.sits(minutes=45).answers(Action.START)
    scenario.passes(30).unheard(minutes=4).answers(Action.MOVED)
    assert scenario.bout_minutes == [pytest.approx(45)]
    assert scenario.seated_minutes == pytest.approx(0)


def test_up_at_the_announcement_and_back_after_four_minutes(scenario):
    scenario.sits(minutes=45).leaves(minutes=4).answers(Action.START).answers(Action.MOVED)
    scenario.sits(minutes=45).rests(minutes=4).expects  # the card is answered when they are back
    assert scenario.bout_minutes[0] <= 49


def test_the_daily_routine_is_not_part_of_the_bout(scenario):
    scenario.sits(minutes=40).starts_routine(minutes=7).leaves(minutes=7).answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(40, abs=HALF_A_MINUTE)]


def test_work_in_the_middle_of_a_card_is_sitting_and_the_walk_after_it_is_not(scenario):
    scenario.sits(minutes=45).answers(Action.START).sits(minutes=1).leaves(minutes=3).sits(minutes=2)
    scenario.answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(46, abs=HALF_A_MINUTE)]
    assert scenario.seated_minutes == pytest.approx(2, abs=HALF_A_MINUTE)


def test_hands_that_never_rested_sat_until_they_said_yes(scenario):
    scenario.sits(minutes=45).answers(Action.START).types(minutes=3).answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(48)]


def test_a_rest_long_before_the_announcement_is_not_the_break(scenario):
    """The sense of idleness fails for half an hour, and is back while the card is open."""
    scenario.sits(minutes=10).rests(seconds=50)
    scenario.senses_idle = False
    scenario.sits(minutes=38).expects(Announce, Withdraw, OpenCard)
    scenario.senses_idle = True
    scenario.sits(minutes=3).answers(Action.MOVED).holds_together()
    assert scenario.bout_minutes == [pytest.approx(48, abs=2)]


def test_the_seated_clock_runs_on_evenly_after_a_card(scenario):
    scenario.answers(Action.START).tell(IdleSeen(scenario.now, 0.0)).unheard(seconds=120).tell(Tick(scenario.now))
    before = scenario.snapshot.seated_s
    for _ in range(30):
        scenario.unheard(seconds=1).tell(Tick(scenario.now))
        assert before <= scenario.snapshot.seated_s <= before + 1.001
        before = scenario.snapshot.seated_s


def test_a_card_ended_within_seconds_is_no_sitting(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=15).answers(Action.MOVED)
    assert scenario.bout_minutes == [pytest.approx(45)]


def test_where_the_hands_cannot_be_watched_the_break_lasts_until_the_answer():
    blind = Scenario(senses_idle=False)
    blind.sits(minutes=45).answers(Action.START).rests(minutes=4).answers(Action.MOVED).holds_together()
    assert blind.bout_minutes == [pytest.approx(45)]
    assert blind.seated_minutes == 0


def test_on_a_fast_clock_the_gap_between_two_stirs_of_the_mouse_is_no_rest():
    fast = Scenario(longest_wait_s=48.0).sits(minutes=45).answers(Action.START)
    for _ in range(4):
        fast.rests(seconds=30).sits(seconds=1)
    fast.answers(Action.MOVED)
    assert fast.bout_minutes == [pytest.approx(45)]
    assert fast.seated_minutes == pytest.approx(0, abs=0.1)


# --- decided by the chair ---------------------------------------------------------------------------------------------


def gone_from_a_card(settings: Settings = LONG_CARD, *, minutes: float = 6) -> Scenario:
    person = Scenario(settings)
    person.sits(minutes=45).answers(Action.START).leaves(minutes=minutes)
    return person


@pytest.mark.parametrize("action", [Action.SKIP, Action.CLOSE, Action.SNOOZE])
def test_away_for_long_enough_is_a_break_whatever_is_pressed(action):
    person = gone_from_a_card().answers(action).holds_together()
    assert person.outcomes == [Outcome.NATURAL]
    assert person.bout_minutes == [pytest.approx(45)]
    assert person.seated_minutes == pytest.approx(0)
    assert person.snapshot.skipped_today == 0 and person.snapshot.current is None
    person.sits(minutes=44, seconds=30)
    assert len(person.outcomes) == 1, "a whole interval from the return on"


@pytest.mark.parametrize("action", [Action.SKIP, Action.SNOOZE, Action.START, Action.STAND])
def test_a_click_that_arrives_before_any_word_of_the_absence_changes_nothing_of_it(scenario, action):
    """A sense that reports by event has reported the rest; the alarm that would have asked was late."""
    scenario.sits(minutes=44.9).passes(40).expects(Announce)
    scenario.unheard(minutes=6).answers(action)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.bout_minutes == [pytest.approx(44.9)]


def test_nor_does_a_call_or_a_lock_that_nobody_has_ended(scenario):
    scenario.sits(minutes=45).answers(Action.START).passes(30).unheard(minutes=6).begins(CALL)
    assert scenario.outcomes == [Outcome.NATURAL]
    other = Scenario().sits(minutes=45).answers(Action.START)
    other.tell(Locked(other.now)).unheard(minutes=6).answers(Action.SKIP)
    assert other.outcomes == [Outcome.NATURAL]


def test_the_same_where_a_call_begins_as_they_come_back():
    person = gone_from_a_card().begins(CALL).sits(minutes=1)
    assert person.outcomes == [Outcome.NATURAL]
    assert person.seated_minutes == pytest.approx(1)


def test_a_call_that_takes_the_card_away_after_six_minutes_without_a_key():
    person = Scenario(LONG_CARD)
    person.sits(minutes=45).answers(Action.START).rests(minutes=6).begins(CALL).holds_together()
    assert person.outcomes == [Outcome.NATURAL]
    assert person.bout_minutes == [pytest.approx(45)]


def test_a_pause_that_takes_the_card_away_after_six_minutes_without_a_key():
    person = gone_from_a_card().pauses(minutes=30)
    assert person.outcomes == [Outcome.NATURAL]


def test_the_routine_done_for_six_minutes_away_from_the_keys_and_stopped(scenario):
    scenario.sits(minutes=40).starts_routine(minutes=7).leaves(minutes=6).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert RoutineDone("routine:daily") in scenario.effects
    assert scenario.seated_minutes == 0


def test_standing_up_during_a_card_and_typing_on_is_a_break():
    person = Scenario(LONG_CARD)
    person.sits(minutes=45).answers(Action.START).sits(minutes=1).answers(Action.STAND).sits(minutes=30)
    assert person.outcomes == [Outcome.FINISHED]
    assert person.bout_minutes == [pytest.approx(46)]
    assert person.seated_minutes == 0


def test_where_idleness_cannot_be_sensed_a_lock_is_known_all_the_same():
    blind = Scenario(LONG_CARD, senses_idle=False)
    blind.sits(minutes=45).answers(Action.START).locks(minutes=30).sits(minutes=1).holds_together()
    assert blind.outcomes == [Outcome.FINISHED]
    assert blind.bout_minutes == [pytest.approx(45)]


def test_a_lock_that_only_pauses_is_no_break():
    person = Scenario(Settings(duration=600.0, away_lock=AwayRule.PAUSE), senses_idle=False)
    person.sits(minutes=45).answers(Action.START).locks(minutes=8).answers(Action.CLOSE)
    assert person.outcomes == [Outcome.CUT_SHORT]
    assert person.seated_minutes == pytest.approx(45)


@pytest.mark.parametrize("back", [True, False], ids=["back at work", "at rest until the answer"])
def test_an_explicit_no_outweighs_idleness(back):
    person = Scenario(LONG_CARD).sits(minutes=45).answers(Action.START)
    if back:
        person.leaves(minutes=6).sits(minutes=4)
    else:
        person.rests(minutes=10)
    person.answers(Action.NOT_MOVED).holds_together()
    assert person.outcomes == [Outcome.FINISHED]
    assert person.seated_minutes == pytest.approx(55, abs=0.1)
    assert not person.bouts and person.snapshot.since_break_s is None


def test_no_word_outweighs_a_lock():
    person = Scenario(LONG_CARD).sits(minutes=45).answers(Action.START).locks(minutes=6).sits(minutes=4)
    person.answers(Action.NOT_MOVED)
    assert person.outcomes == [Outcome.FINISHED]
    assert person.bout_minutes == [pytest.approx(45)]


def test_a_second_walk_in_the_same_break_is_no_sitting_either():
    person = Scenario(Settings(duration=1200.0)).sits(minutes=45).answers(Action.START).leaves(minutes=6)
    person.sits(minutes=2).leaves(minutes=7).answers(Action.MOVED).holds_together()
    assert person.outcomes == [Outcome.MOVED, Outcome.NATURAL]
    assert person.bout_minutes == [pytest.approx(45), pytest.approx(2, abs=HALF_A_MINUTE)]
    assert person.seated_minutes == 0


@pytest.mark.parametrize("after_minutes", [1, 30])
def test_a_restart_while_the_question_is_open_keeps_what_the_chair_said(scenario, after_minutes):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(minutes=1)
    scenario.restarts(after_minutes=after_minutes).holds_together()
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.bout_minutes[0] == pytest.approx(45)


def test_a_lock_that_lasts_to_the_end_of_a_card_is_the_break_and_a_short_rest_before_it_is_not():
    person = Scenario(LONG_CARD).sits(minutes=45).answers(Action.START).rests(seconds=30).sits(minutes=2)
    person.tell(Locked(person.now)).unheard(minutes=6).tell(Tick(person.now))
    assert person.seated_minutes == 0
    person.unheard(minutes=1.5).tell(Tick(person.now)).expects(Announce, Withdraw, OpenCard, AskAfter)
    assert person.seated_minutes == 0, "with the question as well"
    person.unlocks().sits(minutes=1).answers(Action.MOVED).holds_together()
    assert person.outcomes == [Outcome.MOVED]
    assert person.bout_minutes == [pytest.approx(47.5)]
    assert person.seated_minutes == pytest.approx(1)


def test_a_lock_in_the_same_break_that_goes_on_is_the_next_natural_break():
    person = Scenario(Settings(duration=1200.0)).sits(minutes=45).answers(Action.START).leaves(minutes=6)
    person.sits(minutes=2).tell(Locked(person.now)).rests(minutes=7).answers(Action.MOVED).unlocks().sits(minutes=1)
    person.holds_together()
    assert person.outcomes == [Outcome.MOVED, Outcome.NATURAL]
    assert person.breaks[1].ended_at - person.breaks[1].started_at == timedelta(minutes=7)
    assert person.snapshot.since_break_s == pytest.approx(60)


def test_a_call_that_ends_the_question_after_work_through_the_card_finds_no_break(scenario):
    scenario.sits(minutes=45).answers(Action.START).sits(minutes=3).begins(CALL)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.seated_minutes == pytest.approx(48, abs=0.1) and not scenario.bouts


@pytest.mark.parametrize(
    "nonsense",
    [{"stretches": "none"}, {"stretches": [["sitting", 10.0, 20.0]]}, {"stretches": [["lying", 20.0, 10.0]]}],
)
def test_stretches_that_make_no_sense_are_as_good_as_no_file(scenario, nonsense):
    table = scenario.sits(minutes=10).engine.to_table() | nonsense
    scenario.boot(table)
    assert scenario.seated_minutes == 0


def test_a_file_of_an_earlier_version_knows_how_long_somebody_has_sat(scenario):
    table = scenario.sits(minutes=10).engine.to_table()
    del table["stretches"], table["up"]
    scenario.boot(table)
    scenario.leaves(minutes=10)
    assert scenario.bout_minutes == [pytest.approx(10)]


# --- a clock that is set moves dates, never lengths -------------------------------------------------------------------


@pytest.mark.parametrize("by", [-60, -600, 60, 90])
def test_a_clock_set_in_a_bout_moves_its_dates_and_not_its_length(scenario, by):
    scenario.sits(minutes=30).sets_clock(minutes=by).sits(minutes=10).leaves(minutes=10).holds_together()
    (bout,) = scenario.bouts
    assert bout.seated_s == pytest.approx(2400)
    assert bout.ended_at - bout.started_at == timedelta(minutes=40)
    assert bout.started_at == MONDAY_9 + timedelta(minutes=by)
    assert bout.end is BoutEnd.NATURAL


def test_a_clock_set_in_a_break_leaves_the_break_its_length(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=1).sets_clock(minutes=-60).rests(minutes=1)
    scenario.answers(Action.MOVED)
    (kept,) = scenario.breaks
    assert kept.ended_at - kept.started_at == timedelta(minutes=2)
    assert kept.announced_at == kept.started_at


def test_a_clock_set_in_an_absence_leaves_the_absence_its_length(scenario):
    scenario.sits(minutes=20).rests(minutes=10).sets_clock(minutes=-60).leaves(minutes=5)
    (kept,) = scenario.breaks
    assert kept.ended_at - kept.started_at == timedelta(minutes=15)


# --- today is the local day -------------------------------------------------------------------------------------------


def test_a_bout_over_midnight_counts_for_today_by_its_part():
    owl = Scenario(Settings(interval=7200.0), at=MONDAY_9.replace(hour=23, minute=30))
    owl.sits(minutes=42)
    assert owl.seated_minutes == pytest.approx(42)
    assert owl.snapshot.seated_today_s == owl.snapshot.longest_today_s == pytest.approx(12 * 60)
    owl.leaves(minutes=10)
    (bout,) = owl.bouts
    assert bout.seated_s == pytest.approx(42 * 60), "the bout itself stays one"
    assert owl.snapshot.seated_today_s == 0


def test_today_begins_at_local_midnight_on_a_day_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    owl = Scenario(Settings(interval=7200.0), at=datetime(2026, 3, 29, 0, 30, tzinfo=UTC), zone=berlin)
    owl.sits(minutes=60)  # from 1:30 to 3:30 by the clock, over the hour that is left out
    assert owl.snapshot.seated_today_s == pytest.approx(3600)
    owl = Scenario(Settings(interval=7200.0), at=datetime(2026, 3, 28, 22, 30, tzinfo=UTC), zone=berlin)
    owl.sits(minutes=60)
    assert owl.snapshot.seated_today_s == pytest.approx(1800)


def test_a_day_is_the_sum_of_what_was_sat_before_and_after_a_break_that_asks(scenario):
    scenario.sits(minutes=10).answers(Action.START).rests(minutes=2).sits(minutes=3)
    assert scenario.snapshot.seated_today_s == pytest.approx(13 * 60)
    assert scenario.snapshot.longest_today_s == pytest.approx(10 * 60)


# --- nothing opens on an empty chair ----------------------------------------------------------------------------------


def test_no_card_opens_on_a_desk_that_has_been_idle_for_four_minutes(scenario):
    scenario.sits(minutes=44).rests(minutes=4.5).expects(Announce)
    assert scenario.snapshot.wake_in_s == pytest.approx(30), "to ask whether it is a natural break by then"


def test_the_card_opens_at_the_next_touch(scenario):
    scenario.sits(minutes=45).rests(minutes=4.5).expects(Announce)
    scenario.last_input = scenario.mono
    scenario.sits(seconds=1).expects(Withdraw, OpenCard)


def test_the_announcement_is_withdrawn_when_the_absence_becomes_a_break(scenario):
    scenario.sits(minutes=45).rests(minutes=5.5).expects(Announce, Withdraw).holds_together()
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.bout_minutes == [pytest.approx(45, abs=HALF_A_MINUTE)]


def test_left_just_before_due_and_back_after_a_quarter_past_five():
    person = Scenario(Settings(patience=10.0, duration=600.0))
    person.sits(minutes=44.9).leaves(minutes=5.3).expects(Announce, Withdraw, OpenCard)
    person.answers(Action.SKIP).holds_together()
    assert person.outcomes == [Outcome.NATURAL]
    assert person.bout_minutes == [pytest.approx(44.9)]


def test_a_sense_that_hangs_holds_no_card_back_for_ever(scenario):
    scenario.sits(minutes=45).rests(minutes=1.5).expects(Announce)
    scenario.unheard(minutes=7).tell(Tick(scenario.now)).expects_nothing()
    scenario.unheard(minutes=1).tell(Tick(scenario.now)).expects(Withdraw, OpenCard)


def test_a_gentle_announcement_waits_for_somebody_to_see_it():
    person = Scenario(Settings(style=Style.GENTLE))
    person.sits(minutes=45).rests(minutes=4.5).expects(Announce)
    person.sits(minutes=2.5).expects_nothing()
    person.sits(minutes=1).expects(Withdraw)
    assert person.outcomes == [Outcome.MISSED]


def test_no_question_waits_for_ever(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=30)
    assert scenario.snapshot.current is None
    assert scenario.outcomes == [Outcome.FINISHED]


# --- waking is not coming back ----------------------------------------------------------------------------------------


def test_a_machine_that_wakes_twice_by_itself_has_one_break(scenario):
    scenario.sits(minutes=30)
    for _ in range(2):
        scenario.dozes(minutes=4).rests(seconds=20)
    scenario.dozes(minutes=4).sits(minutes=1).holds_together()
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.bout_minutes == [pytest.approx(30)]
    assert scenario.seated_minutes == pytest.approx(1, abs=HALF_A_MINUTE)


def test_nothing_is_announced_to_an_empty_room_before_a_key(scenario):
    scenario.sits(minutes=45).answers(Action.SNOOZE).sits(minutes=4, seconds=30).expects(Announce, Withdraw)
    scenario.dozes(minutes=2).rests(minutes=1.5).expects_nothing().is_(State.AWAY)
    assert scenario.seated_minutes == pytest.approx(49.5)
    scenario.sits(minutes=1, seconds=30).expects(Announce)


@pytest.mark.parametrize("rule", [AwayRule.PAUSE, AwayRule.IGNORE])
def test_nor_where_sleep_does_not_count_as_being_away(rule):
    person = Scenario(Settings(away_sleep=rule))
    person.sits(minutes=44.9).dozes(minutes=2).rests(minutes=2).expects_nothing()
    person.sits(seconds=10).expects(Announce)


def test_somebody_who_opens_the_lid_and_types_is_back_since_then(scenario):
    scenario.sits(minutes=30).dozes(minutes=20).sits(seconds=29)
    assert scenario.breaks[0].ended_at - scenario.breaks[0].started_at == timedelta(minutes=20)
    scenario.sits(minutes=1)
    assert scenario.seated_minutes == pytest.approx(89 / 60)


def test_a_machine_that_woke_is_asked_whether_it_has_been_touched(scenario):
    scenario.sits(minutes=10).dozes(minutes=2)
    assert scenario.snapshot.wake_in_s == 5
    for wait in (10, 20, 85):
        scenario.unheard(seconds=scenario.snapshot.wake_in_s).tell(Tick(scenario.now))
        assert scenario.snapshot.wake_in_s == wait
    scenario.unheard(seconds=85).tell(Tick(scenario.now))
    assert scenario.snapshot.wake_in_s == 60, "for the natural break alone"
    scenario.tell(IdleSeen(scenario.now, 3.0)).is_(State.SITTING)
    assert scenario.seated_minutes == pytest.approx(10 + 3 / 60)


@pytest.mark.parametrize("how", ["unlocks", "answers", "calls", "the sense dies"])
def test_whatever_shows_that_somebody_is_there_ends_the_absence(scenario, how):
    scenario.sits(minutes=10).dozes(minutes=2).rests(seconds=10).is_(State.AWAY)
    match how:
        case "unlocks":
            scenario.tell(Unlocked(scenario.now))
        case "answers":
            scenario.answers(Action.SIT)
        case "calls":
            scenario.begins(CALL)
        case _:
            scenario.tell(IdleSeen(scenario.now, None))
    scenario.is_(State.SITTING)


def test_where_idleness_cannot_be_sensed_waking_has_to_do():
    blind = Scenario(senses_idle=False)
    blind.sits(minutes=10).dozes(minutes=2).is_(State.SITTING)


# --- a restart forgets nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("after_minutes", [2, 60])
def test_a_natural_break_that_was_on_when_the_program_restarted_gets_its_end(scenario, after_minutes):
    scenario.sits(minutes=20).rests(minutes=10).boots_again(after_minutes=after_minutes).rests(minutes=3)
    scenario.sits(minutes=5).holds_together()
    (kept,) = scenario.breaks
    assert kept.outcome is Outcome.NATURAL and kept.ended_at is not None
    gone = timedelta(minutes=10 + after_minutes + 3)
    assert gone <= kept.ended_at - kept.started_at <= gone + timedelta(seconds=30)
    assert kept.seated_s == pytest.approx(20 * 60)
    assert scenario.seated_minutes == pytest.approx(5, abs=HALF_A_MINUTE)


def test_time_off_the_chair_goes_on_over_a_restart(scenario):
    scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=2).boots_again(after_minutes=1)
    scenario.tell(Locked(scenario.now)).rests(minutes=2.5).unlocks().sits(minutes=1).holds_together()
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.bout_minutes == [pytest.approx(20)]


def test_an_absence_that_nobody_has_ended_is_a_break_however_long_the_program_was_down(scenario):
    scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=1).boots_again(after_minutes=15)
    scenario.tell(Locked(scenario.now)).rests(minutes=1).unlocks().sits(minutes=1).holds_together()
    (kept,) = scenario.breaks
    assert (kept.outcome, kept.started_at) == (Outcome.NATURAL, MONDAY_9 + timedelta(minutes=20))
    assert kept.ended_at == MONDAY_9 + timedelta(minutes=37)
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.NATURAL]


def test_somebody_who_came_back_while_the_program_was_down_has_had_no_break_that_is_known(scenario):
    scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=1)
    scenario.boots_again(after_minutes=15, back_s=10).sits(minutes=2).holds_together()
    assert scenario.outcomes == []
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.STOPPED]
    assert scenario.bout_minutes == [pytest.approx(20)]
    assert scenario.seated_minutes == pytest.approx(2, abs=HALF_A_MINUTE)


def test_the_same_where_idleness_can_no_longer_be_sensed(scenario):
    scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=1)
    scenario.senses_idle = False
    scenario.boots_again(after_minutes=15).sits(minutes=2).holds_together()
    assert scenario.outcomes == []
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.STOPPED]


def test_the_same_where_the_program_ended_twice_before_it_looked(scenario):
    saved = scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=1).engine.to_table()
    scenario.unheard(minutes=15)
    unread = BreakEngine(Settings(), scenario.now, choose_card=lambda _: "x", new_id=lambda: "1", saved=saved)
    scenario.engine = unread
    scenario.boots_again(after_minutes=1, back_s=10).sits(minutes=2).holds_together()
    assert scenario.outcomes == []
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.STOPPED]


def test_a_machine_locked_and_shut_down_was_a_break_from_the_lock_on(scenario):
    scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=2).restarts(after_minutes=600)
    scenario.sits(minutes=1).holds_together()
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.bout_minutes == [pytest.approx(20)]
    assert scenario.bouts[0].end is BoutEnd.NATURAL
    assert scenario.bouts[0].ended_at == MONDAY_9 + timedelta(minutes=20)


def test_a_card_that_was_open_when_the_machine_was_shut_down_is_in_the_log(scenario):
    scenario.sits(minutes=45).answers(Action.START).sits(seconds=30).restarts(after_minutes=600).holds_together()
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.STOPPED]


def test_where_idleness_cannot_be_sensed_a_restart_is_a_return():
    blind = Scenario(senses_idle=False)
    blind.sits(minutes=20).tell(Locked(blind.now)).rests(minutes=2).boots_again(after_minutes=1).is_(State.SITTING)


def test_until_idleness_is_known_after_a_restart_nobody_is_back_for_ten_seconds(scenario):
    saved = scenario.sits(minutes=20).tell(Locked(scenario.now)).rests(minutes=2).engine.to_table()
    engine = BreakEngine(Settings(), scenario.now, choose_card=lambda _: "x", new_id=lambda: "1", saved=saved)
    assert engine.snapshot().state is State.AWAY
    assert engine.snapshot().wake_in_s == 10
    scenario.unheard(seconds=10)
    engine.step(Tick(scenario.now))
    assert engine.snapshot().state is State.SITTING


@pytest.mark.parametrize("after_minutes", [0.5, 2])
def test_a_pause_by_length_keeps_its_length_after_a_restart_too(scenario, after_minutes):
    scenario.pauses(minutes=60).sits(minutes=10).restarts(after_minutes=after_minutes).sits(minutes=5)
    scenario.sets_clock(minutes=-60).sits(minutes=44 - after_minutes).is_(State.PAUSED)
    scenario.sits(minutes=1.1).is_(State.SITTING)


def test_a_pause_by_length_keeps_its_length_where_the_clock_was_set_while_the_program_was_down(scenario):
    scenario.pauses(minutes=60).sits(minutes=10)
    scenario.wall -= timedelta(minutes=60)
    scenario.boots_again(after_minutes=2).sits(minutes=47.9).is_(State.PAUSED)
    scenario.sits(minutes=0.2).is_(State.SITTING)


def test_a_pause_of_yesterday_does_not_go_on_where_the_clock_stood_still_over_night(scenario):
    scenario.pauses(minutes=60).sits(minutes=10).restarts(after_minutes=1).sits(minutes=1).is_(State.PAUSED)
    scenario.sets_clock(minutes=600).is_(State.SITTING)


def test_a_rest_that_was_on_when_the_program_restarted_is_part_of_the_break(scenario):
    scenario.sits(minutes=45).rests(minutes=2).boots_again(after_minutes=0.5).sits(seconds=40).expects(Announce)
    scenario.rests(seconds=30).answers(Action.START).answers(Action.MOVED)
    assert scenario.bout_minutes[0] >= 45


@pytest.mark.parametrize("clock", [1, -300], ids=["stands still", "goes back"])
def test_ten_hours_off_with_a_clock_that_stood_still_are_not_the_same_sitting(scenario, clock):
    scenario.sits(minutes=40).answers(Action.START).answers(Action.MOVED).sits(minutes=40)
    scenario.restarts(after_minutes=clock).sits(minutes=2)
    assert scenario.seated_minutes > 40
    scenario.sets_clock(minutes=600 - clock).sits(minutes=3)
    assert scenario.seated_minutes == pytest.approx(5)
    assert scenario.bouts[-1].end is BoutEnd.STOPPED
    assert scenario.bouts[-1].ended_at == MONDAY_9 + timedelta(minutes=80)
    assert scenario.bout_minutes[-1] == pytest.approx(40)
    assert scenario.snapshot.since_break_s > 10 * 3600


def test_the_same_for_somebody_who_has_had_no_break_yet(scenario):
    scenario.sits(minutes=20).restarts(after_minutes=1).sits(minutes=2).sets_clock(minutes=600).sits(minutes=3)
    assert scenario.seated_minutes == pytest.approx(5)
    assert scenario.snapshot.since_break_s is None


def test_a_break_taken_before_the_clock_is_set_right_keeps_its_distance(scenario):
    scenario.sits(minutes=40).restarts(after_minutes=1).sits(minutes=2).leaves(minutes=6).sits(minutes=10)
    scenario.answers(Action.START).answers(Action.SNOOZE).sits(minutes=2).sets_clock(minutes=600)
    assert scenario.snapshot.since_break_s == pytest.approx(12 * 60, abs=30)
    assert scenario.snapshot.due_in_s == pytest.approx(180), "the snooze is five minutes"
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.NATURAL]


def test_a_break_skipped_before_the_clock_is_set_right_is_not_asked_for_again(scenario):
    scenario.sits(minutes=44).restarts(after_minutes=0).sits(minutes=2).expects(Announce).answers(Action.SKIP)
    scenario.sits(minutes=44).expects(Withdraw).sets_clock(minutes=10).sits(seconds=30).expects_nothing()
    assert scenario.bout_minutes == [pytest.approx(44)]
    scenario.sits(minutes=1).expects(Announce)


def test_an_announcement_of_the_sitting_of_yesterday_is_withdrawn_when_the_clock_is_set_right(scenario):
    scenario.sits(minutes=44).restarts(after_minutes=0).sits(minutes=2).expects(Announce)
    scenario.sets_clock(minutes=600).expects(Withdraw)
    assert scenario.seated_minutes == pytest.approx(2)


def test_an_announcement_stays_where_the_sitting_since_the_restart_is_long_enough_for_it(scenario):
    scenario.sits(minutes=44).restarts(after_minutes=0).begins(CALL).sits(minutes=46).ends(CALL).sits(minutes=1)
    scenario.expects(Announce).sets_clock(minutes=600).expects_nothing()
    assert scenario.seated_minutes == pytest.approx(47)


def test_a_bout_that_ended_in_an_untouched_call_keeps_its_dates_when_the_clock_is_set_right(scenario):
    scenario.sits(minutes=1).begins(CALL).rests(minutes=125).restarts(after_minutes=0).sets_clock(minutes=5)
    (bout,) = scenario.bouts
    assert (bout.started_at, bout.ended_at) == (MONDAY_9, MONDAY_9 + timedelta(minutes=121))
    scenario.sits(minutes=10).leaves(minutes=6).holds_together()
    assert scenario.bouts[-1].started_at == MONDAY_9 + timedelta(minutes=131)


def test_a_clock_set_right_after_a_quick_reboot_leaves_the_bout_whole(scenario):
    """Another system on the same machine had put the clock back by an hour."""
    scenario.sits(minutes=30).restarts(after_minutes=-59).sits(minutes=2).sets_clock(minutes=60).sits(minutes=2)
    assert scenario.seated_minutes == pytest.approx(34)
    assert not scenario.bouts


def test_a_clock_set_back_while_the_program_was_down_takes_nothing_from_the_time_that_passed(scenario):
    scenario.sits(minutes=30)
    scenario.wall -= timedelta(minutes=60)
    scenario.boots_again(after_minutes=2)
    assert scenario.seated_minutes == pytest.approx(32)


def test_with_no_time_to_settle_a_restart_announces_nothing_into_a_call():
    person = Scenario(Settings(settle=0.0)).begins(CALL).sits(minutes=50)
    person.restarts(after_minutes=1).expects_nothing().begins(CALL).sits(minutes=5).expects_nothing()
    person.ends(CALL).sits(seconds=10).expects(Announce)


# --- standing wears off -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["asleep", "locked", "away"])
def test_standing_wears_off_while_nobody_is_there(scenario, how):
    scenario.sits(minutes=10).answers(Action.STAND).sits(minutes=10)
    match how:
        case "asleep":
            scenario.sleeps(minutes=12 * 60)
        case "locked":
            scenario.locks(minutes=6)
        case _:
            scenario.leaves(minutes=6)
    scenario.sits(minutes=44).expects_nothing()
    assert scenario.snapshot.seat is Seat.SITTING
    scenario.sits(minutes=1, seconds=30).expects(Announce).holds_together()


def test_standing_outlasts_a_short_absence(scenario):
    scenario.sits(minutes=10).answers(Action.STAND).sits(minutes=10).leaves(minutes=4).locks(minutes=4).sits(minutes=1)
    assert scenario.snapshot.seat is Seat.STANDING


def test_standing_wears_off_from_the_last_touch_before_a_lock_on(scenario):
    scenario.answers(Action.STAND).sits(minutes=10).rests(seconds=30)
    scenario.tell(Locked(scenario.now)).unheard(minutes=4.8).unlocks().sits(seconds=1)
    assert scenario.snapshot.seat is Seat.SITTING


def test_standing_wears_off_over_a_restart_in_the_absence():
    person = Scenario(Settings(away_lock=AwayRule.IGNORE)).answers(Action.STAND).sits(minutes=10)
    person.tell(Locked(person.now)).rests(minutes=3).boots_again(after_minutes=1)
    person.tell(Locked(person.now)).rests(minutes=2).unlocks().sits(seconds=1)
    assert person.snapshot.seat is Seat.SITTING


def test_standing_wears_off_whatever_a_lock_means(scenario):
    person = Scenario(Settings(away_lock=AwayRule.IGNORE))
    person.sits(minutes=10).answers(Action.STAND).locks(minutes=6)
    assert person.snapshot.seat is Seat.SITTING


def reminders(person: Scenario) -> int:
    return sum(isinstance(effect, RemindStanding) for effect in person.effects)


def test_somebody_who_stands_for_an_hour_is_told_once_without_a_sound(scenario):
    scenario.sits(minutes=10).answers(Action.STAND).sits(minutes=59, seconds=59)
    assert reminders(scenario) == 0
    scenario.sits(seconds=1).sits(minutes=180)
    assert reminders(scenario) == 1
    scenario.answers(Action.SIT).answers(Action.STAND).sits(minutes=60)
    assert reminders(scenario) == 2, "another time of standing"


def test_nobody_is_told_in_a_call_that_they_stand():
    person = Scenario(Settings(standing_for=600.0)).answers(Action.STAND).begins(CALL).sits(minutes=20)
    assert reminders(person) == 0
    person.ends(CALL).sits(seconds=1)
    assert reminders(person) == 1


def test_standing_is_not_said_again_after_a_restart(scenario):
    scenario.answers(Action.STAND).sits(minutes=61).restarts(after_minutes=1).sits(minutes=61)
    assert reminders(scenario) == 1


# --- a held seat is believed for so long ------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [FULLSCREEN, CALL])
def test_a_full_screen_left_in_front_overnight_is_not_twelve_hours_of_sitting(scenario, reason):
    scenario.sits(minutes=10).begins(reason).rests(minutes=12 * 60).holds_together()
    assert scenario.seated_minutes == pytest.approx(130)
    scenario.sits(minutes=10)
    assert scenario.seated_minutes == pytest.approx(140, abs=HALF_A_MINUTE), "the clock has held, and goes on"
    assert not scenario.breaks
    scenario.ends(reason).answers(Action.START).leaves(minutes=2).answers(Action.MOVED)
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.UNKNOWN], "the log says so"


def test_the_same_where_nobody_looked_meanwhile(scenario):
    scenario.sits(minutes=10).begins(FULLSCREEN).unheard(minutes=12 * 60).tell(IdleSeen(scenario.now, 12 * 3600.0))
    assert scenario.seated_minutes == pytest.approx(130, abs=0.1)


def test_a_reading_that_contradicts_the_one_before_it_takes_nothing_from_what_that_one_saw(scenario):
    scenario.sits(minutes=20).dozes(minutes=4).unheard(minutes=1)
    scenario.tell(IdleSeen(scenario.now, 60.0)).tell(IdleSeen(scenario.now, 30.0)).holds_together()
    (kept,) = scenario.breaks
    assert kept.ended_at - kept.started_at == timedelta(minutes=5)


def test_what_follows_an_untouched_call_is_away_and_not_unknown(scenario):
    scenario.sits(minutes=10).begins(CALL).rests(minutes=180).ends(CALL).rests(minutes=10)
    assert scenario.engine.time_spent[StretchKind.UNKNOWN] == pytest.approx(3600)
    assert scenario.engine.time_spent[StretchKind.AWAY] == pytest.approx(600)
    assert scenario.outcomes == [Outcome.NATURAL]


def test_the_same_for_standing(scenario):
    scenario.answers(Action.STAND).begins(FULLSCREEN).rests(minutes=12 * 60)
    assert scenario.engine.time_spent[StretchKind.STANDING] == pytest.approx(2 * 3600)
    assert scenario.engine.time_spent[StretchKind.UNKNOWN] == pytest.approx(10 * 3600)


def test_how_long_a_held_seat_is_believed_can_be_set():
    person = Scenario(Settings(quiet_untouched=1800.0)).begins(FULLSCREEN).rests(minutes=40)
    assert person.seated_minutes == pytest.approx(30)


def test_a_call_with_a_touch_now_and_then_is_sitting_all_day(scenario):
    scenario.begins(CALL)
    for _ in range(8):
        scenario.rests(minutes=60).sits(seconds=10)
    assert scenario.seated_minutes == pytest.approx(8 * 60 + 80 / 60)


# --- held back: one sum -----------------------------------------------------------------------------------------------


def test_calls_back_to_back_are_one_time_of_waiting(scenario):
    overdue_after = None
    for number in range(5):
        scenario.begins(CALL)
        for minute in range(55):
            scenario.sits(minutes=1)
            if overdue_after is None and scenario.snapshot.overdue:
                overdue_after = number * (55 + 1 / 3) + minute + 1
        scenario.ends(CALL).sits(seconds=20).expects_nothing()
    assert overdue_after == pytest.approx(45 + 120, abs=1)


def test_a_gap_in_which_a_break_was_announced_is_a_gap(scenario):
    scenario.begins(CALL).sits(minutes=100).ends(CALL).sits(seconds=31).expects(Announce)
    scenario.begins(CALL).sits(minutes=60)
    assert not scenario.snapshot.overdue
    scenario.sits(minutes=6)
    assert scenario.snapshot.overdue, "the same break has waited for two hours in all"


def test_do_not_disturb_that_flaps_is_told_by_the_icon(scenario):
    scenario.sits(minutes=44)
    told = False
    for _ in range(180):
        scenario.begins(DND).sits(seconds=10).ends(DND).sits(seconds=10)
        told = told or scenario.snapshot.overdue or scenario.snapshot.current is not None
    assert told


def test_a_restart_does_not_forget_how_long_a_break_has_been_held(scenario):
    scenario.begins(DND).sits(minutes=45 + 110).restarts(after_minutes=1).begins(DND).sits(minutes=11)
    assert scenario.snapshot.overdue


# --- promises ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", [30, 60])
def test_a_snooze_is_five_minutes_whatever_is_set_meanwhile(scenario, interval):
    scenario.sits(minutes=45).answers(Action.SNOOZE).expects(Announce, Withdraw)
    scenario.engine.configure(Settings(interval=interval * 60.0))
    scenario.sits(minutes=4, seconds=59).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)


def test_a_snooze_is_five_minutes_over_a_restart_too(scenario):
    scenario.sits(minutes=45).answers(Action.SNOOZE).restarts(after_minutes=1)
    scenario.engine.configure(Settings(interval=3600.0))
    scenario.sits(minutes=4, seconds=5).expects(Announce)


@pytest.mark.parametrize("action", [Action.CLOSE, Action.NOT_MOVED])
def test_a_break_asked_for_early_and_closed_at_once_does_not_put_off_the_one_that_is_due(scenario, action):
    scenario.sits(minutes=44).answers(Action.START).sits(seconds=5)
    if action is Action.NOT_MOVED:
        scenario.answers(Action.DONE)
    scenario.answers(action)
    assert scenario.snapshot.due_in_s == pytest.approx(55)
    scenario.unseen.clear()
    scenario.sits(minutes=1).expects(Announce)


def test_a_routine_closed_at_once_costs_nothing_either(scenario):
    scenario.sits(minutes=30).starts_routine(minutes=7).sits(seconds=5).answers(Action.CLOSE)
    assert scenario.snapshot.due_in_s == pytest.approx(15 * 60 - 5)


def offered_at(person: Scenario, *, minutes: int) -> list[str]:
    seen = []
    for _ in range(minutes):
        before = sum(isinstance(effect, OfferRoutine) for effect in person.effects)
        person.sits(minutes=1)
        if sum(isinstance(effect, OfferRoutine) for effect in person.effects) > before:
            seen.append(f"{person.wall:%d %H:%M}")
    return seen


def test_an_offer_put_off_past_midnight_does_not_use_up_the_next_day(scenario):
    settings = Settings(routine_at=time(23, 45), interval=7200.0, quiet_longest=600.0)
    owl = Scenario(settings, at=MONDAY_9.replace(hour=23, minute=44))
    assert offered_at(owl, minutes=2) == ["02 23:45"]
    owl.answers(Action.ROUTINE_LATER)
    assert offered_at(owl, minutes=31) == ["03 00:16"], "half an hour after it was put off"
    owl.leaves(minutes=23 * 60)
    assert offered_at(owl, minutes=45) == ["03 23:45"]


def test_an_offer_put_off_to_after_the_next_days_hour_is_that_days():
    person = Scenario(Settings(routine_at=time(9, 1), posture_enabled=False))
    assert offered_at(person, minutes=2) == ["02 09:01"]
    person.answers(Action.ROUTINE_LATER).leaves(minutes=25 * 60)
    assert len(offered_at(person, minutes=40)) == 1


# --- one reading that cannot be true ----------------------------------------------------------------------------------


def test_one_reading_that_cannot_be_true_is_not_believed(scenario):
    scenario.sits(minutes=30).tell(IdleSeen(scenario.now, 36_000.0)).is_(State.SITTING).sits(minutes=10)
    assert scenario.seated_minutes == pytest.approx(40) and not scenario.breaks


def test_the_same_after_a_long_silence_of_a_sense_that_reports_by_event(scenario):
    scenario.sits(minutes=10).unheard(minutes=20).tell(IdleSeen(scenario.now, 36_000.0)).is_(State.SITTING)


def test_nor_does_it_make_the_sitting_of_a_call_unknown(scenario):
    scenario.begins(CALL).sits(minutes=40).tell(IdleSeen(scenario.now, 36_000.0)).sits(minutes=1)
    assert scenario.seated_minutes == pytest.approx(41)


def test_a_reading_that_the_next_one_bears_out_is_believed(scenario):
    """Another source has taken over, and the first had not noticed that nobody was there."""
    scenario.sits(minutes=30).tell(IdleSeen(scenario.now, 1200.0)).is_(State.SITTING)
    scenario.unheard(seconds=30).tell(IdleSeen(scenario.now, 1230.0)).is_(State.AWAY)


def test_two_lies_that_do_not_agree_are_two_lies(scenario):
    scenario.sits(minutes=30).tell(IdleSeen(scenario.now, 36_000.0)).unheard(seconds=30)
    scenario.tell(IdleSeen(scenario.now, 7_000.0)).is_(State.SITTING)


# --- leaving before the hours end -------------------------------------------------------------------------------------


def test_left_three_minutes_before_the_hours_end_without_a_lock():
    hours = {0: (WorkingSpan(time(9), time(17)),)}
    person = Scenario(Settings(hours=hours), at=MONDAY_9.replace(hour=16, minute=30))
    person.sits(minutes=27).rests(minutes=30).holds_together()
    assert person.bout_minutes == [pytest.approx(27)]


# --- numbness belongs to the sitting that it came from ----------------------------------------------------------------


def test_numbness_noticed_on_rising_is_of_the_bout_before(scenario):
    scenario.sits(minutes=45).answers(Action.START).leaves(minutes=2).answers(Action.MOVED).sits(seconds=5)
    assert scenario.snapshot.numb_after_s == pytest.approx(45 * 60)
    assert scenario.seated_minutes < 1
    scenario.sits(minutes=2)
    assert scenario.snapshot.numb_after_s == scenario.snapshot.seated_s


def test_the_same_while_the_question_is_open(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(seconds=5)
    assert scenario.snapshot.numb_after_s == pytest.approx(45 * 60)
    scenario.sits(minutes=3)
    assert scenario.snapshot.numb_after_s == pytest.approx(185)


def test_numbness_while_standing_after_a_long_sitting_is_of_that_sitting(scenario):
    scenario.sits(minutes=45).answers(Action.STAND).sits(minutes=1)
    assert scenario.snapshot.numb_after_s == pytest.approx(45 * 60)


def test_numbness_on_coming_back_from_lunch_is_not(scenario):
    scenario.sits(minutes=45).answers(Action.START).leaves(minutes=2).answers(Action.MOVED).sits(minutes=10)
    scenario.leaves(minutes=30).sits(seconds=30)
    assert scenario.snapshot.numb_after_s == scenario.snapshot.seated_s


def test_locked_as_the_hours_end_the_person_left_at_the_last_key():
    hours = {0: (WorkingSpan(time(9), time(17)),)}
    person = Scenario(Settings(hours=hours), at=MONDAY_9.replace(hour=16, minute=30))
    person.sits(minutes=28).rests(minutes=1).tell(Locked(person.now)).rests(minutes=30).holds_together()
    assert person.bout_minutes == [pytest.approx(28)]


def test_somebody_who_comes_back_and_stands_stands(scenario):
    scenario.sits(minutes=10).rests(minutes=20).answers(Action.STAND).sits(minutes=10)
    assert scenario.snapshot.seat is Seat.STANDING
    assert scenario.seated_minutes == 0


@pytest.mark.parametrize(("unheard_s", "sat_s"), [(30, 13.5), (3600, 3)])
def test_a_touch_between_two_looks_is_halfway_where_they_are_close(scenario, unheard_s, sat_s):
    scenario.sits(minutes=10).dozes(minutes=2).rests(seconds=10).unheard(seconds=unheard_s)
    scenario.tell(IdleSeen(scenario.now, 3.0))
    assert scenario.seated_minutes == pytest.approx(
        (600 if unheard_s < 300 else 0) / 60 + sat_s / 60 + 3 / 60, abs=0.06
    )


def test_a_card_that_counts_as_the_machine_wakes_is_dated_before_the_sleep(scenario):
    """Nothing said that it would sleep."""
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(minutes=1)
    scenario.sleeps(minutes=60, announced=False).holds_together()
    assert scenario.outcomes == [Outcome.FINISHED, Outcome.NATURAL]
    assert [bout.ended_at for bout in scenario.bouts] == [MONDAY_9 + timedelta(minutes=each) for each in (45, 48)]
