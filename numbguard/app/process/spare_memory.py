"""Gives memory back once the person has turned away from NumbGuard's windows, as most do for the rest of the hour.

The composition root creates it, on the GUI thread. It waits with one single-shot timer, so it never wakes an app that
nobody has used since. See docs/decisions/memory.md.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from numbguard.core.ports import AppSnapshot
from numbguard.desktop.process import glibc_heap

AFTER_MS = 5000
"""Milliseconds after a window has gone; by then its widgets are deleted and its workers have ended."""


class SpareMemory(QObject):
    """Tidies up once after a window was closed, or a break was over, unless the person goes on in another."""

    def __init__(self) -> None:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        super().__init__(application)
        self.timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self.timer.timeout.connect(self._give_back)
        self._in_break = False

    def wait(self) -> None:
        """Notice that a window was closed."""
        self.timer.start()

    def follow(self, app_snapshot: AppSnapshot) -> None:
        """Notice the end of a break, whose card is not one of the windows that the person asks for."""
        was_in_break, self._in_break = self._in_break, app_snapshot.snapshot.current is not None
        if was_in_break and not self._in_break:
            self.wait()

    def _give_back(self) -> None:
        if self._in_break or QGuiApplication.focusWindow() is not None:
            return
        # Windows and their parts refer to each other, so only the collector frees them.
        gc.collect()
        glibc_heap.give_back()
