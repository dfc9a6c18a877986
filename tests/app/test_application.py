"""The Qt application object: the platform by which it draws, and what each window has of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication

from numbguard import APP_ID
from numbguard.app.process.application import application, platform_words

PLASMA_5 = {
    "XDG_CURRENT_DESKTOP": "KDE",
    "KDE_SESSION_VERSION": "5",
    "WAYLAND_DISPLAY": "wayland-0",
    "DISPLAY": ":0",
}


def test_plasma_5_under_wayland_which_misreads_rows_with_padding_gets_xwayland() -> None:
    """Plasma 5.27 of Debian 12 showed the panel, and every window that was drawn twice, as stripes."""
    assert platform_words(PLASMA_5) == ("-platform", "xcb;wayland")


@pytest.mark.parametrize(
    "other",
    [
        {"KDE_SESSION_VERSION": "6"},
        {"XDG_CURRENT_DESKTOP": "GNOME"},
        {"WAYLAND_DISPLAY": ""},
        {"DISPLAY": ""},
        {"QT_QPA_PLATFORM": "wayland"},
    ],
)
def test_elsewhere_qt_or_the_person_chooses(other: dict[str, str]) -> None:
    assert platform_words(PLASMA_5 | other) == ()


def test_every_window_has_the_icon_and_the_id(qapp: QGuiApplication) -> None:
    """Plasma showed an X in the title bar of windows without an icon."""
    before = qapp.windowIcon(), qapp.desktopFileName(), qapp.applicationName(), qapp.applicationDisplayName()
    try:
        made = application()
        assert made is qapp
        assert made.desktopFileName() == APP_ID
        assert {size.width() for size in made.windowIcon().availableSizes()} == {48, 128}
    finally:
        qapp.setWindowIcon(before[0])
        qapp.setDesktopFileName(before[1])
        qapp.setApplicationName(before[2])
        qapp.setApplicationDisplayName(before[3])


_PAINT_A_TALL_SHAPE = """
import os
from numbguard.app.process.application import application
application()
from PySide6.QtGui import QColor, QImage, QPainter
image = QImage(300, 600, QImage.Format.Format_RGB32)
painter = QPainter(image)
painter.setRenderHint(QPainter.RenderHint.Antialiasing)
painter.setBrush(QColor(200, 80, 60, 100))
before = len(os.listdir("/proc/self/task"))
painter.drawEllipse(0, 0, 300, 600)
painter.end()
print(before, len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts the threads of the process in /proc")
def test_a_shape_is_painted_without_waking_other_threads() -> None:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environ.pop("QT_NO_GUI_THREADPOOL", None)
    done = subprocess.run([sys.executable, "-c", _PAINT_A_TALL_SHAPE], env=environ, capture_output=True, text=True)
    before, after = done.stdout.split()
    assert before == after
