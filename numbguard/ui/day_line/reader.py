"""Reads what the log has of today on a worker thread.

The composition root creates it; the panel and the page after a card call it on the GUI thread, where the answer
arrives.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from numbguard.core.errors import JournalError
from numbguard.runtime.clock import LocalZone
from numbguard.store.log.queries.break_days import TodayLog, read_today
from numbguard.store.profile import Profile
from numbguard.ui.worker import Job, run


class TodayReader:
    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def ask(self, asker: QObject, today: date, done: Callable[[TodayLog | None], object]) -> Job:
        """``done`` receives the figures, or ``None`` where the log cannot be read, unless ``asker`` is gone by then."""
        return run(
            asker,
            lambda: read_today(self._profile, today, LocalZone()),
            name="today",
            done=done,
            failed=lambda _sentence: done(None),
            expected=(JournalError,),
        )
