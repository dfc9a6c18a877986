"""Paints a calm background and an ordinary pointer on the root window of the display named by DISPLAY.

`tools.desktop.session_parts` runs it as a process of its own, because Xlib ends the process on any error. It calls
libX11 by ctypes: Qt needs that library anyway, so one picture needs no further package.
"""

from __future__ import annotations

import ctypes
import sys

TOP = (0x3C, 0x5A, 0x66)
BOTTOM = (0x7F, 0xA6, 0xA3)
LEFT_POINTER = 68


def paint() -> None:
    """Draw the gradient once; the server keeps it after this process has ended."""
    x11 = ctypes.CDLL("libX11.so.6")
    window, pointer = ctypes.c_ulong, ctypes.c_void_p
    x11.XOpenDisplay.restype = pointer
    x11.XDefaultRootWindow.restype = window
    x11.XDefaultGC.restype = pointer
    x11.XCreatePixmap.restype = window
    x11.XCreateFontCursor.restype = window

    display = pointer(x11.XOpenDisplay(None))
    if not display.value:
        sys.exit("There is no display to paint on.")
    root = window(x11.XDefaultRootWindow(display))
    width, height = x11.XDisplayWidth(display, 0), x11.XDisplayHeight(display, 0)
    pixmap = window(x11.XCreatePixmap(display, root, width, height, x11.XDefaultDepth(display, 0)))
    gc = pointer(x11.XDefaultGC(display, 0))
    for y in range(height):
        red, green, blue = (round(top + (bottom - top) * y / height) for top, bottom in zip(TOP, BOTTOM, strict=True))
        x11.XSetForeground(display, gc, ctypes.c_ulong(red << 16 | green << 8 | blue))
        x11.XFillRectangle(display, pixmap, gc, 0, y, width, 1)
    x11.XSetWindowBackgroundPixmap(display, root, pixmap)
    x11.XDefineCursor(display, root, window(x11.XCreateFontCursor(display, LEFT_POINTER)))
    x11.XClearWindow(display, root)
    x11.XCloseDisplay(display)


if __name__ == "__main__":
    paint()
