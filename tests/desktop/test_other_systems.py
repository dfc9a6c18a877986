"""The parts for Windows and macOS, as far as any system can test them: their arithmetic and the messages they read."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from numbguard.core.ports import SessionEvent
from numbguard.desktop.idle import macos, windows
from numbguard.desktop.quiet.windows import WindowsCall, WindowsFullScreen, WindowsQuietTime
from numbguard.desktop.session import windows as session
from numbguard.desktop.windows_identity import APP_USER_MODEL_ID, identify
from numbguard.store.windows_rights import lets_others_write, list_of_the_persons_own


@pytest.mark.parametrize(
    ("now", "then", "seconds"),
    [(5_000, 2_000, 3.0), (1_000, 2**32 - 500, 1.5), (2**32 - 1, 2**32 - 1, 0.0), (0, 2**32 - 1, 0.001)],
)
def test_a_tick_count_that_began_anew_makes_no_age_of_weeks(now: int, then: int, seconds: float) -> None:
    assert windows.age_s(now, then) == seconds


class Input:
    """Stands in for Windows' count of the last input."""

    def __init__(self, then: int | None) -> None:
        self.then = then

    def last_input_ticks(self) -> int | None:
        return self.then

    def ticks(self) -> int:
        return 500


def test_idleness_is_the_age_of_the_last_input_or_unknown() -> None:
    reports: list[float | None] = []
    for then in (2**32 - 1000, 500, None):
        idle = windows.WindowsIdle(Input(then))
        idle.start(reports.append, lambda: None)
        idle.ask()
    assert reports == [1.5, 0.0, None]


class Shell:
    """Stands in for shell32: answers with a state, or with a failure."""

    def __init__(self, state: int | None) -> None:
        self.state = state

    def SHQueryUserNotificationState(self, state: Any) -> int:
        if self.state is None:
            return -1
        state._obj.value = self.state
        return 0


@pytest.mark.parametrize(
    ("state", "full_screen", "quiet"),
    [(1, False, False), (2, True, False), (3, True, False), (4, True, False), (5, False, False), (6, False, True)],
)
def test_a_full_screen_and_the_quiet_time_of_windows_are_told_apart(state: int, full_screen: bool, quiet: bool) -> None:
    sources = (WindowsFullScreen(Shell(state)), WindowsQuietTime(Shell(state)))
    for source in sources:
        source.sample()
    assert [source.reason is not None for source in sources] == [full_screen, quiet]
    assert all(source.available for source in sources)


def test_a_windows_that_does_not_say_is_unknown_and_not_quiet() -> None:
    source = WindowsFullScreen(Shell(None))
    source.sample()
    assert (source.available, source.reason) == (False, None)


class Registry:
    """Stands in for ``winreg``: keys with their values, by path."""

    HKEY_CURRENT_USER = 1

    def __init__(self, keys: dict[str, dict[str, int]]) -> None:
        self.keys = keys

    @contextmanager
    def OpenKey(self, _root: int, path: str) -> Iterator[str]:
        if not any(key == path or key.startswith(f"{path}\\") for key in self.keys):
            raise FileNotFoundError
        yield path

    def EnumKey(self, path: str, number: int) -> str:
        below = sorted({key[len(path) + 1 :].split("\\")[0] for key in self.keys if key.startswith(f"{path}\\")})
        if number >= len(below):
            raise OSError
        return below[number]

    def QueryValueEx(self, path: str, name: str) -> tuple[int, int]:
        try:
            return self.keys[path][name], 11
        except KeyError:
            raise FileNotFoundError from None


CONSENTS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
USED = {"LastUsedTimeStart": 133_500_000_000_000_000, "LastUsedTimeStop": 0}
OVER = {**USED, "LastUsedTimeStop": 133_500_000_100_000_000}


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({}, None),
        ({r"microphone\NonPackaged\C:#Program Files#Zoom#Zoom.exe": USED}, "microphone in use by Zoom"),
        ({r"microphone\NonPackaged\C:#Program Files#Zoom#Zoom.exe": OVER}, None),
        ({r"webcam\Microsoft.WindowsCamera_8wekyb3d8bbwe": USED}, "camera in use by WindowsCamera"),
        ({r"microphone\NonPackaged\C:#Tools#Dictate.exe": USED}, None),
    ],
)
def test_who_uses_the_microphone_or_the_camera_is_read_from_the_privacy_settings(
    keys: dict[str, dict[str, int]], reason: str | None
) -> None:
    registry = Registry({f"{CONSENTS}\\{path}": values for path, values in keys.items()})
    call = WindowsCall(registry, not_calls=["dictate"])
    call.sample()
    assert call.reason == reason


def test_the_identity_of_the_task_bar_is_given_or_left() -> None:
    given: list[str] = []

    class Taskbar:
        def SetCurrentProcessExplicitAppUserModelID(self, id: ctypes.c_wchar_p) -> int:
            given.append(id.value or "")
            return 0 if len(given) == 1 else -1

    taskbar = Taskbar()
    assert identify(taskbar)
    assert not identify(taskbar)
    assert given == [APP_USER_MODEL_ID] * 2


@pytest.mark.parametrize(
    ("rights", "open_to_others"),
    [
        (list_of_the_persons_own("S-1-5-21-1-2-3-1001", for_folder=True), False),
        ("D:(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)", False),
        ("D:AI(A;ID;0x1301bf;;;AU)(A;ID;FA;;;BA)", True),
        ("D:(A;;FA;;;WD)", True),
        ("D:(A;;FR;;;WD)", False),
        ("D:(A;;CCDC;;;BU)", True),
        ("D:NO_ACCESS_CONTROL", False),
    ],
)
def test_a_folder_in_which_every_user_may_write_is_told_from_the_persons_own(rights: str, open_to_others: bool) -> None:
    assert lets_others_write(rights) is open_to_others


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
