"""What our windows have in common: Escape closes them, and one that is asked for comes to the front.

Used by the windows of ``ui``, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class PlainWindow(QWidget):
    """Closed by Escape, wherever in it the keyboard is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


def to_front(window: QWidget) -> None:
    """Show a window that the person asked for before all others, and give it the keyboard."""
    window.show()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def take_away(flag: Qt.WindowType, window: QWidget) -> None:
    """Let a window that is shown go on without a flag, and where it is."""
    handle = window.windowHandle()
    if handle is not None and handle.flags() & flag:
        # On the QWindow: changing a widget's flags would make the window anew, and show it again.
        handle.setFlag(flag, False)
        window.overrideWindowFlags(window.windowFlags() & ~flag)
