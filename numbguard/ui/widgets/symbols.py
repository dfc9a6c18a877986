"""Buttons that show one of our own symbols in the theme's ink, with a name for the tool tip and screen readers.

The panel creates them, on the GUI thread. The symbols are SVG files in ``resources/icons/symbols``, drawn in
``currentColor``; this module imports QtSvg, so a window that shows a symbol loads it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QWidget

from numbguard.resources import resource
from numbguard.wording.catalogue import _

from . import theme


def symbol(name: str, ink: str, side: int) -> QIcon:
    """The symbol ``name`` in the colour ``ink``, ``side`` device-independent pixels wide and high."""
    drawing = resource("icons", "symbols", f"{name}.svg").read_text("utf-8").replace("currentColor", ink)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(drawing.encode()).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)


class SymbolButton(QPushButton):
    def __init__(self, parent: QWidget, drawing: str, name: str, *, keys: str = "") -> None:
        """``drawing``: the symbol's file without its ending. ``keys``: the shortcut that the tool tip names."""
        super().__init__(parent)
        self._drawing = drawing
        self.setProperty("kind", "symbol")
        self.setAccessibleName(name)
        self.setToolTip(_("{name} ({keys})").format(name=name, keys=keys) if keys else name)
        self.setAutoDefault(True)
        side = round(theme.unit() * 1.25)
        self.setIconSize(QSize(side, side))
        self.setFixedSize(round(theme.unit() * 2.2), round(theme.unit() * 2.2))

    def apply_colours(self, colours: theme.Palette) -> None:
        self.setIcon(symbol(self._drawing, colours.quiet, self.iconSize().width()))
