"""Habits and goals: a day's amounts, the progress of a week's goal, a streak with its rest days, and praise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.habits import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    TARGETS,
    Achievement,
    AchievementKind,
    GoalProgress,
    HabitDay,
    TickError,
    WeekGoal,
    achievement,
    amount_to_tick,
    day_amounts,
    progress,
    sources,
    tally,
    week_goal,
)
from numbguard.core.log.records.habits import HabitKind, HabitTick
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import WHOLE_DAY, Settings

MONDAY = date(2026, 3, 9)
HERE = timezone(timedelta(hours=1))
WATER, WALK, STRETCH = HabitKind.WATER, HabitKind.WALK, HabitKind.STRETCH
WALK_15 = WeekGoal(WALK, 15, EVERY_DAY)
ROUTINE = WeekGoal(STRETCH, 1, MONDAY_TO_FRIDAY)


def tick(kind: HabitKind, amount: int, *, day: int = 0, hour: int = 10) -> HabitTick:
    """``day`` counts from the Monday."""
    at = datetime.combine(MONDAY + timedelta(days=day), time(hour), HERE)
    return HabitTick(f"{kind.value} {day} {hour}", at, kind, amount)


def far(goal: WeekGoal, *days: int, today: int) -> GoalProgress:
    """The goal met on these days, counted from the Monday."""
    met = tally(tick(goal.kind, goal.amount, day=day) for day in days)
    return progress(goal, met, MONDAY + timedelta(days=today))


# --- a day -----------------------------------------------------------------------------------------------------------


def test_the_targets_are_those_of_the_guide() -> None:
    assert {kind: (target.amount, sources()[kind]) for kind, target in TARGETS.items()} == {
        WATER: (8, GuideSection.PREVENTION_WATER),
        WALK: (30, GuideSection.PREVENTION_MOVEMENT),
        STRETCH: (1, GuideSection.PREVENTION_MOVEMENT),
    }


def test_a_day_adds_up_its_ticks() -> None:
    days = tally([tick(WATER, 1), tick(WALK, 10), tick(WATER, 1), tick(WATER, 1, day=1)])
    assert days[MONDAY] == {WATER: 2, WALK: 10, STRETCH: 0}
    assert days[MONDAY + timedelta(days=1)] == {WATER: 1, WALK: 0, STRETCH: 0}


def test_a_tick_counts_for_the_day_on_which_it_was_made_wherever_that_was() -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert list(tally([HabitTick("t", late, WATER, 1)])) == [MONDAY]


def test_two_logs_that_took_back_the_same_glass_do_not_make_a_day_of_less_than_nothing() -> None:
    assert tally([tick(WATER, 1), tick(WATER, -1), tick(WATER, -1)])[MONDAY][WATER] == 0


@pytest.mark.parametrize(("kind", "step"), [(WATER, 1), (WALK, 5), (STRETCH, 1)])
def test_a_click_adds_the_usual_step(kind: HabitKind, step: int) -> None:
    assert amount_to_tick(kind, None, 3) == step
    assert amount_to_tick(kind, None, None) == step, "even where today's figures cannot be read"


def test_an_amount_adds_or_takes_back_but_never_more_than_there_is() -> None:
    assert amount_to_tick(WALK, 25, 0) == 25
    assert amount_to_tick(WALK, 25, None) == 25
    assert amount_to_tick(WATER, -1, 3) == -1
    assert amount_to_tick(WATER, -5, 3) == -3


@pytest.mark.parametrize(
    ("asked", "held", "why"),
    [
        (0, 3, "Give a positive amount"),
        (21, 0, "You can log at most 20"),
        (-21, 3, "You can log at most 20"),
        (-1, 0, "Nothing to undo"),
        (-1, None, "the log can't be read"),
    ],
)
def test_a_tick_that_makes_no_sense_is_refused_in_a_sentence(asked: int, held: int | None, why: str) -> None:
    with pytest.raises(TickError, match=why):
        amount_to_tick(WATER, asked, held)


# --- the week's goal -------------------------------------------------------------------------------------------------


def test_the_goal_is_what_the_settings_say() -> None:
    assert week_goal(Settings()) is None
    assert week_goal(Settings(goal=GoalKind.WALK)) == WALK_15
    assert week_goal(Settings(goal=GoalKind.WATER, goal_water=6)) == WeekGoal(WATER, 6, EVERY_DAY)
    assert week_goal(Settings(goal=GoalKind.ROUTINE)) == ROUTINE


def test_working_days_are_those_with_working_hours() -> None:
    hours = {0: (WHOLE_DAY,), 2: (WHOLE_DAY,), 5: (WHOLE_DAY,), 6: ()}
    assert week_goal(Settings(goal=GoalKind.ROUTINE, hours=hours)) == WeekGoal(STRETCH, 1, frozenset({0, 2, 5}))


def test_a_week_is_whole_with_one_day_of_rest() -> None:
    assert far(ROUTINE, 0, 1, 2, today=4).met_days < ROUTINE.days_needed
    assert far(ROUTINE, 0, 1, 3, 4, today=4).met_days == ROUTINE.days_needed
    assert WeekGoal(STRETCH, 1, frozenset({2})).days_needed == 1, "who works one day a week has no day to spare"


def test_progress_counts_this_week_alone() -> None:
    seen = far(WALK_15, -2, -1, 0, 2, today=3)
    assert (seen.met_days, seen.met_today) == (2, False)
    assert far(WALK_15, 0, 3, today=3).met_today


def test_half_a_walk_does_not_count_yet() -> None:
    days = tally([tick(WALK, 10)])
    assert progress(WALK_15, days, MONDAY) == GoalProgress(WALK_15, 0, False, 0)


# --- a streak --------------------------------------------------------------------------------------------------------


def test_nothing_yet_is_no_streak() -> None:
    assert progress(WALK_15, {}, MONDAY).streak == 0


def test_a_day_that_is_not_over_breaks_nothing() -> None:
    assert far(WALK_15, -2, -1, today=0).streak == 2
    assert far(WALK_15, -2, -1, 0, today=0).streak == 3


def test_a_rest_day_does_not_break_it_but_a_second_one_in_the_week_does() -> None:
    assert far(WALK_15, 0, 1, 3, today=4).streak == 3
    assert far(WALK_15, 0, 2, 4, today=5).streak == 2


def test_every_week_has_a_rest_day_of_its_own() -> None:
    assert far(WALK_15, 0, 1, 2, 4, 5, 6, 7, 9, 10, today=10).streak == 9


def test_the_weekend_is_nobodys_gap() -> None:
    assert far(ROUTINE, 0, 1, 2, 3, 4, today=7).streak == 5
    assert far(ROUTINE, 0, 1, 2, 3, 4, 7, 8, today=8).streak == 7
    assert far(ROUTINE, 3, 4, 5, today=6).streak == 3, "and who stretches on it has that counted too"


def test_the_turn_of_the_year_does_not_split_a_week() -> None:
    goal, new_year = WALK_15, date(2027, 1, 1)  # a Friday
    met = {new_year - timedelta(days=back): {WALK: 15} for back in (0, 2, 4)}
    assert progress(goal, met, new_year).streak == 2


# --- praise ----------------------------------------------------------------------------------------------------------


def said(earlier: list[HabitTick], new: HabitTick, goal: WeekGoal | None = None, *days: int) -> Achievement | None:
    held = tally([*earlier, new, *(tick(goal.kind, goal.amount, day=day) for day in days if goal)])
    today = new.at.date()
    return achievement(earlier, new, HabitDay(held[today], progress(goal, held, today) if goal else None))


def test_the_glass_that_reaches_the_target_is_celebrated_and_no_other() -> None:
    glasses = [tick(WATER, 1, hour=hour) for hour in range(8, 18)]
    heard = [said(glasses[:number], glass) for number, glass in enumerate(glasses)]
    assert [number for number, one in enumerate(heard, 1) if one] == [8]
    assert heard[7] == Achievement(AchievementKind.DAY, WATER)


def test_taken_back_and_ticked_again_is_not_celebrated_twice() -> None:
    earlier = [tick(WATER, 8), tick(WALK, 5), tick(WATER, -1)]
    assert said(earlier, tick(WATER, 1, hour=12)) is None
    assert said(earlier, tick(WATER, -1, hour=12)) is None


def test_todays_part_of_the_goal_comes_before_what_the_guide_recommends() -> None:
    first = said([tick(WALK, 10)], tick(WALK, 5), WALK_15)
    assert first
    assert (first.what, first.progress and first.progress.streak) == (AchievementKind.GOAL, 1)
    assert said([tick(WALK, 15)], tick(WALK, 15), WALK_15) == Achievement(AchievementKind.DAY, WALK), (
        "on top of the goal"
    )
    both = said([], tick(STRETCH, 1), ROUTINE)
    assert both
    assert both.what is AchievementKind.GOAL, "one word for one tick"


def test_another_habit_than_the_goals_gets_its_own_word() -> None:
    assert said([tick(WATER, 7)], tick(WATER, 1), WALK_15) == Achievement(AchievementKind.DAY, WATER)


def test_the_day_that_makes_the_week_whole_is_told_once() -> None:
    full = said([], tick(STRETCH, 1, day=3), ROUTINE, 0, 1, 2)
    assert full
    assert full.what is AchievementKind.WEEK
    after = said([], tick(STRETCH, 1, day=4), ROUTINE, 0, 1, 2, 3)
    assert after
    assert after.what is AchievementKind.GOAL


def test_a_day_aims_at_what_the_person_chose_or_else_at_what_the_guide_says() -> None:
    assert day_amounts(Settings())[WALK] == 30
    assert day_amounts(Settings(goal=GoalKind.WALK))[WALK] == 15, "the goal of the week"
    changed = day_amounts(Settings(goal_walk=20 * 60.0, goal_water=6))
    assert (changed[WALK], changed[WATER]) == (20, 6)
