"""The Qt application object: the platform by which it draws, and what each window has of it."""

from __future__ import annotations

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
