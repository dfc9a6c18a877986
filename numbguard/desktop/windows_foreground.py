"""Bringing a window to the front on Windows, which keeps a program in the background from doing so.

``ui.card.keyboard_hold`` calls it on the GUI thread, only for a firm break. Written from Microsoft's documentation of
SetForegroundWindow and AttachThreadInput; not yet run on a real Windows.
"""

from __future__ import annotations

import ctypes
import logging
from typing import Any


def come_to_front(window: int, *, user32: Any = None, kernel32: Any = None) -> bool:
    """Make ``window`` (a HWND) the one with the keyboard; ``False`` where Windows refused.

    Windows lets a thread do so that shares the input of the thread in front, so this one shares it for a moment.
    ``user32`` and ``kernel32`` replace the libraries in tests.
    """
    try:
        user32 = ctypes.CDLL("user32") if user32 is None else user32
        kernel32 = ctypes.CDLL("kernel32") if kernel32 is None else kernel32
        handle = ctypes.c_void_p(window)
        front = user32.GetWindowThreadProcessId(ctypes.c_void_p(user32.GetForegroundWindow()), None)
        ours = kernel32.GetCurrentThreadId()
        shared = bool(front) and front != ours and bool(user32.AttachThreadInput(ours, front, True))
        try:
            done = bool(user32.SetForegroundWindow(handle))
        finally:
            if shared:
                user32.AttachThreadInput(ours, front, False)
    except OSError:
        done = False
    if not done:
        logging.getLogger(__name__).info("Windows did not bring the break to the front.")
    return done
