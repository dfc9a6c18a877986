"""The lock on macOS: the distributed notifications ``com.apple.screenIsLocked`` and ``com.apple.screenIsUnlocked``.

``session.choose`` builds it; it runs on the GUI thread, whose run loop Qt shares with CoreFoundation. Written from
Apple's documentation of CFNotificationCenter and not yet run on a Mac; macOS sends notifications of these names, but
they are not documented. It does not listen for sleep, which would need Cocoa's NSWorkspace: the clocks reveal it when
the machine wakes.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any

from numbguard.core.ports import SessionEvent
from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

_NAMES = {"com.apple.screenIsLocked": True, "com.apple.screenIsUnlocked": False}
_UTF_8 = 0x08000100
_DELIVER_IMMEDIATELY = 4
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacSession:
    """Reports the lock while the app runs."""

    name = "macos"
    reports_sleep = False

    def __init__(self) -> None:
        found = ctypes.util.find_library("CoreFoundation")
        if not found:
            raise Unavailable(
                N_("macOS' CoreFoundation is missing, so NumbGuard can't tell when the screen is locked.")
            )
        cf: Any = ctypes.CDLL(found)
        pointer = ctypes.c_void_p
        for function, gives, takes in (
            (cf.CFNotificationCenterGetDistributedCenter, pointer, ()),
            (cf.CFStringCreateWithCString, pointer, (pointer, ctypes.c_char_p, ctypes.c_uint32)),
            (
                cf.CFNotificationCenterAddObserver,
                None,
                (pointer, pointer, _CALLBACK, pointer, pointer, ctypes.c_long),
            ),
            (cf.CFNotificationCenterRemoveEveryObserver, None, (pointer, pointer)),
        ):
            function.restype, function.argtypes = gives, takes
        self._cf = cf
        self._center: Any = None
        # These must stay referenced as long as macOS may call them.
        self._callbacks: list[Any] = []

    @property
    def reports_lock(self) -> bool:
        return bool(self._center)

    @property
    def detail(self) -> str:
        return "" if self._center else N_("macOS doesn't report when the screen is locked.")

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        self._center = self._cf.CFNotificationCenterGetDistributedCenter()
        if not self._center:
            return
        for name, state in _NAMES.items():
            heard = _CALLBACK(lambda *_, state=state: locked(state))
            self._callbacks.append(heard)
            words = self._cf.CFStringCreateWithCString(None, name.encode(), _UTF_8)
            self._cf.CFNotificationCenterAddObserver(self._center, id(self), heard, words, None, _DELIVER_IMMEDIATELY)

    def stop(self) -> None:
        if self._center:
            self._cf.CFNotificationCenterRemoveEveryObserver(self._center, id(self))
            self._center = None
