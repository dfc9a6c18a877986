"""Notices that NumbGuard's files were replaced by another version while it runs, and says once to start it again.

What has not been imported yet comes from the new files, which do not fit this process: a window or a verb may fail.
The composition root creates it on the GUI thread. The file system reports the change, so no timer wakes the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

import numbguard
from numbguard.core.ports import Notice

_SETTLES_MS: Final = 5000
"""Milliseconds between a change and a look: a package manager replaces hundreds of files."""
_LOOKS: Final = 12
"""Looks for a file that is missing: some installers remove the old version before they write the new one."""
_VERSION: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


class ReplacedProgram(QObject):
    def __init__(self, say: Callable[[Notice], None], *, package: Path = Path(numbguard.__file__)) -> None:
        """``package``: the file that has the version. A frozen bundle has none; nothing is watched then."""
        super().__init__()
        self._say = say
        self._package = package
        self._looks = 0
        self._is_replaced = False
        self._later = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._later.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._changed)
        if package.is_file():
            self._watcher.addPath(str(package))

    def is_unchanged(self) -> bool:
        """Whether the files are still those of this process, as far as is known now."""
        return not self._later.isActive() and not self._is_replaced

    def end(self) -> None:
        self._later.stop()
        self._watcher.deleteLater()

    def _changed(self) -> None:
        self._looks = 0
        self._later.start()

    def _look(self) -> None:
        try:
            found = _VERSION.search(self._package.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self._is_replaced = True
            self._looks += 1
            if self._looks < _LOOKS:
                self._later.start()
            return
        self._is_replaced = found is not None and found[1] != numbguard.__version__
        if found is not None and self._is_replaced:
            from numbguard.wording.now import replaced_by

            self._say(replaced_by(found[1]))
        elif str(self._package) not in self._watcher.files():  # the watcher lets go of a file that is replaced
            self._watcher.addPath(str(self._package))
