"""Files that change under the running app: settings saved elsewhere, and what the log could not take yet.

Made by the composition root, on the GUI thread. The file system tells of changes, so that nobody is woken for nothing;
only while something waits to be written is that tried again every half minute.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QTimer

from numbguard.core.ports import Alarm
from numbguard.store.log.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings.file import stamp_of

AGAIN_S = 30.0
"""Between two tries to write what the log could not take."""

_SETTLES_MS = 100
"""An editor saves in several steps."""

_ID = "unwritten"


class FileWatch:
    def __init__(
        self, profile: Profile, journal: SafeJournal, alarm: Alarm, *, speed: float, settings: Callable[[], None]
    ) -> None:
        """``settings`` takes a changed settings file over."""
        self._profile = profile
        self._journal = journal
        self._alarm = alarm
        self._speed = speed
        self._settings = settings
        self._trying = False
        self._seen = stamp_of(profile)
        self._later = QTimer(singleShot=True, interval=_SETTLES_MS)
        self._later.timeout.connect(self.look)
        # The folder tells of a file that is new or put in another's place, the file of a change within it.
        self._watcher = QFileSystemWatcher([str(profile.folder)])
        self._watcher.directoryChanged.connect(self._stirred)
        self._watcher.fileChanged.connect(self._stirred)
        self._watch_the_file()

    def _stirred(self, _path: str) -> None:
        # NumbGuard's own files lie in the same folder: they are no reason to be woken once more.
        if stamp_of(self._profile) != self._seen:
            self._later.start()

    def look(self) -> None:
        """Take over what has changed, and write again what could not be written. Also called at each step."""
        self._watch_the_file()
        self._seen = stamp_of(self._profile)
        self._settings()
        self._journal.retry()
        waits = self._journal.note() is not None
        if waits and not self._trying:
            self._alarm.every(AGAIN_S / self._speed, self.look, id=_ID)
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
