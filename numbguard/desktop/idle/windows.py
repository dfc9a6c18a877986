"""Idleness on Windows: polls ``GetLastInputInfo``.

``idle.choose`` builds it; it runs on the GUI thread. Written from Microsoft's documentation; not yet run on Windows.
The time of the last input is a 32-bit count of milliseconds, which wraps around every 49.7 days; ``GetTickCount`` wraps
in the same way, so the difference is taken modulo 2³².
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from numbguard.desktop import Unavailable


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO."""

    _fields_ = [("size", ctypes.c_uint32), ("ticks", ctypes.c_uint32)]


def age_s(now_ticks: int, then_ticks: int) -> float:
    """Seconds between two 32-bit tick counts (milliseconds), across a wrap-around."""
    return ((now_ticks - then_ticks) % 2**32) / 1000


class WindowsIdle:
    """Works in every Windows session."""

    name = "windows"
    event_driven = False
    available: bool | None = True
    detail = "Windows tells how long nobody has typed or moved the pointer."

    def __init__(self) -> None:
        try:
            self._user: Any = ctypes.CDLL("user32")
            self._kernel: Any = ctypes.CDLL("kernel32")
        except OSError:
            raise Unavailable("This is not Windows.") from None
        self._kernel.GetTickCount.restype = ctypes.c_uint32
        self._report: Callable[[float | None], None] = lambda seconds: None

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report = report

    def ask(self) -> None:
        info = _LastInput(size=ctypes.sizeof(_LastInput))
        # Read the last input first: input between the two calls would otherwise give an age of 49 days.
        if self._user.GetLastInputInfo(ctypes.byref(info)):
            self._report(age_s(self._kernel.GetTickCount(), info.ticks))
        else:
            self._report(None)

    def stop(self) -> None:
        self._report = lambda seconds: None
