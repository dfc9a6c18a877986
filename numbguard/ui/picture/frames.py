"""The timer of a moving picture, which runs only while somebody can see the picture.

Made by the card's page and the relief window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from .player import FRAMES_A_SECOND

_STILL_BEAT_MS: Final = 500
_BEATS_A_LOOK: Final = FRAMES_A_SECOND // 5


class Frames(QObject):
    """Calls ``beat`` for every frame or, if nothing is to move (``still``), twice a second."""

    def __init__(
        self,
        shown: QWidget,
        *,
        still: bool,
        beat: Callable[[], None],
        look: Callable[[], None],
        rest: Callable[[], None],
    ) -> None:
        """``look`` is called whenever ``shown`` becomes visible, and ``rest`` when it no longer is."""
        super().__init__(shown)
        self._shown = shown
        self._still = still
        self._look = look
        self._rest = rest
        self._beats = 0
        self._handle: QObject | None = None
        self.timer = QTimer(self, interval=_STILL_BEAT_MS if still else 1000 // FRAMES_A_SECOND)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer if still else Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(beat)
        shown.installEventFilter(self)

    def is_time_to_look(self) -> bool:
        """Whether to read the engine's clock now; called once a beat. For whole seconds, every frame is too often."""
        self._beats = (self._beats + 1) % _BEATS_A_LOOK
        return self._still or self._beats == 0

    def stop(self) -> None:
        self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._shown:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._watch()
                self._play_or_rest()
        elif event.type() in (QEvent.Type.Expose, QEvent.Type.WindowStateChange):
            self._play_or_rest()
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        """Watch the window's handle: another desktop or a covering window unexposes ours without hiding it."""
        handle = self._shown.window().windowHandle()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _play_or_rest(self) -> None:
        shown, window = self._shown, self._shown.window()
        handle = window.windowHandle()
        seen = shown.isVisible() and not window.isMinimized() and handle is not None and handle.isExposed()
        if seen and not self.timer.isActive():
            self._look()
            self.timer.start()
        elif not seen and self.timer.isActive():
            self.timer.stop()
            self._rest()
