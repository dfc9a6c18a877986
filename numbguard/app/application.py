"""The Qt application object: its name, its id and its icon, the same whichever part of NumbGuard makes it.

``start`` and ``move_offer`` call it on the main thread.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from numbguard import APP_ID, __version__
from numbguard.resources import resource


def application() -> QApplication:
    """The application, which is created by the first call."""
    # The first word becomes the instance, and the name the class, of WM_CLASS on X11; the tray item's id is the name.
    made = QApplication.instance() or QApplication([APP_ID])
    assert isinstance(made, QApplication)
    made.setApplicationName(APP_ID)
    made.setApplicationDisplayName("NumbGuard")
    made.setApplicationVersion(__version__)
    # Wayland knows a window by this alone, and finds its icon by the launcher of that name.
    QGuiApplication.setDesktopFileName(APP_ID)
    icon = QIcon()
    for size in (48, 128):
        icon.addFile(str(resource("icons", f"app-{size}.png")))
    made.setWindowIcon(icon)
    return made
