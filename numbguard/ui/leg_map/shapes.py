"""The regions of both legs as shapes: from the front, from behind and from below.

The body map uses them for marking where it is numb, and the charts for showing where it has been; on the GUI thread.
One leg is described, and the other is its mirror image. The unit is about a hundredth of the height from waist to sole.
As in a doctor's chart, a person drawn from the front has the left leg on the right of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from math import pi, sin, sqrt

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from numbguard.core.sites import Region, Side


class LegView(Enum):
    FRONT = "front"
    BACK = "back"
    SOLE = "sole"


@dataclass(frozen=True, slots=True)
class LegShape:
    """One region of one leg in one view."""

    view: LegView
    side: Side
    """Left or right; never both."""
    region: Region
    path: QPainterPath


FRAME = QRectF(0, -8, 122, 114)
"""The area of all views together."""
MIDDLES = {LegView.FRONT: 21.0, LegView.BACK: 65.0, LegView.SOLE: 105.0}
"""The x of the line between the two legs in each view."""

_Point = tuple[float, float]
# Outer and inner edge of a leg as (distance below the waist, distance from the middle), back to ankle.
_OUTER: Sequence[_Point] = (
    *(
        (-9, 13.0),
        (-4, 12.2),
        (0, 12.6),
        (4, 13.6),
        (9, 16.2),
        (14, 17.8),
        (19, 18.0),
        (26, 17.2),
        (33, 15.9),
        (40, 14.4),
        (45, 13.2),
    ),
    *(
        (49, 12.6),
        (53, 12.5),
        (58, 13.2),
        (63, 13.5),
        (69, 12.7),
        (76, 11.1),
        (83, 9.9),
        (88, 9.5),
        (92, 10.0),
        (97, 10.6),
    ),
)
_INNER: Sequence[_Point] = (
    *(
        (-9, 0.5),
        (0, 0.5),
        (19, 0.5),
        (21, 0.9),
        (26, 1.3),
        (33, 2.2),
        (40, 3.3),
        (45, 4.2),
        (49, 4.6),
        (53, 4.6),
        (58, 4.0),
    ),
    *((63, 4.1), (69, 4.9), (76, 5.8), (83, 6.3), (88, 6.3), (92, 5.8), (97, 5.4)),
)


def _along(edge: Sequence[_Point], y: float) -> float:
    """The edge's distance from the middle at ``y``, on a Catmull–Rom curve through its points."""
    last = len(edge) - 1
    place = next((at for at in range(last) if edge[at + 1][0] >= y), last - 1)
    (y1, x1), (y2, x2) = edge[place], edge[place + 1]
    y0, x0 = edge[max(0, place - 1)]
    y3, x3 = edge[min(last, place + 2)]
    span = y2 - y1
    t = min(1.0, max(0.0, (y - y1) / span))
    rise1 = (x2 - x0) / (y2 - y0) * span
    rise2 = (x3 - x1) / (y3 - y1) * span
    t2, t3 = t * t, t * t * t
    return (2 * t3 - 3 * t2 + 1) * x1 + (t3 - 2 * t2 + t) * rise1 + (3 * t2 - 2 * t3) * x2 + (t3 - t2) * rise2


_Edge = Callable[[float], float]


def _outer(y: float) -> float:
    return _along(_OUTER, y)


def _inner(y: float) -> float:
    return _along(_INNER, y)


def _seam(share: float, begin: float, end: float) -> _Edge:
    """A line down the leg, at ``share`` of the way from the inner to the outer edge; its ends meet the outer edge."""

    def at(y: float) -> float:
        inner, outer = _inner(y), _outer(y)
        bulge = sqrt(sin(pi * min(1.0, max(0.0, (y - begin) / (end - begin)))))
        return outer - (1 - share) * (outer - inner) * bulge

    return at


def _flank(y: float) -> float:
    """The border between buttock and hip, seen from behind."""
    return _outer(y) - 4.6 + (y - 12) ** 2 / 90


def _band(
    top: float,
    bottom: float,
    *,
    sag_top: float = 0.0,
    sag_bottom: float = 0.0,
    inner: _Edge = _inner,
    outer: _Edge = _outer,
) -> QPainterPath:
    """The part of the leg between two heights; a cut with a positive sag is lower in its middle than at its ends."""
    steps = [top + (bottom - top) * step / 40 for step in range(41)]
    across = [step / 16 for step in range(17)]

    def cut(y: float, sag: float, share: float) -> QPointF:
        left, right = inner(y), outer(y)
        return QPointF(left + (right - left) * share, y + sag * sin(pi * share))

    points = [cut(top, sag_top, share) for share in across]
    points += [QPointF(outer(y), y) for y in steps[1:-1]]
    points += [cut(bottom, sag_bottom, share) for share in reversed(across)]
    points += [QPointF(inner(y), y) for y in reversed(steps[1:-1])]
    return _closed(points)


