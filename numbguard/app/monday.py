"""The Monday message: a silent notification that says how last week went, where the person wants it.

The composition root creates it and passes each new ``AppSnapshot`` on, on the GUI thread. It needs no timer of its own:
it speaks when something happens anyway and the person can be spoken to, at most once a week, and on no other day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject

from numbguard.core.breaks.messages import State
from numbguard.core.ports import AppSnapshot, Notice

if TYPE_CHECKING:
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.store.log.queries.break_days import TodayLog
    from numbguard.store.profile import Profile

_MONDAY: Final = 0
_SAID: Final = "last-week"
_A_WEEK: Final = timedelta(days=6)
"""How long it is not said again: a little less than a week, so that an earlier hour next Monday is late enough."""
_SETTLED_S: Final = 120.0
"""Seconds of sitting before it speaks: never the moment the computer wakes or the person sits down."""
_BEFORE_A_BREAK_S: Final = 300.0
"""Seconds before a break in which it stays silent."""


class _Reader(Protocol):
    def ask(self, asker: QObject, today: date, done: Callable[[TodayLog | None], object]) -> object: ...


class MondayMessage(QObject):
    def __init__(
        self,
        profile: Profile,
        reader: Callable[[], _Reader],
        *,
        wanted: Callable[[], bool],
        say: Callable[[Notice], None],
    ) -> None:
        """``reader`` makes what reads the log, once it is needed. ``wanted``: whether the settings ask for it."""
        super().__init__()
        self._profile = profile
        self._reader = reader
        self._wanted = wanted
        self._say = say
        self._tried: date | None = None
        """The Monday on which the log was read: once is enough, whatever it has."""

    def follow(self, app_snapshot: AppSnapshot) -> None:
        """Speak, if this is the moment."""
        now = app_snapshot.snapshot
        at = now.at.wall.astimezone(now.at.local)
        today = at.date()
        if today.weekday() != _MONDAY or today == self._tried or not _may_speak(now) or not self._wanted():
            return
        self._tried = today

        def found(log: TodayLog | None) -> None:
            from numbguard.core.log.break_days import last_week
            from numbguard.store.said_once import not_within

            week = last_week(log.days, today) if log is not None else None
            if week is not None and not_within(self._profile, _SAID, _A_WEEK, at):
                from numbguard.ui.widgets.week.week_picture import picture_of
                from numbguard.wording.log.break_days import monday_message

                self._say(monday_message(week, picture_of(week)))

        self._reader().ask(self, today, found)


def _may_speak(now: Snapshot) -> bool:
    """Whether the person sits at the desk, nothing asks for silence, and no break is near."""
    return (
        now.state is State.SITTING
        and not now.suppressed
        and now.seated_s >= _SETTLED_S
        and now.due_in_s >= _BEFORE_A_BREAK_S
    )
