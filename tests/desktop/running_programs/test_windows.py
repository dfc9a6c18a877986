"""On Windows, the programs are those of the visible windows with a title. Windows itself is a stand-in."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from typing import Any

from numbguard.desktop.running_programs import RunningProgram
from numbguard.desktop.running_programs.windows import programs_with_windows

WINDOWS = {
    1: ("Report", True, 11),
    2: ("", True, 12),
    3: ("Hidden", False, 13),
    4: ("Ours", True, os.getpid()),
    5: ("?", True, 15),
}
FILES = {11: r"C:\Programs\zoom.exe"}


class User32:
    def IsWindowVisible(self, window: Any) -> bool:
        return WINDOWS[window.value][1]

    def GetWindowTextLengthW(self, window: Any) -> int:
        return len(WINDOWS[window.value][0])

    def GetWindowThreadProcessId(self, window: Any, pid: Any) -> int:
        pid._obj.value = WINDOWS[window.value][2]
        return 1

    def EnumWindows(self, see: Callable[[int, None], bool], _unused: None) -> None:
        assert all(see(window, None) for window in WINDOWS)


class Open:
    restype: Any = None

    def __call__(self, _access: int, _inherits: bool, pid: int) -> int:
        return pid if pid in FILES else 0


class Kernel32:
    def __init__(self) -> None:
        self.OpenProcess = Open()
        self.closed: list[int] = []

    def QueryFullProcessImageNameW(self, process: Any, _flags: int, text: Any, _length: Any) -> int:
        text.value = FILES[process.value]
        return 1

    def CloseHandle(self, process: Any) -> None:
        self.closed.append(process.value)


def test_each_visible_window_with_a_title_tells_its_program() -> None:
    kernel32 = Kernel32()
    assert programs_with_windows(User32(), kernel32) == [RunningProgram("zoom", "Zoom")]
    assert kernel32.closed == [11]
    assert kernel32.OpenProcess.restype is ctypes.c_void_p