def _closed(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _curve(points: Sequence[_Point]) -> QPainterPath:
    """A smooth closed line through points."""
    path, count = QPainterPath(), len(points)
    path.moveTo(*points[0])
    for at in range(count):
        (x0, y0), (x1, y1) = points[at - 1], points[at]
        (x2, y2), (x3, y3) = points[(at + 1) % count], points[(at + 2) % count]
        path.cubicTo(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
    path.closeSubpath()
    return path


def _ovals(places: Sequence[tuple[float, float, float, float]]) -> QPainterPath:
    path = QPainterPath()
    for x, y, wide, high in places:
        path.addEllipse(QPointF(x, y), wide / 2, high / 2)
    return path


def _front() -> dict[Region, QPainterPath]:
    outside = _seam(0.66, 19, 46)
    return {
        Region.HIP: _band(4, 19, sag_top=1.2, sag_bottom=2.2),
        Region.THIGH_FRONT: _band(19, 45, sag_top=2.2, sag_bottom=-1.6, outer=outside),
        Region.THIGH_OUTER: _band(19, 46, inner=outside),
        Region.KNEE: _band(45, 54, sag_top=-1.6, sag_bottom=1.6),
        Region.SHIN: _band(54, 84, sag_top=1.6, sag_bottom=1.0),
        Region.ANKLE: _band(84, 92, sag_top=1.0, sag_bottom=1.2),
        Region.FOOT_TOP: _curve(
            [(5.8, 92.1), (8, 93.0), (10.0, 92.1), (11.9, 96), (12.9, 99.6), (9.2, 101.2), (5.4, 100.4), (5.2, 96)]
        ),
        Region.TOES: _ovals(
            [
                (5.9, 102.2, 2.5, 3.2),
                (8.0, 102.6, 1.8, 2.7),
                (9.7, 102.4, 1.7, 2.5),
                (11.3, 101.9, 1.6, 2.3),
                (12.7, 101.2, 1.5, 2.1),
            ]
        ),
    }


def _back() -> dict[Region, QPainterPath]:
    outside = _seam(0.72, 19, 46)
    return {
        Region.LOWER_BACK: _band(-7.5, 4.2, sag_top=0.8, sag_bottom=0.4),
        Region.BUTTOCK: _band(5, 20.5, sag_top=1.0, sag_bottom=3.0, outer=_flank),
        Region.HIP: _band(4.2, 20.5, sag_top=0.4, sag_bottom=0.9, inner=_flank),
        # These two extend under the two above, which come first both in drawing and in look-up.
        Region.THIGH_OUTER: _band(19, 46, inner=outside),
        Region.THIGH_BACK: _band(19, 45, sag_bottom=1.2, outer=outside),
        Region.KNEE: _band(45, 53, sag_top=1.2, sag_bottom=-1.0),
        Region.CALF: _band(53, 83, sag_top=-1.0, sag_bottom=1.0),
        Region.ANKLE: _curve(
            [
                (6.3, 83.4),
                (8.0, 84.0),
                (9.8, 83.4),
                (9.7, 89),
                (10.6, 95),
                (10.2, 99.4),
                (8.0, 100.8),
                (5.8, 99.4),
                (5.4, 95),
                (6.2, 89),
            ]
        ),
    }


def _sole() -> dict[Region, QPainterPath]:
    return {
        Region.TOES: _ovals(
            [
                (3.5, 66.2, 4.2, 5.6),
                (7.3, 66.0, 2.7, 4.0),
                (10.1, 67.1, 2.5, 3.7),
                (12.5, 69.0, 2.3, 3.4),
                (14.5, 71.5, 2.2, 3.2),
            ]
        ),
        Region.SOLE: _curve(
            [
                (2.0, 71.5),
                (5.6, 69.4),
                (10.2, 71.0),
                (14.2, 74.8),
                (14.9, 79.5),
                (12.9, 87),
                (12.4, 94),
                (11.6, 99.6),
                (8.4, 102.2),
                (5.0, 99.8),
                (4.2, 94),
                (5.0, 87),
                (2.6, 79),
            ]
        ),
    }


@cache
def shapes() -> tuple[LegShape, ...]:
    """All regions of both legs, view by view from the waist down; if two overlap, the first is on top."""
    found: list[LegShape] = []
    for view, paths in ((LegView.FRONT, _front()), (LegView.BACK, _back()), (LegView.SOLE, _sole())):
        # The described leg is to the right of the middle: the left one, seen from the front or from below.
        described = Side.RIGHT if view is LegView.BACK else Side.LEFT
        for side in (Side.LEFT, Side.RIGHT):
            turn = QTransform.fromTranslate(MIDDLES[view], 1.5).scale(1 if side is described else -1, 1)
            found += [LegShape(view, side, region, turn.map(path)) for region, path in paths.items()]
    return tuple(found)


def shape_at(point: QPointF) -> LegShape | None:
    """The region at a point of ``FRAME``; ``None`` if there is none."""
    return next((shape for shape in shapes() if shape.path.contains(point)), None)
