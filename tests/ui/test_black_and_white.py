"""In high contrast, every window with a figure, a map or a chart is black and white, on white and on black."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from numbguard.core.settings.choices import Theme
from numbguard.ui.history.window import HistoryWindow
from numbguard.ui.tray.panel import Panel
from numbguard.ui.widgets import theme
from tools.pictures import in_languages

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WINDOWS = ("card", "stretches", "history", "insights", "relief", "posture", "form", "panel", "after")


@pytest.fixture(params=["#f0f0f0", "#202020"], ids=["black on white", "white on black"])
def contrast(request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Panel, "_room", Panel._room)  # the panel's pictures set a larger screen
    usual = QPalette(qapp.palette())
    qapp.setPalette(QPalette(QColor(request.param)))
    theme.choose(Theme.HIGH_CONTRAST)
    yield
    theme.choose(Theme.SYSTEM)
    qapp.setPalette(usual)


def coloured(picture: QImage) -> QImage:
    """The picture where it is neither black, white nor grey; black elsewhere."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    grey = plain.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    return QImage() if plain == grey else plain


def pages(window: QWidget) -> Iterator[QImage]:
    """What the window shows, also below what is in view, and the weeks of the history."""
    yield window.grab().toImage()
    for area in window.findChildren(QScrollArea):
        yield area.widget().grab().toImage()
    if isinstance(window, HistoryWindow):
        for view in range(1, 4):
            window._pane.choose_view(view)
            in_languages.settle()
            yield window.grab().toImage()


@pytest.mark.parametrize("name", WINDOWS)
def test_nothing_in_the_window_has_a_colour(name: str, contrast: None, tmp_path: Path) -> None:
    seen = 0
    for window in in_languages.opened(name, tmp_path):
        for number, picture in enumerate(pages(window)):
            assert coloured(picture).isNull(), f"{name} {seen} {number}"
        seen += 1
    assert seen
