"""Pictures of the tray icon and of the small windows, for the docs and for a critical eye.

``python -m tests.pictures.ui_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from numbguard.ui import icon
from numbguard.ui.words import Face

_SIZES = (16, 22, 32, 48, 64)
_PANELS = (("#f2f2f2", False), ("#2b2f33", True), ("#2b2f33", False), ("#f2f2f2", True))
"""A panel's colour, and whether the icon is the one for dark panels: the wrong pairs too, as they happen."""


def icons(out: Path, *, zoom: int = 1) -> None:
    """Every state in a row: at each size, on light and dark panels, and a column in greys."""
    row, gap = 76, 12
    column = sum(_SIZES) + gap * (len(_SIZES) + 1)
    faces = [(face, step) for face in Face for step in ((0, 9, 18) if face is Face.SITTING else (15,))]
    faces.insert(6, (Face.QUIET, icon.STEPS))
    sheet = QImage(110 + column * len(_PANELS), row * len(faces), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ffffff"))
    painter = QPainter(sheet)
    for line, (face, step) in enumerate(faces):
        painter.drawText(QRect(8, line * row, 100, row), Qt.AlignmentFlag.AlignVCenter, f"{face.value} {step}/24")
        for number, (panel, dark) in enumerate(_PANELS):
            left = 110 + number * column
            painter.fillRect(left, line * row, column, row, QColor(panel))
            x = left + gap
            for size in _SIZES:
                painter.drawPixmap(x, line * row + (row - size) // 2, icon.paint(size, face, step, dark=dark))
                x += size + gap
    painter.end()
    sheet.scaled(sheet.width() * zoom, sheet.height() * zoom).save(str(out))


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    icons(out / "tray-icons.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
