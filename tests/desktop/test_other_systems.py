"""The parts for Windows and macOS, as far as any system can test them: their arithmetic and the messages they read."""

from __future__ import annotations

import ctypes
import math

import pytest

from numbguard.core.ports import SessionEvent
from numbguard.desktop.idle import macos, windows
from numbguard.desktop.session import windows as session


@pytest.mark.parametrize(
    ("now", "then", "seconds"),
    [(5_000, 2_000, 3.0), (1_000, 2**32 - 500, 1.5), (2**32 - 1, 2**32 - 1, 0.0), (0, 2**32 - 1, 0.001)],
)
def test_a_tick_count_that_began_anew_makes_no_age_of_weeks(now: int, then: int, seconds: float) -> None:
    assert windows.age_s(now, then) == seconds


@pytest.mark.parametrize(("told", "taken"), [(0.0, 0.0), (12.5, 12.5), (-1.0, None), (math.inf, None), (1e30, None)])
def test_macos_figures_that_can_be_none_are_unknown(told: float, taken: float | None) -> None:
    assert macos.plausible(told) == taken


@pytest.mark.parametrize(
    ("message", "what", "event"),
    [
        (0x2B1, 7, SessionEvent.LOCKED),
        (0x2B1, 8, SessionEvent.UNLOCKED),
        (0x2B1, 1, None),
        (0x218, 4, SessionEvent.FALLING_ASLEEP),
        (0x218, 0x12, SessionEvent.WOKE),
        (0x218, 7, None),
        (0x218, 0xA, None),
        (0x10, 7, None),
    ],
)
def test_window_messages_of_lock_and_sleep(message: int, what: int, event: SessionEvent | None) -> None:
    # The layout of MSG on 64-bit Windows: the handle, 4 bytes of message, 4 of padding, wParam, lParam.
    raw = (99).to_bytes(8, "little") + message.to_bytes(8, "little") + what.to_bytes(8, "little") + bytes(8)
    told = session.WindowsMessage.from_buffer_copy(raw)
    assert ctypes.sizeof(session.WindowsMessage) == 32
    assert told.window == 99
    assert session.session_event(told.message, told.wparam) is event
