"""``numbguard habit goal``: sets the week's goal. Only this verb imports this module.

``cli.main`` calls it with the parsed arguments and the profile. A running app sets the goal, so that its panel shows it
at once; without one, this process writes the settings.
"""

from __future__ import annotations

import argparse
from datetime import datetime

from numbguard.core.errors import GoalError
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.table import SPECS
from numbguard.ipc.documents import Document, goal_document
from numbguard.runtime.habit_book import HabitBook
from numbguard.store.profile import Profile
from numbguard.store.settings.file import GoalFile

from .support import FAILED, WRONG_WORDS, VerbError, log_of, say, through_app

_AMOUNTS = {GoalKind.WALK: ("goals.walk", 60.0, "minutes"), GoalKind.WATER: ("goals.water", 1.0, "glasses")}
"""For each goal: the key of the setting with its amount, the setting's value for one unit, and the unit's name."""


def pick_goal(given: argparse.Namespace, profile: Profile) -> int:
    """Set the week's goal and print it with its progress; returns the exit status."""
    goal = GoalKind(given.goal)
    _check(goal, given.amount)
    document = through_app(profile, {"verb": "goal", "goal": goal.value, "amount": given.amount})
    if document is None:
        document = _pick(profile, goal, given.amount)
    return say(given, document, str(document["said"]))


def _check(goal: GoalKind, amount: int | None) -> None:
    if amount is None:
        return
    if goal not in _AMOUNTS:
        raise VerbError(f"“{goal.value}” takes no amount. Nothing was changed.", WRONG_WORDS)
    key, one, counted = _AMOUNTS[goal]
    low, high = (round(bound / one) for bound in next(spec for spec in SPECS if spec.key == key).bounds)
    if not low <= amount <= high:
        raise VerbError(f"A day’s {goal.value} goal is {low} to {high} {counted}. Nothing was changed.", WRONG_WORDS)


def _pick(profile: Profile, goal: GoalKind, amount: int | None) -> Document:
    with log_of(profile) as journal:
        book = HabitBook(journal, GoalFile(profile), now=lambda: datetime.now().astimezone())
        try:
            book.pick(goal, amount)
        except GoalError as error:
            raise VerbError(str(error), FAILED) from None
        return goal_document(book.goal, book.today())
