"""Asks twice, gently, whether an episode is over: when it has been open for half an hour, and again after two. No Qt.

The app creates it on the GUI thread and passes it each new ``AppSnapshot``. It asks with a desktop notification, but
never while the person is away or on a break, or while breaks are suppressed; then it tries again each minute.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from numbguard.core.breaks.messages import Action, State
from numbguard.core.ports import Alarm, AppSnapshot, Notice
from numbguard.core.sentence import N_, sentence

ASKED_AFTER_S = (30 * 60.0, 2 * 3600.0)
"""Seconds from the start of an episode to each question."""
_LOOKS_AGAIN_S = 60.0
"""Seconds between two attempts to ask."""
_EARLY_S = 60.0
"""An alarm that rings up to this many seconds before its time counts as on time."""
_ID = "still-numb"


class StillNumb:
    """Asks each question about an episode once; a question whose time was past when it was first seen is left out."""

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
        """Note which episode is open; to be called with every new snapshot."""
        episode = app_snapshot.open_episode
        id = episode.id if episode else None
        if id == self._about:
            return
        self._about = id
        self._alarm.cancel(_ID)
        if episode is not None:
            self._ring_for_next((app_snapshot.snapshot.at.wall - episode.started_at).total_seconds())

    def _ring_for_next(self, lasted_s: float, *, early_s: float = 0.0) -> None:
        after_s = next((after_s for after_s in ASKED_AFTER_S if after_s > lasted_s + early_s), None)
        if after_s is not None:
            self._ring_in(after_s - lasted_s)

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
            self._say(question(episode.started_at.astimezone(now.at.wall.tzinfo), about=episode.id))
            # An alarm may ring a moment before its time, and must not ask the same again.
            self._ring_for_next((now.at.wall - episode.started_at).total_seconds(), early_s=_EARLY_S)


def question(began: datetime, *, about: str) -> Notice:
    """Return the question about that episode as a notice, which stays no longer than any other notification."""
    return Notice(
        N_("Is it still numb?"),
        sentence(
            "You logged it at {began:%H:%M}. If it's gone, choose “It's gone”. If not, read “When to get help”.",
            began=began,
        ),
        answers=(
            (Action.GONE, N_("It's gone")),
            (Action.HELP, N_("When to get help")),
            (Action.RELIEF, N_("Step-by-step relief")),
        ),
        about=about,
    )
