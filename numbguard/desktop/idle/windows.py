"""Idleness on Windows: polls ``GetLastInputInfo``.

``idle.choose`` builds it; it runs on the GUI thread. Written from Microsoft's documentation; run under Wine, not yet on
a real Windows. The time of the last input is a 32-bit count of milliseconds, which wraps around every 49.7 days;
``GetTickCount`` wraps in the same way, so the difference is taken modulo 2³².
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Protocol

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO."""

    _fields_ = [("size", ctypes.c_uint32), ("ticks", ctypes.c_uint32)]


def age_s(now_ticks: int, then_ticks: int) -> float:
    """Seconds between two 32-bit tick counts (milliseconds), across a wrap-around."""
    return ((now_ticks - then_ticks) % 2**32) / 1000


class InputClock(Protocol):
    """What Windows says of the last input. Ticks are milliseconds, modulo 2³²."""

    def last_input_ticks(self) -> int | None:
        """When somebody last typed or moved the pointer; ``None`` where Windows does not say."""

    def ticks(self) -> int: ...


class WindowsInputClock:
    """Asks user32 and kernel32. Raises ``Unavailable``."""

    def __init__(self) -> None:
        try:
            self._user: Any = ctypes.CDLL("user32")
            self._kernel: Any = ctypes.CDLL("kernel32")
        except OSError:
            raise Unavailable(N_("This is not Windows.")) from None
        self._kernel.GetTickCount.restype = ctypes.c_uint32

    def last_input_ticks(self) -> int | None:
        info = _LastInput(size=ctypes.sizeof(_LastInput))
        return int(info.ticks) if self._user.GetLastInputInfo(ctypes.byref(info)) else None

    def ticks(self) -> int:
        return int(self._kernel.GetTickCount())


class WindowsIdle:
    """Works in every Windows session."""

    name = "windows"
    event_driven = False
    available: bool | None = True
    detail = N_("Windows reports how long the keyboard and mouse have been idle.")

    def __init__(self, system: InputClock | None = None) -> None:
        """``system`` replaces Windows in tests. Raises ``Unavailable``."""
        self._system = WindowsInputClock() if system is None else system
        self._report: Callable[[float | None], None] = lambda seconds: None

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report = report

    def ask(self) -> None:
        # Read the last input first: input between the two calls would otherwise give an age of 49 days.
        then = self._system.last_input_ticks()
        self._report(None if then is None else age_s(self._system.ticks(), then))

    def stop(self) -> None:
        self._report = lambda seconds: None
