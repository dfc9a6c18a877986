"""The parts for Windows and macOS, as far as any system can test them: their arithmetic and the messages they read."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from numbguard.core.ports import SessionEvent
from numbguard.desktop import Unavailable
from numbguard.desktop.idle import macos, windows
from numbguard.desktop.quiet.windows import WindowsCall, WindowsFullScreen, WindowsProgram, WindowsQuietTime
from numbguard.desktop.quiet.windows_focus import RuntimeFocusSessions, WindowsFocusSession
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


_METHOD = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)


class ComObject:
    """An object of COM in memory: the address of its table of methods, which answers at the given places."""

    def __init__(self, **methods: Any) -> None:
        self.released = 0
        places = {int(place.strip("at_")): _METHOD(method) for place, method in methods.items()}
        places[2] = _METHOD(self._release)
        self._kept = list(places.values())
        addresses = [ctypes.cast(places[at], ctypes.c_void_p).value if at in places else None for at in range(12)]
        self._table = (ctypes.c_void_p * 12)(*addresses)
        self._object = ctypes.c_void_p(ctypes.addressof(self._table))
        self.address = ctypes.addressof(self._object)

    def _release(self, *_: Any) -> int:
        self.released += 1
        return 0


class WindowsRuntime:
    """Stands in for ``combase``, with focus sessions: ``None`` where the class is not there."""

    def __init__(self, *, supported: bool | None, fails: bool = False) -> None:
        self.active, self.fails, self.supported = False, fails, supported
        self.manager = ComObject(at_6=self._is_active)
        self.statics = ComObject(at_6=self._get_default, at_7=self._is_supported)

    def RoInitialize(self, _kind: int) -> int:
        return 1

    def WindowsCreateString(self, _text: Any, _length: int, _name: Any) -> int:
        return 0

    def WindowsDeleteString(self, _name: Any) -> int:
        return 0

    def RoGetActivationFactory(self, _name: Any, _interface: Any, factory: Any) -> int:
        if self.supported is None:
            return -0x7FFBFEAC  # REGDB_E_CLASSNOTREG
        factory._obj.value = self.statics.address
        return 0

    def _get_default(self, _this: int, result: int) -> int:
        ctypes.c_void_p.from_address(result).value = self.manager.address
        return 0

    def _is_supported(self, _this: int, result: int) -> int:
        ctypes.c_ubyte.from_address(result).value = bool(self.supported)
        return 0

    def _is_active(self, _this: int, result: int) -> int:
        ctypes.c_ubyte.from_address(result).value = self.active
        return -1 if self.fails else 0


def test_a_focus_session_of_windows_11_asks_for_quiet_until_it_is_over() -> None:
    runtime = WindowsRuntime(supported=True)
    source = WindowsFocusSession(RuntimeFocusSessions(runtime))
    found = []
    for runtime.active in (False, True, False):
        source.sample()
        found.append(source.reason)
    assert found == [None, "a focus session is on", None]
    assert runtime.statics.released == 1
    runtime.fails = True
    source.sample()
    assert (source.available, source.reason) == (False, None)


@pytest.mark.parametrize(("supported", "words"), [(None, "to no program"), (False, "has no focus sessions")])
def test_a_windows_without_focus_sessions_says_so(supported: bool | None, words: str) -> None:
    with pytest.raises(Unavailable, match=words):
        RuntimeFocusSessions(WindowsRuntime(supported=supported))


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


class Notifications:
    """Stands in for wtsapi32."""

    def __init__(self, *, answers: bool = True) -> None:
        self.windows: list[int] = []
        self.answers = answers

    def WTSRegisterSessionNotification(self, window: ctypes.c_void_p, _which: int) -> int:
        if self.answers:
            self.windows.append(window.value or 0)
        return self.answers

    def WTSUnRegisterSessionNotification(self, window: ctypes.c_void_p) -> int:
        self.windows.remove(window.value or 0)
        return 1


def test_the_session_hears_the_messages_to_its_own_window_while_it_runs(qapp: QApplication) -> None:
    notifications = Notifications()
    source = session.WindowsSession(notifications)
    locks: list[bool | None] = []
    sleeps: list[SessionEvent] = []
    source.start(locks.append, sleeps.append)
    assert (source.reports_lock, source.reports_sleep, source.detail) == (True, True, "")
    (window,) = notifications.windows

    def send(to: int, message: int, what: int) -> None:
        raw = session.WindowsMessage(window=to, message=message, wparam=what)
        assert source._filter is not None
        assert source._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(raw)) == (False, 0)

    for to in (window, window + 1):  # every window of the app gets a broadcast
        send(to, session.WM_WTSSESSION_CHANGE, 7)
        send(to, session.WM_WTSSESSION_CHANGE, 8)
        send(to, session.WM_POWERBROADCAST, 4)
        send(to, session.WM_POWERBROADCAST, 0x12)
        send(to, 0x10, 7)
    assert locks == [True, False]
    assert sleeps == [SessionEvent.FALLING_ASLEEP, SessionEvent.WOKE]
    source.stop()
    source.stop()
    assert notifications.windows == []


def test_a_windows_that_does_not_tell_of_the_lock_is_said(qapp: QApplication) -> None:
    source = session.WindowsSession(Notifications(answers=False))
    source.start(lambda _locked: None, lambda _event: None)
    assert not source.reports_lock
    assert source.detail == "Windows doesn't report when the screen is locked."
    source.stop()


class Front:
    """Stands in for the window in front."""

    def __init__(self) -> None:
        self.program = ""

    def path(self) -> str:
        return self.program


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (r"C:\Program Files\VideoLAN\VLC\VLC.exe", "vlc.exe is in front"),
        (r"C:\Tools\Zoë\mpv.exe", None),
        ("", None),
    ],
)
def test_a_program_of_the_settings_in_front_asks_for_quiet(program: str, reason: str | None) -> None:
    front = Front()
    front.program = program
    source = WindowsProgram(["vlc.exe"], front)
    source.sample()
    assert source.reason == reason
