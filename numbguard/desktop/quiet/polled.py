"""A source that polls every 30 seconds, for systems that do not announce changes.

It is the base class of the sources for Windows and macOS, on the GUI thread; the survey of the command line samples it
once, without Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.core.sentence import N_

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

EVERY_S = 30
"""Seconds between samples."""


class PolledSource:
    """A subclass implements ``_look``, which gives the present reason or raises OSError if that is unknown."""

    name = ""
    words = ""
    """What is noticed while it works, as a sentence."""

    def __init__(self) -> None:
        self._timer: QTimer | None = None
        self._reason: str | None = None
        self._available: bool | None = None
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        return self.words if self._available else N_("No answer from the system.")

    @property
    def reason(self) -> str | None:
        return self._reason

    def start(self, changed: Callable[[], None]) -> None:
        from PySide6.QtCore import QTimer

        self._changed = changed
        self._timer = QTimer()
        self._timer.setInterval(EVERY_S * 1000)
        self._timer.timeout.connect(self.sample)
        self._timer.start()
        self.sample()

    def stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None

    def _look(self) -> str | None:
        raise NotImplementedError

    def sample(self) -> None:
        """Look now, and update ``available`` and ``reason``."""
        before = self._available, self._reason
        try:
            self._reason, self._available = self._look(), True
        except OSError:
            self._reason, self._available = None, False
        if (self._available, self._reason) != before:
            self._changed()
