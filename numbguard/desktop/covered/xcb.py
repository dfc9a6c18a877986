"""The order, the places and the shapes of the windows on an X server, for ``covered.x11``.

Calls block; ``desktop.quiet.front_window.xcb`` says why they may. Offsets of replies are those of the X protocol's
encoding (x.org, X11 protocol, appendix B; Shape extension, version 1.1).
"""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.quiet.front_window.xcb import XCookie, XServer

_BOUNDING: Final = 0
_INPUT: Final = 2
"""Kinds of shapes: what is drawn of a window, and what takes the clicks."""
_INPUT_OUTPUT: Final = 1
"""The class of a window that has contents."""
_VIEWABLE: Final = 2
"""The state of a window that is mapped, with all in which it lies."""


@dataclass(frozen=True, slots=True)
class XWindowPlace:
    rect: QRect
    """On the screen, in its pixels, without the border."""
    depth: int
    """Bits a pixel."""


class XWindows(XServer):
    """A connection that asks for windows. Raises ``Unavailable`` like ``XServer``, and without the Shape extension."""

    def __init__(self) -> None:
        try:
            self._shape = ctypes.CDLL("libxcb-shape.so.0")
        except OSError:
            raise Unavailable(N_("The library libxcb, which asks the X server, is not installed.")) from None
        super().__init__()
        pointer, word, short = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int16
        for library, name, takes in (
            (self._xcb, "xcb_query_tree", (word,)),
            (self._xcb, "xcb_get_geometry", (word,)),
            (self._xcb, "xcb_get_window_attributes", (word,)),
            (self._xcb, "xcb_translate_coordinates", (word, word, short, short)),
            (self._shape, "xcb_shape_get_rectangles", (word, ctypes.c_uint8)),
        ):
            function, reply = getattr(library, name), getattr(library, f"{name}_reply")
            function.restype, function.argtypes = XCookie, (pointer, *takes)
            reply.restype, reply.argtypes = pointer, (pointer, XCookie, pointer)

    def children(self, window: int) -> tuple[int, ...]:
        """The windows directly in this one, from the lowest to the uppermost."""
        reply = self._ask(self._xcb, "xcb_query_tree", window)
        return struct.unpack_from(f"={struct.unpack_from('=H', reply, 16)[0]}I", reply, 32) if reply else ()

    def outermost(self, window: int) -> int:
        """The window that lies directly on the screen and contains this one, or is it; 0 if it no longer exists."""
        while reply := self._ask(self._xcb, "xcb_query_tree", window):
            parent = struct.unpack_from("=I", reply, 12)[0]
            if parent in (0, self.root):
                return window
            window = parent
        return 0

    def place(self, window: int) -> XWindowPlace | None:
        """Where the window is; ``None`` if it no longer exists."""
        size = self._ask(self._xcb, "xcb_get_geometry", window)
        origin = self._ask(self._xcb, "xcb_translate_coordinates", window, self.root, 0, 0)
        if not size or not origin:
            return None
        rect = QRect(*struct.unpack_from("=hh", origin, 12), *struct.unpack_from("=HH", size, 16))
        return XWindowPlace(rect, depth=size[1])

    def place_of_outermost(self, window: int) -> XWindowPlace | None:
        """The same for a window that lies directly on the screen, by one question instead of two. A look asks it of
        each window above ours, most of which are small ones that no one sees."""
        size = self._ask(self._xcb, "xcb_get_geometry", window)
        if not size:
            return None
        x, y, width, height, border = struct.unpack_from("=hhHHH", size, 12)
        return XWindowPlace(QRect(x + border, y + border, width, height), depth=size[1])

    def is_drawn(self, window: int) -> bool:
        """Whether the window has contents and is mapped."""
        reply = self._ask(self._xcb, "xcb_get_window_attributes", window)
        return bool(reply) and struct.unpack_from("=H", reply, 12)[0] == _INPUT_OUTPUT and reply[26] == _VIEWABLE

    def shapes(self, window: int) -> tuple[list[QRect], list[QRect]]:
        """The rectangles, in the window, in which it is drawn, and those in which it takes the clicks."""
        return self._rectangles(window, _BOUNDING), self._rectangles(window, _INPUT)

    def _rectangles(self, window: int, kind: int) -> list[QRect]:
        reply = self._ask(self._shape, "xcb_shape_get_rectangles", window, kind)
        count = struct.unpack_from("=I", reply, 8)[0] if reply else 0
        return [QRect(*struct.unpack_from("=hhHH", reply, 32 + 8 * at)) for at in range(count)]

    def _ask(self, library: ctypes.CDLL, name: str, *words: int) -> bytes:
        """The reply to a request; empty if the window no longer exists, or the server is gone."""
        if self._server is None:
            return b""
        cookie = getattr(library, name)(self._server, *words)
        reply = self._answer(getattr(library, f"{name}_reply"), cookie)
        if not reply:
            return b""
        # A reply has 32 bytes, plus the number of 32-bit words given at offset 4.
        whole = ctypes.string_at(reply, 32 + 4 * ctypes.c_uint32.from_address(reply + 4).value)
        self._free(reply)
        return whole
