"""Idleness from the X server's MIT-SCREEN-SAVER extension, on a small X connection of its own.

Built by ``idle.choose``; on the GUI thread. It speaks through libxcb by ctypes: unlike libX11, libxcb does not end the
process when the server goes away; Qt has loaded it already; and its general ``xcb_send_request`` can carry the one
request needed, so libxcb-screensaver need not be installed. The answer is waited for: only the server of this machine
is asked, which gives it in some 50 µs, as it does for the requests that Qt itself waits for, and whoever asks has the
figure before going on counting.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable

from .. import NotHere

_OUR_OWN_DISPLAY = re.compile(r"(?:unix/?)?:\d+(?:\.\d+)?|/.+")
_QUERY_INFO = 1
_INPUT_AGE_AT = 16
"""Bytes into the reply of QueryInfo: milliseconds since the last input, 32 bits, in our own byte order."""
_PRESENT_AT = 8


class _Extension(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("global_id", ctypes.c_int)]


class _Request(ctypes.Structure):
    _fields_ = [
        ("count", ctypes.c_size_t),
        ("extension", ctypes.POINTER(_Extension)),
        ("opcode", ctypes.c_uint8),
        ("is_void", ctypes.c_uint8),
    ]


class _Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class _Roots(ctypes.Structure):
    _fields_ = [("first", ctypes.POINTER(ctypes.c_uint32)), ("left", ctypes.c_int), ("index", ctypes.c_int)]


class _QueryInfo(ctypes.Structure):
    """The request; libxcb fills in the extension's own opcode and the length."""

    _fields_ = [
        ("major", ctypes.c_uint8),
        ("minor", ctypes.c_uint8),
        ("length", ctypes.c_uint16),
        ("drawable", ctypes.c_uint32),
    ]


class X11Idle:
    """Serves under a real X server of this machine, for as long as it lives."""

    name = "x11"
    tells = False

    def __init__(self) -> None:
        display = os.environ.get("DISPLAY", "")
        if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
            raise NotHere("This is a Wayland session, where XWayland's figure is not to be believed.")
        if not display:
            raise NotHere("This is not an X11 session.")
        if not _OUR_OWN_DISPLAY.fullmatch(display):
            raise NotHere("The X display is on another machine, which is not asked.")
        self._xcb, self._free = _libraries()
        self._extension = _Extension(b"MIT-SCREEN-SAVER", 0)
        self._server: int | None = self._xcb.xcb_connect(None, None)
        self._detail = "The X server tells how long nobody has typed or moved the pointer."
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._changed: Callable[[], None] = lambda: None
        try:
            self._root = self._open()
        except NotHere:
            self.stop()
            raise

    @property
    def here(self) -> bool | None:
        return self._server is not None

    @property
    def detail(self) -> str:
        return self._detail

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed

    def ask(self) -> None:
        self._forget_events()
        seconds = self._input_age()
        if seconds is None and self._server and self._xcb.xcb_connection_has_error(self._server):
            self.stop()
            self._detail = "The X server has ended the connection."
            self._changed()
        else:
            self._report(seconds)

    def stop(self) -> None:
        if self._server is not None:
            self._xcb.xcb_disconnect(self._server)
            self._server = None

    def _open(self) -> int:
        """The id of the root window. Raises ``NotHere``."""
        if self._xcb.xcb_connection_has_error(self._server):
            raise NotHere("The X server cannot be reached.")
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._server))
        told = self._xcb.xcb_get_extension_data(self._server, ctypes.byref(self._extension))
        if not roots.left or not told or not told[_PRESENT_AT]:
            raise NotHere("This X server lacks the MIT-SCREEN-SAVER extension.")
        return int(roots.first[0])

    def _input_age(self) -> float | None:
        if self._server is None:
            return None
        asking = _QueryInfo(drawable=self._root)
        # libxcb uses the two places before the request's parts for itself.
        parts = (_Part * 3)()
        parts[2] = _Part(ctypes.addressof(asking), ctypes.sizeof(asking))
        request = _Request(1, ctypes.pointer(self._extension), _QUERY_INFO, 0)
        number = self._xcb.xcb_send_request(self._server, 1, ctypes.byref(parts, 2 * ctypes.sizeof(_Part)), request)
        error = ctypes.c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._server, number, ctypes.byref(error))
        if not reply:
            self._free(error)
            return None
        age_ms = ctypes.c_uint32.from_address(reply + _INPUT_AGE_AT).value
        self._free(reply)
        return age_ms / 1000

    def _forget_events(self) -> None:
        """Changes of the keyboard's layout are told to every connection, whether it wants them or not."""
        while self._server and (event := self._xcb.xcb_poll_for_event(self._server)):
            self._free(event)


def _libraries() -> tuple[ctypes.CDLL, Callable[[object], None]]:
    try:
        xcb, c = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        raise NotHere("The library libxcb, which asks the X server, is not installed.") from None
    pointer, number = ctypes.c_void_p, ctypes.c_int
    for name, gives, takes in (
        ("xcb_connect", pointer, (ctypes.c_char_p, pointer)),
        ("xcb_connection_has_error", number, (pointer,)),
        ("xcb_disconnect", None, (pointer,)),
        ("xcb_get_setup", pointer, (pointer,)),
        ("xcb_setup_roots_iterator", _Roots, (pointer,)),
        ("xcb_get_extension_data", ctypes.POINTER(ctypes.c_uint8), (pointer, pointer)),
        ("xcb_send_request", ctypes.c_uint, (pointer, number, pointer, ctypes.POINTER(_Request))),
        ("xcb_wait_for_reply", pointer, (pointer, ctypes.c_uint, pointer)),
        ("xcb_poll_for_event", pointer, (pointer,)),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = gives, takes
    c.free.restype, c.free.argtypes = None, (pointer,)
    return xcb, c.free
