"""Water, walks and the stretching routine: what a day holds, the week's goal, its streak, what earns a kind word.

Pure. Called by the habit book and by the words of the panel and the command line, on the GUI thread. A day is the local
day on which a tick was made. Nothing here counts what is missing: days only ever add to a streak, and one missed day in
each week is a rest day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from numbguard.core.guide.sections import GuideSection
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings

from .records import HabitKind, HabitTick

# --- a day -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HabitTarget:
    """What a day should hold of one habit; ``sources`` says on which section of the guide that rests."""

    amount: int
    step: int
    """What one click adds."""
    most: int
    """More than this in one tick is a slip of the finger."""


TARGETS: Final[Mapping[HabitKind, HabitTarget]] = {
    # Eight glasses, which the guide reckons as about two litres.
    HabitKind.WATER: HabitTarget(8, step=1, most=20),
    # Minutes, "at least" so many on most days of the week.
    HabitKind.WALK: HabitTarget(30, step=5, most=300),
    HabitKind.STRETCH: HabitTarget(1, step=1, most=10),
}

Amounts = Mapping[HabitKind, int]
Days = Mapping[date, Amounts]


def sources() -> Mapping[HabitKind, GuideSection]:
    """The sections of the guide that the targets come from; that goals are small and celebrated is from
    ``Section.MIND_GOALS``."""
    return {
        HabitKind.WATER: GuideSection.PREVENTION_WATER,
        HabitKind.WALK: GuideSection.PREVENTION_MOVEMENT,
        HabitKind.STRETCH: GuideSection.PREVENTION_MOVEMENT,
    }


class TickError(ValueError):
    """A tick that does not fit what the day holds. Its text is a sentence for the person."""


class AmountError(TickError):
    """No day could take this amount."""


def tally(ticks: Iterable[HabitTick]) -> dict[date, dict[HabitKind, int]]:
    """What each local day holds. A day never holds less than nothing, whatever two merged logs took back."""
    days: dict[date, dict[HabitKind, int]] = {}
    for tick in ticks:
        day = days.setdefault(tick.at.date(), dict.fromkeys(HabitKind, 0))
        day[tick.kind] += tick.amount
    return {on: {kind: max(0, amount) for kind, amount in day.items()} for on, day in days.items()}


def amount_to_tick(kind: HabitKind, asked: int | None, held: int | None) -> int:
    """The amount that a click or a command adds to what the day holds; ``None`` asks for the usual step.

    Below nought it takes back, and never more than there is. ``held`` ``None``: what the day holds is not known.
    """
    target = TARGETS[kind]
    if asked is None:
        return target.step
    if asked == 0:
        raise AmountError("Nothing was ticked: give an amount above nought, or one below nought to take back.")
    if abs(asked) > target.most:
        raise AmountError(f"One tick holds at most {target.most}. Nothing was ticked.")
    if asked > 0:
        return asked
    if held is None:
        raise TickError("Nothing was taken back: the log cannot be read to see what today holds.")
    if held == 0:
        raise TickError("There is nothing to take back: today holds none of it yet.")
    return max(asked, -held)


# --- the week's goal -------------------------------------------------------------------------------------------------

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class WeekGoal:
    """So much of one habit on each of these weekdays (0 is Monday)."""

    kind: HabitKind
    amount: int
    weekdays: frozenset[int]

    @property
    def enough(self) -> int:
        """On how many days of a week it has to be met: one may be a rest day."""
        return max(1, len(self.weekdays) - 1)


def week_goal(settings: Settings) -> WeekGoal | None:
    """The goal picked in the settings. Working days are those with working hours, or Monday to Friday."""
    working = frozenset(day for day, spans in settings.hours.items() if spans) or MONDAY_TO_FRIDAY
    goals = {
        GoalKind.ROUTINE: WeekGoal(HabitKind.STRETCH, 1, working),
        GoalKind.WALK: WeekGoal(HabitKind.WALK, round(settings.goal_walk / 60), EVERY_DAY),
        GoalKind.WATER: WeekGoal(HabitKind.WATER, settings.goal_water, EVERY_DAY),
    }
    return goals.get(settings.goal)


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far the week's goal has come on a day."""

    goal: WeekGoal
    met_days: int
    """Days of this week, Monday first, on which it was met."""
    met_today: bool
    streak: int
    """Days on which it was met without more than a rest day between, today's included once it is met."""

    @property
    def whole(self) -> bool:
        return self.met_days >= self.goal.enough


def progress(goal: WeekGoal, days: Days, today: date) -> GoalProgress:
    def met(day: date) -> bool:
        return days.get(day, {}).get(goal.kind, 0) >= goal.amount

    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    return GoalProgress(goal, sum(met(day) for day in week), met(today), _streak(goal, days, today))


def _streak(goal: WeekGoal, days: Days, today: date) -> int:
    """Counted back from today. Days on which nothing was due, and one missed day a week, are stepped over."""
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
    """All that is shown of today's habits."""

    amounts: Amounts
    progress: GoalProgress | None


# --- what is worth a kind word ---------------------------------------------------------------------------------------


class AchievementKind(Enum):
    """In the order in which they matter when one tick does several."""

    WEEK = "week"
    """The week's goal is reached, a rest day allowed for."""
    GOAL = "goal"
    """Today's part of the week's goal."""
    DAY = "day"
    """What the guide recommends for a day."""


@dataclass(frozen=True, slots=True)
class Achievement:
    what: AchievementKind
    kind: HabitKind
    progress: GoalProgress | None = None


def feat(ticks: Iterable[HabitTick], tick: HabitTick, now: HabitDay) -> Achievement | None:
    """What ``tick`` has just reached, at most one thing; ``ticks`` are the earlier ones of its day.

    What was reached once that day, taken back and reached again is not said again.
    """
    held = highest = 0
    for earlier in ticks:
        if earlier.kind is tick.kind:
            held = max(0, held + earlier.amount)
            highest = max(highest, held)
    reached = now.amounts[tick.kind]

    def just_now(amount: int) -> bool:
        return highest < amount <= reached

    far = now.progress
    if far and far.goal.kind is tick.kind and just_now(far.goal.amount):
        return Achievement(
            AchievementKind.WEEK if far.met_days == far.goal.enough else AchievementKind.GOAL, tick.kind, far
        )
    return Achievement(AchievementKind.DAY, tick.kind) if just_now(TARGETS[tick.kind].amount) else None
