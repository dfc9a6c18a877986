"""Water, walks and the stretching routine: the day's amounts, the week's goal, its streak, and what deserves praise.

Pure. Called by the habit book and by the wording of the panel and the command line, on the GUI thread; ``numbguard
habit`` calls it in its own process when no app is running. A day is the local day on which a tick was made. Nothing
here counts what is missing: days only ever add to a streak, and one missed day in each week is a rest day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Final

from numbguard.core.guide.sections import GuideSection
from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings

from .records.habits import HabitKind, HabitTick

# --- a day -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HabitTarget:
    """The recommended daily amount of one habit; ``sources`` names the section of the guide that it comes from."""

    amount: int
    step: int
    """The amount that one click adds."""
    largest_tick: int
    """Largest amount of one tick; more is a typing mistake."""


TARGETS: Final[Mapping[HabitKind, HabitTarget]] = {
    # Glasses: eight, which the guide gives as about two litres.
    HabitKind.WATER: HabitTarget(8, step=1, largest_tick=20),
    # Minutes: the guide asks for "at least" 30 on most days of the week.
    HabitKind.WALK: HabitTarget(30, step=5, largest_tick=300),
    HabitKind.STRETCH: HabitTarget(1, step=1, largest_tick=10),
}

GUIDE_AMOUNTS: Final[Mapping[HabitKind, int]] = {kind: target.amount for kind, target in TARGETS.items()}

Amounts = Mapping[HabitKind, int]
Days = Mapping[date, Amounts]


def sources() -> Mapping[HabitKind, GuideSection]:
    """The sections of the guide that the targets come from. Small goals, and celebrating them, come from
    ``GuideSection.MIND_GOALS``."""
    return {
        HabitKind.WATER: GuideSection.PREVENTION_WATER,
        HabitKind.WALK: GuideSection.PREVENTION_MOVEMENT,
        HabitKind.STRETCH: GuideSection.PREVENTION_MOVEMENT,
    }


class TickError(ValueError):
    """A tick that does not fit the day's amount. The message is a sentence for the person."""


class AmountError(TickError):
    """An amount that is invalid on any day."""


def tally(ticks: Iterable[HabitTick]) -> dict[date, dict[HabitKind, int]]:
    """The amounts of each local day. They never fall below 0, even if two merged logs both undid the same tick."""
    days: dict[date, dict[HabitKind, int]] = {}
    for tick in ticks:
        day = days.setdefault(tick.at.date(), dict.fromkeys(HabitKind, 0))
        day[tick.kind] += tick.amount
    return {on: {kind: max(0, amount) for kind, amount in day.items()} for on, day in days.items()}


def amount_to_tick(kind: HabitKind, asked: int | None, held: int | None) -> int:
    """The amount that a click or a command adds to the day's; ``asked`` of ``None`` means the usual step.

    A negative amount undoes earlier ticks, and never more than the day has. ``held`` of ``None`` means that the day's
    amount is not known. Raises ``AmountError`` for an amount that is invalid on any day, and ``TickError`` where there
    is nothing to undo.
    """
    target = TARGETS[kind]
    if asked is None:
        return target.step
    if asked == 0:
        raise AmountError(N_("Nothing changed. Give a positive amount, or a negative one to undo."))
    if abs(asked) > target.largest_tick:
        raise AmountError(
            sentence("You can log at most {largest_tick} at a time. Nothing changed.", largest_tick=target.largest_tick)
        )
    if asked > 0:
        return asked
    if held is None:
        raise TickError(N_("Nothing was undone: the log can't be read, so what you logged today is not known."))
    if held == 0:
        raise TickError(N_("Nothing to undo: you haven't logged any today."))
    return max(asked, -held)


# --- the week's goal -------------------------------------------------------------------------------------------------

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class WeekGoal:
    """An amount of one habit on each of these weekdays (0 is Monday)."""

    kind: HabitKind
    amount: int
    weekdays: frozenset[int]

    @property
    def days_needed(self) -> int:
        """Number of days a week on which it must be met: one day may be a rest day."""
        return max(1, len(self.weekdays) - 1)


