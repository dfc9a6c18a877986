"""Idleness from the X server's MIT-SCREEN-SAVER extension, over a small X connection of its own.

``idle.choose`` builds it; it runs on the GUI thread. It calls libxcb through ctypes for three reasons: unlike libX11,
libxcb does not end the process when the server disappears; Qt has loaded it already; and its generic
``xcb_send_request`` can send the requests of any extension, so libxcb-screensaver need not be installed. Calls block:
only a server on this machine is queried, which answers in about 50 µs, as it does for the requests on which Qt itself
blocks, and the caller has the figure before it goes on counting.

Two alarms on the server's IDLETIME counter (``x11_alarms``) report the beginning and the end of a pause; after either,
the figure is queried, and the figure decides. A server without that counter is polled every 30 s.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.wayland.wire import in_wayland_session

from . import x11_alarms
from .idle_spell import IdleSpell

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier

_LOCAL_DISPLAY = re.compile(r"(?:unix/?)?:\d+(?:\.\d+)?|/.+")
_QUERY_INFO = 1
_INPUT_AGE_AT = 16
"""Byte offset in the reply of QueryInfo: milliseconds since the last input, 32 bits, in native byte order."""
_PRESENT_AT, _FIRST_EVENT_AT = 8, 10
"""Byte offsets in the reply of QueryExtension."""
_SLACK_S = 1.0
"""Seconds. If a spell exceeds the server's figure by more than this, input occurred in between and it has ended."""


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


