"""Idleness on Windows: ``GetLastInputInfo``, asked each time.

Built by ``idle.choose``; on the GUI thread. Written from Microsoft's documentation; it has not run on Windows yet. The
moment of the last input is a tick count of 32 bits, which begins anew after 49.7 days of running: it is subtracted
modulo 2³² from ``GetTickCount``, which does the same.
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
    """Seconds between two tick counts of 32 bits."""
    return ((now_ticks - then_ticks) % 2**32) / 1000


class WindowsIdle:
    """Serves in every session of Windows."""

    name = "windows"
    tells = False
    here: bool | None = True
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
        told = _LastInput(size=ctypes.sizeof(_LastInput))
        # The last input first: one that comes between the two makes no age of 49 days.
        if self._user.GetLastInputInfo(ctypes.byref(told)):
            self._report(age_s(self._kernel.GetTickCount(), told.ticks))
        else:
            self._report(None)

    def stop(self) -> None:
        self._report = lambda seconds: None
