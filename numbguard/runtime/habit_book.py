"""The only owner of the habits: ticks water, walks and stretching, and counts what today has of them. No Qt.

The app creates it on the GUI thread when a habit is first needed; the command line creates one where no app runs.
Windows see it as ``HabitControls``. When ``tick`` returns, the tick is on the disk or queued to be retried, and each
watcher has been called once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.habits import (
    Achievement,
    Days,
    HabitDay,
    WeekGoal,
    achievement,
    amount_to_tick,
    day_amounts,
    progress,
    tally,
    week_goal,
)
from numbguard.core.log.records.habits import HabitKind, HabitTick
from numbguard.core.ports import HabitLog
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings

from .ids import new_id as random_id
from .subscribers import Subscribers

_LOOK_BACK = timedelta(days=366)
"""How far back a streak is counted: one year."""
_DAY = timedelta(days=1)


class GoalSettings(Protocol):
    """The settings, which contain the week's goal."""

    @property
    def settings(self) -> Settings: ...

    def write_goal(self, goal: GoalKind, amount: int | None) -> None:
        """Save the week's goal; ``amount`` in minutes or glasses per day. Raises ``GoalError`` if that fails."""


@dataclass(frozen=True, slots=True)
class TickResult:
    """A tick, the day's amounts after it, and what it achieved. ``day`` is ``None`` if the log cannot be read."""

    tick: HabitTick
    day: HabitDay | None
    achievement: Achievement | None = None


class HabitBook:
    """Implements ``core.ports.HabitControls``."""

    def __init__(
        self,
        log: HabitLog,
        goals: GoalSettings,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str] = random_id,
    ) -> None:
        self._log = log
        self._goals = goals
        self._now = now
        self._new_id = new_id
        self._watchers = Subscribers[TickResult]()
        self._past: tuple[date, Days] | None = None

    def watch(self, ticked: Callable[[TickResult], None]) -> Callable[[], None]:
        """Call ``ticked`` once after each tick; returns a function that ends the watch."""
        return self._watchers.add(ticked)

    def today(self) -> HabitDay | None:
        """Return today's amounts and goal progress; ``None`` if the log cannot be read, since unknown is not zero."""
        now = self._now()
        try:
            return self._day(now, self._ticks_of(now))
        except JournalError:
            return None

    def tick(self, kind: HabitKind, amount: int | None = None, *, id: str | None = None) -> TickResult:
        """Add ``amount`` to today's habit, by default its usual step; a negative amount subtracts.

        ``id`` is given if another process may have kept this tick already; the log keeps one tick for each id. Raises
        ``TickError`` for an amount that cannot be ticked, and ``JournalError``.
        """
        now = self._now()
        try:
            earlier = self._ticks_of(now)
            held = self._day(now, earlier).amounts[kind]
        except JournalError:
            earlier, held = None, None
        tick = HabitTick(id or self._new_id(), now, kind, amount_to_tick(kind, amount, held))
        self._log.add_tick(tick)
        if earlier is None:
            done = TickResult(tick, None)
        else:
            day = self._day(now, [*earlier, tick])
            done = TickResult(tick, day, achievement(earlier, tick, day))
        self._watchers.call(done)
        return done

    def routine_done(self) -> None:
        """Tick stretching after a routine, unless it is ticked for today."""
        today = self.today()
        if today is None or not today.amounts[HabitKind.STRETCH]:
            self.tick(HabitKind.STRETCH)

    def pick(self, goal: GoalKind, amount: int | None = None) -> None:
        """Set the week's goal, with ``amount`` minutes or glasses per day; raises ``GoalError``."""
        self._goals.write_goal(goal, amount)

    @property
    def goal(self) -> WeekGoal | None:
        """The week's current goal, or ``None``."""
        return week_goal(self._goals.settings)

    # --- internals ---------------------------------------------------------------------------------------------------

    def _ticks_of(self, now: datetime) -> list[HabitTick]:
        """Return today's ticks. The search starts a day early: a traveller's day may have begun in another zone."""
        found = self._log.habit_ticks(since=_midnight(now) - _DAY)
        return [one for one in found if one.at.date() == now.date()]

    def _day(self, now: datetime, ticks: Iterable[HabitTick]) -> HabitDay:
        today = now.date()
        days = tally(ticks)
        settings = self._goals.settings
        goal = week_goal(settings)
        amounts = days.get(today, dict.fromkeys(HabitKind, 0))
        reached = progress(goal, {**self._before(now), today: amounts}, today) if goal else None
        return HabitDay(amounts, reached, day_amounts(settings))

    def _before(self, now: datetime) -> Days:
        """Return the days before today, read once a day because they no longer change."""
        if self._past is None or self._past[0] != now.date():
            midnight = _midnight(now)
            ticks = self._log.habit_ticks(since=midnight - _LOOK_BACK, until=midnight + _DAY)
            self._past = now.date(), tally(one for one in ticks if one.at.date() < now.date())
        return self._past[1]


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
