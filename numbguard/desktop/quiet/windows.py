"""Calls, full screens and named programs on Windows.

``quiet.choose`` builds the sources; they run on the GUI thread. Written from Microsoft's documentation of
SHQueryUserNotificationState and GetForegroundWindow, and from what the privacy settings show of the registry's
``CapabilityAccessManager`` (``LastUsedTimeStop`` is 0 while a program uses the microphone). Run under Wine, not yet on
a real Windows. ``windows_focus`` notices focus sessions; the quiet time noticed here is the first hour after somebody's
first log-in or after an upgrade of Windows.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from pathlib import PureWindowsPath
from typing import Any, Protocol

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable

from .polled import PolledSource

_CONSENTS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
_DEVICES = {"microphone": "microphone", "webcam": "camera"}
"""The name of each device in a sentence, by its key below ``_CONSENTS``."""
_WITHOUT_PACKAGE = "NonPackaged"
"""The key of programs that were not installed as a package."""
_FILLED = frozenset({2, 3, 4})
"""QUNS_BUSY, QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE."""
_QUIET_TIME = 6
"""QUNS_QUIET_TIME."""
_QUERY_LIMITED_INFORMATION = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""


def _library(name: str) -> Any:
    """A library of Windows. Raises ``Unavailable``."""
    try:
        return ctypes.CDLL(name)
    except OSError:
        raise Unavailable(sentence("Windows' library {name} is missing.", name=name)) from None


def _registry() -> Any:
    """The module ``winreg``. Raises ``Unavailable``."""
    try:
        import winreg
    except ImportError:
        raise Unavailable(N_("There is no Windows registry here.")) from None
    return winreg


class WindowsCall(PolledSource):
    """Asks for quiet while a program uses the microphone or the camera, according to the privacy settings."""

    name = "windows"
    words = N_("Windows reports which program uses the microphone and the camera.")

    def __init__(self, registry: Any = None, *, not_calls: Sequence[str] = ()) -> None:
        """``registry`` replaces the module ``winreg`` in tests; ``not_calls``: names of programs that do not count.

        Raises ``Unavailable``.
        """
        super().__init__()
        self._not_calls = frozenset(name.lower() for name in not_calls)
        self._registry = _registry() if registry is None else registry

    def _look(self) -> str | None:
        for device, word in _DEVICES.items():
            for name in self._users(f"{_CONSENTS}\\{device}"):
                if name.lower() not in self._not_calls:
                    return sentence("{word} in use by {name}", word=word, name=name)
        return None

    def _users(self, path: str) -> Iterator[str]:
        for key in self._keys(path):
            if key != _WITHOUT_PACKAGE and self._in_use(f"{path}\\{key}"):
                # Package names have the form "Maker.Program_sign".
                yield key.partition("_")[0].rpartition(".")[2]
        for key in self._keys(f"{path}\\{_WITHOUT_PACKAGE}"):
            if self._in_use(f"{path}\\{_WITHOUT_PACKAGE}\\{key}"):
                # The key is a path with "#" in place of each backslash.
                yield PureWindowsPath(key.replace("#", "\\")).stem

    def _keys(self, path: str) -> list[str]:
        registry = self._registry
        found: list[str] = []
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as folder:
                while True:
                    found.append(registry.EnumKey(folder, len(found)))
        except OSError:  # the end of the list, or no such folder
            return found

    def _in_use(self, path: str) -> bool:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as entry:
                began, _kind = registry.QueryValueEx(entry, "LastUsedTimeStart")
                ended, _kind = registry.QueryValueEx(entry, "LastUsedTimeStop")
        except OSError:
            return False
        return bool(began) and not ended


class Shell(Protocol):
    """The part of shell32 that says whether the person wants notifications."""

    def SHQueryUserNotificationState(self, state: Any, /) -> int:
        """Write a QUERY_USER_NOTIFICATION_STATE; anything but 0 is a failure."""


class WindowsFullScreen(PolledSource):
    """Asks for quiet while Windows itself would hold notifications back because of a full screen."""

    name = "windows"
    words = N_("Windows reports when a window fills the screen.")

    def __init__(self, shell: Shell | None = None) -> None:
        """``shell`` replaces shell32 in tests. Raises ``Unavailable``."""
        super().__init__()
        self._shell: Shell = _library("shell32") if shell is None else shell

    def _look(self) -> str | None:
        return N_("a window fills the screen") if _notification_state(self._shell) in _FILLED else None


class WindowsQuietTime(PolledSource):
    """Asks for quiet while Windows calls the present its quiet time."""

    name = "windows"
    words = N_("Windows reports its quiet time.")

    def __init__(self, shell: Shell | None = None) -> None:
        """``shell`` replaces shell32 in tests. Raises ``Unavailable``."""
        super().__init__()
        self._shell: Shell = _library("shell32") if shell is None else shell

    def _look(self) -> str | None:
        return N_("the quiet time of Windows") if _notification_state(self._shell) == _QUIET_TIME else None


def _notification_state(shell: Shell) -> int:
    state = ctypes.c_int(0)
    if shell.SHQueryUserNotificationState(ctypes.byref(state)) != 0:
        raise OSError("SHQueryUserNotificationState failed")
    return state.value


class FrontProgram(Protocol):
    """What Windows says of the window in front."""

    def path(self) -> str:
        """The path of its program; empty where Windows does not say."""


class WindowsFrontProgram:
    """Asks user32 and kernel32. Raises ``Unavailable``."""

    def __init__(self) -> None:
        self._user, self._kernel = _library("user32"), _library("kernel32")
        self._user.GetForegroundWindow.restype = ctypes.c_void_p
        self._user.GetWindowThreadProcessId.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._kernel.OpenProcess.restype = ctypes.c_void_p
        self._kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        self._kernel.QueryFullProcessImageNameW.argtypes = (ctypes.c_void_p, ctypes.c_uint, *[ctypes.c_void_p] * 2)

    def path(self) -> str:
        number = ctypes.c_uint(0)
        self._user.GetWindowThreadProcessId(self._user.GetForegroundWindow(), ctypes.byref(number))
        process = self._kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, 0, number.value)
        if not process:
            return ""
        path, length = ctypes.create_unicode_buffer(1024), ctypes.c_uint(1024)
        succeeded = self._kernel.QueryFullProcessImageNameW(process, 0, path, ctypes.byref(length))
        self._kernel.CloseHandle(process)
        return path.value if succeeded else ""


class WindowsProgram(PolledSource):
    """Asks for quiet while the window in front belongs to a program named in the settings."""

    name = "windows"
    words = N_("Windows reports which window is active.")

    def __init__(self, programs: Sequence[str], front: FrontProgram | None = None) -> None:
        """``front`` replaces Windows in tests. Raises ``Unavailable``."""
        super().__init__()
        self._programs = tuple(programs)
        self._front: FrontProgram = WindowsFrontProgram() if front is None else front

    def _look(self) -> str | None:
        stem = PureWindowsPath(self._front.path()).stem.lower()
        found = next((one for one in self._programs if PureWindowsPath(one).stem.lower() == stem), None)
        return sentence("{program} is in front", program=found) if found and stem else None
