"""Bare logs within two seconds are one numbness: a double click, or a hot key that is held. No Qt.

The book of episodes in the running app calls it on the GUI thread; ``numbguard log`` calls it in its own process while
no app runs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode, EpisodeEnd

SAME_NUMBNESS_S = 2.0
"""Two bare logs less than this many real seconds apart are one numbness; ``--speed`` does not change it."""


class ClickMemory(Protocol):
    """Remembers the last bare log of a profile, for every process that logs to it."""

    def alone(self) -> AbstractContextManager[None]:
        """Within the block no other process reads or writes the last click."""

    def read(self) -> tuple[str, float] | None:
        """Return the id of the last bare log's episode, and the moment of the click in seconds since 1970."""

    def write(self, id: str, at: float) -> None: ...


class OwnClickMemory:
    """The last bare log of this process alone."""

    def __init__(self) -> None:
        self.last: tuple[str, float] | None = None

    def alone(self) -> AbstractContextManager[None]:
        from contextlib import nullcontext

        return nullcontext()

    def read(self) -> tuple[str, float] | None:
        return self.last

    def write(self, id: str, at: float) -> None:
        self.last = (id, at)


def log_click(
    memory: ClickMemory, at: float, *, find: Callable[[str], Episode | None], write: Callable[[], Episode]
) -> Episode:
    """Return the open episode of a bare log less than two seconds before ``at``, or the one that ``write`` writes.

    ``at`` is the moment of the click in real seconds since 1970. Each click counts from the one before it, so that a
    hot key that is held for long is one numbness too. Raises what ``write`` raises.
    """
    with memory.alone():
        last = memory.read()
        episode = _still_open(last[0], find) if last and abs(at - last[1]) < SAME_NUMBNESS_S else None
        if last is None or episode is None:
            episode = write()
            memory.write(episode.id, at)
        else:
            memory.write(episode.id, max(at, last[1]))
        return episode


def _still_open(id: str, find: Callable[[str], Episode | None]) -> Episode | None:
    try:
        found = find(id)
    except JournalError:
        return None
    return found if found is not None and found.end is EpisodeEnd.OPEN else None
