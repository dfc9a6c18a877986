"""The row of dots that shows which page of a few is open. The first-start window makes it, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _


class PageDots(QWidget):
    def __init__(self, pages: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = pages
        self._page = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_page(0)

    def show_page(self, page: int) -> None:
        """Mark a page, counted from 0."""
        self._page = page
        self.setAccessibleName(_("Page {page} of {pages}").format(page=page + 1, pages=self._pages))
        self.update()

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(unit * self._pages), round(unit))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, unit = theme.current(), theme.unit()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for page in range(self._pages):
            is_open = page == self._page
            painter.setBrush(QColor(colours.accent if is_open else colours.edge))
            place = page if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self._pages - 1 - page
            radius = unit * (0.26 if is_open else 0.18)
            painter.drawEllipse(QPointF((place + 0.5) * unit, self.height() / 2), radius, radius)
        painter.end()
