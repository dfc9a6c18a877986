"""Idleness on macOS: polls ``CGEventSourceSecondsSinceLastEventType``, which needs no permission.

``idle.choose`` builds it; it runs on the GUI thread. Written from Apple's documentation; not yet run on a Mac.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
from collections.abc import Callable
from typing import Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

_HARDWARE = 1
"""kCGEventSourceStateHIDSystemState: input from the devices, without events that programs synthesise."""
_ANY_INPUT = 0xFFFFFFFF
"""kCGAnyInputEventType."""


def plausible(seconds: float) -> float | None:
    """The figure, or ``None`` if it is not a credible one: before the first input since login it is meaningless."""
    return seconds if math.isfinite(seconds) and 0 <= seconds < 10 * 365 * 86400 else None


class MacIdle:
    """Works in every macOS session."""

    name = "macos"
    event_driven = False
    available: bool | None = True
    detail = N_("macOS reports how long the keyboard and mouse have been idle.")

    def __init__(self) -> None:
        found = ctypes.util.find_library("ApplicationServices")
        if not found:
            raise Unavailable(N_("This is not macOS."))
        library: Any = ctypes.CDLL(found)
        self._since = library.CGEventSourceSecondsSinceLastEventType
        self._since.restype, self._since.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
        self._report: Callable[[float | None], None] = lambda seconds: None

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report = report

    def ask(self) -> None:
        self._report(plausible(self._since(_HARDWARE, _ANY_INPUT)))

    def stop(self) -> None:
        self._report = lambda seconds: None
