"""The keyboard of the X server, over a small connection of its own: which key is where, grabs, and key presses.

``x11`` creates it on the GUI thread and watches its socket. ``desktop.idle.x11`` explains why it uses libxcb and not
libX11. Calls block: only a server on this machine is asked, which answers in about 50 µs.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.quiet.front_window.xcb import XServer
from numbguard.desktop.wayland.wire import in_wayland_session

_LOCAL_DISPLAY = re.compile(r"(?:unix/?)?:\d+(?:\.\d+)?|/.+")
PRESSED, RELEASED, MAPPING = 2, 3, 34
"""Events KeyPress, KeyRelease and MappingNotify."""
SHIFT, LOCK, CONTROL, MOD1, MOD4 = 1, 2, 4, 8, 64
"""Bits of a modifier mask."""
_MIN_KEYCODE_AT = 34
"""Byte offset in the setup of the least key code; the greatest follows."""
_POINTER_MAPPING = 2
_ALT, _SUPER, _NUM_LOCK, _SCROLL_LOCK = (0xFFE9, 0xFFEA), (0xFFEB, 0xFFEC), (0xFF7F,), (0xFF14,)
"""Keysyms, the left one first."""


class _Cookie(ctypes.Structure):
    _fields_ = [("number", ctypes.c_uint)]


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key that went down or up, or a change of the keyboard's mapping (``MAPPING``)."""

    kind: int
    code: int
    modifiers: int
    time_ms: int


@dataclass(frozen=True, slots=True)
class KeyMapping:
    """Where the keys and the modifiers are at present."""

    codes: Mapping[int, int]
    """The code of the key that has a keysym, by the keysym."""
    alt: int
    super: int
    locks: int
    """The modifiers that a person sets for good: Caps Lock, Num Lock, Scroll Lock."""


class XKeyboard(XServer):
    """Raises ``Unavailable`` as ``XServer`` does."""

    def __init__(self) -> None:
        super().__init__()
        pointer, byte, word, short = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16
        for name, gives, takes in (
            ("xcb_get_keyboard_mapping", _Cookie, (pointer, byte, byte)),
            ("xcb_get_keyboard_mapping_reply", pointer, (pointer, _Cookie, pointer)),
            ("xcb_get_modifier_mapping", _Cookie, (pointer,)),
            ("xcb_get_modifier_mapping_reply", pointer, (pointer, _Cookie, pointer)),
            ("xcb_grab_key_checked", _Cookie, (pointer, byte, word, short, byte, byte, byte)),
            ("xcb_request_check", pointer, (pointer, _Cookie)),
            ("xcb_ungrab_key", _Cookie, (pointer, byte, word, short)),
        ):
            function = getattr(self._xcb, name)
            function.restype, function.argtypes = gives, takes

    def mapping(self) -> KeyMapping:
        setup = self._xcb.xcb_get_setup(self._server)
        first, last = ctypes.string_at(setup + _MIN_KEYCODE_AT, 2)
        cookie = self._xcb.xcb_get_keyboard_mapping(self._server, first, last - first + 1)
        width, words = self._words(self._answer(self._xcb.xcb_get_keyboard_mapping_reply, cookie), 4)
        codes: dict[int, int] = {}
        for column in range(width):  # the unshifted keys of the first layout come first
            for place in range(len(words) // max(width, 1)):
                codes.setdefault(words[place * width + column], first + place)
        cookie = self._xcb.xcb_get_modifier_mapping(self._server)
        each, held = self._words(self._answer(self._xcb.xcb_get_modifier_mapping_reply, cookie), 1)

        def bit_of(keysyms: tuple[int, ...]) -> int:
            wanted = {codes[one] for one in keysyms if one in codes}
            for index in range(3, 8):
                if wanted & set(held[index * each : (index + 1) * each]):
                    return 1 << index
            return 0

        locks = LOCK | bit_of(_NUM_LOCK) | bit_of(_SCROLL_LOCK)
        return KeyMapping(codes, bit_of(_ALT) or MOD1, bit_of(_SUPER) or MOD4, locks)

    def grab(self, code: int, modifiers: int) -> bool:
        """Grab a key with exactly these modifiers in every window; returns whether nobody else has it."""
        asynchronous = 1
        cookie = self._xcb.xcb_grab_key_checked(self._server, 0, self.root, modifiers, code, asynchronous, asynchronous)
        error = self._xcb.xcb_request_check(self._server, cookie)
        if not error:
            return True
        self._free(error)
        return False

    def ungrab(self, code: int, modifiers: int) -> None:
        self._xcb.xcb_ungrab_key(self._server, code, self.root, modifiers)
        self._xcb.xcb_flush(self._server)

    def key_events(self) -> Iterator[KeyEvent]:
        """The events received so far, including those read together with an answer."""
        while self._server is not None and (event := self._xcb.xcb_poll_for_event(self._server)):
            raw = ctypes.string_at(event, 32)
            self._free(event)
            kind = raw[0] & 0x7F
            if kind in (PRESSED, RELEASED):
                state, time = ctypes.c_uint16.from_buffer_copy(raw, 28), ctypes.c_uint32.from_buffer_copy(raw, 4)
                yield KeyEvent(kind, raw[1], state.value, time.value)
            elif kind == MAPPING and raw[4] != _POINTER_MAPPING:
                yield KeyEvent(kind, 0, 0, 0)

    def _words(self, reply: int | None, size: int) -> tuple[int, list[int]]:
        """The number at offset 1 of a reply, and the list behind its head; frees it."""
        if not reply:
            return 0, []
        each = ctypes.c_uint8.from_address(reply + 1).value
        count = 4 * ctypes.c_uint32.from_address(reply + 4).value // size
        kind = ctypes.c_uint32 if size == 4 else ctypes.c_uint8
        words = list((kind * count).from_address(reply + 32))
        self._free(reply)
        return each, words


def open_keyboard() -> XKeyboard:
    """The keyboard of this session's X server. Raises ``Unavailable`` where there is none that keys can be had from."""
    display = os.environ.get("DISPLAY", "")
    if in_wayland_session():
        raise Unavailable(N_("Under Wayland, keys can't be had from the X server."))
    if not display or not _LOCAL_DISPLAY.fullmatch(display):
        raise Unavailable(N_("This is not an X11 session, so keys can't be had from the X server."))
    return XKeyboard()
