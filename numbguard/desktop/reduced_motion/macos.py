"""Less motion on macOS: *Reduce motion*, by NSWorkspace's ``accessibilityDisplayShouldReduceMotion``.

``reduced_motion.choose`` builds it; it runs on the GUI thread. Written from Apple's documentation of NSWorkspace and of
the Objective-C runtime; not yet run on a Mac.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable


class MacMotion:
    """Works in every macOS session."""

    name = "macos"

    def __init__(self, runtime: Any = None) -> None:
        """``runtime`` replaces the Objective-C runtime in tests. Raises ``Unavailable``."""
        if runtime is None:
            found, kit = ctypes.util.find_library("objc"), ctypes.util.find_library("AppKit")
            if not found or not kit:
                raise Unavailable(N_("This is not macOS."))
            ctypes.CDLL(kit)
            runtime = ctypes.CDLL(found)
        self._runtime = runtime
        for look_up in (runtime.objc_getClass, runtime.sel_registerName):
            look_up.restype, look_up.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)

    def start(self) -> None:
        pass

    def is_wanted(self) -> bool:
        workspace = self._send(self._runtime.objc_getClass(b"NSWorkspace"), b"sharedWorkspace", ctypes.c_void_p)
        return bool(workspace) and bool(self._send(workspace, b"accessibilityDisplayShouldReduceMotion", ctypes.c_bool))

    def _send(self, to: Any, message: bytes, gives: Any) -> Any:
        send = self._runtime.objc_msgSend
        send.restype, send.argtypes = gives, (ctypes.c_void_p, ctypes.c_void_p)
        return send(to, self._runtime.sel_registerName(message))

    def stop(self) -> None:
        pass
