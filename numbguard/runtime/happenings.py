"""What happens, as states and ids: for the signals on D-Bus and for the person's hooks. No Qt.

The composition root creates ``Happenings`` on the GUI thread. It follows the runtime and the episodes, and tells its
subscribers. A happening never contains anything that somebody logged: of an episode it has the id alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from numbguard.core.breaks.messages import Phase

from .subscribers import Subscribers

if TYPE_CHECKING:
    from numbguard.core.log.records.episode import Episode
    from numbguard.core.log.records.sitting import BreakRecord
    from numbguard.core.ports import AppSnapshot

    from .episode_book import EpisodeBook
    from .runtime import Runtime

WITHDRAWN = "withdrawn"
"""How a break ended that was taken off the screen and not recorded: a call began, or the person left."""


class HappeningKind(Enum):
    """The values are the names of the events for hooks."""

    STATE = "state"
    ANNOUNCED = "announcement"
    STARTED = "start"
    ENDED = "end"
    LOGGED = "log"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. ``state`` is that of ``numbguard status`` when it happened."""

    kind: HappeningKind
    state: str
    id: str = ""
    """The id of the break or of the episode; empty for a change of the state."""
    outcome: str = ""
    """How a break ended, as ``numbguard breaks`` names it, or ``WITHDRAWN``."""


class Happenings:
    """Each break that is announced or starts also ends, once, under the same id."""

    def __init__(self, runtime: Runtime, episodes: EpisodeBook) -> None:
        self._subscribers = Subscribers[Happening]()
        snapshot = runtime.app_snapshot().snapshot
        self.state = snapshot.state.value
        """The present state, as ``numbguard status`` names it."""
        self._break = ""
        """The id of the break that was announced or started and has not ended."""
        self._has_started = False
        self._over: list[BreakRecord] = []
        """Breaks that have ended since the last snapshot, which says in which state that leaves the person."""
        self._ended = ""
        """The id of the last break that ended."""
        self._logged = ""
        if snapshot.current:
            self._break = snapshot.current.id
            self._has_started = snapshot.current.phase is not Phase.ANNOUNCED
        runtime.subscribe(self._follow)
        runtime.watch_breaks(self._break_ended)
        episodes.watch_logs(self._episode_logged)

    def subscribe(self, call: Callable[[Happening], None]) -> None:
        self._subscribers.add(call)

    def _follow(self, app_snapshot: AppSnapshot) -> None:
        snapshot = app_snapshot.snapshot
        current = snapshot.current
        before, self.state = self.state, snapshot.state.value
        over, self._over = self._over, []
        for record in over:
            if record.id != self._ended:
                self._end(record.id, record.outcome.value)
        if self._break and (current is None or current.id != self._break):
            self._end(self._break, WITHDRAWN)
        if before != self.state:
            self._tell(HappeningKind.STATE)
        if current is None:
            return
        if not self._break:
            self._break, self._has_started = current.id, False
            if current.phase is Phase.ANNOUNCED:
                self._tell(HappeningKind.ANNOUNCED, current.id)
        if not self._has_started and current.phase is not Phase.ANNOUNCED:
            self._has_started = True
            self._tell(HappeningKind.STARTED, current.id)

    def _break_ended(self, record: BreakRecord) -> None:
        self._over.append(record)

    def _end(self, id: str, outcome: str) -> None:
        self._ended = id
        if id == self._break:
            self._break = ""
        self._tell(HappeningKind.ENDED, id, outcome)

    def _episode_logged(self, episode: Episode) -> None:
        if episode.id != self._logged:  # the second click of a double click gives the same episode again
            self._logged = episode.id
            self._tell(HappeningKind.LOGGED, episode.id)

    def _tell(self, kind: HappeningKind, id: str = "", outcome: str = "") -> None:
        self._subscribers.call(Happening(kind, self.state, id, outcome))
