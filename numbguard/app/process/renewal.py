"""Begins the process again while nobody is at the desk, if windows have made it heavy.

What a window has imported, drawn and cached stays with a process for good: Python's modules, Qt's fonts and style
sheets, the pages of its libraries. A process that begins again has none of it, and the engine's state outlives a
restart anyway (docs/COUNTING.md). See docs/decisions/begin-again.md.

The composition root creates it, on the GUI thread. No timer runs while the person is there or the process is light.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from numbguard.core.ports import AppSnapshot
from numbguard.desktop.process import own_memory

from .application import BEGIN_AGAIN

_log = logging.getLogger(__name__)

AFTER_MS: Final = 10_000
"""Milliseconds for which the person has been away. Somebody who locks the screen by mistake unlocks it sooner."""

HEAVY_BYTES: Final = 6 * 1024 * 1024
"""Growth from which it is worth beginning again. A single card adds twice as much."""


class Renewal(QObject):
    def __init__(
        self, may: Callable[[], bool], *, resident: Callable[[], int | None] = own_memory.resident_bytes
    ) -> None:
        """``may`` returns whether nothing would be lost that only this process knows. To be created once all parts are
        joined: the memory in use now is that of a light process."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        super().__init__(application)
        self._may = may
        self._resident = resident
        self._light = resident()
        self._is_away = False
        self.timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self.timer.timeout.connect(self._look)

    def follow(self, app_snapshot: AppSnapshot) -> None:
        """Notice that the person leaves or returns; to be called with every new snapshot."""
        now = app_snapshot.snapshot
        # An episode that is open or can be undone has questions and changes that only this process remembers.
        is_open = (now.current, app_snapshot.open_episode, app_snapshot.undoable, app_snapshot.waiting_entries)
        self._is_away = now.is_away and not any(is_open)
        if not self._is_away:
            self.timer.stop()
        elif not self.timer.isActive() and self._is_heavy():
            self.timer.start()

    def _is_heavy(self) -> bool:
        used = self._resident()
        return used is not None and self._light is not None and used - self._light >= HEAVY_BYTES

    def _look(self) -> None:
        shown = any(window.isVisible() for window in QApplication.topLevelWidgets())
        if self._is_away and not shown and self._may():
            _log.info("beginning again, to give memory back")
            QApplication.exit(BEGIN_AGAIN)
