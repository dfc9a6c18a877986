"""The breaks of each day: what counts as taken, the week's seven dots, a forgiving streak, and last week in figures.

Pure. Called by the panel, by the page after a card and by the Monday message, with the counts that the log gives. A day
is the local day on which a break began.

A day is *kept* where the person took at least half of its breaks. A day without any break, such as a holiday or a day
off, neither adds to a streak nor ends it, and one day that was not kept is forgiven in each week (Monday to Sunday).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from .records.sitting import Outcome

TAKEN: Final = frozenset({Outcome.MOVED, Outcome.NATURAL})
"""Outcomes of a break in which the person got up, with a reminder or without one."""
ASKED: Final = TAKEN | {Outcome.FINISHED, Outcome.CUT_SHORT, Outcome.SKIPPED, Outcome.MISSED}
"""Outcomes that count as a break. One that was put off is announced again, and counts then."""
WORTH_TELLING: Final = 3
"""The number of breaks from which a week is worth a sentence."""


@dataclass(frozen=True, slots=True)
class BreakDay:
    """The counts of one day."""

    taken: int = 0
    asked: int = 0
    """All breaks, those taken among them."""
    episodes: int = 0

    @property
    def is_kept(self) -> bool:
        return self.taken > 0 and 2 * self.taken >= self.asked


BreakDays = Mapping[date, BreakDay]
"""The days that have a break or an episode."""


def break_day(outcomes: Mapping[str, int], episodes: int = 0) -> BreakDay:
    """The counts of a day from its number of breaks by outcome, as the log has them."""
    taken = sum(outcomes.get(one.value, 0) for one in TAKEN)
    return BreakDay(taken, sum(outcomes.get(one.value, 0) for one in ASKED), episodes)


class DotState(Enum):
    """What a dot of the week shows. A day off and a day that was not kept look the same: nothing is held against
    anybody."""

    KEPT = "kept"
    OPEN = "open"
    """Today, as long as it is not kept."""
    REST = "rest"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class BreakWeek:
    """The week's seven dots, from Monday on, and the streak as of today."""

    dots: tuple[DotState, ...]
    today: int
    """The place of today among them, from 0."""
    streak: int
    """Number of days kept with no more than forgiven days between them; today is included once it is kept."""

    @property
    def kept(self) -> int:
        """The number of days kept so far."""
        return self.dots.count(DotState.KEPT)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(days: BreakDays, today: date) -> BreakWeek:
    """The dots of the week that contains ``today``."""
    monday = monday_of(today)

    def dot(at: date) -> DotState:
        if at > today:
            return DotState.AHEAD
        if days.get(at, BreakDay()).is_kept:
            return DotState.KEPT
        return DotState.OPEN if at == today else DotState.REST

    dots = tuple(dot(monday + timedelta(days=ahead)) for ahead in range(7))
    return BreakWeek(dots, today.weekday(), streak(days, today))


def streak(days: BreakDays, today: date) -> int:
    """Count kept days back from today, by the rule of this module."""
    earliest = min(days, default=today)
    kept, at, forgiven = 0, today, set[date]()
    while at >= earliest:
        day = days.get(at, BreakDay())
        if day.is_kept:
            kept += 1
        elif day.asked and at != today:  # today is not over yet
            if monday_of(at) in forgiven:
                break
            forgiven.add(monday_of(at))
        at -= timedelta(days=1)
    return kept


@dataclass(frozen=True, slots=True)
class LastWeek:
    """A week that is over, as one sentence and one picture show it."""

    days: tuple[BreakDay, ...]
    """Its seven days, from Monday on."""
    fewer_episodes: int
    """How many episodes fewer than in the week before; 0 where there were not fewer, or where that week is empty."""

    @property
    def taken(self) -> int:
        return sum(day.taken for day in self.days)

    @property
    def asked(self) -> int:
        return sum(day.asked for day in self.days)

    @property
    def episodes(self) -> int:
        return sum(day.episodes for day in self.days)


def last_week(days: BreakDays, today: date) -> LastWeek | None:
    """The week before the one that contains ``today``; ``None`` where it has too little to tell."""
    monday = monday_of(today)

    def week_from(first: date) -> tuple[BreakDay, ...]:
        return tuple(days.get(first + timedelta(days=ahead), BreakDay()) for ahead in range(7))

    found, before = week_from(monday - timedelta(days=7)), week_from(monday - timedelta(days=14))
    if sum(day.taken for day in found) < WORTH_TELLING:
        return None
    episodes = sum(day.episodes for day in found)
    # A week without any break was a holiday, or was before NumbGuard: its episodes are nothing to compare with.
    fewer = sum(day.episodes for day in before) - episodes if any(day.asked for day in before) else 0
    return LastWeek(found, max(0, fewer))
