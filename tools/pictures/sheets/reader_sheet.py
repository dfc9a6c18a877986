"""Pictures of the reader, light and dark: a page, a search, and the small window, side by side.

``python -m tools.pictures.sheets.reader_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from numbguard.core.guide.pages import GuidePage
from numbguard.ui.reader.window import ReaderWindow
from numbguard.ui.widgets import theme
from tools.pictures.few_colours import save

_DESKTOPS = (("light", "#f0f0f0"), ("dark", "#202020"))
_GAP = 48


def _large(page: GuidePage) -> ReaderWindow:
    reader = ReaderWindow(has_card=lambda _slug: True)
    reader.resize(round(theme.unit() * 58), round(theme.unit() * 44))
    reader.open_at(page)
    reader.show()
    return reader


def _searching() -> ReaderWindow:
    reader = _large(GuidePage.HELP)
    for field in reader.findChildren(QLineEdit):
        field.setText("sciatica")
    return reader


def _small(*, contents: bool, larger: int = 0) -> ReaderWindow:
    reader = ReaderWindow(has_card=lambda _slug: True)
    reader.resize(round(theme.unit() * 23), round(theme.unit() * 44))
    reader.open_at(GuidePage.POSTURE)
    reader.show()
    QApplication.processEvents()
    pressed = ["C&ontents"] * contents + ["A+"] * larger
    for button in reader.findChildren(QPushButton):
        for _ in range(pressed.count(button.text())):
            button.click()
    return reader


def _pictures() -> list[QImage]:
    shown = [
        _large(GuidePage.HELP),
        _large(GuidePage.RELIEF),
        _searching(),
        _small(contents=True),
        _small(contents=False, larger=2),
    ]
    pictures = []
    for reader in shown:
        reader.show()
        QApplication.processEvents()
        QApplication.processEvents()
        picture = reader.grab().toImage()
        picture.setDevicePixelRatio(1)
        pictures.append(picture)
    for reader in shown:
        reader.close()
        reader.deleteLater()
    return pictures


def sheet(out: Path) -> None:
    """Draw the sheet: two large windows above, a large and two small ones below."""
    pictures = _pictures()
    rows = (pictures[:2], pictures[2:])
    width = max(sum(one.width() + _GAP for one in row) for row in rows) + _GAP
    whole = QImage(width, sum(row[0].height() + _GAP for row in rows) + _GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    y = _GAP
    for row in rows:
        x = _GAP
        for one in row:
            painter.drawImage(x, y, one)
            x += one.width() + _GAP
        y += row[0].height() + _GAP
    painter.end()
    save(whole, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    for name, ground in _DESKTOPS:
        QApplication.setPalette(QPalette(QColor(ground)))
        sheet(out / f"reader-{name}.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
