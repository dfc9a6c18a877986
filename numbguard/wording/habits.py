"""The wording of habits and goals. Pure functions, no Qt; called by the panel's row, the app and the command line.

The sentences count what was done and never mention what was not: no day is ever behind.
"""

from __future__ import annotations

from numbguard.core.log.habits import Achievement, AchievementKind, GoalProgress, HabitDay, WeekGoal
from numbguard.core.log.records import HabitKind
from numbguard.core.ports import Notice
from numbguard.core.settings.choices import GoalKind

GLASS = "+1 glass"
WALK = "+5 min walk"
STRETCHED = "Routine done"
TAKE_BACK = "Undo"
ALOUD = {
    HabitKind.WATER: "One more glass of water",
    HabitKind.WALK: "Five more minutes of walking",
    HabitKind.STRETCH: "Daily routine done",
}
"""The buttons' names for a screen reader."""
NO_GOAL = "Pick a goal for the week"

OFFERS: tuple[tuple[str, GoalKind, int | None], ...] = (
    ("The routine every working day", GoalKind.ROUTINE, None),
    ("Walk 15 minutes a day", GoalKind.WALK, 15),
    ("Walk 30 minutes a day", GoalKind.WALK, 30),
    ("6 glasses of water a day", GoalKind.WATER, 6),
    ("8 glasses of water a day", GoalKind.WATER, 8),
    ("No goal", GoalKind.NONE, None),
)
"""The goals that the panel offers: words, kind, and minutes or glasses per day. The settings allow other amounts."""


def of_target(amount: int, target: int) -> str:
    """``3 of 8``; from the target on, only the amount."""
    return f"{amount} of {target}" if amount < target else str(amount)


def day(today: HabitDay) -> str:
    """``Water 3 of 8 · Walk 10 of 30 min``."""
    water, walk = (of_target(today.amounts[kind], today.targets[kind]) for kind in (HabitKind.WATER, HabitKind.WALK))
    return f"Water {water} · Walk {walk} min"


def stretched(today: HabitDay) -> str:
    """The label of the routine's button, which shows how often the routine was done today."""
    times = today.amounts[HabitKind.STRETCH]
    return STRETCHED if not times else f"{STRETCHED} ✓" if times == 1 else f"{STRETCHED} ×{times}"


def goal(picked: WeekGoal) -> str:
    """``Walk 15 minutes a day``."""
    if picked.kind is HabitKind.STRETCH:
        return "The routine every working day"
    if picked.kind is HabitKind.WALK:
        return f"Walk {picked.amount} minutes a day"
    return f"{picked.amount} {'glass' if picked.amount == 1 else 'glasses'} of water a day"


def week(progress: GoalProgress) -> str:
    """``Walk 15 minutes a day: 3 of 7 days``, counted for this week."""
    due = len(progress.goal.weekdays)
    return (
        f"{goal(progress.goal)}: {progress.met_days} of {_days(due)}"
        if progress.met_days <= due
        else f"{goal(progress.goal)}: all days"
    )


def streak(progress: GoalProgress) -> str:
    """The length of the streak; empty below two days."""
    return f"{progress.streak}-day streak (rest days don't break it)" if progress.streak > 1 else ""


def praise(reached: Achievement) -> Notice:
    """The message that praises an achievement."""
    progress = reached.progress
    if progress is None:
        return _DAYS[reached.kind]
    if reached.what is AchievementKind.WEEK:
        rest = " Rest days are fine." if progress.met_days < len(progress.goal.weekdays) else ""
        return Notice(
            "You've reached this week's goal", f"{goal(progress.goal)}: {_days(progress.met_days)} this week.{rest}"
        )
    running = f"That's {_days(progress.streak)} in a row." if progress.streak > 1 else "Good start."
    return Notice("You've met today's goal", f"{goal(progress.goal)}: done. {running}")


def kind_word(reached: Achievement | None) -> str:
    """The same as one line; empty without an achievement."""
    if reached is None:
        return ""
    said = praise(reached)
    return f"{said.title}. {said.body}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


_DAYS = {
    HabitKind.WATER: Notice(
        "Eight glasses today",
        "That's about two litres, as the guide advises. If a doctor limits what you drink, follow your doctor's "
        "advice.",
    ),
    HabitKind.WALK: Notice(
        "Half an hour of walking today", "Good for your circulation, and for the muscles that support your spine."
    ),
    HabitKind.STRETCH: Notice("Routine done today", "Time well spent on your back, your hips and your legs."),
}
