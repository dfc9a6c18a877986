"""Looks after the log while the app runs: a quick check after each start, nightly backups, and a whole check each week.

The composition root makes it on the GUI thread; the work is done on a thread of its own with its own connection. Damage
that anything has found is announced by one notification.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from numbguard.core.errors import JournalError
from numbguard.core.ports import Notice
from numbguard.store.log.health import HealthFile
from numbguard.ui import worker

if TYPE_CHECKING:
    from numbguard.store.profile import Profile

    from .alarm_clock import AlarmClock

QUICK_AFTER_S = 5.0
"""The quick check waits until the start is over, in seconds."""
CATCH_UP_AFTER_S = 300.0
"""A night during which the app did not run is made up for this long after the start, in seconds."""
NIGHT_HOUR = 3
"""The local hour of the nightly backup."""
WEEK = timedelta(days=7)


class LogCare:
    def __init__(
        self,
        profile: Profile,
        alarm: AlarmClock,
        asker: QObject,
        *,
        speed: float,
        second: Callable[[], Path | None],
        say: Callable[[Notice], None],
        once: Callable[[str], bool],
        changed: Callable[[], None],
    ) -> None:
        """``second`` returns the folder for copies of backups; ``once`` whether something has never been said."""
        self._profile = profile
        self._alarm = alarm
        self._asker = asker
        self._speed = speed
        self._second = second
        self._say = say
        self._once = once
        self._changed = changed
        self._health = HealthFile(profile)
        self._announced: str | None = None
        self.note: str | None = None
        """Why the last nightly backup is not complete, as a sentence for the panel."""

    def begin(self) -> None:
        for after_s, job in ((QUICK_AFTER_S, self._check_quickly), (CATCH_UP_AFTER_S, self.look_after)):
            QTimer.singleShot(round(after_s * 1000 / self._speed), self._asker, job)
        self._alarm.cron("log-care", self.look_after, hour=NIGHT_HOUR)

    def look(self) -> None:
        """Announce damage, once each time that some is found. Also called at each step of the runtime."""
        health = self._health.read()
        if health.trouble is None or health.since == self._announced:
            return
        self._announced = health.since
        if self._once(f"log-damaged-{health.since}"):
            self._say(Notice(title="The log is damaged", body=health.trouble))

    def look_after(self) -> None:
        """Back up the log if it has changed, and check the whole of it once a week."""
        profile, second = self._profile, self._second()
        self._start("log care", lambda: _look_after(profile, second))

    def _check_quickly(self) -> None:
        profile = self._profile
        self._start("quick check", lambda: _check_quickly(profile))

    def _start(self, name: str, work: Callable[[], str | None]) -> None:
        worker.run(self._asker, work, name=name, done=self._done, failed=self._done, expected=(JournalError,))

    def _done(self, note: str | None) -> None:
        self.note = note
        self.look()
        self._changed()


def _check_quickly(profile: Profile) -> None:
    from numbguard.store.log.recovery.checks import check_quickly

    check_quickly(profile)


def _look_after(profile: Profile, second: Path | None) -> str | None:
    from numbguard.store.log.recovery.backups import BackupError, back_up_if_changed
    from numbguard.store.log.recovery.checks import check_whole

    at = datetime.now().astimezone()
    health = HealthFile(profile).read()
    if health.trouble is not None:
        return None
    note = None
    try:
        back_up_if_changed(profile, at=at, second=second)
    except BackupError as error:
        note = str(error)
    if health.last_check is None or at - health.last_check >= WEEK:
        check_whole(profile, at=at)
    return note
