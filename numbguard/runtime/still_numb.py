"""Asks once, gently, whether an episode that has been open for half an hour is over. No Qt.

Made by the app, which hands it each new ``AppSnapshot``; on the GUI thread. It asks by the desktop's own notifications,
never while somebody is away, on a break or to be left in peace: then it waits for a better minute.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from numbguard.core.breaks.messages import Action, State
from numbguard.core.ports import Alarm, AppSnapshot, Notice

ASKED_AFTER_S = 30 * 60.0
_LOOKS_AGAIN_S = 60.0
_ID = "still-numb"


class StillNumb:
    """One question an episode. One that was open for longer already when it was first seen is not asked after."""

    def __init__(
        self,
        alarm: Alarm,
        *,
        app_snapshot: Callable[[], AppSnapshot],
        say: Callable[[Notice], None],
        speed: float = 1.0,
    ) -> None:
        self._alarm = alarm
        self._app_snapshot = app_snapshot
        self._say = say
        self._speed = speed
        self._about: str | None = None

    def follow(self, app_snapshot: AppSnapshot) -> None:
        """Look which episode is open; call it with every new app_snapshot."""
        episode = app_snapshot.open_episode
        id = episode.id if episode else None
        if id == self._about:
            return
        self._about = id
        self._alarm.cancel(_ID)
        if episode is not None:
            left_s = ASKED_AFTER_S - (app_snapshot.snapshot.at.wall - episode.started_at).total_seconds()
            if left_s > 0:
                self._ring_in(left_s)

    def _ring_in(self, seconds: float) -> None:
        self._alarm.every(seconds / self._speed, self._ask, id=_ID)

    def _ask(self) -> None:
        app_snapshot = self._app_snapshot()
        now, episode = app_snapshot.snapshot, app_snapshot.open_episode
        if episode is None or episode.id != self._about:
            self._alarm.cancel(_ID)
        elif now.suppressed or now.current or now.state is State.AWAY:
            self._ring_in(_LOOKS_AGAIN_S)
        else:
            self._alarm.cancel(_ID)
            self._say(question(episode.started_at.astimezone(now.at.wall.tzinfo)))


def question(began: datetime) -> Notice:
    """What is asked. It stays no longer than any other message."""
    return Notice(
        "Is it still numb?",
        f"You logged it at {began:%H:%M}. If it has passed, say so; if it stays, look at “When to get help”.",
        answers=((Action.GONE, "It's gone"), (Action.RELIEF, "What helps")),
    )
