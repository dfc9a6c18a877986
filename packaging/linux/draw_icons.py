"""Draws the PNG sizes of the application icon from its SVG masters; run it when a master has changed.

    .venv/bin/python packaging/linux/draw_icons.py

Sizes up to 24 pixels come from a master of their own, without the ring, which would be all that is left at that size.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
MASTERS = HERE.parents[1] / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SMALL = 24
SHIPPED = (48, 128, 256)
"""Sizes that `resources/icons/` has too: for windows, notifications and `numbguard install-launcher`."""
NAME = "org.numbguard.NumbGuard"


def draw(size: int) -> QImage:
    """The icon at one size."""
    master = MASTERS / ("numbguard-small.svg" if size <= SMALL else "numbguard.svg")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(master)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def main() -> int:
    app = QGuiApplication.instance() or QGuiApplication(sys.argv)
    for size in SIZES:
        folder = HERE / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        if not draw(size).save(str(folder / f"{NAME}.png")):
            sys.exit(f"{folder / NAME}.png could not be written.")
    for size in SHIPPED:
        drawn = HERE / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"
        (MASTERS / f"app-{size}.png").write_bytes(drawn.read_bytes())
    scalable = HERE / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes((MASTERS / "numbguard.svg").read_bytes())
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