class X11Idle:
    """Works with an X server of this machine that is not XWayland, until that server closes the connection."""

    name = "x11"

    def __init__(self, *, pause_s: float | None = None) -> None:
        """``pause_s``: the pause after which the alarms report, in real seconds; ``None`` without a Qt event loop.

        Raises ``Unavailable``.
        """
        display = os.environ.get("DISPLAY", "")
        if in_wayland_session():
            raise Unavailable(N_("This is a Wayland session, where XWayland's idle time can't be trusted."))
        if not display:
            raise Unavailable(N_("This is not an X11 session."))
        if not _LOCAL_DISPLAY.fullmatch(display):
            raise Unavailable(N_("The X display is on another computer, so it isn't checked."))
        self._xcb, self._free = _libraries()
        self._extension = _Extension(b"MIT-SCREEN-SAVER", 0)
        self._sync = _Extension(b"SYNC", 0)
        self._server: int | None = self._xcb.xcb_connect(None, None)
        self._detail = N_("The X server reports how long the keyboard and mouse have been idle.")
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._changed: Callable[[], None] = lambda: None
        self._spell = IdleSpell(lambda seconds: self._report(seconds))
        self._pause_ms = max(2, round(pause_s * 1000)) if pause_s else 0
        self._alarms: tuple[int, ...] = ()
        self._alarm_event = 0
        self._readable: QSocketNotifier | None = None
        try:
            self._root = self._open()
        except Unavailable:
            self.stop()
            raise

    @property
    def event_driven(self) -> bool:
        return bool(self._alarms)

    @property
    def available(self) -> bool | None:
        return self._server is not None

    @property
    def detail(self) -> str:
        return self._detail

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed
        if self._pause_ms:
            self._set_alarms()
        if self._alarms:
            from PySide6.QtCore import QSocketNotifier

            self._readable = QSocketNotifier(self._xcb.xcb_get_file_descriptor(self._server), QSocketNotifier.Type.Read)
            self._readable.activated.connect(self._read)

    def ask(self) -> None:
        fired = self._take_events()
        seconds = self._input_age()
        # Reading the answer also read any events behind it, for which the notifier will not fire again.
        if self._take_events() or fired:
            self._rearm()
        if not self._is_gone(seconds):
            self._process(seconds)

    def _read(self, *_: object) -> None:
        """Handle a readable socket: an alarm has gone off, or the server has closed the connection."""
        if self._take_events():
            self._rearm()
            self._process(self._input_age())
        else:
            self._is_gone(None)

    def _process(self, seconds: float | None) -> None:
        """Report the figure, after first ending a spell that the figure shows to be over."""
        if seconds is None or not self._alarms:
            self._report(seconds)
        elif seconds * 1000 < self._pause_ms:
            self._spell.ends()
            self._report(seconds)
        else:
            if self._spell.seconds > seconds + _SLACK_S:
                self._spell.ends()
            self._spell.lasts(seconds)

    def _is_gone(self, seconds: float | None) -> bool:
        if seconds is not None or not self._server or not self._xcb.xcb_connection_has_error(self._server):
            return False
        self.stop()
        self._detail = N_("The X server has ended the connection.")
        self._changed()
        return True

    def stop(self) -> None:
        if self._readable:
            self._readable.setEnabled(False)
            self._readable.deleteLater()
            self._readable = None
        self._alarms = ()
        self._spell.forget()
        if self._server is not None:
            self._xcb.xcb_disconnect(self._server)
            self._server = None

    def _open(self) -> int:
        """The id of the root window. Raises ``Unavailable``."""
        if self._xcb.xcb_connection_has_error(self._server):
            raise Unavailable(N_("The X server cannot be reached."))
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._server))
        extension = self._xcb.xcb_get_extension_data(self._server, ctypes.byref(self._extension))
        if not roots.left or not extension or not extension[_PRESENT_AT]:
            raise Unavailable(N_("This X server lacks the MIT-SCREEN-SAVER extension."))
        return int(roots.first[0])

    def _input_age(self) -> float | None:
        reply = self._query(self._extension, _QUERY_INFO, struct.pack("=I", self._root), 32)
        if reply is None:
            return None
        return int(struct.unpack_from("=I", reply, _INPUT_AGE_AT)[0]) / 1000

    def _set_alarms(self) -> None:
        extension = self._xcb.xcb_get_extension_data(self._server, ctypes.byref(self._sync))
        if not extension or not extension[_PRESENT_AT]:
            return
        self._alarm_event = extension[_FIRST_EVENT_AT] + x11_alarms.ALARM_NOTIFY
        self._query(self._sync, x11_alarms.INITIALIZE, x11_alarms.VERSION, 32)
        counters = self._query(self._sync, x11_alarms.LIST_COUNTERS, b"", None)
        counter = x11_alarms.find_counter(counters or b"", "IDLETIME")
        if counter is None:
            return
        begun, ended = (self._xcb.xcb_generate_id(self._server) for _ in range(2))
        for alarm, rising, value in ((begun, True, self._pause_ms), (ended, False, self._pause_ms - 1)):
            self._send(x11_alarms.CREATE, x11_alarms.create_alarm(alarm, counter, rising=rising, value=value))
        self._alarms = (begun, ended)
        self._xcb.xcb_flush(self._server)

    def _rearm(self) -> None:
        """Some servers drop an alarm once it has gone off; a request that changes nothing makes them watch it again."""
        for alarm in self._alarms:
            self._send(x11_alarms.CHANGE, x11_alarms.unchanged(alarm))
        self._xcb.xcb_flush(self._server)

    def _send(self, number: int, body: bytes) -> None:
        self._request(self._sync, number, body, void=True)

    def _query(self, extension: _Extension, number: int, body: bytes, most: int | None) -> bytes | None:
        """The reply, cut to ``most`` bytes (``None``: whole); ``None`` if the server gave an error or is gone."""
        if self._server is None:
            return None
        sequence = self._request(extension, number, body, void=False)
        error = ctypes.c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._server, sequence, ctypes.byref(error))
        if not reply:
            self._free(error)
            return None
        # A reply has 32 bytes, plus the number of 32-bit words given at offset 4.
        whole = 32 + 4 * ctypes.c_uint32.from_address(reply + 4).value
        said = ctypes.string_at(reply, whole if most is None else min(most, whole))
        self._free(reply)
        return said

    def _request(self, extension: _Extension, number: int, body: bytes, *, void: bool) -> int:
        # libxcb fills in the extension's opcode and the length, and uses the two array entries before the parts.
        whole = ctypes.create_string_buffer(bytes(4) + body, 4 + len(body))
        parts = (_Part * 3)()
        parts[2] = _Part(ctypes.addressof(whole), len(whole))
        request = _Request(1, ctypes.pointer(extension), number, void)
        place = ctypes.byref(parts, 2 * ctypes.sizeof(_Part))
        return int(self._xcb.xcb_send_request(self._server, 0 if void else 1, place, request))

    def _take_events(self) -> bool:
        """Read all pending events; return whether an alarm was among them, not just keyboard events."""
        fired = False
        while self._server and (event := self._xcb.xcb_poll_for_event(self._server)):
            fired = fired or ctypes.c_uint8.from_address(event).value & 0x7F == self._alarm_event
            self._free(event)
        return fired


def _libraries() -> tuple[ctypes.CDLL, Callable[[object], None]]:
    try:
        xcb, c = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        raise Unavailable(N_("The library libxcb, which asks the X server, is not installed.")) from None
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
        ("xcb_get_file_descriptor", number, (pointer,)),
        ("xcb_generate_id", ctypes.c_uint32, (pointer,)),
        ("xcb_flush", number, (pointer,)),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = gives, takes
    c.free.restype, c.free.argtypes = None, (pointer,)
    return xcb, c.free
