"""The timer of a moving picture, which runs only while somebody can see the picture.

Made by the card's page and the relief window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from .player import FRAMES_A_SECOND

_STILL_FRAME_MS: Final = 500
_FRAMES_A_READING: Final = FRAMES_A_SECOND // 5


class Frames(QObject):
    """Calls ``on_frame`` for every frame or, if nothing is to move (``still``), twice a second."""

    def __init__(
        self,
        shown: QWidget,
        *,
        still: bool,
        on_frame: Callable[[], None],
        on_shown: Callable[[], None],
        on_hidden: Callable[[], None],
    ) -> None:
        """``on_shown`` is called whenever ``shown`` becomes visible, and ``on_hidden`` when it no longer is."""
        super().__init__(shown)
        self._shown = shown
        self._still = still
        self._on_shown = on_shown
        self._on_hidden = on_hidden
        self._count = 0
        self._handle: QObject | None = None
        self.timer = QTimer(self, interval=_STILL_FRAME_MS if still else 1000 // FRAMES_A_SECOND)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer if still else Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(on_frame)
        shown.installEventFilter(self)

    def is_time_to_read_clock(self) -> bool:
        """Whether to read the engine's clock now; called once a frame. For whole seconds, every frame is too often."""
        self._count = (self._count + 1) % _FRAMES_A_READING
        return self._still or self._count == 0

    def stop(self) -> None:
        self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._shown:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._watch()
                self._play_or_pause()
        elif event.type() in (QEvent.Type.Expose, QEvent.Type.WindowStateChange):
            self._play_or_pause()
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        """Watch the window's handle: another desktop or a covering window unexposes ours without hiding it."""
        handle = self._shown.window().windowHandle()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _play_or_pause(self) -> None:
        shown, window = self._shown, self._shown.window()
        handle = window.windowHandle()
        seen = shown.isVisible() and not window.isMinimized() and handle is not None and handle.isExposed()
        if seen and not self.timer.isActive():
            self._on_shown()
            self.timer.start()
        elif not seen and self.timer.isActive():
            self.timer.stop()
            self._on_hidden()
