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

from numbguard.core.breaks.messages import State
from numbguard.core.errors import JournalError
from numbguard.core.ports import AppSnapshot, Notice
from numbguard.store.log.health import HealthFile
from numbguard.ui import worker
from numbguard.wording.catalogue import _

if TYPE_CHECKING:
    from numbguard.store.profile import Profile

    from .alarm_clock import AlarmClock

QUICK_AFTER_S = 5.0
"""Seconds after the start at which the quick check runs, once everything has started."""
CATCH_UP_AFTER_S = 300.0
"""Seconds after the start at which the app makes the backup of a night in which it did not run."""
NIGHT_HOUR = 3
"""The local hour of the nightly backup."""
WEEK = timedelta(days=7)
LATEST = timedelta(days=14)
"""The longest that the whole check waits for the person to leave; then it follows the nightly backup."""


class LogCare:
    def __init__(
        self,
        profile: Profile,
        alarm: AlarmClock,
        asker: QObject,
        *,
        speed: float,
        second_folder: Callable[[], Path | None],
        say: Callable[[Notice], None],
        is_first_time: Callable[[str], bool],
        changed: Callable[[], None],
    ) -> None:
        """``second_folder`` returns the folder for copies of backups.

        ``is_first_time`` returns whether a message has never been shown; ``changed`` is called after each check.
        """
        self._profile = profile
        self._alarm = alarm
        self._asker = asker
        self._speed = speed
        self._second_folder = second_folder
        self._say = say
        self._is_first_time = is_first_time
        self._changed = changed
        self._health = HealthFile(profile)
        self._announced: str | None = None
        self._is_away = False
        self._senses_idleness = False
        self.note: str | None = None
        """Why the last nightly backup is not complete, as a sentence for the panel."""

    def begin(self) -> None:
        for after_s, job in ((QUICK_AFTER_S, self._check_quickly), (CATCH_UP_AFTER_S, self.back_up)):
            QTimer.singleShot(round(after_s * 1000 / self._speed), self._asker, job)
        self._alarm.cron("log-care", lambda: self.back_up(at_night=True), hour=NIGHT_HOUR)

    def follow(self, app_snapshot: AppSnapshot) -> None:
        """Announce damage, and begin the weekly check when the person leaves; called at each step of the runtime."""
        self._announce_damage()
        snapshot, was_away = app_snapshot.snapshot, self._is_away
        self._is_away, self._senses_idleness = snapshot.state is State.AWAY, snapshot.idle_known
        if self._is_away and not was_away and self._lacks_check(WEEK):
            profile = self._profile
            self._start("weekly check", lambda: _check_whole(profile), self._checked)

    def back_up(self, *, at_night: bool = False) -> None:
        """Back up the log if it has changed; check the whole of it where that has waited too long for an idle hour."""
        profile, second = self._profile, self._second_folder()
        if self._is_away or not self._senses_idleness:
            checks = self._lacks_check(WEEK)
        else:
            checks = self._lacks_check(LATEST) and (at_night or self._health.read().last_check is not None)
        self._start("log care", lambda: _back_up(profile, second, checks=checks), self._backed_up)

    def _lacks_check(self, length: timedelta) -> bool:
        health = self._health.read()
        if health.trouble is not None:
            return False
        # A check in the future: the clock has been set back since.
        return health.last_check is None or abs(datetime.now().astimezone() - health.last_check) >= length

    def _announce_damage(self) -> None:
        """Notify the person of damage, once each time that some is found."""
        health = self._health.read()
        if health.trouble is None or health.since == self._announced:
            return
        self._announced = health.since
        if self._is_first_time(f"log-damaged-{health.since}"):
            self._say(Notice(title=_("The log is damaged"), body=health.trouble))

    def _check_quickly(self) -> None:
        profile = self._profile
        self._start("quick check", lambda: _check_quickly(profile), self._checked)

    def _start(self, name: str, work: Callable[[], str | None], ended: Callable[[str | None], None]) -> None:
        worker.run(self._asker, work, name=name, done=ended, failed=ended, expected=(JournalError,))

    def _backed_up(self, note: str | None) -> None:
        self.note = note
        self._checked(note)

    def _checked(self, _sentence: str | None) -> None:
        self._announce_damage()
        self._changed()


def _check_quickly(profile: Profile) -> None:
    from numbguard.store.log.recovery.checks import check_quickly

    check_quickly(profile)


def _check_whole(profile: Profile) -> None:
    from numbguard.store.log.recovery.checks import check_whole

    check_whole(profile, at=datetime.now().astimezone())


def _back_up(profile: Profile, second: Path | None, *, checks: bool) -> str | None:
    from numbguard.store.log.recovery.backups import BackupError, back_up_if_changed

    if HealthFile(profile).trouble is not None:
        return None
    note = None
    try:
        back_up_if_changed(profile, at=datetime.now().astimezone(), second=second)
    except BackupError as error:
        note = error.args[0]  # the sentence itself, because the panel and the command line show it
    if checks:
        _check_whole(profile)
    return note
