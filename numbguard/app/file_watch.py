"""Follows changes of the settings file and its folder while the app runs; retries entries the log could not take.

The composition root creates it on the GUI thread. The file system reports changes, so no timer wakes the process in
vain; only while entries wait to be written does an alarm retry them, every half minute.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QTimer

from numbguard.core.ports import Alarm
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings.file import stamp_of

RETRY_EVERY_S = 30.0
"""Seconds between two attempts to write what the log could not take."""

_SETTLES_MS = 100
"""Milliseconds to wait after a change before reading the file: an editor saves in several steps."""

_ID = "unwritten"


class FileWatch:
    def __init__(
        self,
        profile: Profile,
        journal: SafeJournal,
        alarm: Alarm,
        *,
        speed: float,
        settings: Callable[[], None],
        folder: Callable[[], None],
    ) -> None:
        """``settings`` loads the settings file if it has changed; ``folder`` is called when a file comes or goes."""
        self._profile = profile
        self._journal = journal
        self._alarm = alarm
        self._speed = speed
        self._settings = settings
        self._folder = folder
        self._trying = False
        self._seen = stamp_of(profile)
        self._later = QTimer(singleShot=True, interval=_SETTLES_MS)
        self._later.timeout.connect(self.check)
        # Watching the folder reports a new or replaced file; watching the file reports a change of its contents.
        self._watcher = QFileSystemWatcher([str(profile.folder)])
        self._watcher.directoryChanged.connect(self._stirred)
        self._watcher.directoryChanged.connect(lambda _path: self._folder())
        self._watcher.fileChanged.connect(self._stirred)
        self._watch_the_file()

    def _stirred(self, _path: str) -> None:
        # NumbGuard writes files of its own to the same folder; ignore those.
        if stamp_of(self._profile) != self._seen:
            self._later.start()

    def check(self) -> None:
        """Load changed settings and retry what could not be written. The runtime calls this at each step, too."""
        self._watch_the_file()
        self._seen = stamp_of(self._profile)
        self._settings()
        self._journal.retry()
        waits = self._journal.note() is not None
        if waits and not self._trying:
            self._alarm.every(RETRY_EVERY_S / self._speed, self.check, id=_ID)
        elif self._trying and not waits:
            self._alarm.cancel(_ID)
        self._trying = waits

    def end(self) -> None:
        self._later.stop()
        self._watcher.deleteLater()

    def _watch_the_file(self) -> None:
        path = str(self._profile.settings)
        if path not in self._watcher.files() and self._profile.settings.exists():
            self._watcher.addPath(path)
