"""One sheet with six moments of every movement of every card, for the docs and for a critical eye.

``python -m tests.pictures.cards_sheet OUT.png [dark]``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from numbguard.resources import resources
from numbguard.store.library import Library
from numbguard.ui.figure import HEIGHT, WIDTH, Theme, animated_svg

_MOMENTS = 6
_ZOOM = 0.5
_GAP = 10
_TITLE = 30
_FRAMES_A_SECOND = 30


def sheet(out: Path, *, theme: Theme = Theme.LIGHT) -> int:
    """Draw the sheet; how many movements are on it."""
    library = Library(resources() / "cards")
    rows = []
    for words in library.cards():
        card = library.card(words.slug)
        if card is None:
            continue
        for motion in card.motions.values():
            mirrored = next((step.mirrored for step in card.steps if step.motion == motion.name), False)
            name = card.title if len(card.motions) == 1 else f"{card.title}: {motion.name}"
            rows.append((name, motion.loop, animated_svg(motion, mirrored=mirrored, theme=theme)))
    if library.complaints:
        raise SystemExit("\n".join(library.complaints))
    width, height = round(WIDTH * _ZOOM), round(HEIGHT * _ZOOM)
    row = height + _TITLE + _GAP
    image = QImage((width + _GAP) * _MOMENTS + _GAP, row * len(rows) + _GAP, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff" if theme is Theme.LIGHT else "#14191c"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont()
    font.setPixelSize(17)
    painter.setFont(font)
    painter.setPen(QColor("#2d3a39" if theme is Theme.LIGHT else "#dfe7e4"))
    for line, (name, loop, svg) in enumerate(rows):
        top = _GAP + line * row
        painter.drawText(QRectF(_GAP + 2, top, 900, _TITLE), Qt.AlignmentFlag.AlignVCenter, name)
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        for moment in range(_MOMENTS):
            renderer.setCurrentFrame(round(loop * moment / _MOMENTS * _FRAMES_A_SECOND))
            place = QRectF(_GAP + moment * (width + _GAP), top + _TITLE, width, height)
            painter.save()
            painter.setClipRect(place)
            renderer.render(painter, place)
            painter.restore()
    painter.end()
    out.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(out), "PNG")
    return len(rows)


if __name__ == "__main__":
    application = QApplication.instance() or QApplication([])
    look = Theme.DARK if "dark" in sys.argv[2:] else Theme.LIGHT
    print(f"{sheet(Path(sys.argv[1]), theme=look)} movements in {sys.argv[1]}")
