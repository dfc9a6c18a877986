"""Shows a chart, and the table of its figures, which screen readers need.

Part of the insights window, on the GUI thread. The picture is an SVG, drawn by the same code as those in the report.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _

from .contents import Chart, ChartTable, CurveChart, LegMapChart
from .look import look_of
from .svg import TEXT_SHARE, natural_height, svg_of

WIDTH: Final = 640.0
_HEIGHT: Final = 190.0
_CURVE_HEIGHT: Final = 260.0
_TEXT_SIZE: Final = 13.0
_ROWS_SHOWN: Final = 12
_STEP: Final = 80.0


def picture_of(chart: Chart, colours: theme.Palette, *, width: float = WIDTH) -> bytes:
    """The SVG of a chart as the window shows it; on any thread."""
    return svg_of(
        chart,
        look_of(colours),
        width=width,
        height=_height_of(chart),
        text_size=_TEXT_SIZE,
        mirrored=QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft,
    )


def _height_of(chart: Chart) -> float:
    return _CURVE_HEIGHT if isinstance(chart, CurveChart) else natural_height(chart, _TEXT_SIZE) or _HEIGHT


class ChartView(QWidget):
    """As wide as the window allows, until its text is as large as the text around it.

    In a much narrower window, the picture is laid out again for that width, so that its text does not become too small.
    """

    def __init__(self, parent: QWidget, chart: Chart, svg: bytes) -> None:
        super().__init__(parent)
        self._chart = chart
        self._colours = theme.current()
        self._picture = QSvgRenderer(QByteArray(svg), self)
        self._laid_for = WIDTH
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self.sizeHint().width())
        self.setMinimumWidth(round(theme.unit() * 14))
        self.setFixedHeight(self.sizeHint().height())  # until its width is known
        self.setAccessibleName(_("{title}: a picture. “Show the figures” opens its table").format(title=chart.title))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self._lay_out(self._laid_for)
        self.update()

    def sizeHint(self) -> QSize:
        letters = QFontInfo(theme.font()).pixelSize() / (_TEXT_SIZE * TEXT_SHARE)
        wide = WIDTH * letters * (0.72 if isinstance(self._chart, LegMapChart) else 1.0)
        return QSize(round(wide), round(wide * self._shape(WIDTH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * self._shape(self._wanted())))

    def _shape(self, width: float) -> float:
        """Height divided by width, when laid out for this width."""
        if isinstance(self._chart, LegMapChart):
            size = self._picture.defaultSize()
            return size.height() / max(1, size.width())
        return _height_of(self._chart) / width

    def _wanted(self) -> float:
        """The width to lay the picture out for, in steps of `_STEP`."""
        if isinstance(self._chart, LegMapChart):
            return WIDTH
        share = self.width() / max(1, self.sizeHint().width())
        return max(WIDTH * 0.25, min(WIDTH, _STEP * -(-WIDTH * share // _STEP)))

    def _lay_out(self, width: float) -> None:
        self._laid_for = width
        self._picture.load(QByteArray(picture_of(self._chart, self._colours, width=width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._wanted() != self._laid_for:  # here, so that only charts in view are laid out again
            self._lay_out(self._wanted())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._picture.render(painter, QRectF(self.rect()))
        painter.end()


class FigureTable(QTableWidget):
    """The figures of a chart, with the first cell current, as screen readers need it."""

    def __init__(self, parent: QWidget, figures: ChartTable, title: str) -> None:
        super().__init__(len(figures.rows), len(figures.head), parent)
        self.setAccessibleName(title)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        numbers = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, name in enumerate(figures.head):
            over = QTableWidgetItem(name)
            over.setTextAlignment(numbers if column else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, over)
        for row, cells in enumerate(figures.rows):
            # The header is hidden, but a screen reader names each row by it.
            self.setVerticalHeaderItem(row, QTableWidgetItem(cells[0] if cells else ""))
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if column:
                    item.setTextAlignment(numbers)
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        high = self.verticalHeader().defaultSectionSize() * min(_ROWS_SHOWN, len(figures.rows))
        self.setFixedHeight(high + self.horizontalHeader().sizeHint().height() + 6)
        self.setMaximumWidth(round(theme.unit() * 36))
        if figures.rows:
            self.setCurrentCell(0, 0)
