"""Estimates how long an SVG of the person's own would take to draw, without drawing it.

``player`` calls it before it draws such a file for the first time, on the GUI thread. Qt draws on that thread and
cannot be interrupted, and an outline of a few thousand crossing strokes takes half a minute. The cost of a file depends
on its transforms, inheritance and style sheet, so Qt renders all of it with a painter that draws nothing and adds up
costs. Qt rasterises an outline in bands of rows: the more pixels its edges pass through, the lower the bands. For each
band it goes through all edges again, and along the whole of each edge that crosses the band; filling a shape then
costs time for each pixel it covers.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot
from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPolygonF,
    QTextItem,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer

MAX_DRAWING_S: Final = 0.1
"""A response to a click after more than this feels late."""
_MAX_CORNERS: Final = 20_000
"""Corners of all outlines together; more would take too long to count."""
# Measured with Qt 6.11 on a machine with two slow cores, in seconds; accurate to within a factor of three.
_SHAPE_S: Final = 8e-6
_EDGE_S: Final = 1.5e-8
"""For each edge, in each band."""
_LINE_EDGE_S: Final = 1e-7
"""The same for the outline of a wide line, whose bends have more corners than show at the reduced size."""
_ROW_S: Final = 1e-8
"""For each row and each pixel along an edge, in each band that the edge crosses."""
_BAND_PIXELS: Final = 100
"""Pixels along its edges beyond which a band is halved, down to a single row."""
_BEND_S: Final = 8e-6
"""For each corner of a wide line."""
_LETTER_S: Final = 1e-4
_PIXEL_S: Final = {"opaque": 0.8e-9, "translucent": 1.6e-9, "gradient": 4e-9}
_REDUCTION: Final = 8
"""Everything is estimated at an eighth of its size, at which a curve has fewer corners."""


def seconds_to_draw(renderer: QSvgRenderer, size: QSize) -> float:
    """Seconds to draw the current frame at this size in pixels; it stops counting beyond ``MAX_DRAWING_S``."""
    size = size / _REDUCTION
    engine = _CostEngine(size)
    device = _CostDevice(engine, size)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return engine.seconds


class _CostDevice(QPaintDevice):
    """A paint device that stores nothing."""

    def __init__(self, engine: _CostEngine, size: QSize) -> None:
        super().__init__()
        self._engine = engine
        metric = QPaintDevice.PaintDeviceMetric
        self._metrics = {
            metric.PdmWidth: size.width(),
            metric.PdmHeight: size.height(),
            metric.PdmDepth: 32,
            metric.PdmNumColors: 1 << 24,
            metric.PdmDevicePixelRatio: 1,
            metric.PdmDevicePixelRatioScaled: 1 << 16,
        }

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, 96)


class _CostEngine(QPaintEngine):
    """A paint engine that adds up the cost of everything it is asked to draw."""

    def __init__(self, size: QSize) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.seconds = 0.0
        self._size = size
        self._corners = 0

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: QPaintEngineState) -> None:
        pass

    def drawPath(self, path: QPainterPath) -> None:
        self._add(path)

    def drawRects(self, rects: Iterable[Any]) -> None:
        for rect in rects:
            path = QPainterPath()
            path.addRect(QRectF(rect))
            self._add(path)

    def drawEllipse(self, rect: QRectF | QRect) -> None:
        round_, middle = QRectF(rect), QRectF(rect).center()
        path = QPainterPath()
        # A diamond will do: like the ellipse, it crosses each of its rows twice.
        corners = (round_.left(), middle.y()), (middle.x(), round_.top()), (round_.right(), middle.y())
        path.addPolygon(QPolygonF([QPointF(*each) for each in (*corners, (middle.x(), round_.bottom()), corners[0])]))
        self._add(path)

    def drawLines(self, lines: Iterable[Any]) -> None:
        for line in lines:
            path = QPainterPath(line.p1())
            path.lineTo(line.p2())
            self._add(path, fills=False)

    def drawPolygon(self, points: Iterable[Any], mode: QPaintEngine.PolygonDrawMode) -> None:
        path = QPainterPath()
        path.addPolygon(QPolygonF(list(points)))
        self._add(path, fills=mode is not QPaintEngine.PolygonDrawMode.PolylineMode)

    def drawTextItem(self, _at: Any, item: QTextItem) -> None:
        self.seconds += _LETTER_S * len(item.text())

    def drawPixmap(self, rect: QRectF | QRect, *_of: Any) -> None:
        self._cover(self.painter().combinedTransform().mapRect(QRectF(rect)), _PIXEL_S["gradient"])

    def drawImage(self, rect: QRectF | QRect, *_of: Any, **_how: Any) -> None:
        self._cover(self.painter().combinedTransform().mapRect(QRectF(rect)), _PIXEL_S["gradient"])

    # --- adding up ---------------------------------------------------------------------------------------------------

    def _add(self, path: QPainterPath, *, fills: bool = True) -> None:
        self.seconds += _SHAPE_S
        self._corners += path.elementCount()
        if self._corners > _MAX_CORNERS:
            self.seconds = float("inf")
        if self.seconds > MAX_DRAWING_S:
            return
        painter = self.painter()
        where = painter.combinedTransform()
        clear = painter.opacity() < 1
        brush, pen = painter.brush(), painter.pen()
        seen = where.map(path)
        if fills and brush.style() is not Qt.BrushStyle.NoBrush:
            plain = brush.style() is Qt.BrushStyle.SolidPattern
            self._fill(seen, _pixel_cost_s(plain=plain, clear=clear or brush.color().alpha() < 255))
        # Qt's SVG renderer starts with a pen that has a width but no colour.
        if pen.style() is not Qt.PenStyle.NoPen and pen.brush().style() is not Qt.BrushStyle.NoBrush:
            stretched = max(hypot(where.m11(), where.m12()), hypot(where.m21(), where.m22()))
            # A wide line is an outline of its own, with a bend at each corner.
            line = QPainterPathStroker(pen)
            line.setWidth(max(1.0 / _REDUCTION, pen.widthF() * (1.0 / _REDUCTION if pen.isCosmetic() else stretched)))
            self.seconds += _BEND_S * path.elementCount()
            plain = pen.brush().style() is Qt.BrushStyle.SolidPattern
            pixel_s = _pixel_cost_s(plain=plain, clear=clear or pen.color().alpha() < 255)
            self._fill(line.createStroke(seen), pixel_s, _LINE_EDGE_S)

    def _fill(self, path: QPainterPath, pixel_s: float, edge_s: float = _EDGE_S) -> None:
        """Add the cost of the edges, by their number and height, and of the inside, by its pixels."""
        outlines = path.toSubpathPolygons(QTransform())
        self._corners += sum(each.size() for each in outlines)
        if self._corners > _MAX_CORNERS:
            self.seconds = float("inf")
            return
        wide, high = self._size.width(), self._size.height()
        edges, through, walked = 0, 0.0, 0.0
        for outline in outlines:
            points = [(point.x(), point.y()) for point in outline.toList()]
            for (x, y), (next_x, next_y) in pairwise([*points, points[0]]):
                top, bottom = (y, next_y) if y < next_y else (next_y, y)
                # Qt, too, skips edges to the right of the visible area.
                if bottom > 0 and top < high and (x < wide or next_x < wide):
                    rows = min(bottom, high) - max(top, 0)
                    edges += 1
                    along = rows + (min(abs(next_x - x), wide) if rows else 0.0)
                    through += along
                    walked += rows * along
        bounds = path.controlPointRect()
        rows = max(1.0, (min(bounds.bottom(), high) - max(bounds.top(), 0)) * _REDUCTION)
        bands = min(rows, 1 + through * _REDUCTION / _BAND_PIXELS)
        self.seconds += bands * (edge_s * edges + _ROW_S * walked * _REDUCTION**2 / rows)
        self._cover(bounds, pixel_s)

    def _cover(self, bounds: QRectF, pixel_s: float) -> None:
        seen = bounds.intersected(QRectF(0, 0, self._size.width(), self._size.height()))
        self.seconds += pixel_s * max(0.0, seen.width() * seen.height()) * _REDUCTION**2


def _pixel_cost_s(*, plain: bool, clear: bool) -> float:
    return _PIXEL_S["gradient" if not plain else "translucent" if clear else "opaque"]
