"""The Qt application object: its name, its id and its icon, the same whichever part of NumbGuard makes it.

``start`` and ``move_offer`` call it on the main thread.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from typing import Final

from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from numbguard import APP_ID, __version__
from numbguard.resources import resource

BEGIN_AGAIN: Final = 1000
"""The status with which Qt's event loop ends when the process is to begin again (``renewal``). No process can end with
it: those statuses are at most 255."""


def application() -> QApplication:
    """The application, which is created by the first call."""
    paint_on_one_thread(os.environ)
    # The first word becomes the instance, and the name the class, of WM_CLASS on X11; the tray item's id is the name.
    made = QApplication.instance() or QApplication([APP_ID, *platform_words(os.environ)])
    assert isinstance(made, QApplication)
    made.setApplicationName(APP_ID)
    # No display name: Qt would add it to every title with a dash of its own, “History — NumbGuard”. The windows that
    # open unasked have it in their titles.
    made.setApplicationVersion(__version__)
    # Wayland knows a window by this alone, and finds its icon by the launcher of that name.
    QGuiApplication.setDesktopFileName(APP_ID)
    icon = QIcon()
    for size in (48, 128):
        icon.addFile(str(resource("icons", f"app-{size}.png")))
    made.setWindowIcon(icon)
    return made


def paint_on_one_thread(environ: MutableMapping[str, str]) -> None:
    """Keep Qt from sharing the painting of a shape with other threads. Qt reads the variable when it first paints.

    Qt hands each shape of about a hundred rows or more to a pool of threads, in pieces of 64. The parts of a figure are
    just that tall, so a moving card woke two threads ten times a frame, for pieces that take a few microseconds each:
    an eighth of the card's processor time went into waking them and waiting for them.
    """
    environ.setdefault("QT_NO_GUI_THREADPOOL", "1")


def platform_words(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The words of Qt's command line that choose the platform; none where Qt's own choice is right.

    Qt 6.11 pads each row of a window's picture to 256 bytes, and Plasma 5.27 takes no notice of that under Wayland:
    windows of most widths turn into stripes as soon as they are drawn again. KWin was mended in the autumn of 2024
    (merge request 6267, by way of mpv-player/mpv#13961). Plasma 5 always has XWayland, which is used there; the first
    Plasma 6 cannot be told from later ones by its environment.
    """
    is_plasma_5 = (
        "KDE" in environ.get("XDG_CURRENT_DESKTOP", "").split(":") and environ.get("KDE_SESSION_VERSION") == "5"
    )
    has_both = bool(environ.get("WAYLAND_DISPLAY") and environ.get("DISPLAY"))
    return ("-platform", "xcb;wayland") if is_plasma_5 and has_both and not environ.get("QT_QPA_PLATFORM") else ()
