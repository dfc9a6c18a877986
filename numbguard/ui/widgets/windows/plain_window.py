"""The common behaviour of our windows: Escape closes them, and a window that the person opens comes to the front.

The windows of ``ui`` use it, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class PlainWindow(QWidget):
    """A window that Escape closes, whichever part has the keyboard focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


def to_front(window: QWidget) -> None:
    """Show a window that the person asked for in front of all others, and give it the keyboard focus."""
    window.show()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def clear_flag(flag: Qt.WindowType, window: QWidget) -> None:
    """Remove a flag from a visible window without hiding or moving it."""
    handle = window.windowHandle()
    if handle is not None and handle.flags() & flag:
        # On the QWindow, because changing a widget's flags would create the window again and show it again.
        handle.setFlag(flag, False)
        window.overrideWindowFlags(window.windowFlags() & ~flag)
