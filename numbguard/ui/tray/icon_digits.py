"""Draws the one or two digits in the tray icon, on the icon's own pixel grid.

``icon.py`` calls it on the GUI thread. A font would blur at 16 px, and its digits are too wide to be as high as here.
From 24 px on, a digit is a line with round corners; below, it is made of whole pixels.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_ROUND_FROM = 24
"""The size in pixels from which a line with round corners is sharper to the eye than whole pixels."""

_CELLS = {
    "0": "111 101 101 101 111",
    "1": "110 010 010 010 111",
    "2": "111 001 111 100 111",
    "3": "111 001 111 001 111",
    "4": "101 101 111 001 001",
    "5": "111 100 111 001 111",
    "6": "111 100 111 101 111",
    "7": "111 001 001 001 001",
    "8": "111 101 111 101 111",
    "9": "111 101 111 001 111",
}
"""Each digit in three columns and five rows. The first, the last and the middle row are as high as a stroke is wide."""

_Line = tuple[tuple[float, float], ...]

_ANGLED: dict[str, tuple[_Line, ...]] = {
    "1": (((0.1, 0.2), (0.55, 0), (0.55, 1)),),
    "4": (((0.72, 1), (0.72, 0), (0, 0.68), (1, 0.68)),),
    "5": (((1, 0), (0, 0), (0, 0.43)),),
    "7": (((0, 0), (1, 0), (0.35, 1)),),
}
_CURVED: dict[str, tuple[_Line, ...]] = {
    "0": (((0.5, 0), (1, 0), (1, 1), (0, 1), (0, 0), (0.5, 0)),),
    "2": (((0, 0.12), (0, 0), (1, 0), (1, 0.48), (0, 0.62), (0, 1), (1, 1)),),
    "3": (((0, 0), (1, 0), (1, 0.48), (0.3, 0.48)), ((0.3, 0.48), (1, 0.48), (1, 1), (0, 1))),
    "5": (((0, 0.43), (1, 0.43), (1, 1), (0, 1)),),
    "6": (((1, 0), (0, 0), (0, 1), (1, 1), (1, 0.48), (0, 0.48)),),
    "8": (((0.5, 0), (1, 0), (1, 1), (0, 1), (0, 0), (0.5, 0)), ((0, 0.48), (1, 0.48))),
    "9": (((0, 1), (1, 1), (1, 0), (0, 0), (0, 0.52), (1, 0.52)),),
}
"""The lines of each digit from corner to corner, in shares of its width and height: those whose corners stay sharp, and
those whose corners are rounded."""


def draw_digits(painter: QPainter, digits: str, colour: QColor, *, size: int, bottom: int) -> None:
    """Draw one or two digits in the middle of an icon ``size`` pixels wide, above ``bottom``, a row of pixels."""
    stroke = max(2, round(size * 0.11))
    gap = max(1, round(size / 14))
    edge = max(1, round(size / 16))
    wide = max(3 * stroke - 1, (size - 2 * edge - gap) // 2)
    top = max(1, round(size * 0.1))
    high = bottom - max(1, round(size / 14)) - top
    left = (size - len(digits) * wide - (len(digits) - 1) * gap) // 2
    for digit in digits:
        place = QRectF(left, top, wide, high)
        if size < _ROUND_FROM:
            _blocks(painter, digit, colour, place, stroke)
        else:
            _outline(painter, digit, colour, place, stroke)
        left += wide + gap


def _blocks(painter: QPainter, digit: str, colour: QColor, place: QRectF, stroke: int) -> None:
    wide = round(place.width())
    # The stroke of a one is its middle column; the other digits have theirs at the sides.
    beside = (wide - stroke) // 2
    columns = (beside, stroke, wide - stroke - beside) if digit == "1" else (stroke, wide - 2 * stroke, stroke)
    upper = (round(place.height()) - 3 * stroke) // 2
    lower = round(place.height()) - 3 * stroke - upper
    y = place.top()
    for row, high in zip(_CELLS[digit].split(), (stroke, upper, stroke, lower, stroke), strict=True):
        x = place.left()
        for cell, wide in zip(row, columns, strict=True):
            if cell == "1":
                painter.fillRect(QRectF(x, y, wide, high), colour)
            x += wide
        y += high


def _outline(painter: QPainter, digit: str, colour: QColor, place: QRectF, stroke: int) -> None:
    from PySide6.QtCore import Qt

    half = stroke / 2
    within = place.adjusted(half, half, -half, -half)
    bend = min(within.width(), within.height() / 2) * 0.42
    pen = QPen(colour, stroke)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for lines, rounded_by in ((_ANGLED, 0.0), (_CURVED, bend)):
        for line in lines.get(digit, ()):
            corners = [QPointF(within.left() + x * within.width(), within.top() + y * within.height()) for x, y in line]
            painter.drawPath(_bent(corners, rounded_by))


def _bent(corners: list[QPointF], bend: float) -> QPainterPath:
    """A line through the corners, each rounded over at most ``bend`` pixels on either side."""
    path = QPainterPath(corners[0])
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        path.lineTo(_towards(corner, before, bend))
        path.quadTo(corner, _towards(corner, after, bend))
    path.lineTo(corners[-1])
    return path


def _towards(corner: QPointF, other: QPointF, length: float) -> QPointF:
    apart = other - corner
    whole = (apart.x() ** 2 + apart.y() ** 2) ** 0.5
    return corner + apart * (min(length, whole / 2) / whole) if whole else corner
