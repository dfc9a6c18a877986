"""The wording of habits and goals. Pure functions, no Qt; called by the panel's row, the app and the command line.

The sentences count what was done and never mention what was not: no day is ever behind.
"""

from __future__ import annotations

from numbguard.core.log.habits import Achievement, AchievementKind, GoalProgress, HabitDay, WeekGoal
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.ports import Notice
from numbguard.core.settings.choices import GoalKind
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext

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
    return _("{amount} of {target}").format(amount=amount, target=target) if amount < target else str(amount)


def amount(today: HabitDay, kind: HabitKind) -> str:
    """The day's amount of one habit: ``3 of 8``, ``10 of 30 min``, and for the routine ``0 of 1`` or ``Done ✓``."""
    held = today.amounts[kind]
    if kind is HabitKind.STRETCH:
        if not held:
            return _("0 of 1")
        return _("Done ✓") if held == 1 else _("Done ×{times}").format(times=formats.number(held))
    said = of_target(held, today.targets[kind])
    return _("{amount} min").format(amount=said) if kind is HabitKind.WALK else said


def goal(picked: WeekGoal) -> str:
    """``Walk 15 minutes a day``."""
    if picked.kind is HabitKind.STRETCH:
        return _("The routine every working day")
    if picked.kind is HabitKind.WALK:
        said = ngettext("Walk {count} minute a day", "Walk {count} minutes a day", picked.amount)
    else:
        said = ngettext("{count} glass of water a day", "{count} glasses of water a day", picked.amount)
    return said.format(count=formats.number(picked.amount))


def week(progress: GoalProgress) -> str:
    """``Walk 15 minutes a day: 3 of 7 days``, counted for this week."""
    due = len(progress.goal.weekdays)
    if progress.met_days > due:
        return _("{goal}: all days").format(goal=goal(progress.goal))
    return ngettext("{goal}: {met_days} of {count} day", "{goal}: {met_days} of {count} days", due).format(
        goal=goal(progress.goal), met_days=progress.met_days, count=due
    )


def praise(reached: Achievement) -> Notice:
    """The message that praises an achievement."""
    progress = reached.progress
    if progress is None:
        title, body = _DAYS[reached.kind]
        return Notice(_(title), _(body))
    if reached.what is AchievementKind.WEEK:
        if progress.met_days < len(progress.goal.weekdays):
            said = ngettext(
                "{goal}: {count} day this week. Rest days are fine.",
                "{goal}: {count} days this week. Rest days are fine.",
                progress.met_days,
            )
        else:
            said = ngettext("{goal}: {count} day this week.", "{goal}: {count} days this week.", progress.met_days)
        body = said.format(goal=goal(progress.goal), count=formats.number(progress.met_days))
        return Notice(_("You've reached this week's goal"), body)
    if progress.streak > 1:
        said = ngettext(
            "{goal}: done. That's {count} day in a row.",
            "{goal}: done. That's {count} days in a row.",
            progress.streak,
        )
    else:
        said = _("{goal}: done. Good start.")
    body = said.format(goal=goal(progress.goal), count=formats.number(progress.streak))
    return Notice(_("You've met today's goal"), body)


def kind_word(reached: Achievement | None) -> str:
    """The same as one line; empty without an achievement."""
    if reached is None:
        return ""
    said = praise(reached)
    # Translators: The title of a message, and its text.
    return _("{title}. {text}").format(title=said.title, text=said.body)


_DAYS = {
    HabitKind.WATER: (
        N_("Eight glasses today"),
        N_(
            "That's about two litres, as the guide advises. If a doctor limits what you drink, follow your doctor's "
            "advice."
        ),
    ),
    HabitKind.WALK: (
        N_("Half an hour of walking today"),
        N_("Good for your circulation, and for the muscles that support your spine."),
    ),
    HabitKind.STRETCH: (N_("Routine done today"), N_("Time well spent on your back, your hips and your legs.")),
}
"""The title and the text of the praise for a day."""
