"""The day at the desk, as stories: sitting, breaks and their answers, and being away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    CALL,
    DND,
    FULLSCREEN,
    Action,
    Announce,
    Answer,
    AskAfter,
    ChangeCard,
    CloseCard,
    FallingAsleep,
    IdleSeen,
    Locked,
    OpenCard,
    Phase,
    Refuse,
    RoutineDone,
    State,
    Tick,
    Withdraw,
    Woke,
)
from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BoutEnd, Outcome
from numbguard.core.settings.choices import AwayRule, Style
from numbguard.core.settings.settings import Settings
from tests.scenario import MONDAY_9, Scenario

# --- the main job ----------------------------------------------------------------------------------------------------


def test_a_break_is_announced_after_the_interval(scenario):
    scenario.sits(minutes=44, seconds=59).expects_nothing()
    scenario.sits(seconds=1).expects(Announce).is_(State.ANNOUNCED)
    assert scenario.last(Announce).seated_s == pytest.approx(45 * 60)
    assert scenario.snapshot.current.remaining_s == pytest.approx(180)
    assert scenario.snapshot.due


@pytest.mark.parametrize("answer", [Action.NOT_MOVED, Action.CLOSE])
def test_a_person_who_stayed_seated_hears_nothing_of_it(scenario, answer):
    scenario.sits(minutes=45).answers(Action.START).types(seconds=30).answers(Action.DONE).answers(answer)
    assert not scenario.last(CloseCard).got_up


def test_start_opens_the_card_and_yes_ends_the_bout(scenario):
    scenario.sits(minutes=45).expects(Announce)
    scenario.answers(Action.START).expects(Withdraw, OpenCard).is_(State.BREAK)
    scenario.rests(minutes=2).expects(AskAfter)
    scenario.answers(Action.MOVED).expects(CloseCard).is_(State.SITTING)
    assert scenario.last(CloseCard).got_up, "there is a word about it"
    (record,) = scenario.breaks
    assert record.outcome is Outcome.MOVED
    assert record.announced_at == MONDAY_9 + timedelta(minutes=45)
    assert record.ended_at - record.started_at == timedelta(minutes=2)
    assert record.seated_s == pytest.approx(45 * 60)
    assert scenario.snapshot.seated_s == 0
    assert scenario.snapshot.since_break_s == 0
    (bout,) = scenario.bouts
    assert (bout.end, bout.started_at, bout.seated_s) == (BoutEnd.MOVED, MONDAY_9, pytest.approx(45 * 60))
    scenario.sits(minutes=45).expects(Announce)


def test_an_unanswered_announcement_opens_the_card_after_patience(scenario):
    scenario.sits(minutes=48).expects(Announce, Withdraw, OpenCard)


def test_an_announcement_that_may_be_unseen_is_repeated_for_half_a_minute_before_the_card(scenario):
    scenario.may_be_unseen = True
    scenario.sits(minutes=48).expects(Announce, Announce)
    assert scenario.last(Announce).insists
    scenario.sits(seconds=25).expects_nothing()
    scenario.sits(seconds=10).expects(Withdraw, OpenCard)


def test_an_announcement_that_may_be_unseen_can_be_answered_the_second_time(scenario):
    scenario.may_be_unseen = True
    scenario.sits(minutes=48.2).expects(Announce, Announce)
    scenario.answers(Action.SKIP).expects(Withdraw)
    assert scenario.outcomes == [Outcome.SKIPPED]


def test_a_break_can_be_taken_before_it_is_due(scenario):
    scenario.sits(minutes=10).answers(Action.START).expects(OpenCard)
    scenario.rests(minutes=2).answers(Action.DONE).expects(AskAfter, CloseCard)
    assert scenario.outcomes == [Outcome.MOVED]
    assert scenario.breaks[0].announced_at is None


def test_done_early_still_asks_and_not_this_time_is_cut_short(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=20).answers(Action.DONE)
    scenario.answers(Action.NOT_MOVED)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert scenario.seated_minutes == pytest.approx(45, abs=1)
    assert scenario.snapshot.due_in_s == pytest.approx(45 * 60)


def test_not_this_time_after_a_whole_card_is_finished_and_the_clock_runs_on(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).answers(Action.NOT_MOVED)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.seated_minutes == pytest.approx(47)


def test_a_card_with_resting_hands_and_no_answer_counts(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).sits(minutes=5)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.seated_minutes == pytest.approx(5), "sitting again since the card, not since the question went"


def test_time_away_from_the_question_is_not_sat(scenario):
    scenario.tell(Locked(scenario.now)).answers(Action.START).rests(minutes=2).answers(Action.CLOSE)
    assert scenario.seated_minutes == 0


def test_working_on_through_the_card_does_not_count(scenario):
    scenario.sits(minutes=45).answers(Action.START).sits(minutes=7)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.seated_minutes == pytest.approx(52, abs=0.1)
    assert scenario.snapshot.due_in_s == pytest.approx(45 * 60, abs=5)


def test_without_idle_sensing_an_unanswered_card_is_not_credited():
    blind = Scenario(senses_idle=False)
    blind.sits(minutes=45).answers(Action.START).rests(minutes=7)
    assert blind.outcomes == [Outcome.FINISHED]
    assert blind.seated_minutes == pytest.approx(52)


def test_another_card_keeps_the_time_left(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30)
    first = scenario.snapshot.current
    scenario.answers(Action.ANOTHER).expects(Announce, Withdraw, OpenCard, ChangeCard)
    assert scenario.snapshot.current.card != first.card
    assert scenario.snapshot.current.remaining_s == pytest.approx(90)


# --- a routine -------------------------------------------------------------------------------------------------------


def test_a_routine_runs_for_its_own_time_and_counts_once_the_person_got_up(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).expects(OpenCard)
    opened = scenario.last(OpenCard)
    assert (opened.card, opened.duration_s, opened.can_snooze) == ("routine:daily", 420.0, False)
    scenario.rests(minutes=4)
    assert scenario.snapshot.current.ran_s == pytest.approx(240)
    assert scenario.snapshot.current.remaining_s == pytest.approx(180)
    scenario.rests(minutes=3).expects(AskAfter)
    assert RoutineDone("routine:daily") not in scenario.effects
    scenario.answers(Action.MOVED).expects(CloseCard)
    assert scenario.effects.count(RoutineDone("routine:daily")) == 1
    (kept,) = scenario.breaks
    assert (kept.outcome, kept.card, kept.announced_at) == (Outcome.MOVED, "routine:daily", None)
    assert scenario.snapshot.seated_s == 0


def test_a_routine_nobody_answered_for_counts_when_it_ran_and_the_hands_were_at_rest(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).rests(minutes=13)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert RoutineDone("routine:daily") in scenario.effects


def test_a_routine_that_was_stopped_or_stayed_in_the_chair_is_not_done(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).rests(minutes=1).answers(Action.CLOSE)
    scenario.starts_routine(minutes=7).rests(minutes=7).answers(Action.NOT_MOVED)
    assert scenario.outcomes == [Outcome.CUT_SHORT, Outcome.FINISHED]
    assert RoutineDone("routine:daily") not in scenario.effects


def test_a_break_without_a_routine_is_no_routine(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).answers(Action.MOVED)
    assert RoutineDone("routine:daily") not in scenario.effects


def test_a_routine_takes_the_place_of_the_card_that_was_announced(scenario):
    scenario.sits(minutes=45)
    announced = scenario.snapshot.current.card
    scenario.starts_routine(minutes=7).expects(Announce, Withdraw, OpenCard)
    scenario.rests(minutes=7).answers(Action.MOVED)
    (kept,) = scenario.breaks
    assert kept.announced_at == MONDAY_9 + timedelta(minutes=45)
    scenario.sits(minutes=46)
    assert scenario.snapshot.current.card == announced, "it was not shown: it is still its turn"


def test_another_card_is_announced_in_place_of_one_that_no_longer_suits() -> None:
    scenario = Scenario().sits(minutes=46)
    before = scenario.last(Announce).card
    scenario.answers(Action.ANOTHER).expects(Announce, Announce)
    assert scenario.snapshot.current
    assert scenario.snapshot.current.card == scenario.last(Announce).card
    assert before


@pytest.mark.parametrize("action", [Action.SNOOZE, Action.ANOTHER])
def test_a_routine_is_neither_put_off_nor_exchanged(scenario, action):
    scenario.sits(minutes=20).starts_routine(minutes=7)
    scenario.answers(action).expects_refusal()
    assert "outine" in scenario.last(Refuse).why
    assert scenario.snapshot.current.card == "routine:daily"


def test_a_card_of_a_routine_that_is_left_out_shortens_it(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).rests(minutes=1).turns_card(to_s=120)
    assert scenario.snapshot.current.remaining_s == 5 * 60
    assert (scenario.snapshot.current.ran_s, scenario.snapshot.current.ahead_s) == (60, 60)
    scenario.expects(OpenCard).rests(minutes=4, seconds=59).expects_nothing()
    scenario.rests(seconds=1).expects(AskAfter)
    scenario.answers(Action.MOVED)
    assert scenario.outcomes == [Outcome.MOVED]


def test_a_card_is_turned_no_further_than_its_beginning_and_its_end(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).rests(minutes=1).turns_card(to_s=-5)
    assert scenario.snapshot.current.remaining_s == 7 * 60
    scenario.turns_card(to_s=10_000).expects(OpenCard, AskAfter)


def test_a_step_that_is_done_again_lengthens_the_break(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=80).turns_card(to_s=30)
    assert scenario.snapshot.current.remaining_s == 90
    scenario.rests(seconds=89).expects(Announce, Withdraw, OpenCard)
    scenario.rests(seconds=1).expects(AskAfter)


def test_a_card_whose_steps_were_only_turned_over_was_no_break(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=25).turns_card(to_s=120)
    scenario.expects(Announce, Withdraw, OpenCard, AskAfter).rests(minutes=1).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert scenario.snapshot.seated_s > 45 * 60


def test_most_of_a_card_is_a_break_even_if_a_step_was_left_out(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).turns_card(to_s=60).rests(seconds=60)
    scenario.expects(Announce, Withdraw, OpenCard, AskAfter).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.FINISHED]


def test_only_an_open_card_is_turned_or_held(scenario):
    scenario.turns_card(to_s=10).expects_refusal()
    scenario.holds_card().expects_refusal()
    scenario.sits(minutes=45).answers(Action.START).answers(Action.DONE).turns_card(to_s=10).expects_refusal()
    scenario.holds_card().expects_refusal()


# --- a card that is held ---------------------------------------------------------------------------------------------


def test_a_held_card_waits_and_then_takes_as_long_as_it_would_have(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=50).holds_card()
    scenario.expects(Announce, Withdraw, OpenCard).types(minutes=2).expects_nothing()
    assert scenario.snapshot.current.held
    assert (scenario.snapshot.current.remaining_s, scenario.snapshot.current.ran_s) == (70, 50)
    scenario.holds_card().goes_on_with_card().goes_on_with_card()
    assert not scenario.snapshot.current.held
    scenario.rests(seconds=69).expects_nothing()
    scenario.rests(seconds=1).expects(AskAfter)


def test_the_time_for_which_a_card_was_held_is_sitting_and_the_rest_is_the_break(scenario):
    """Two minutes of work in the middle of a card are work, and no reason to say that the card was worked through."""
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=50).holds_card().types(minutes=2)
    scenario.goes_on_with_card().rests(seconds=70).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.snapshot.seated_s < 1
    (bout,) = scenario.bouts
    assert bout.seated_s == pytest.approx(45 * 60 + 50 + 120)


@pytest.mark.parametrize("senses_idle", [True, False])
def test_a_held_card_is_no_movement_even_if_the_hands_rest(senses_idle):
    scenario = Scenario(senses_idle=senses_idle)
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).holds_card().rests(minutes=4)
    scenario.answers(Action.MOVED)
    assert scenario.outcomes == [Outcome.MOVED]
    (bout,) = scenario.bouts
    assert bout.seated_s + scenario.snapshot.seated_s == pytest.approx(49 * 60)


def test_a_card_that_was_held_and_forgotten_closes_and_is_no_break(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).holds_card()
    scenario.types(minutes=4, seconds=59).expects(Announce, Withdraw, OpenCard)
    scenario.types(seconds=1).expects(CloseCard)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert scenario.snapshot.seated_s == pytest.approx(50.5 * 60)


def test_another_card_is_not_held(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).holds_card().rests(seconds=20)
    scenario.answers(Action.ANOTHER)
    assert (scenario.snapshot.current.held, scenario.snapshot.current.remaining_s) == (False, 90)


def test_a_person_who_fetches_a_mat_while_the_card_is_held_has_been_up(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).holds_card().leaves(minutes=6)
    assert scenario.outcomes == [Outcome.NATURAL]


def test_a_routine_waits_for_the_card_that_is_on(scenario):
    scenario.sits(minutes=45).answers(Action.START)
    scenario.starts_routine(minutes=7).expects_refusal()
    assert scenario.snapshot.current.remaining_s == pytest.approx(120)


def test_a_routine_does_not_outlive_the_process(scenario):
    scenario.sits(minutes=20).starts_routine(minutes=7).rests(minutes=2).restarts(after_minutes=1)
    assert scenario.snapshot.current is None
    assert [(one.outcome, one.card) for one in scenario.breaks] == [(Outcome.CUT_SHORT, "routine:daily")]


def test_cards_take_turns(scenario):
    seen = []
    for _ in range(6):
        scenario.sits(minutes=45).answers(Action.START)
        seen.append(scenario.snapshot.current.card)
        scenario.rests(minutes=2).answers(Action.MOVED)
    assert seen[:3] == seen[3:]
    assert len(set(seen)) == 3


def test_closing_the_window_is_a_way_out(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=10).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert scenario.snapshot.due_in_s == pytest.approx(45 * 60)


def test_closing_the_question_leaves_it_unanswered(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).answers(Action.CLOSE)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.snapshot.seated_s == 0


# --- putting off and skipping ----------------------------------------------------------------------------------------


def test_in_five_minutes_is_offered_three_times_in_a_row(scenario):
    scenario.sits(minutes=45)
    for number in range(3):
        assert scenario.last(Announce).can_snooze
        assert scenario.snapshot.current.snoozes == number
        scenario.answers(Action.SNOOZE).sits(minutes=4, seconds=59).is_(State.SITTING).sits(seconds=1)
        scenario.is_(State.ANNOUNCED)
    assert not scenario.last(Announce).can_snooze
    scenario.answers(Action.SNOOZE).expects_refusal().is_(State.ANNOUNCED)
    assert scenario.outcomes == [Outcome.SNOOZED] * 3


def test_a_card_can_be_put_off_too(scenario):
    scenario.sits(minutes=45).answers(Action.START).answers(Action.SNOOZE)
    scenario.expects(Announce, Withdraw, OpenCard, CloseCard)
    assert scenario.snapshot.due_in_s == 300


def test_skip_means_a_whole_interval_and_the_seated_clock_runs_on(scenario):
    scenario.sits(minutes=45).answers(Action.SKIP)
    assert scenario.outcomes == [Outcome.SKIPPED]
    assert scenario.snapshot.skipped_today == 1
    scenario.expects(Announce, Withdraw).sits(minutes=44).expects_nothing()
    scenario.sits(minutes=1).expects(Announce)
    assert scenario.seated_minutes == pytest.approx(90)
    assert scenario.snapshot.current.snoozes == 0


def test_skips_are_counted_by_the_day(scenario):
    scenario.sits(minutes=45).answers(Action.SKIP).sleeps(minutes=16 * 60).sits(seconds=1)
    assert scenario.snapshot.skipped_today == 0


def two_skips_at_most(**settings) -> Scenario:
    """Somebody who wanted a limit of two, has skipped two breaks, and is due for the third."""
    person = Scenario(Settings(max_skips=2, **settings))
    for _ in range(2):
        person.sits(minutes=45).answers(Action.SKIP)
    return person.sits(minutes=45).is_(State.ANNOUNCED)


def test_after_as_many_skips_in_a_row_as_wished_a_short_break_is_offered_in_place_of_one_more():
    person = two_skips_at_most()
    announced = person.last(Announce)
    assert (announced.skips, announced.can_snooze) == (2, True)
    assert (person.snapshot.current.skips, person.snapshot.current.can_skip) == (2, False)
    person.answers(Action.SKIP)
    refused = person.last(Refuse).why
    assert refused == "You skipped 2 breaks in a row, as many as your settings allow. A short stand counts too."
    assert person.snapshot.skipped_today == 2
    person.answers(Action.SHORT).is_(State.BREAK)
    opened = person.last(OpenCard)
    assert (opened.duration_s, opened.way_out) == (20.0, None)
    person.rests(seconds=20).expects(Announce, Withdraw, Announce, Withdraw, Announce, Withdraw, OpenCard, AskAfter)
    person.answers(Action.MOVED).sits(minutes=45)
    assert person.outcomes == [Outcome.SKIPPED, Outcome.SKIPPED, Outcome.MOVED]
    assert person.last(Announce).skips == 0 and person.snapshot.current.can_skip


def test_a_card_that_runs_can_become_a_short_one_once_it_can_no_longer_be_skipped():
    person = two_skips_at_most().answers(Action.START)
    assert (person.last(OpenCard).duration_s, person.last(OpenCard).way_out) == (120.0, Action.SHORT)
    person.rests(seconds=30).answers(Action.SHORT)
    assert person.snapshot.current.remaining_s == pytest.approx(20)
    person.answers(Action.SHORT).expects_refusal()
    assert person.snapshot.current.remaining_s == pytest.approx(20)


def test_a_break_that_can_still_be_skipped_is_not_offered_short(scenario):
    scenario.sits(minutes=45).answers(Action.SKIP).sits(minutes=45)
    assert scenario.last(Announce).skips == 0
    scenario.answers(Action.SHORT).expects_refusal().is_(State.ANNOUNCED)
    scenario.answers(Action.START)
    assert scenario.last(OpenCard).way_out is Action.SKIP


def test_putting_off_and_leaving_remain_open_after_the_last_skip():
    person = two_skips_at_most().answers(Action.SNOOZE).sits(minutes=5).is_(State.ANNOUNCED)
    assert person.last(Announce).skips == 2
    person.answers(Action.START).answers(Action.CLOSE).is_(State.SITTING)
    assert person.outcomes[-2:] == [Outcome.SNOOZED, Outcome.CUT_SHORT]


@pytest.mark.parametrize(
    "rests",
    [
        lambda person: person.answers(Action.START).rests(minutes=2).answers(Action.MOVED),
        lambda person: person.answers(Action.START).sits(minutes=2).answers(Action.NOT_MOVED),
        lambda person: person.rests(minutes=6),
        lambda person: person.answers(Action.SNOOZE).sleeps(minutes=16 * 60),
    ],
    ids=["a break", "a card seen to its end", "time away", "a new day"],
)
def test_a_break_or_a_new_day_begins_the_count_of_skips_again(rests):
    person = two_skips_at_most()
    rests(person)
    person.sits(minutes=50)
    assert person.last(Announce).skips == 0


def test_skips_in_a_row_outlive_a_restart():
    person = two_skips_at_most().restarts(after_minutes=1).sits(minutes=3)
    assert person.last(Announce).skips == 2
    person = two_skips_at_most().restarts(after_minutes=30).sits(minutes=46)
    assert person.last(Announce).skips == 2


def test_a_routine_can_be_skipped_however_many_breaks_were():
    person = two_skips_at_most().starts_routine(minutes=7).answers(Action.SKIP)
    assert person.outcomes[-1] is Outcome.SKIPPED


def test_gentle_never_opens_a_window():
    person = Scenario(Settings(style=Style.GENTLE, max_snoozes=1))
    person.sits(minutes=45).expects(Announce)
    person.sits(minutes=3).expects(Withdraw)
    person.sits(minutes=5).expects(Announce)
    person.sits(minutes=3).expects(Withdraw)
    assert person.outcomes == [Outcome.MISSED, Outcome.MISSED]
    person.sits(minutes=44).expects_nothing()
    person.sits(minutes=1).expects(Announce)


def test_gentle_shows_the_card_to_those_who_ask_for_it():
    person = Scenario(Settings(style=Style.GENTLE))
    person.sits(minutes=45).answers(Action.START)
    assert person.last(OpenCard).style is Style.STANDARD


@pytest.mark.parametrize(
    ("before", "action"),
    [
        (Phase.NONE, Action.SNOOZE),
        (Phase.NONE, Action.SKIP),
        (Phase.NONE, Action.DONE),
        (Phase.NONE, Action.ANOTHER),
        (Phase.NONE, Action.MOVED),
        (Phase.NONE, Action.CLOSE),
        (Phase.ANNOUNCED, Action.DONE),
        (Phase.ANNOUNCED, Action.CLOSE),
        (Phase.CARD, Action.START),
        (Phase.CARD, Action.NOT_MOVED),
        (Phase.AFTER, Action.START),
        (Phase.AFTER, Action.SNOOZE),
        (Phase.AFTER, Action.SKIP),
    ],
)
def test_answers_that_do_not_fit_are_refused_in_words_and_change_nothing(scenario, before, action):
    if before is not Phase.NONE:
        scenario.sits(minutes=45)
    if before in (Phase.CARD, Phase.AFTER):
        scenario.answers(Action.START)
    if before is Phase.AFTER:
        scenario.answers(Action.DONE)
    state, outcomes = scenario.snapshot.state, scenario.outcomes
    scenario.answers(action).expects_refusal().is_(state)
    assert scenario.outcomes == outcomes
    assert isinstance(scenario.effects[-1], Refuse) and scenario.effects[-1].why.endswith(".")


# --- away, standing, locked, asleep ----------------------------------------------------------------------------------


def test_a_lunch_away_counts_as_the_break(scenario):
    scenario.sits(minutes=40)
    scenario.leaves(minutes=20)
    scenario.sits(minutes=44).expects_nothing()
    scenario.sits(minutes=1).expects(Announce)
    (lunch,) = scenario.breaks
    assert lunch.outcome is Outcome.NATURAL
    assert lunch.started_at == MONDAY_9 + timedelta(minutes=40)
    assert lunch.ended_at == MONDAY_9 + timedelta(minutes=60)
    assert scenario.bouts[0].seated_s == pytest.approx(40 * 60)
    assert scenario.bouts[0].ended_at == MONDAY_9 + timedelta(minutes=40)


def test_a_short_pause_at_the_keys_is_sitting(scenario):
    scenario.sits(minutes=40).rests(minutes=4.5).sits(seconds=30).expects(Announce)


def test_leaving_withdraws_the_announcement():
    patient = Scenario(Settings(patience=600.0))
    patient.sits(minutes=45).expects(Announce).rests(minutes=6).expects(Withdraw).is_(State.AWAY)
    assert patient.outcomes == [Outcome.NATURAL]


def test_where_idleness_is_unknown_no_natural_break_is_credited():
    blind = Scenario(senses_idle=False)
    blind.sits(minutes=30).rests(minutes=14)
    assert not blind.breaks
    assert not blind.snapshot.idle_known
    blind.rests(minutes=1).expects(Announce)


def test_a_call_without_typing_is_sitting(scenario):
    scenario.sits(minutes=10).begins(CALL).rests(minutes=30)
    assert scenario.seated_minutes == pytest.approx(40)
    assert not scenario.breaks
    scenario.ends(CALL).rests(minutes=4).expects_nothing()
    assert scenario.seated_minutes == pytest.approx(44)
    scenario.rests(minutes=1.5)
    assert scenario.outcomes == [Outcome.NATURAL], "the idle minutes after the call count, those within do not"


def test_event_driven_idleness_is_away_once_the_call_is_long_over(scenario):
    scenario.sits(minutes=10).begins(FULLSCREEN)
    scenario.mono += 1800
    scenario.wall += timedelta(minutes=30)
    scenario.tell(IdleSeen(scenario.now, 1800.0)).ends(FULLSCREEN)
    wake = scenario.snapshot.wake_in_s
    assert wake == pytest.approx(300)
    scenario.mono += wake
    scenario.wall += timedelta(seconds=wake)
    scenario.tell(Tick(scenario.now)).is_(State.AWAY)


def test_standing_stops_the_seated_clock_and_long_standing_is_a_break(scenario):
    scenario.sits(minutes=30).answers(Action.STAND).is_(State.STANDING)
    scenario.sits(minutes=4)
    assert scenario.seated_minutes == pytest.approx(30)
    scenario.answers(Action.SIT).sits(minutes=14).expects_nothing()
    scenario.answers(Action.STAND).sits(minutes=6)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.snapshot.seat is Seat.STANDING
    scenario.answers(Action.SIT).answers(Action.SIT).sits(minutes=44).expects_nothing()
    scenario.sits(minutes=1).expects(Announce)


def test_standing_up_withdraws_and_sitting_down_soon_asks_again(scenario):
    scenario.sits(minutes=45).answers(Action.STAND).expects(Announce, Withdraw)
    scenario.sits(minutes=2).answers(Action.SIT).expects_nothing()
    scenario.sits(seconds=30).expects(Announce)


def test_standing_while_the_card_runs_leaves_it_on(scenario):
    scenario.sits(minutes=45).answers(Action.START).answers(Action.STAND).is_(State.BREAK)


def test_a_brief_lock_costs_nothing_and_resets_nothing(scenario):
    scenario.sits(minutes=40).locks(minutes=2)
    assert scenario.seated_minutes == pytest.approx(40)
    scenario.sits(minutes=5).expects(Announce)
    assert not scenario.breaks


def test_a_long_lock_is_credited_once(scenario):
    scenario.sits(minutes=40).locks(minutes=30).sits(minutes=1)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.breaks[0].ended_at - scenario.breaks[0].started_at == timedelta(minutes=30)


def test_locked_after_idle_minutes_the_person_left_at_the_last_key(scenario):
    scenario.sits(minutes=40).rests(minutes=4).tell(Locked(scenario.now)).rests(minutes=2)
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.breaks[0].started_at == MONDAY_9 + timedelta(minutes=40)
    assert scenario.bouts[0].seated_s == pytest.approx(40 * 60, abs=1)


@pytest.mark.parametrize("how", [Locked, lambda at: Answer(at, Action.STAND)], ids=["locks", "stands up"])
def test_who_leaves_after_a_key_left_then_whatever_an_older_look_told(scenario, how):
    """Where idleness is asked for every half minute, the last answer may be of a pause that a key has ended since."""
    scenario.sits(minutes=40).rests(seconds=290)
    scenario.mono += 20
    scenario.wall += timedelta(seconds=20)
    left_at = scenario.wall
    scenario.tell(how(scenario.now)).begins(DND).expects_nothing()
    scenario.last_input = scenario.mono
    scenario.rests(minutes=4.9).expects_nothing()
    assert not scenario.breaks
    scenario.rests(minutes=0.2)
    assert [record.started_at for record in scenario.breaks] == [left_at]


def test_locking_while_a_break_is_announced_takes_it_back_until_settled(scenario):
    scenario.sits(minutes=45).expects(Announce)
    scenario.locks(minutes=1).expects(Withdraw)
    scenario.sits(seconds=29).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)


def test_a_lock_can_merely_pause():
    person = Scenario(Settings(away_lock=AwayRule.PAUSE))
    person.sits(minutes=30).locks(minutes=60).sits(minutes=1)
    assert person.seated_minutes == pytest.approx(31)
    assert not person.breaks


def test_a_lock_can_be_ignored_but_nothing_is_announced_on_it():
    person = Scenario(Settings(away_lock=AwayRule.IGNORE), senses_idle=False)
    person.sits(minutes=40).tell(Locked(person.now)).rests(minutes=10).expects_nothing()
    assert person.seated_minutes == pytest.approx(50)
    person.unlocks().sits(seconds=30).expects(Announce)


def test_due_during_sleep_is_announced_only_after_settling(scenario):
    scenario.sits(minutes=44).sleeps(minutes=3)
    scenario.sits(seconds=59).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)
    assert not scenario.breaks


def test_a_night_asleep_is_one_natural_break(scenario):
    scenario.sits(minutes=44).sleeps(minutes=9 * 60).sits(minutes=44).expects_nothing()
    assert scenario.outcomes == [Outcome.NATURAL]
    assert scenario.breaks[0].ended_at - scenario.breaks[0].started_at == timedelta(hours=9)


def test_sleep_seen_only_by_the_clocks_counts_the_same(scenario):
    scenario.sits(minutes=44).sleeps(minutes=60, announced=False)
    assert scenario.outcomes == [Outcome.NATURAL]
    scenario.sleeps(minutes=60, announced=False)
    assert len(scenario.breaks) == 1


def test_sleep_that_the_monotonic_clock_counts_is_away_too(scenario):
    scenario.sits(minutes=44).tell(FallingAsleep(scenario.now))
    scenario.mono += 3600
    scenario.wall += timedelta(hours=1)
    scenario.tell(Woke(scenario.now, 0.0))
    assert scenario.outcomes == [Outcome.NATURAL]


def test_sleep_can_merely_pause_or_be_ignored():
    pausing = Scenario(Settings(away_sleep=AwayRule.PAUSE))
    pausing.sits(minutes=30).sleeps(minutes=60)
    assert pausing.seated_minutes == pytest.approx(30)
    ignoring = Scenario(Settings(away_sleep=AwayRule.IGNORE))
    ignoring.sits(minutes=30).sleeps(minutes=60)
    assert ignoring.seated_minutes == pytest.approx(30)
    assert not pausing.breaks and not ignoring.breaks


def test_a_lid_closed_mid_break_takes_the_card_away(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).expects(Announce, Withdraw, OpenCard)
    scenario.sleeps(minutes=2).expects(CloseCard)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    scenario.sits(seconds=30).expects(Announce)


def test_a_lost_word_of_waking_does_not_stop_the_clock_for_ever(scenario):
    scenario.sits(minutes=10).tell(FallingAsleep(scenario.now))
    scenario.rests(minutes=1).sits(minutes=1)
    assert scenario.snapshot.state is State.SITTING
    assert scenario.seated_minutes > 10


def test_going_for_the_walk_the_card_asks_for_is_the_break_not_a_second_one():
    walker = Scenario(Settings(duration=600.0))
    walker.sits(minutes=45).answers(Action.START).rests(minutes=9).is_(State.BREAK)
    walker.rests(minutes=2).sits(minutes=4)
    assert walker.outcomes == [Outcome.FINISHED]
    assert walker.seated_minutes < 6


def test_away_while_asked_counts_as_the_break():
    walker = Scenario(Settings(duration=270.0))
    walker.sits(minutes=45).answers(Action.START).rests(minutes=4.75).expects(Announce, Withdraw, OpenCard, AskAfter)
    walker.rests(seconds=30).expects(CloseCard)
    assert walker.outcomes == [Outcome.FINISHED]


# --- suppressions ----------------------------------------------------------------------------------------------------


def test_a_due_break_waits_for_the_last_reason_and_then_settles(scenario):
    scenario.begins(DND).begins(CALL, "microphone in use").sits(minutes=50).expects_nothing()
    assert scenario.snapshot.due_in_s == pytest.approx(-300)
    assert [one.id for one in scenario.snapshot.suppressed] == [DND, CALL]
    scenario.ends(CALL).sits(minutes=1).expects_nothing()
    scenario.ends(DND).ends(DND).sits(seconds=29).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)


def test_a_reason_that_comes_up_withdraws_the_announcement_but_not_a_running_card(scenario):
    scenario.sits(minutes=45).begins(DND).expects(Announce, Withdraw)
    scenario.ends(DND).sits(seconds=30).answers(Action.START).begins(DND).is_(State.BREAK)


def test_a_call_takes_the_card_off_the_screen(scenario):
    scenario.sits(minutes=45).answers(Action.START).begins(CALL).expects(Announce, Withdraw, OpenCard, CloseCard)
    assert scenario.outcomes == [Outcome.CUT_SHORT]
    assert scenario.snapshot.due


def test_a_call_during_the_question_counts_what_was_seen(scenario):
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2).begins(CALL)
    assert scenario.outcomes == [Outcome.FINISHED]
    assert scenario.snapshot.seated_s == 0


def test_a_break_asked_for_is_shown_even_while_quiet(scenario):
    scenario.begins(DND).answers(Action.START).expects(OpenCard)


def test_a_pause_ends_by_itself(scenario):
    scenario.pauses(minutes=60).is_(State.PAUSED).sits(minutes=59).expects_nothing()
    assert scenario.snapshot.paused
    assert scenario.snapshot.paused_until == MONDAY_9 + timedelta(hours=1)
    scenario.sits(minutes=1).expects_nothing().sits(seconds=30).expects(Announce)


def test_a_pause_without_end_lasts_until_resumed(scenario):
    scenario.pauses().sits(minutes=300).expects_nothing()
    scenario.answers(Action.RESUME).sits(seconds=30).expects(Announce)


def test_pausing_again_replaces_the_end_and_a_card_begun_within_stays(scenario):
    scenario.pauses(minutes=60).answers(Action.START).expects(OpenCard)
    scenario.pauses(minutes=10).is_(State.BREAK)
    assert scenario.snapshot.paused_until == MONDAY_9 + timedelta(minutes=10)


def test_setting_the_clock_neither_stretches_nor_cuts_a_pause_given_as_a_length(scenario):
    scenario.pauses(minutes=30).sits(minutes=10).sets_clock(minutes=-60).sits(minutes=19).is_(State.PAUSED)
    scenario.sits(minutes=1).is_(State.SITTING)


def test_a_pause_until_a_moment_follows_the_clock(scenario):
    scenario.pauses(until=MONDAY_9 + timedelta(hours=2)).sets_clock(minutes=120).is_(State.SITTING)
    scenario.sets_clock(minutes=-60)
    assert scenario.snapshot.paused_until is None


# --- clocks ----------------------------------------------------------------------------------------------------------


def test_an_hour_without_a_tick_makes_one_announcement_not_a_burst(scenario):
    scenario.mono += 3600
    scenario.wall += timedelta(hours=1)
    scenario.tell(IdleSeen(scenario.now, 4.0)).expects(Announce)


def test_doubled_and_backward_ticks_change_nothing(scenario):
    scenario.sits(minutes=10)
    before = scenario.snapshot.seated_s
    scenario.tell(Tick(scenario.now)).tell(Tick(scenario.now))
    scenario.tell(Tick(Instant(scenario.wall, scenario.mono - 500)))
    assert scenario.snapshot.seated_s == before


def test_wake_ups_are_asked_for_only_when_time_alone_changes_something(scenario):
    assert scenario.snapshot.wake_in_s == pytest.approx(25 * 60), "for posture"
    scenario.sits(minutes=25)
    assert scenario.snapshot.wake_in_s == pytest.approx(20 * 60), "for the break"
    scenario.begins(CALL)
    assert scenario.snapshot.wake_in_s == pytest.approx((20 + 120) * 60), "to say that the call holds it for too long"
    scenario.ends(CALL).tell(Locked(scenario.now))
    assert scenario.snapshot.wake_in_s == pytest.approx(300)


# --- restart ---------------------------------------------------------------------------------------------------------


def test_a_restart_within_a_natural_break_goes_on_with_the_same_bout(scenario):
    scenario.sits(minutes=40).answers(Action.SKIP).restarts(after_minutes=2).expects_nothing()
    assert scenario.seated_minutes == pytest.approx(42)


def test_a_late_restart_closes_the_old_bout_and_invents_no_break(scenario):
    scenario.sits(minutes=45).restarts(after_minutes=60)
    assert scenario.snapshot.seated_s == 0
    assert scenario.outcomes == [Outcome.MISSED]
    assert [bout.end for bout in scenario.bouts] == [BoutEnd.STOPPED]
    assert scenario.bouts[0].ended_at == MONDAY_9 + timedelta(minutes=45)


def test_a_late_restart_with_nothing_announced_keeps_only_the_bout(scenario):
    scenario.sits(minutes=20).restarts(after_minutes=60)
    assert not scenario.breaks
    assert scenario.bouts[0].seated_s == pytest.approx(1200)


def test_a_crash_during_the_announcement_asks_again(scenario):
    scenario.sits(minutes=45).restarts(after_minutes=1).sits(seconds=29).expects_nothing()
    scenario.sits(seconds=1).expects(Announce)


def test_a_crash_during_the_card_is_a_break_cut_short(scenario):
    scenario.sits(minutes=45).answers(Action.START).restarts(after_minutes=1)
    assert scenario.outcomes == [Outcome.CUT_SHORT]


def test_standing_outlives_a_restart_without_counting_as_sitting(scenario):
    scenario.sits(minutes=20).answers(Action.MOVED).answers(Action.STAND).restarts(after_minutes=3)
    assert scenario.snapshot.seat is Seat.STANDING
    assert scenario.seated_minutes == pytest.approx(20)


def test_a_pause_outlives_restart_and_sleep(scenario):
    scenario.pauses(until=MONDAY_9 + timedelta(hours=10)).restarts(after_minutes=60).is_(State.PAUSED)
    scenario.sleeps(minutes=60).is_(State.PAUSED).restarts(after_minutes=600).is_(State.SITTING)
    scenario.pauses().restarts(after_minutes=600).is_(State.PAUSED)


def test_time_since_the_last_break_goes_on_over_a_restart(scenario):
    scenario.sits(minutes=45).answers(Action.START).answers(Action.MOVED).sits(minutes=5).sleeps(minutes=2)
    scenario.restarts(after_minutes=3)
    assert scenario.snapshot.since_break_s == pytest.approx(600)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"version": 99},
        {"shown": "no list"},
        {"seat": "lying"},
        {"seated_s": -5},
        {"wall": "2026-03-02T09:00:00"},
        {"card": 12},
        {"due_at_s": float("inf")},
        {"snoozes": 10**40},
    ],
)
def test_a_broken_state_file_is_as_good_as_none(scenario, broken):
    table = {**scenario.sits(minutes=30).engine.to_table(), **broken} if broken else {}
    fresh = BreakEngine(Settings(), scenario.now, choose_card=lambda _: "x", new_id=lambda: "1", saved=table)
    assert fresh.snapshot().seated_s == 0


# --- settings while it runs ------------------------------------------------------------------------------------------


def test_another_interval_moves_the_next_break_and_keeps_the_seated_clock(scenario):
    scenario.sits(minutes=40)
    scenario.engine.configure(Settings(interval=1800.0))
    scenario.sits(seconds=1).expects(Announce)
    assert scenario.seated_minutes == pytest.approx(40, abs=0.1)
