"""The app's session sense: combines all sources. Implements ``core.ports.SessionWatch``.

``session.choose`` builds it; the runtime calls it on the GUI thread. The screen counts as locked while any source says
so, and each change is reported once. What a source said ends with the source, so that a crashed lock screen does not
suspend counting for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.ports import SenseStatus, SessionEvent
from numbguard.core.sentence import N_, passage

from . import SessionSource

SLEEP_IS_STILL_NOTICED = N_("Sleep is detected after waking, from the system clocks.")
LOCK_IS_IDLENESS = N_(
    "NumbGuard can't detect a locked screen here. It counts as away once the keyboard and mouse are idle."
)
SLEEP_IS_REPORTED = N_("The system reports when it goes to sleep and wakes.")
LOCK_IS_REPORTED = N_("The desktop reports when the screen is locked.")


def session_status(*, lock: str | None, sleep: str | None, why: Sequence[str] = ()) -> SenseStatus:
    """The status of the sense: ``lock`` and ``sleep`` name the source that reports each, ``None`` where none does;
    ``why`` gives the reasons for what is missing."""
    reported = [words for name, words in ((sleep, SLEEP_IS_REPORTED), (lock, LOCK_IS_REPORTED)) if name]
    unreported = [words for name, words in ((lock, LOCK_IS_IDLENESS), (sleep, SLEEP_IS_STILL_NOTICED)) if not name]
    reasons = why if unreported else ()
    return SenseStatus(
        sleep or lock or "none",
        works=bool(sleep or lock),
        detail=passage((*reported, *reasons, *unreported)),
        sources={
            "sleep": SenseStatus(
                sleep or "clocks", works=bool(sleep), detail=SLEEP_IS_REPORTED if sleep else SLEEP_IS_STILL_NOTICED
            ),
            "lock": SenseStatus(
                lock or "none", works=bool(lock), detail=LOCK_IS_REPORTED if lock else LOCK_IS_IDLENESS
            ),
        },
    )


class SessionSense:
    """Listens to all the sources of this desktop."""

    def __init__(self, sources: Sequence[SessionSource], *, missing: Sequence[str] = ()) -> None:
        self._sources = tuple(sources)
        self._missing = tuple(dict.fromkeys(missing))
        """Why the other candidates are not among the sources, one sentence each."""
        self._locked: set[int] = set()
        """Indices of the sources that report a locked screen."""
        self._report: Callable[[SessionEvent], None] = lambda event: None

    def start(self, report: Callable[[SessionEvent], None]) -> None:
        self._report = report
        for place, source in enumerate(self._sources):
            source.start(partial(self._lock_changed, place), lambda event: self._report(event))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources that may report something here."""
        return tuple(one.name for one in self._sources)

    @property
    def missing(self) -> tuple[str, ...]:
        """Why the other candidates are unavailable, one sentence each."""
        return self._missing

    def status(self) -> SenseStatus:
        lock = next((one.name for one in self._sources if one.reports_lock), None)
        sleep = next((one.name for one in self._sources if one.reports_sleep), None)
        details = (one.detail for one in self._sources)
        return session_status(lock=lock, sleep=sleep, why=[*self._missing, *(one for one in details if one)])

    def stop(self) -> None:
        self._report = lambda event: None
        for source in self._sources:
            source.stop()

    def _lock_changed(self, place: int, locked: bool | None) -> None:
        before = bool(self._locked)
        if locked:
            self._locked.add(place)
        else:
            self._locked.discard(place)
        if bool(self._locked) is not before:
            self._report(SessionEvent.UNLOCKED if before else SessionEvent.LOCKED)
