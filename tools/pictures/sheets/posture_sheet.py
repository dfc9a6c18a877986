"""Pictures of *Check my posture*: untouched in light, and with some points ticked in dark.

``python -m tools.pictures.sheets.posture_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.ui.posture_check import PostureCheckWindow
from tools.pictures.few_colours import save

_GAP = 48


def _picture(ground: str, ticked: str) -> QImage:
    QApplication.setPalette(QPalette(QColor(ground)))
    card = Library(resource("cards")).card("desk-posture")
    window = PostureCheckWindow(card, save=lambda _held: None)
    window.present()
    QTest.keyClicks(window, ticked)
    QApplication.processEvents()
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1)
    window.close()
    window.deleteLater()
    return picture


def sheet(out: Path) -> None:
    pictures = [_picture("#f0f0f0", ""), _picture("#202020", "134")]
    width = sum(one.width() + _GAP for one in pictures) + _GAP
    whole = QImage(width, pictures[0].height() + 2 * _GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    x = _GAP
    for one in pictures:
        painter.drawImage(x, _GAP, one)
        x += one.width() + _GAP
    painter.end()
    save(whole, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet(out / "posture-check.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
