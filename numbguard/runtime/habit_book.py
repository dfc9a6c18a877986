"""The one owner of the habits: what a click on water, a walk or the routine does, and what today holds of them. No Qt.

Made by the app when a habit is first asked for, and by the command line where no app runs; on the GUI thread. Windows
reach it as ``HabitControls``. A tick is on the disk, or kept to be written again, when ``tick`` returns, and is
announced once to those who watch.
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
    amount_to_tick,
    feat,
    progress,
    tally,
    week_goal,
)
from numbguard.core.log.records import HabitKind, HabitTick
from numbguard.core.ports import HabitLog
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.settings import Settings

from .ids import new_id as random_id

_LOOK_BACK = timedelta(days=366)
"""A streak is counted within the last year."""
_DAY = timedelta(days=1)


class GoalSettings(Protocol):
    """The settings, of which the week's goal is a part."""

    @property
    def settings(self) -> Settings: ...

    def write_goal(self, goal: GoalKind, amount: int | None) -> None:
        """Make this the week's goal; raises ``GoalError`` where it could not be written."""


@dataclass(frozen=True, slots=True)
class TickResult:
    """A tick that was made, what the day holds now, and what it has just reached. ``day`` ``None``: not to be read."""

    tick: HabitTick
    day: HabitDay | None
    feat: Achievement | None = None


class HabitBook:
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
        self._watchers: list[Callable[[TickResult], None]] = []
        self._past: tuple[date, Days] | None = None

    def watch(self, ticked: Callable[[TickResult], None]) -> Callable[[], None]:
        """Have ``ticked`` called once after each tick; gives what ends that."""
        self._watchers.append(ticked)
        return lambda: self._watchers.remove(ticked)

    def today(self) -> HabitDay | None:
        """What today holds; ``None`` where the log cannot be read: unknown is not nothing."""
        now = self._now()
        try:
            return self._day(now, self._ticks_of(now))
        except JournalError:
            return None

    def tick(self, kind: HabitKind, amount: int | None = None, *, id: str | None = None) -> TickResult:
        """Add ``amount`` (the usual step when not given), or take it back below nought. ``TickError``: not possible.

        ``id``: of a tick that may have been kept by somebody else already; it is kept once.
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
            done = TickResult(tick, day, feat(earlier, tick, day))
        for watcher in tuple(self._watchers):
            watcher(done)
        return done

    def routine_done(self) -> None:
        """The daily routine was played and done: ticked, unless it is for today."""
        today = self.today()
        if today is None or not today.amounts[HabitKind.STRETCH]:
            self.tick(HabitKind.STRETCH)

    def pick(self, goal: GoalKind, amount: int | None = None) -> None:
        """Make this the week's goal, with so many minutes or glasses a day; raises ``GoalError``."""
        self._goals.write_goal(goal, amount)

    @property
    def goal(self) -> WeekGoal | None:
        """The week's goal as it is now."""
        return week_goal(self._goals.settings)

    # --- within ------------------------------------------------------------------------------------------------------

    def _ticks_of(self, now: datetime) -> list[HabitTick]:
        """Those of today; a traveller's today may have begun elsewhere, at another hour."""
        found = self._log.habit_ticks(since=_midnight(now) - _DAY)
        return [one for one in found if one.at.date() == now.date()]

    def _day(self, now: datetime, ticks: Iterable[HabitTick]) -> HabitDay:
        today = now.date()
        days = tally(ticks)
        goal = week_goal(self._goals.settings)
        amounts = days.get(today, dict.fromkeys(HabitKind, 0))
        return HabitDay(amounts, progress(goal, {**self._before(now), today: amounts}, today) if goal else None)

    def _before(self, now: datetime) -> Days:
        """The days before today, read once a day: they change no more."""
        if self._past is None or self._past[0] != now.date():
            midnight = _midnight(now)
            ticks = self._log.habit_ticks(since=midnight - _LOOK_BACK, until=midnight + _DAY)
            self._past = now.date(), tally(one for one in ticks if one.at.date() < now.date())
        return self._past[1]


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
