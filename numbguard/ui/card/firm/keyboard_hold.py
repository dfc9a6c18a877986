"""Takes the keyboard for the card of a firm break, so that typing does not go on unseen in the covered window.

``firm_window`` creates one for each break, on the GUI thread. Everywhere the window asks the desktop to be the active
one. On X11 it also grabs the keyboard, which the desktop cannot refuse, but only for the first second: a lasting grab
would keep a screen locker from locking.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

SWALLOWS_MS = 1000
"""Milliseconds, from the moment the window is on the screen, for which every key is swallowed, so that typing on
neither ends the break nor answers a question."""
_GRAB_EVERY_MS = 15
"""Milliseconds between attempts to grab the keyboard; X11 refuses until the window is on the screen."""
_ASK_EVERY = 12
"""The window asks to be the active one at every twelfth of these attempts."""
_BACK_AFTER_MS = 120
"""Milliseconds after which a window that lost the keyboard looks who has it."""
_MOST_RETURNS = 5
"""How often the keyboard is taken back in one break. After that the person, or a program, insists."""
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class KeyboardHold(QObject):
    """The keyboard in the hands of one window, from ``take`` to ``release``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._held = False
        self._grabs = False
        self._attempts = 0
        self._returns = 0
        self._is_painted = False
        self._let_through: set[int] = set()
        """The keys that are down and whose press the window has seen."""
        self._released: tuple[int, int, bool] | None = None
        """The key released last, the time of its release, and whether the window had seen its press."""
        self._swallows = QTimer(self, singleShot=True, interval=SWALLOWS_MS)
        self._swallows.timeout.connect(self._end_grab)
        self._grab = QTimer(self, interval=_GRAB_EVERY_MS)
        self._grab.timeout.connect(self._attempt)
        self._look = QTimer(self, singleShot=True, interval=_BACK_AFTER_MS)
        self._look.timeout.connect(self._take_back)

    def take(self) -> None:
        """Take the keyboard, and swallow its keys for a second. Call it once the window is shown."""
        self._held = True
        self._swallows.start()
        self._attempts = 0
        self._attempt()
        self._grab.start()

    def painted(self) -> None:
        """The window is on the screen: its second begins. Drawing the card may have taken a while before."""
        if self._held and not self._is_painted:
            self._is_painted = True
            if self._swallows.isActive():
                self._swallows.start()

    def release(self) -> None:
        """Give the keyboard back for good."""
        self._held = False
        for timer in (self._swallows, self._grab, self._look):
            timer.stop()
        self._set_grab(False)

    def swallows(self, event: QEvent) -> bool:
        """Whether the window is not to see this event: a key in the first second, or one that was held down before.

        A key that stays down repeats its press; it belongs to the window in which it was pressed.
        """
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if self._swallows.isActive():
            return True
        repeats = self._repeats(event)
        first_press = event.type() is QEvent.Type.KeyPress and not repeats
        if first_press:
            self._let_through.add(event.key())
        if event.type() is QEvent.Type.ShortcutOverride:
            return repeats and event.key() not in self._let_through
        seen = event.key() in self._let_through
        if event.type() is QEvent.Type.KeyRelease and not repeats:
            self._let_through.discard(event.key())
            self._released = event.key(), event.timestamp(), seen
        return not seen

    def _repeats(self, event: QKeyEvent) -> bool:
        """Whether a key that stays down repeats itself.

        X11 sends a release and a press with the same time then. Qt recognises the pair only if both have arrived.
        """
        if event.isAutoRepeat():
            return True
        if event.type() is QEvent.Type.KeyRelease or self._released is None:
            return False
        key, time, seen = self._released
        if event.timestamp() == 0 or (event.key(), event.timestamp()) != (key, time):
            return False
        if seen:
            self._let_through.add(key)
        return True

    def lost(self) -> None:
        """Look a moment later who has the keyboard, and take it back unless it is one of our own windows."""
        if self._held and not self._swallows.isActive():
            self._look.start()

    def _attempt(self) -> None:
        if not self._grabs and QGuiApplication.platformName() == "xcb":
            self._set_grab(True)
        if self._attempts % _ASK_EVERY == 0:
            self._ask()
        self._attempts += 1

    def _ask(self) -> None:
        """Ask the desktop for the keyboard."""
        window, platform = self._window, QGuiApplication.platformName()
        if platform == "cocoa":
            window.raise_()  # This activates the whole program, too.
        elif platform == "windows":
            from numbguard.desktop.windows_foreground import come_to_front

            come_to_front(int(window.winId()))
        window.activateWindow()

    def _set_grab(self, on: bool) -> None:
        handle = self._window.windowHandle()
        if handle is not None and on != self._grabs:
            self._grabs = handle.setKeyboardGrabEnabled(on) and on

    def _end_grab(self) -> None:
        self._grab.stop()
        self._set_grab(False)
        self._look.start()

    def _take_back(self) -> None:
        if not self._held or self._returns >= _MOST_RETURNS or QApplication.activeWindow() is not None:
            return
        self._returns += 1
        self._ask()
        self._look.start()
