"""``numbguard habit``: ticks a habit of the day, or sets the week's goal. Only this verb imports this module.

``dispatch`` calls this verb with the parsed arguments and the profile. A running app ticks the habit and sets the goal,
so that its panel shows it at once; without one, this process writes the log and the settings.
"""

from __future__ import annotations

import argparse
from datetime import datetime

from numbguard.core.errors import GoalError
from numbguard.core.log.habits import AmountError, TickError
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.table import SPECS
from numbguard.ipc.answer_checks import TICKED
from numbguard.ipc.documents import Document, goal_document, habit_document
from numbguard.runtime.habit_book import HabitBook
from numbguard.runtime.ids import new_id
from numbguard.store.profile import Profile
from numbguard.store.settings.file import GoalFile
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.log.habits import kind_word

from ..support import FAILED, WRONG_WORDS, SilentAppError, VerbError, log_of, report_unwritten, say, through_app

_AMOUNTS = {
    GoalKind.WALK: ("goals.walk", 60.0, N_("A day's walk goal is {low} to {high} minutes. Nothing was changed.")),
    GoalKind.WATER: ("goals.water", 1.0, N_("A day's water goal is {low} to {high} glasses. Nothing was changed.")),
}
"""For each goal: the key of the setting with its amount, the setting's value for one unit, and what is allowed."""


def tick(given: argparse.Namespace, profile: Profile) -> int:
    """Tick a habit and print the day; returns the exit status."""
    id = new_id()
    request = {"verb": "habit", "as": id, "habit": given.habit, "amount": given.amount}
    try:
        document = through_app(profile, request, *TICKED)
    except SilentAppError:  # write it from here; if the app logs it later after all, the id is the same
        document = None
    if document is None:
        with log_of(profile) as journal:
            book = HabitBook(journal, GoalFile(profile), now=_now)
            try:
                done = book.tick(HabitKind(given.habit), given.amount, id=id)
            except TickError as error:
                raise VerbError(translated(error), WRONG_WORDS if isinstance(error, AmountError) else FAILED) from None
            report_unwritten(journal)
        document = habit_document(done.tick, done.day, kind_word(done.achievement))
    return say(given, document, _habit_text(document))


def _habit_text(document: Document) -> str:
    today, said = document.get("today"), document.get("said")
    if not isinstance(today, dict):
        return _("Logged.")
    lines = [
        # Translators: Glasses of water, minutes of walking, and how often the routine was done.
        _("Today: water {water}, walk {walk} min, stretched {stretched}.").format(
            water=today["water"], walk=today["walk_min"], stretched=today["stretch"]
        )
    ]
    return "\n".join([*lines, *([str(said)] if said else [])])


def pick_goal(given: argparse.Namespace, profile: Profile) -> int:
    """Set the week's goal and print it with its progress; returns the exit status."""
    goal = GoalKind(given.goal)
    _check(goal, given.amount)
    document = through_app(profile, {"verb": "goal", "goal": goal.value, "amount": given.amount})
    if document is None:
        document = _pick(profile, goal, given.amount)
    return say(given, document, translated(str(document["said"])))


def _check(goal: GoalKind, amount: int | None) -> None:
    if amount is None:
        return
    if goal not in _AMOUNTS:
        raise VerbError(_("“{goal}” doesn't take an amount. Nothing was changed.").format(goal=goal.value), WRONG_WORDS)
    key, one, said = _AMOUNTS[goal]
    low, high = (round(bound / one) for bound in next(spec for spec in SPECS if spec.key == key).bounds)
    if not low <= amount <= high:
        raise VerbError(_(said).format(low=low, high=high), WRONG_WORDS)


def _pick(profile: Profile, goal: GoalKind, amount: int | None) -> Document:
    with log_of(profile) as journal:
        book = HabitBook(journal, GoalFile(profile), now=_now)
        try:
            book.pick(goal, amount)
        except GoalError as error:
            raise VerbError(translated(error), FAILED) from None
        return goal_document(book.goal, book.today())


def _now() -> datetime:
    return datetime.now().astimezone()
