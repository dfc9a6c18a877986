"""Posture nudges: a clock of their own beside the breaks, and tips that take turns."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from numbguard.core.breaks.messages import CALL, DND, Action, Announce, Locked, NudgePosture
from numbguard.core.breaks.nudges import posture
from numbguard.core.breaks.nudges.posture import TIPS, PosturePoint, PostureTip, checked, next_tip
from numbguard.core.breaks.state.saved import from_table
from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.habits import PostureCheck
from numbguard.core.settings.settings import Settings, WorkingSpan
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from tests.scenario import MONDAY_9, Scenario

# --- the clock -------------------------------------------------------------------------------------------------------


def nudged(scenario: Scenario) -> list[PostureTip]:
    """The tips given since the last look."""
    tips = [posture.tip(effect.tip) for effect in scenario.effects if isinstance(effect, NudgePosture)]
    scenario.effects.clear()
    return tips


def test_a_tip_comes_after_twenty_five_minutes_at_the_desk(scenario):
    scenario.sits(minutes=24, seconds=59)
    assert nudged(scenario) == []
    scenario.sits(seconds=1).expects_nothing()
    (tip,) = nudged(scenario)
    assert tip.seat is Seat.SITTING


def test_the_clock_is_the_persons_own_and_can_be_stopped():
    often = Scenario(Settings(interval=120 * 60, posture_interval=10 * 60)).sits(minutes=60)
    assert len(nudged(often)) == 6
    never = Scenario(Settings(interval=120 * 60, posture_enabled=False)).sits(minutes=100)
    assert nudged(never) == []


def test_the_five_minutes_before_a_break_are_left_alone():
    close = Scenario(Settings(interval=45 * 60, posture_interval=41 * 60))
    close.sits(minutes=45).expects(Announce)
    assert nudged(close) == []


def test_a_tip_that_would_have_come_with_the_break_waits_until_five_minutes_after_it():
    close = Scenario(Settings(interval=45 * 60, posture_interval=41 * 60))
    close.sits(minutes=45).answers(Action.START).rests(minutes=2).answers(Action.MOVED)
    close.sits(minutes=4, seconds=59)
    assert nudged(close) == []
    close.sits(seconds=1)
    assert len(nudged(close)) == 1


def test_a_break_that_was_skipped_is_a_break_too():
    close = Scenario(Settings(interval=45 * 60, posture_interval=41 * 60))
    close.sits(minutes=45).answers(Action.SKIP).sits(minutes=4, seconds=59)
    assert nudged(close) == []
    close.sits(seconds=1)
    assert len(nudged(close)) == 1


def test_a_break_put_off_keeps_posture_quiet_until_it_has_been():
    close = Scenario(Settings(interval=45 * 60, posture_interval=41 * 60))
    close.sits(minutes=45).answers(Action.SNOOZE).sits(minutes=5).answers(Action.SNOOZE).sits(minutes=5)
    assert nudged(close) == []


def test_a_call_keeps_it_waiting_and_it_does_not_come_the_second_the_call_ends(scenario):
    scenario.begins(CALL).sits(minutes=30)
    assert nudged(scenario) == []
    scenario.ends(CALL).sits(seconds=29)
    assert nudged(scenario) == []
    scenario.sits(seconds=1)
    assert len(nudged(scenario)) == 1, "once, however long it waited"
    scenario.sits(minutes=9)
    assert nudged(scenario) == []


@pytest.mark.parametrize("quiet", [DND, CALL, "paused"])
def test_nothing_is_said_of_posture_while_anything_else_is_kept_quiet(scenario, quiet):
    scenario.begins(quiet).sits(minutes=40)
    assert nudged(scenario) == []


def test_time_away_does_not_count_and_nobody_is_nudged_who_is_not_there(scenario):
    scenario.sits(minutes=20).leaves(minutes=60)
    assert nudged(scenario) == []
    scenario.sits(minutes=4)
    assert nudged(scenario) == [], "just back"
    # Five idle minutes passed before it was known that nobody was there.
    scenario.sits(minutes=1)
    assert len(nudged(scenario)) == 1


def test_a_locked_screen_is_not_nudged_at(scenario):
    scenario.sits(minutes=24).tell(Locked(scenario.now)).rests(minutes=4)
    assert nudged(scenario) == []
    assert scenario.snapshot.wake_in_s == pytest.approx(60), "for the natural break alone"


def test_out_of_hours_the_clock_stands_still():
    hours = {0: (WorkingSpan(time(9), time(9, 20)), WorkingSpan(time(10), time(12)))}
    office = Scenario(Settings(hours=hours)).sits(minutes=60)
    assert nudged(office) == []
    office.sits(minutes=4, seconds=59)
    assert nudged(office) == []
    office.sits(seconds=2)
    assert len(nudged(office)) == 1


def test_standing_brings_tips_for_standing_and_sitting_down_brings_those_for_the_desk(scenario):
    scenario.answers(Action.STAND).sits(minutes=25)
    assert [tip.seat for tip in nudged(scenario)] == [Seat.STANDING]
    scenario.answers(Action.SIT).sits(minutes=25)
    assert [tip.seat for tip in nudged(scenario)] == [Seat.SITTING]


def test_standing_up_instead_of_the_break_is_not_followed_by_a_tip_at_once():
    close = Scenario(Settings(interval=45 * 60, posture_interval=42 * 60))
    close.sits(minutes=43).answers(Action.STAND).sits(minutes=9, seconds=59)
    assert nudged(close) == [], "five minutes on one's feet are the break, and five more have to pass"
    close.sits(seconds=1)
    assert [tip.seat for tip in nudged(close)] == [Seat.STANDING]


def test_the_alarm_is_asked_for_when_a_tip_can_come_and_for_nothing_before(scenario):
    assert scenario.snapshot.wake_in_s == pytest.approx(25 * 60)
    scenario.sits(minutes=25)
    assert scenario.snapshot.wake_in_s == pytest.approx(20 * 60), "the next tip would come at the break"
    off = Scenario(Settings(posture_enabled=False))
    assert off.snapshot.wake_in_s == pytest.approx(45 * 60)


def test_a_late_tick_brings_one_tip_and_no_more(scenario):
    scenario.wall += timedelta(minutes=39)
    scenario.mono += 39 * 60
    scenario.last_input = scenario.mono
    scenario.sits(seconds=30)
    assert len(nudged(scenario)) == 1


# --- restart ---------------------------------------------------------------------------------------------------------


def test_a_restart_goes_on_with_the_same_clock(scenario):
    scenario.sits(minutes=15).restarts(after_minutes=2).sits(minutes=9, seconds=59)
    assert nudged(scenario) == []
    scenario.sits(seconds=1)
    assert len(nudged(scenario)) == 1


def test_after_a_long_absence_the_clock_begins_anew_but_the_tips_go_on(scenario):
    scenario.sits(minutes=25)
    first = nudged(scenario)
    scenario.sits(minutes=10).restarts(after_minutes=600).sits(minutes=24)
    assert nudged(scenario) == []
    scenario.sits(minutes=1)
    assert nudged(scenario) not in ([], first)


def test_nothing_is_said_in_the_first_minutes_after_a_restart(scenario):
    scenario.sits(minutes=24, seconds=30).restarts(after_minutes=0).sits(minutes=4)
    assert nudged(scenario) == []


def test_a_state_file_of_a_version_without_posture_is_still_read(scenario):
    table = scenario.sits(minutes=10).engine.to_table()
    del table["posture_s"], table["tips"]
    saved = from_table(table)
    assert saved is not None
    assert (saved.seated_s, saved.posture_s, saved.tips) == (pytest.approx(600), 0.0, ())


@pytest.mark.parametrize("nonsense", ["soon", -1.0, float("nan"), float("inf")])
def test_a_posture_clock_that_makes_no_sense_is_begun_anew(scenario, nonsense):
    table = scenario.sits(minutes=10).engine.to_table() | {"posture_s": nonsense, "tips": "uncross"}
    saved = from_table(table)
    assert saved is not None
    assert (saved.seated_s, saved.posture_s, saved.tips) == (pytest.approx(600), 0.0, ())


def test_a_tip_that_is_no_more_does_no_harm(scenario):
    table = scenario.sits(minutes=10).engine.to_table() | {"tips": ["a tip of another version"]}
    scenario.boot(table)
    scenario.sits(minutes=25)
    assert nudged(scenario) == [TIPS[0]]


# --- the tips --------------------------------------------------------------------------------------------------------


def test_there_are_enough_for_a_day_and_each_is_short():
    assert sum(tip.seat is Seat.SITTING for tip in TIPS) >= 12
    assert sum(tip.seat is Seat.STANDING for tip in TIPS) >= 6
    for tip in TIPS:
        assert len(tip.title) <= 40, tip.title
        assert len(tip.body) <= 90, tip.body
        assert tip.body.endswith("."), tip.body
    for words in ([tip.slug for tip in TIPS], [tip.title for tip in TIPS], [tip.body for tip in TIPS]):
        assert len(set(words)) == len(TIPS)


def test_each_tip_rests_on_the_guide_and_on_a_card_that_shows_it(tmp_path):
    library = Library(resource("cards"), tmp_path)
    for tip in TIPS:
        card = library.card(tip.card)
        assert card is not None
        assert GuideSection(tip.section) is card.section is GuideSection.PREVENTION_POSTURE
        assert tip.motion in card.motions, tip


@pytest.mark.parametrize("seat", list(Seat))
def test_tips_take_turns(seat):
    shown: list[str] = []
    own = [tip.slug for tip in TIPS if tip.seat is seat]
    for _ in range(3 * len(own)):
        shown.append(next_tip(shown, seat).slug)
    rounds = [shown[start : start + len(own)] for start in range(0, len(shown), len(own))]
    assert rounds[0] == rounds[1] == rounds[2]
    assert sorted(rounds[0]) == sorted(own)


def test_two_tips_running_speak_of_different_things():
    desk = [tip for tip in TIPS if tip.seat is Seat.SITTING]
    for before, after in zip(desk, [*desk[1:], desk[0]], strict=True):
        assert before.motion != after.motion, (before.slug, after.slug)


def test_what_is_remembered_does_not_grow_for_ever():
    long_day = Scenario(Settings(interval=120 * 60, posture_interval=10 * 60), at=MONDAY_9)
    for _ in range(8):
        long_day.sits(minutes=110).answers(Action.SKIP)
    assert len(nudged(long_day)) > posture.REMEMBERED
    tips = long_day.engine.to_table()["tips"]
    assert isinstance(tips, list)
    assert len(tips) == posture.REMEMBERED


# --- Check my posture ------------------------------------------------------------------------------------------------


def test_what_was_ticked_is_what_is_kept():
    legs_crossed = checked(set(PosturePoint) - {PosturePoint.LEGS}, id="one", at=MONDAY_9)
    assert legs_crossed == PostureCheck(
        "one",
        MONDAY_9,
        feet_supported=True,
        knees_level=True,
        screen_level=True,
        back_supported=True,
        legs_uncrossed=False,
    )
    nothing = checked((), id="two", at=MONDAY_9)
    assert not any((nothing.feet_supported, nothing.knees_level, nothing.screen_level, nothing.back_supported))


def test_the_card_marks_each_of_the_five_points(tmp_path):
    card = Library(resource("cards"), tmp_path).card("desk-posture")
    assert card is not None
    marks = [card.motions[point.value].marks for point in PosturePoint]
    assert all(len(of_point) == 1 for of_point in marks)
    assert len(set(marks)) == 5
