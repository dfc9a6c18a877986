"""Focus sessions of Windows 11, in which it holds notifications back, asked of the Windows Runtime (``combase``).

``quiet.choose`` builds the source; it runs on the GUI thread. Written from Microsoft's "Detect and react to focus
session state" (``Windows.UI.Shell.FocusSessionManager``, since Windows 11, version 22H2) and from the binary interface
of the Windows Runtime; not yet run on a real Windows, and Wine has no such class. Do-not-disturb that somebody switches
on by hand is not a focus session, and Windows tells no program of it.
"""

from __future__ import annotations

import ctypes
import uuid
from typing import Any, Protocol

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

from .polled import PolledSource

_CLASS = "Windows.UI.Shell.FocusSessionManager"
_STATICS = uuid.UUID("834df764-cb9a-5d0a-aa9f-73df4f249395")
"""The interface ``IFocusSessionManagerStatics``."""
_RELEASE, _FIRST = 2, 6
"""Places in a table of methods: IUnknown has three, IInspectable three more, then come those of the interface."""
_GET_DEFAULT, _IS_SUPPORTED = _FIRST, _FIRST + 1
_IS_FOCUS_ACTIVE = _FIRST
"""In ``IFocusSessionManager``, as which ``GetDefault`` returns its object."""
_SINGLE_THREADED = 0


class FocusSessions(Protocol):
    """What Windows says of focus sessions."""

    def is_active(self) -> bool:
        """Whether one is on. Raises ``OSError`` where Windows does not say."""


class RuntimeFocusSessions:
    """Implements ``FocusSessions``. Raises ``Unavailable`` where this Windows has no focus sessions."""

    def __init__(self, runtime: Any = None) -> None:
        """``runtime`` replaces ``combase`` in tests."""
        try:
            self._runtime: Any = ctypes.CDLL("combase") if runtime is None else runtime
            self._runtime.RoInitialize(_SINGLE_THREADED)  # Qt has done so already, and then nothing changes
            statics = self._factory()
        except (OSError, AttributeError):  # no such library, or one without these functions
            raise Unavailable(N_("This Windows reports focus assist to no program.")) from None
        try:
            supported = ctypes.c_ubyte(0)
            _call(statics, _IS_SUPPORTED, supported)
            if not supported.value:
                raise Unavailable(N_("This Windows has no focus sessions."))
            self._manager = ctypes.c_void_p()
            _call(statics, _GET_DEFAULT, self._manager)
        except OSError:
            raise Unavailable(N_("This Windows doesn't report its focus sessions.")) from None
        finally:
            if statics.value:
                _release(statics)

    def is_active(self) -> bool:
        active = ctypes.c_ubyte(0)
        _call(self._manager, _IS_FOCUS_ACTIVE, active)
        return bool(active.value)

    def _factory(self) -> ctypes.c_void_p:
        name, statics = ctypes.c_void_p(), ctypes.c_void_p()
        _must(self._runtime.WindowsCreateString(ctypes.c_wchar_p(_CLASS), len(_CLASS), ctypes.byref(name)))
        try:
            wanted = (ctypes.c_ubyte * 16).from_buffer_copy(_STATICS.bytes_le)
            _must(self._runtime.RoGetActivationFactory(name, ctypes.byref(wanted), ctypes.byref(statics)))
        finally:
            self._runtime.WindowsDeleteString(name)
        return statics


class WindowsFocusSession(PolledSource):
    """Asks for quiet while a focus session is on."""

    name = "windows-focus"
    words = N_("Windows reports when a focus session is on.")

    def __init__(self, sessions: FocusSessions | None = None) -> None:
        """``sessions`` replaces Windows in tests. Raises ``Unavailable``."""
        super().__init__()
        self._sessions: FocusSessions = RuntimeFocusSessions() if sessions is None else sessions

    def _look(self) -> str | None:
        return N_("a focus session is on") if self._sessions.is_active() else None


def _call(object_: ctypes.c_void_p, place: int, result: ctypes.c_ubyte | ctypes.c_void_p) -> None:
    """Call a method that has one result and no other argument. Raises ``OSError``."""
    method = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)(_method(object_, place))
    _must(method(object_, ctypes.addressof(result)))


def _release(object_: ctypes.c_void_p) -> None:
    ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p)(_method(object_, _RELEASE))(object_)


def _method(object_: ctypes.c_void_p, place: int) -> int:
    """The address of a method: an object of COM begins with the address of its table of methods.

    Raises ``OSError`` where there is no object.
    """
    if not object_.value:
        raise OSError("the Windows Runtime gave no object")
    table = ctypes.c_void_p.from_address(object_.value).value or 0
    return ctypes.c_void_p.from_address(table + place * ctypes.sizeof(ctypes.c_void_p)).value or 0


def _must(result: int) -> None:
    """Raise ``OSError`` for an HRESULT that means failure."""
    if result < 0:
        raise OSError(f"the Windows Runtime failed ({result & 0xFFFFFFFF:#x})")
