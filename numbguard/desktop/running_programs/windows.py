"""Running programs on Windows: those of the visible windows with a title.

``running_programs`` calls it, on the GUI thread. Written from Microsoft's documentation of EnumWindows; not yet run on
a real Windows.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import PureWindowsPath
from typing import Any, Final

from . import RunningProgram

_QUERY: Final = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION"""
_LONGEST: Final = 1024


def programs_with_windows(user32: Any = None, kernel32: Any = None) -> Sequence[RunningProgram]:
    """The programs; none where Windows does not answer. The arguments replace the libraries in tests."""
    try:
        user32 = ctypes.CDLL("user32") if user32 is None else user32
        kernel32 = ctypes.CDLL("kernel32") if kernel32 is None else kernel32
    except OSError:
        return ()
    # A handle is as wide as a pointer.
    kernel32.OpenProcess.restype = ctypes.c_void_p
    found: list[RunningProgram] = []

    def see(window: int, _unused: int) -> bool:
        handle = ctypes.c_void_p(window)
        if user32.IsWindowVisible(handle) and user32.GetWindowTextLengthW(handle):
            pid = ctypes.c_uint32()
            user32.GetWindowThreadProcessId(handle, ctypes.byref(pid))
            if pid.value != os.getpid() and (path := _path(kernel32, pid.value)):
                stem = PureWindowsPath(path).stem
                found.append(RunningProgram(stem, stem[:1].upper() + stem[1:]))
        return True

    kind = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
    callback = kind(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(see)
    user32.EnumWindows(callback, None)
    return found


def _path(kernel32: Any, pid: int) -> str:
    """The file of a process; empty where it may not be read."""
    process = kernel32.OpenProcess(_QUERY, False, pid)
    if not process:
        return ""
    text, length = ctypes.create_unicode_buffer(_LONGEST), ctypes.c_uint32(_LONGEST)
    done = kernel32.QueryFullProcessImageNameW(ctypes.c_void_p(process), 0, text, ctypes.byref(length))
    kernel32.CloseHandle(ctypes.c_void_p(process))
    return text.value if done else ""
