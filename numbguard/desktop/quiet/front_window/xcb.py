"""A small X connection of its own that reports changes of windows, using libxcb through ctypes.

``front_window.x11`` creates it on the GUI thread and watches its socket; ``quiet.probe`` uses it in the command line.
``desktop.idle.x11`` explains why it uses libxcb and not libX11. Calls block: only a server on this machine is queried,
which answers in about 50 µs.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.wayland.wire import in_wayland_session

_LOCAL_DISPLAY = re.compile(r"(?:unix/?)?:\d+(?:\.\d+)?|/.+")
DESTROYED, UNMAPPED, CONFIGURED, PROPERTY = 17, 18, 22, 28
"""Events DestroyNotify, UnmapNotify, ConfigureNotify (moved or resized) and PropertyNotify."""
RESIZES, PROPERTIES = 1 << 17, 1 << 22
"""Event masks StructureNotify and PropertyChange."""
_EVENT_MASK = 1 << 11
"""The bit CWEventMask of a value mask: the attribute that is set is the event mask."""
_ANY_TYPE = 0
_LONGEST = 1024
"""The most 32-bit words read of one property."""


class _Roots(ctypes.Structure):
    _fields_ = [("first", ctypes.POINTER(ctypes.c_uint32)), ("left", ctypes.c_int), ("index", ctypes.c_int)]


class XCookie(ctypes.Structure):
    _fields_ = [("number", ctypes.c_uint)]


@dataclass(frozen=True, slots=True)
class XEvent:
    """An event of a window; ``atom`` is the property that changed, valid for ``PROPERTY`` only."""

    kind: int
    window: int
    atom: int


class XServer:
    """A connection to the X server. Raises ``Unavailable`` under Wayland and without an X server on this machine."""

    def __init__(self) -> None:
        display = os.environ.get("DISPLAY", "")
        if in_wayland_session():
            raise Unavailable(N_("Under Wayland the X server doesn't know which window is active."))
        if not display:
            raise Unavailable(
                N_("This is neither an X11 nor a Wayland session, so the active window can't be detected.")
            )
        if not _LOCAL_DISPLAY.fullmatch(display):
            raise Unavailable(N_("The X display is on another computer, so it isn't checked."))
        self._xcb, self._free = _libraries()
        self._server: int | None = self._xcb.xcb_connect(None, None)
        self._atoms: dict[str, int] = {}
        if self._xcb.xcb_connection_has_error(self._server):
            self.close()
            raise Unavailable(N_("The X server cannot be reached."))
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._server))
        self.root = int(roots.first[0])

    @property
    def alive(self) -> bool:
        return self._server is not None and not self._xcb.xcb_connection_has_error(self._server)

    @property
    def descriptor(self) -> int:
        return int(self._xcb.xcb_get_file_descriptor(self._server))

    def close(self) -> None:
        if self._server is not None:
            self._xcb.xcb_disconnect(self._server)
            self._server = None

    def atom(self, name: str) -> int:
        if name not in self._atoms and self._server is not None:
            cookie = self._xcb.xcb_intern_atom(self._server, 0, len(name), name.encode())
            reply = self._answer(self._xcb.xcb_intern_atom_reply, cookie)
            if reply:
                self._atoms[name] = ctypes.c_uint32.from_address(reply + 8).value
                self._free(reply)
        return self._atoms.get(name, 0)

    def selection_owner(self, selection: str) -> int:
        """The window that owns a selection; 0 if none does."""
        if self._server is None:
            return 0
        cookie = self._xcb.xcb_get_selection_owner(self._server, self.atom(selection))
        reply = self._answer(self._xcb.xcb_get_selection_owner_reply, cookie)
        if not reply:
            return 0
        owner = ctypes.c_uint32.from_address(reply + 8).value
        self._free(reply)
        return owner

    def listen(self, window: int, mask: int) -> None:
        """Select the events that the server reports for a window; a mask of 0 selects none."""
        if self._server is not None:
            value = ctypes.c_uint32(mask)
            self._xcb.xcb_change_window_attributes(self._server, window, _EVENT_MASK, ctypes.byref(value))
            self._xcb.xcb_flush(self._server)

    def words(self, window: int, property: str) -> tuple[int, ...]:
        """A property of 32-bit numbers; empty if it is not set or the window no longer exists."""
        raw = self._property(window, property, 32)
        return tuple(int.from_bytes(raw[at : at + 4], _ORDER) for at in range(0, len(raw), 4))

    def text(self, window: int, property: str) -> str:
        return self._property(window, property, 8).decode("utf-8", "replace")

    def events(self) -> Iterator[XEvent]:
        """The events received so far, including those read together with a reply."""
        while self._server is not None and (event := self._xcb.xcb_poll_for_event(self._server)):
            kind = ctypes.c_uint8.from_address(event).value & 0x7F
            # PropertyNotify has its window at offset 4; the others have there the window that selected the event.
            window = ctypes.c_uint32.from_address(event + (4 if kind == PROPERTY else 8)).value
            atom = ctypes.c_uint32.from_address(event + 8).value
            self._free(event)
            yield XEvent(kind, window, atom)

    def _property(self, window: int, property: str, width: int) -> bytes:
        if self._server is None:
            return b""
        cookie = self._xcb.xcb_get_property(self._server, 0, window, self.atom(property), _ANY_TYPE, 0, _LONGEST)
        reply = self._answer(self._xcb.xcb_get_property_reply, cookie)
        if not reply:
            return b""
        fits = ctypes.c_uint8.from_address(reply + 1).value == width
        count = ctypes.c_uint32.from_address(reply + 16).value
        raw = ctypes.string_at(reply + 32, count * width // 8) if fits else b""
        self._free(reply)
        return raw

    def _answer(self, ask: Callable[..., int | None], cookie: XCookie) -> int | None:
        error = ctypes.c_void_p()
        reply = ask(self._server, cookie, ctypes.byref(error))
        if error:
            self._free(error)
        return reply


_ORDER = sys.byteorder


def _libraries() -> tuple[ctypes.CDLL, Callable[[object], None]]:
    try:
        xcb, c = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        raise Unavailable(N_("The library libxcb, which asks the X server, is not installed.")) from None
    pointer, number, byte = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8
    word, short = ctypes.c_uint32, ctypes.c_uint16
    for name, gives, takes in (
        ("xcb_connect", pointer, (ctypes.c_char_p, pointer)),
        ("xcb_connection_has_error", number, (pointer,)),
        ("xcb_disconnect", None, (pointer,)),
        ("xcb_get_file_descriptor", number, (pointer,)),
        ("xcb_get_setup", pointer, (pointer,)),
        ("xcb_setup_roots_iterator", _Roots, (pointer,)),
        ("xcb_flush", number, (pointer,)),
        ("xcb_poll_for_event", pointer, (pointer,)),
        ("xcb_intern_atom", XCookie, (pointer, byte, short, ctypes.c_char_p)),
        ("xcb_intern_atom_reply", pointer, (pointer, XCookie, pointer)),
        ("xcb_change_window_attributes", XCookie, (pointer, word, word, pointer)),
        ("xcb_get_selection_owner", XCookie, (pointer, word)),
        ("xcb_get_selection_owner_reply", pointer, (pointer, XCookie, pointer)),
        ("xcb_get_property", XCookie, (pointer, byte, word, word, word, word, word)),
        ("xcb_get_property_reply", pointer, (pointer, XCookie, pointer)),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = gives, takes
    c.free.restype, c.free.argtypes = None, (pointer,)
    return xcb, c.free
