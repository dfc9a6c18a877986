"""Draws one sheet with six moments of every movement of every card, for the docs and for review.

A posture, which hardly moves, appears once for each point to check.

``python -m tools.pictures.sheets.cards_sheet OUT.png [dark]``
"""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from numbguard.core.cards.cards import CardKind
from numbguard.figure.palette import FigureTheme
from numbguard.figure.scene import HEIGHT, WIDTH
from numbguard.figure.svg import animated_svg
from numbguard.resources import resources
from numbguard.store.cards.library import Library
from tools.pictures.few_colours import save

_MOMENTS = 6
_COLUMNS = 2
_ZOOM = 0.4
_GAP = 10
_TITLE = 30
_FRAMES_A_SECOND = 30


def sheet(out: Path, *, theme: FigureTheme = FigureTheme.LIGHT) -> int:
    """Draw the sheet; returns the number of rows on it."""
    library = Library(resources() / "cards")
    rows: list[tuple[str, list[tuple[str, float]]]] = []
    for words in library.cards():
        card = library.card(words.slug)
        if card is None:
            continue
        if card.kind is CardKind.POSTURE:
            # A posture: one picture for each point to check.
            drawn = [(animated_svg(each, theme=theme), each.loop / 2) for each in card.motions.values()]
            rows.append((card.title, drawn))
            continue
        for motion in card.motions.values():
            mirrored = next((step.mirrored for step in card.steps if step.motion == motion.name), False)
            name = card.title if len(card.motions) == 1 else f"{card.title}: {motion.name}"
            svg = animated_svg(motion, mirrored=mirrored, theme=theme)
            rows.append((name, [(svg, motion.loop * moment / _MOMENTS) for moment in range(_MOMENTS)]))
    if library.complaints:
        raise SystemExit("\n".join(library.complaints))
    width, height = round(WIDTH * _ZOOM), round(HEIGHT * _ZOOM)
    row = height + _TITLE + _GAP
    across = (width + _GAP) * _MOMENTS + _GAP
    deep = math.ceil(len(rows) / _COLUMNS)
    image = QImage(across * _COLUMNS, row * deep + _GAP, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff" if theme is FigureTheme.LIGHT else "#14191c"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont()
    font.setPixelSize(17)
    painter.setFont(font)
    painter.setPen(QColor("#2d3a39" if theme is FigureTheme.LIGHT else "#dfe7e4"))
    for place, (name, moments) in enumerate(rows):
        column, line = divmod(place, deep)
        left, top = _GAP + column * across, _GAP + line * row
        painter.drawText(QRectF(left + 2, top, 900, _TITLE), Qt.AlignmentFlag.AlignVCenter, name)
        for number, (svg, seconds) in enumerate(moments):
            renderer = QSvgRenderer(QByteArray(svg.encode()))
            renderer.setCurrentFrame(round(seconds * _FRAMES_A_SECOND))
            frame = QRectF(left + number * (width + _GAP), top + _TITLE, width, height)
            painter.save()
            painter.setClipRect(frame)
            renderer.render(painter, frame)
            painter.restore()
    painter.end()
    out.parent.mkdir(parents=True, exist_ok=True)
    save(image, out)
    return len(rows)


if __name__ == "__main__":
    application = QApplication.instance() or QApplication([])
    look = FigureTheme.DARK if "dark" in sys.argv[2:] else FigureTheme.LIGHT
    print(f"{sheet(Path(sys.argv[1]), theme=look)} movements in {sys.argv[1]}")
