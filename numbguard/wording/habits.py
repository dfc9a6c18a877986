"""The wording of habits and goals. Pure functions, no Qt; called by the panel's row, the app and the command line.

The sentences count what was done and never mention what was not: no day is ever behind.
"""

from __future__ import annotations

from numbguard.core.log.habits import Achievement, AchievementKind, GoalProgress, HabitDay, WeekGoal
from numbguard.core.log.records import HabitKind
from numbguard.core.ports import Notice
from numbguard.core.settings.choices import GoalKind
from numbguard.wording.catalogue import N_, _

GLASS = N_("+1 glass")
WALK = N_("+5 min walk")
STRETCHED = N_("Routine done")
TAKE_BACK = N_("Undo")
ALOUD = {
    HabitKind.WATER: N_("One more glass of water"),
    HabitKind.WALK: N_("Five more minutes of walking"),
    HabitKind.STRETCH: N_("Daily routine done"),
}
"""The buttons' names for a screen reader."""
NO_GOAL = N_("Pick a goal for the week")

OFFERS: tuple[tuple[str, GoalKind, int | None], ...] = (
    (N_("The routine every working day"), GoalKind.ROUTINE, None),
    (N_("Walk 15 minutes a day"), GoalKind.WALK, 15),
    (N_("Walk 30 minutes a day"), GoalKind.WALK, 30),
    (N_("6 glasses of water a day"), GoalKind.WATER, 6),
    (N_("8 glasses of water a day"), GoalKind.WATER, 8),
    (N_("No goal"), GoalKind.NONE, None),
)
"""The goals that the panel offers: words, kind, and minutes or glasses per day. The settings allow other amounts."""


def of_target(amount: int, target: int) -> str:
    """``3 of 8``; from the target on, only the amount."""
    return f"{amount} of {target}" if amount < target else str(amount)


def day(today: HabitDay) -> str:
    """``Water 3 of 8 · Walk 10 of 30 min``."""
    water, walk = (of_target(today.amounts[kind], today.targets[kind]) for kind in (HabitKind.WATER, HabitKind.WALK))
    return _("Water {water} · Walk {walk} min").format(water=water, walk=walk)


def stretched(today: HabitDay) -> str:
    """The label of the routine's button, which shows how often the routine was done today."""
    times = today.amounts[HabitKind.STRETCH]
    return _(STRETCHED) if not times else f"{STRETCHED} ✓" if times == 1 else f"{STRETCHED} ×{times}"


def goal(picked: WeekGoal) -> str:
    """``Walk 15 minutes a day``."""
    if picked.kind is HabitKind.STRETCH:
        return _("The routine every working day")
    if picked.kind is HabitKind.WALK:
        return _("Walk {amount} minutes a day").format(amount=picked.amount)
    return f"{picked.amount} {'glass' if picked.amount == 1 else 'glasses'} of water a day"


def week(progress: GoalProgress) -> str:
    """``Walk 15 minutes a day: 3 of 7 days``, counted for this week."""
    due = len(progress.goal.weekdays)
    return (
        _("{goal}: {met_days} of {days}").format(goal=goal(progress.goal), met_days=progress.met_days, days=_days(due))
        if progress.met_days <= due
        else _("{goal}: all days").format(goal=goal(progress.goal))
    )


def streak(progress: GoalProgress) -> str:
    """The length of the streak; empty below two days."""
    return (
        _("{streak}-day streak (rest days don't break it)").format(streak=progress.streak)
        if progress.streak > 1
        else ""
    )


def praise(reached: Achievement) -> Notice:
    """The message that praises an achievement."""
    progress = reached.progress
    if progress is None:
        return _DAYS[reached.kind]
    if reached.what is AchievementKind.WEEK:
        rest = " Rest days are fine." if progress.met_days < len(progress.goal.weekdays) else ""
        return Notice(
            _("You've reached this week's goal"),
            _("{goal}: {days} this week.{rest}").format(
                goal=goal(progress.goal), days=_days(progress.met_days), rest=rest
            ),
        )
    running = (
        _("That's {days} in a row.").format(days=_days(progress.streak)) if progress.streak > 1 else _("Good start.")
    )
    return Notice(
        _("You've met today's goal"), _("{goal}: done. {running}").format(goal=goal(progress.goal), running=running)
    )


def kind_word(reached: Achievement | None) -> str:
    """The same as one line; empty without an achievement."""
    if reached is None:
        return ""
    said = praise(reached)
    return f"{said.title}. {said.body}"


def _days(number: int) -> str:
    return _("1 day") if number == 1 else f"{number} days"


_DAYS = {
    HabitKind.WATER: Notice(
        N_("Eight glasses today"),
        N_(
            "That's about two litres, as the guide advises. If a doctor limits what you drink, follow your doctor's "
            "advice."
        ),
    ),
    HabitKind.WALK: Notice(
        N_("Half an hour of walking today"),
        N_("Good for your circulation, and for the muscles that support your spine."),
    ),
    HabitKind.STRETCH: Notice(N_("Routine done today"), N_("Time well spent on your back, your hips and your legs.")),
}
