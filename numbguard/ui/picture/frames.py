"""The timer of a moving picture, which runs only while somebody can see the picture.

Made by the card's page and the relief window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from numbguard.figure.scene import FRAMES_A_SECOND

if TYPE_CHECKING:
    from numbguard.desktop.covered import CoverSense

_STILL_FRAME_MS: Final = 500
_READING_S: Final = 0.2
_LATEST_READING_S: Final = 0.5
"""Seconds after which a clock is read again, even if it is expected to show the same: it may run faster, or be held."""
_LOOK_MS: Final = 1000
"""Milliseconds between looks whether other windows cover it."""
_SHOWN: Final = (QEvent.Type.Show, QEvent.Type.Hide)
_EXPOSED: Final = (QEvent.Type.Expose, QEvent.Type.WindowStateChange)


class Frames(QObject):
    """Calls ``on_frame`` for every frame or, if nothing is to move (``still``), twice a second."""

    def __init__(
        self,
        shown: QWidget,
        *,
        still: bool,
        on_frame: Callable[[], object],
        on_shown: Callable[[], None],
        on_hidden: Callable[[], None],
        on_unseen: Callable[[], None] | None = None,
        frames_a_second: int = FRAMES_A_SECOND,
    ) -> None:
        """``on_shown`` is called whenever ``shown`` becomes visible, and ``on_hidden`` when it no longer is.

        ``on_unseen`` is called once a second while nobody can see it, because its window is minimised, on another
        desktop or covered: what it reads aloud and its routine go on without its frames.
        """
        super().__init__(shown)
        self._shown = shown
        self._still = still
        self._on_frame = on_frame
        self._on_shown = on_shown
        self._on_hidden = on_hidden
        self._on_unseen = on_unseen
        self._reading_at = 0.0
        """When to read the engine's clock next, in seconds by ``perf_counter``."""
        self._every_ms = self._waits_ms = _STILL_FRAME_MS if still else 1000 // frames_a_second
        """Milliseconds from frame to frame, and until the next one."""
        self._window: QWindow | None = None
        """The window in which it is; each frame asks it whether it is exposed."""
        self._awaited: QWindow | None = None
        """The window whose events are read until it can be seen again."""
        self.timer = QTimer(self, interval=self._every_ms)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer if still else Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._next)
        self._covers: CoverSense | None = None
        self._covered = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._look_for_covers)
        shown.installEventFilter(self)

    def is_time_to_read_clock(self) -> bool:
        """Whether to read the engine's clock now; called once a frame. For whole seconds, every frame is too often."""
        now = perf_counter()
        if not self._still and now < self._reading_at:
            return False
        self._reading_at = now + _READING_S
        return True

    def read_clock_in(self, seconds: float) -> None:
        """The engine's clock has been read, and shows the same for that long."""
        self._reading_at = perf_counter() + min(seconds, _LATEST_READING_S)

    def rest(self, seconds: float) -> None:
        """Let the next frame wait for that long after this one, but no longer than the clock may: until then nothing
        looks different. Called with each frame; 0 ends a rest at once."""
        seconds = min(seconds, self._reading_at - perf_counter())
        waits_ms = max(self._every_ms, ceil(1000 * seconds))
        if waits_ms != self._waits_ms:
            self._waits_ms = waits_ms
            self.timer.setInterval(waits_ms)

    def stop(self) -> None:
        self.timer.stop()
        self._end_looking()
        self._await(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = watched is self._shown
        if event.type() in (_SHOWN if shown else _EXPOSED):
            self._play_or_pause()
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        window = self._window
        if window is not None and window.isExposed():
            self._on_frame()
        else:
            self._play_or_pause()

    def _is_exposed(self) -> bool:
        """Whether it is on the screen: another desktop or a covering window unexposes a window without hiding it."""
        handle = self._shown.window().windowHandle()
        minimised = self._shown.window().isMinimized()
        return self._shown.isVisible() and not minimised and handle is not None and handle.isExposed()

    def _play_or_pause(self) -> None:
        exposed = self._is_exposed()
        if exposed:
            if self._covers is None:
                self._begin_looking()
        else:
            self._end_looking()
            if self._on_unseen is not None and self._shown.isVisible():
                self._look.start()
        seen = exposed and not self._covered
        handle = self._shown.window().windowHandle()
        if handle is not self._window:
            self._window = handle
            if handle is not None:
                handle.windowStateChanged.connect(self._state_changed)
        # While it plays, each frame asks whether it is exposed: reading the window's events would cost more.
        self._await(None if seen or not self._shown.isVisible() else handle)
        if seen and not self.timer.isActive():
            self._on_shown()
            self.rest(0)
            self.timer.start()
        elif not seen and self.timer.isActive():
            self.timer.stop()
            self._on_hidden()

    def _state_changed(self, _state: Qt.WindowState) -> None:
        self._play_or_pause()

    # --- covered by other windows ------------------------------------------------------------------------------------

    def _begin_looking(self) -> None:
        from numbguard.desktop.covered import cover_sense

        self._look.stop()
        self._covers = cover_sense()
        if self._covers is not None:
            self._look.start()

    def _end_looking(self) -> None:
        self._look.stop()
        covers, self._covers = self._covers, None
        self._covered = False
        if covers is not None:
            covers.close()

    def _look_for_covers(self) -> None:
        if not self._shown.isVisible():
            self._play_or_pause()
        elif self._covers is None or not self._is_exposed():
            self._play_or_pause()
            self._go_on_unseen()
        else:
            was_covered, self._covered = self._covered, self._covers.is_covered(int(self._shown.window().winId()))
            if self._covered is not was_covered:
                self._play_or_pause()
            elif self._covered:
                self._go_on_unseen()

    def _go_on_unseen(self) -> None:
        if self._on_unseen is not None and not self.timer.isActive():
            self._on_unseen()

    def _await(self, window: QWindow | None) -> None:
        if window is self._awaited:
            return
        if self._awaited is not None and isValid(self._awaited):
            self._awaited.removeEventFilter(self)
        self._awaited = window
        if window is not None:
            window.installEventFilter(self)
