"""In high contrast, every window with a figure, a map or a chart is black and white, on white and on black."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

EVERY_WINDOW = """
import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea

from numbguard.ui.history.window import HistoryWindow
from tools.pictures import in_languages, matrix


def pages(window):
    # What the window shows, also below what is in view, and the weeks of the history.
    yield window.grab().toImage()
    for area in window.findChildren(QScrollArea):
        yield area.widget().grab().toImage()
    if isinstance(window, HistoryWindow):
        for view in range(1, 4):
            window._pane.choose_view(view)
            in_languages.settle()
            yield window.grab().toImage()


def has_colour(picture):
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    grey = plain.convertToFormat(QImage.Format.Format_Grayscale8)
    return plain != grey.convertToFormat(QImage.Format.Format_RGB32)


app = QApplication([])
matrix.THEMES[sys.argv[1]]()
for name in ("card", "stretches", "history", "insights", "relief", "posture", "form", "panel"):
    with tempfile.TemporaryDirectory() as folder:
        coloured = []
        for number, window in enumerate(in_languages.opened(name, Path(folder))):
            if number in matrix.PAGES.get(name, (number,)) or name == "panel" and number == 4:
                coloured += [number for picture in pages(window) if has_colour(picture)]
        print(name, coloured)
"""


@pytest.mark.parametrize("theme", ["high contrast", "high contrast, dark"])
def test_no_window_has_a_colour(theme: str) -> None:
    """In a process of its own: other colours would reach all windows that earlier tests have left."""
    command = [sys.executable, "-c", EVERY_WINDOW, theme]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        f"{name} []" for name in ("card", "stretches", "history", "insights", "relief", "posture", "form", "panel")
    ]
