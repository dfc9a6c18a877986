"""Whether other windows cover one of ours under X11, from the order and the places of the windows on the screen.

``covered`` makes it on the GUI thread. The server draws windows from the bottom of its list to the top. What lies above
ours hides it where it is opaque and takes the clicks: a compositing manager has a window of its own above all others,
which lets clicks through, and so have programs that draw on the screen. A window that may be translucent hides nothing,
except where it says that it is opaque (``_NET_WM_OPAQUE_REGION``, Extended Window Manager Hints).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion

from .xcb import XWindows

_OPAQUE = 0xFFFFFFFF
"""The value of ``_NET_WM_WINDOW_OPACITY`` for a window through which nothing shines."""
_WITH_ALPHA = 32
"""Bits a pixel of a window that can be translucent."""


class XCoverSense:
    """Keeps a connection of its own until it is closed. Raises ``Unavailable`` without an X server on this machine."""

    def __init__(self) -> None:
        self._server = XWindows()

    def close(self) -> None:
        self._server.close()

    def is_covered(self, window: int) -> bool:
        server = self._server
        outermost = server.outermost(window)
        windows = server.children(server.root)
        above = windows[windows.index(outermost) + 1 :] if outermost in windows else ()
        place = server.place(window) if above else None
        if place is None:
            return False
        seen = QRegion(place.rect)
        # From the top: a window that covers the whole screen is mostly there.
        for other in reversed(above):
            seen -= self._hidden_by(other, seen.boundingRect())
            if seen.isEmpty():
                return True
        return False

    def _hidden_by(self, window: int, within: QRect) -> QRegion:
        """The part of the screen that this window, with what it contains, hides; looked at only ``within``."""
        server = self._server
        place = server.place_of_outermost(window)
        if place is None or not place.rect.intersects(within) or not server.is_drawn(window):
            return QRegion()
        # The window itself, or the frame of a window manager with the program's window in it.
        parts = (window, *server.children(window))
        if any(opacity != _OPAQUE for part in parts for opacity in server.words(part, "_NET_WM_WINDOW_OPACITY")[:1]):
            return QRegion()
        hidden = QRegion(place.rect)
        if place.depth == _WITH_ALPHA:
            hidden = QRegion()
            for part in parts:
                hidden += self._opaque_in(part)
        for shape in server.shapes(window):
            hidden &= _region(shape, place.rect.topLeft())
        return hidden

    def _opaque_in(self, window: int) -> QRegion:
        words = self._server.words(window, "_NET_WM_OPAQUE_REGION")
        place = self._server.place(window) if words else None
        if place is None:
            return QRegion()
        rects = [QRect(*words[at : at + 4]) for at in range(0, len(words) - 3, 4)]
        return _region(rects, place.rect.topLeft()) & QRegion(place.rect)


def _region(rects: list[QRect], origin: QPoint) -> QRegion:
    region = QRegion()
    for rect in rects:
        region += QRegion(rect)
    return region.translated(origin)