def week_goal(settings: Settings) -> WeekGoal | None:
    """The goal chosen in the settings; ``None`` where there is none.

    Working days are the days with working hours, or Monday to Friday where none are set.
    """
    working = frozenset(day for day, spans in settings.hours.items() if spans) or MONDAY_TO_FRIDAY
    goals = {
        GoalKind.ROUTINE: WeekGoal(HabitKind.STRETCH, 1, working),
        GoalKind.WALK: WeekGoal(HabitKind.WALK, round(settings.goal_walk / 60), EVERY_DAY),
        GoalKind.WATER: WeekGoal(HabitKind.WATER, settings.goal_water, EVERY_DAY),
    }
    return goals.get(settings.goal)


def day_amounts(settings: Settings) -> Mapping[HabitKind, int]:
    """The amount of each habit to aim at in a day: the person's own, else the guide's.

    It is the person's own where the habit is their goal for the week, and where they changed its setting.
    """
    own = {
        HabitKind.WALK: (round(settings.goal_walk / 60), settings.goal_walk != Settings().goal_walk),
        HabitKind.WATER: (settings.goal_water, settings.goal_water != Settings().goal_water),
    }
    goal = week_goal(settings)
    chosen = {kind: amount for kind, (amount, changed) in own.items() if changed or (goal and goal.kind is kind)}
    return {**GUIDE_AMOUNTS, **chosen}


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """Progress towards the week's goal, as of one day."""

    goal: WeekGoal
    met_days: int
    """Number of days since Monday, within this week, on which it was met."""
    met_today: bool
    streak: int
    """Number of days on which it was met with no more than a rest day between; includes today once it is met."""


def progress(goal: WeekGoal, days: Days, today: date) -> GoalProgress:
    """The progress of ``goal`` as of ``today``; ``days`` has the amounts of each local day, as ``tally`` gives them."""

    def met(day: date) -> bool:
        return days.get(day, {}).get(goal.kind, 0) >= goal.amount

    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    return GoalProgress(goal, sum(met(day) for day in week), met(today), _streak(goal, days, today))


def _streak(goal: WeekGoal, days: Days, today: date) -> int:
    """Counts back from today; skips days on which nothing was due, and one missed day a week."""
    earliest = min(days, default=today)
    streak, day, rested = 0, today, set[tuple[int, int]]()
    while day >= earliest:
        if days.get(day, {}).get(goal.kind, 0) >= goal.amount:
            streak += 1
        elif day != today and day.weekday() in goal.weekdays:  # today is not over yet
            week = day.isocalendar()[:2]
            if week in rested:
                break
            rested.add(week)
        day -= timedelta(days=1)
    return streak


@dataclass(frozen=True, slots=True)
class HabitDay:
    """Everything that is shown of today's habits."""

    amounts: Amounts
    progress: GoalProgress | None
    targets: Amounts = field(default_factory=lambda: GUIDE_AMOUNTS)
    """The amounts to aim at, as ``day_amounts`` gives them."""


# --- what deserves praise --------------------------------------------------------------------------------------------


class AchievementKind(Enum):
    """What a tick can achieve; where one tick achieves several, the first of these counts."""

    WEEK = "week"
    """The week's goal, with a rest day allowed."""
    GOAL = "goal"
    """Today's part of the week's goal."""
    DAY = "day"
    """The guide's recommendation for a day."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """A goal or target that a tick has completed."""

    what: AchievementKind
    kind: HabitKind
    progress: GoalProgress | None = None


def achievement(ticks: Iterable[HabitTick], tick: HabitTick, now: HabitDay) -> Achievement | None:
    """The achievement that ``tick`` has just completed, at most one; ``ticks`` are the earlier ones of its day.

    An achievement that was undone and repeated on the same day is not praised again.
    """
    held = highest = 0
    for earlier in ticks:
        if earlier.kind is tick.kind:
            held = max(0, held + earlier.amount)
            highest = max(highest, held)
    reached = now.amounts[tick.kind]

    def just_now(amount: int) -> bool:
        return highest < amount <= reached

    week = now.progress
    if week and week.goal.kind is tick.kind and just_now(week.goal.amount):
        return Achievement(
            AchievementKind.WEEK if week.met_days == week.goal.days_needed else AchievementKind.GOAL, tick.kind, week
        )
    return Achievement(AchievementKind.DAY, tick.kind) if just_now(TARGETS[tick.kind].amount) else None
