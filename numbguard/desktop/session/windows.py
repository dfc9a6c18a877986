"""Lock, sleep and waking on Windows: session notifications and power broadcasts, read from Qt's message loop.

``session.choose`` builds it; it runs on the GUI thread. Written from Microsoft's documentation of WM_WTSSESSION_CHANGE,
WTSRegisterSessionNotification and WM_POWERBROADCAST; run under Wine, not yet on a real Windows. The window that
receives them is never shown; it has to be a top-level window, because power broadcasts do not reach message-only ones.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from numbguard.core.ports import SessionEvent
from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractNativeEventFilter
    from PySide6.QtGui import QWindow

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
_EVENTS = {
    (WM_POWERBROADCAST, 0x04): SessionEvent.FALLING_ASLEEP,  # PBT_APMSUSPEND
    # Sent after every sleep; PBT_APMRESUMESUSPEND (0x07) follows only once somebody is there.
    (WM_POWERBROADCAST, 0x12): SessionEvent.WOKE,  # PBT_APMRESUMEAUTOMATIC
    (WM_WTSSESSION_CHANGE, 0x7): SessionEvent.LOCKED,  # WTS_SESSION_LOCK
    (WM_WTSSESSION_CHANGE, 0x8): SessionEvent.UNLOCKED,  # WTS_SESSION_UNLOCK
}
_NOTIFY_FOR_THIS_SESSION = 0


class WindowsMessage(ctypes.Structure):
    """The first fields of the structure MSG."""

    _fields_ = [
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    ]


def session_event(message: int, wparam: int) -> SessionEvent | None:
    """The session event that a window message with this wParam reports, or ``None``."""
    return _EVENTS.get((message, wparam))


class SessionNotifications(Protocol):
    """The part of wtsapi32 that has Windows send a window the messages about its session; each returns 0 on failure."""

    def WTSRegisterSessionNotification(self, window: Any, which: int, /) -> int: ...

    def WTSUnRegisterSessionNotification(self, window: Any, /) -> int: ...


class WindowsSession:
    """Reports the lock and sleep while the app runs."""

    name = "windows"

    def __init__(self, notifications: SessionNotifications | None = None) -> None:
        """``notifications`` replaces wtsapi32 in tests. Raises ``Unavailable``."""
        try:
            self._wts: SessionNotifications = ctypes.CDLL("wtsapi32") if notifications is None else notifications
        except OSError:
            raise Unavailable(N_("Windows' session notifications (wtsapi32) are missing.")) from None
        self._window: QWindow | None = None
        self._filter: QAbstractNativeEventFilter | None = None
        self._registered = False

    @property
    def reports_lock(self) -> bool:
        return self._registered

    @property
    def reports_sleep(self) -> bool:
        return self._window is not None

    @property
    def detail(self) -> str:
        return "" if self._registered else N_("Windows doesn't report when the screen is locked.")

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
        from PySide6.QtGui import QWindow

        window = QWindow()
        window.create()
        handle = int(window.winId())

        def hear(event: SessionEvent) -> None:
            if event in (SessionEvent.LOCKED, SessionEvent.UNLOCKED):
                locked(event is SessionEvent.LOCKED)
            else:
                slept(event)

        class Filter(QAbstractNativeEventFilter):
            def nativeEventFilter(
                self, kind: QByteArray | bytes | bytearray | memoryview, message: int
            ) -> tuple[bool, int]:
                received = WindowsMessage.from_address(int(message))
                # Every top-level window gets the broadcasts; ours is enough.
                event = session_event(received.message, received.wparam) if received.window == handle else None
                if event:
                    hear(event)
                return False, 0

        self._window, self._filter = window, Filter()
        if app := QCoreApplication.instance():
            app.installNativeEventFilter(self._filter)
        registered = self._wts.WTSRegisterSessionNotification(ctypes.c_void_p(handle), _NOTIFY_FOR_THIS_SESSION)
        self._registered = bool(registered)

    def stop(self) -> None:
        from PySide6.QtCore import QCoreApplication

        if self._window is None:
            return
        if self._registered:
            self._wts.WTSUnRegisterSessionNotification(ctypes.c_void_p(int(self._window.winId())))
        if (app := QCoreApplication.instance()) and self._filter:
            app.removeNativeEventFilter(self._filter)
        self._window.destroy()
        self._window, self._filter, self._registered = None, None, False
