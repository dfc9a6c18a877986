"""Draws the body map with the number of episodes in each region, as plain SVG. Called by `svg.py`.

The more episodes, the stronger the colour; each region also shows its number, so that nobody has to compare colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from numbguard.core.sites import Region
from numbguard.ui.leg_map.shapes import FRAME, MIDDLES, LegShape, LegView, shapes
from numbguard.ui.widgets.markup import escaped
from numbguard.wording.catalogue import N_, _, pgettext

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from .contents import LegMapChart
    from .look import ChartLook

LEVELS: Final = 5
_STRIP: Final = 0.7
"""The width of a strip of hatching along the map, and ..."""
_WIDEST_HATCH: Final = 5.0
"""... the widest distance from one to the next."""
_ABOVE: Final = 7.0
_BELOW: Final = 6.0
"""Space kept free for the words above and below the map."""
WIDTH: Final = FRAME.width()
HEIGHT: Final = FRAME.height() + _ABOVE + _BELOW
_OUTLINE: Final = WIDTH / 230
"""The width of a region's outline in black and white: 2 pixels where the map has its usual width of 460."""
_SEEN: Final = {LegView.FRONT: N_("From the front"), LegView.BACK: N_("From behind"), LegView.SOLE: N_("From below")}


def leg_map_svg(chart: LegMapChart, look: ChartLook, *, text_size: float) -> bytes:
    """The map as SVG. ``text_size`` is ignored: the numbers have to fit into the regions."""
    del text_size
    most = max((chart.on(shape.side, shape.region) for shape in shapes()), default=0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {FRAME.top() - _ABOVE:g} {WIDTH:g} {HEIGHT:g}" '
        'font-family="sans-serif">'
    ]
    numbers: list[str] = []
    for shape in reversed(shapes()):
        count = chart.on(shape.side, shape.region)
        share = 0.0 if not count else -(-LEVELS * count // most) / LEVELS
        if look.in_lines:
            ground = look.edge if share == 1 else look.cool
            parts.append(_in_lines(shape, ground, share, look))
        else:
            ground = _between(look.cool, look.hot, share)
            parts.append(
                f'<path d="{_data(shape.path)}" fill="{ground}" stroke="{look.edge}" stroke-width="0.35" '
                'stroke-linejoin="round"/>'
            )
        if count:
            numbers.append(_number(shape, count, ground, look))
    words = [_words(view, look) for view in LegView]
    return "".join([*parts, *numbers, *words, "</svg>"]).encode()


def _in_lines(shape: LegShape, ground: str, share: float, look: ChartLook) -> str:
    """A region in black and white: the more episodes, the closer its hatching; the region with most is solid."""
    data = _data(shape.path)
    hatch = f'<path d="{_data(_hatching(shape, share))}" fill="{look.edge}"/>' if 0 < share < 1 else ""
    return (
        f'<path d="{data}" fill="{ground}"/>{hatch}<path d="{data}" fill="none" stroke="{look.edge}"'
        f' stroke-width="{_OUTLINE:.2f}" stroke-linejoin="round"/>'
    )


def _hatching(shape: LegShape, share: float) -> QPainterPath:
    """The slanted strips within a region; ``share`` of the most episodes, between 0 and 1."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainterPath as Path
    from PySide6.QtGui import QPolygonF

    box = shape.path.boundingRect()
    strips, x = Path(), box.left() - box.height()
    while x < box.right():
        top = x + box.height()
        corners = ((x, box.bottom()), (top, box.top()), (top + _STRIP, box.top()), (x + _STRIP, box.bottom()))
        strips.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        strips.closeSubpath()
        x += _WIDEST_HATCH - (_WIDEST_HATCH - 2.5 * _STRIP) * share
    return shape.path.intersected(strips)


def _number(shape: LegShape, count: int, ground: str, look: ChartLook) -> str:
    said = f"{count}" if count < 10_000 else f"{count / 1000:.0f}k"
    size = 3.6 if len(said) < 3 else 3.0
    if shape.region is Region.TOES:  # too small to write on
        fill, (x, y) = look.text, _beside(shape)
    else:
        fill, (x, y) = _readable_on(ground), _middle(shape)
    return _behind(said, x, y, size, look) * (look.in_lines and ground == look.cool) + (
        f'<text x="{x:.2f}" y="{y + size * 0.36:.2f}" text-anchor="middle" font-size="{size:g}" '
        f'font-weight="bold" fill="{fill}">{said}</text>'
    )


def _behind(said: str, x: float, y: float, size: float, look: ChartLook) -> str:
    """Room for a number on hatching."""
    wide, high = size * 0.72 * len(said) + 1, size * 1.15
    return (
        f'<rect x="{x - wide / 2:.2f}" y="{y - high / 2:.2f}" width="{wide:.2f}" height="{high:.2f}" rx="1"'
        f' fill="{look.cool}"/>'
    )


def _beside(shape: LegShape) -> tuple[float, float]:
    box = shape.path.boundingRect()
    if shape.view is LegView.SOLE:
        return box.center().x(), box.top() - 2.2
    outside = box.right() + 3.2 if box.center().x() > MIDDLES[shape.view] else box.left() - 3.2
    return outside, box.center().y()


def _middle(shape: LegShape) -> tuple[float, float]:
    """Where to write the number of a region: in the middle of its widest part, not of its bounding box."""
    box = shape.path.boundingRect()
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainterPath

    best = (-1.0, box.center().x(), box.center().y())
    for step in range(3, 8):
        y = box.top() + box.height() * step / 10
        strip = QPainterPath()
        strip.addRect(QRectF(box.left() - 1, y - 1.3, box.width() + 2, 2.6))
        inside = shape.path.intersected(strip).boundingRect()
        wide = inside.width() - abs(step - 5) * 0.4
        if wide > best[0]:
            best = (wide, inside.center().x(), y)
    return best[1], best[2]


def _words(view: LegView, look: ChartLook) -> str:
    inside = [shape.path.boundingRect() for shape in shapes() if shape.view is view]
    top, bottom = min(box.top() for box in inside), max(box.bottom() for box in inside)
    middle = MIDDLES[view]
    left = -8.5 if view is LegView.BACK else 8.5
    over = 6.5 if view is LegView.SOLE else 3.0
    said = [(middle, top - over, 3.8, _(_SEEN[view]), look.text)]
    said += [
        (middle + left, bottom + 4.4, 3.4, pgettext("leg", "left"), look.quiet),
        (middle - left, bottom + 4.4, 3.4, pgettext("leg", "right"), look.quiet),
    ]
    return "".join(
        f'<text x="{x:g}" y="{y:.2f}" text-anchor="middle" font-size="{size:g}" fill="{fill}">{escaped(text)}</text>'
        for x, y, size, text, fill in said
    )


def _data(path: QPainterPath) -> str:
    """A path as SVG path data."""
    from PySide6.QtGui import QPainterPath as Path

    said: list[str] = []
    kinds = {Path.ElementType.MoveToElement: "M", Path.ElementType.LineToElement: "L"}
    for at in range(path.elementCount()):
        element = path.elementAt(at)
        letter = kinds.get(element.type, "C" if element.type is Path.ElementType.CurveToElement else "")
        said.append(f"{letter}{element.x:.2f} {element.y:.2f}")
    return " ".join(said) + "Z"


def _between(cool: str, hot: str, share: float) -> str:
    low, high = _rgb(cool), _rgb(hot)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(low, high, strict=True))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _readable_on(ground: str) -> str:
    """Black or white, whichever has more contrast (as WCAG defines it)."""
    return "#000000" if luminance(ground) > 0.179 else "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1, as WCAG defines it."""
    parts = (part / 255 for part in _rgb(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
