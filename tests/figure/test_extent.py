"""The rectangle around a drawing, against what Qt draws of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from numbguard.figure.extent import Extent, extent_of
from numbguard.figure.feet import body as feet
from numbguard.figure.feet.rig import FootPart
from numbguard.figure.front import body as front
from numbguard.figure.front.rig_parts import FrontPart
from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.side import body as side
from numbguard.figure.side.rig import SidePart

LIGHT = palette_of(FigureTheme.LIGHT)
HALF = 250


def parts() -> Iterator[tuple[ModuleType, StrEnum]]:
    for body, every in ((side, SidePart), (front, FrontPart), (feet, FootPart)):
        yield from ((body, part) for part in every if "shadow" not in part.value)


def drawn(shapes: str) -> Extent:
    """The rectangle of all pixels that Qt colours."""
    box = f"{-HALF} {-HALF} {2 * HALF} {2 * HALF}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{shapes}</svg>'
    image = QImage(2 * HALF, 2 * HALF, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    left, top, right, bottom = QRegion(QPixmap.fromImage(image).mask()).boundingRect().getCoords()
    return Extent(left - HALF, top - HALF, right + 1 - HALF, bottom + 1 - HALF)


@pytest.mark.parametrize(("body", "part"), [*parts()], ids=str)
def test_a_part_fills_its_rectangle(body: ModuleType, part: StrEnum, qapp: QApplication) -> None:
    shapes = body.drawing(part, LIGHT)
    known = extent_of(shapes)
    if not shapes:
        assert known is None
        return
    assert known is not None
    seen = drawn(shapes)
    for edge, known_at, seen_at in zip(("left", "top", "right", "bottom"), known, seen, strict=True):
        beyond = seen_at - known_at if edge in ("left", "top") else known_at - seen_at
        assert -1 < beyond < 14, f"{edge}: {known_at:.1f}, and Qt draws to {seen_at:.1f}"


@pytest.mark.parametrize(
    ("shapes", "rectangle"),
    [
        ('<rect x="3" y="4" width="10" height="5"/>', (3, 4, 13, 9)),
        ('<circle cx="3" cy="4" r="2" fill="none" stroke="#000" stroke-width="3"/>', (-2, -1, 8, 9)),
        (
            '<g transform="translate(9 20) scale(2)"><g transform="rotate(90)"><ellipse rx="3" ry="1"/></g></g>',
            (7, 14, 11, 26),
        ),
        ('<path d="M1 2h4v-6l2 3m-9 0z"/>', (-2, -4, 7, 2)),
        ('<path d="M0 0 S5 9 6 1 T8 2 H-3 V11"/>', (-3, 0, 8, 11)),
        ('<path d="M0 0 A5 5 0 0 1 10 0"/>', (0, -5, 10, 5)),
        ('<path d="M0 0 A5 5 0 1 1 6 0"/>', (-2, -9, 8, 1)),
        ('<defs><stop offset="0"/></defs>', None),
    ],
)
def test_each_element_has_its_rectangle(shapes: str, rectangle: tuple[float, ...] | None) -> None:
    assert extent_of(shapes) == (None if rectangle is None else pytest.approx(rectangle))


def test_another_transform_is_refused_rather_than_overlooked() -> None:
    with pytest.raises(ValueError, match="skewX"):
        extent_of('<g transform="skewX(3)"><circle r="1"/></g>')
