"""The SVG of each movement: the same in a browser and in Qt, with each moment shown on time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from math import sin
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from numbguard.core.cards.motion import Motion, ViewAngle
from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.scene import HEIGHT, WIDTH
from numbguard.figure.svg import animated_svg, still_svg
from tests.figure.motions import MOTIONS, every_motion

FRAMES_A_SECOND = 30


@every_motion
def test_the_drawing_is_plain_svg_that_both_renderers_take(motion: Motion) -> None:
    svg = animated_svg(motion, mirrored=True, theme=FigureTheme.DARK)
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 480 420"
    names = {element.tag.partition("}")[2] for element in root.iter()}
    # Clip paths, masks, filters and `use` are drawn differently, or not at all, by one renderer or the other.
    assert names <= {
        "svg", "style", "defs", "radialGradient", "linearGradient", "stop", "g", "path", "circle", "ellipse", "rect",
        "animateTransform",
    }  # fmt: skip
    assert "rotate(" not in (root[0].text or "")
    assert "keySplines" not in svg and "keyTimes" not in svg
    # Qt reads one percentage per rule; a list of them makes it drop the whole style sheet.
    assert "%," not in (root[0].text or "")
    assert len(svg) < 130_000


def _image(svg: str, seconds: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    renderer.setCurrentFrame(round(seconds * FRAMES_A_SECOND))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, WIDTH, HEIGHT))
    painter.end()
    return image


@every_motion
@pytest.mark.parametrize("theme", FigureTheme)
def test_qt_plays_it(qapp: object, motion: Motion, theme: FigureTheme) -> None:
    svg = animated_svg(motion, theme=theme)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.animated(), "its eyes blink at least"
    assert renderer.animationDuration() == pytest.approx(1000 * motion.loop, abs=1)
    start, later, again = (_image(svg, motion.loop * share) for share in (0, 0.45, 1))
    only_pales = motion.name in ("between", "weight")
    assert (start != later) is not (theme.is_in_lines and only_pales)
    ground = QColor(palette_of(theme).backdrop)
    assert start.pixelColor(30, 30) == later.pixelColor(30, 30) == again.pixelColor(30, 30) == ground
    assert start.pixelColor(0, 0).alpha() == 0, "round corners stay clear"


@every_motion
def test_nothing_is_drawn_beside_the_sheet(qapp: object, motion: Motion) -> None:
    """Qt does not clip a picture at its edges: a hand or an arrow outside would appear in the window around it."""
    margin = 40
    for share in (0, 0.2, 0.4, 0.6, 0.8):
        renderer = QSvgRenderer(QByteArray(still_svg(motion, at=motion.loop * share).encode()))
        around = QImage(WIDTH + 2 * margin, HEIGHT + 2 * margin, QImage.Format.Format_ARGB32)
        around.fill(0)
        blank = around.copy()
        painter = QPainter(around)
        renderer.render(painter, QRectF(margin, margin, WIDTH, HEIGHT))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(margin, margin, WIDTH, HEIGHT, QColor(0, 0, 0))
        painter.end()
        assert around == blank, share


def test_left_is_the_mirror_image_of_right(qapp: object) -> None:
    _, motion = MOTIONS[0]
    right, left = (_image(still_svg(motion, at=0, mirrored=mirrored), 0) for mirrored in (False, True))
    unlike = sum(
        right.pixelColor(x, y).lightness() - left.pixelColor(WIDTH - 1 - x, y).lightness() not in range(-24, 25)
        for x in range(0, WIDTH, 4)
        for y in range(0, HEIGHT, 4)
    )
    assert unlike < 60


def test_a_still_shows_the_moment_asked_for(qapp: object) -> None:
    _, motion = MOTIONS[0]
    still = still_svg(motion, at=0.0)
    assert "animate" not in still
    assert _image(still, 0) == _image(still, 1)
    assert _image(still, 0) != _image(still_svg(motion, at=motion.loop / 2), 0)


@every_motion
def test_drawing_one_is_quick_beside_plain_arithmetic(motion: Motion) -> None:
    """A ratio, because the same work takes twice as long on a busy machine. A picture takes about 15 times as long as
    20,000 sines; a traced run is slow anyway. The front view, in three dimensions, may take half as much again."""
    drawing, plain = [], []
    for _ in range(5):
        plain.append(_spent(lambda: sum(sin(number) for number in range(20_000))))
        drawing.append(_spent(lambda: animated_svg(motion)))
    allowed = 18 if motion.view is ViewAngle.SIDE else 27
    assert min(drawing) / min(plain) < (allowed if sys.gettrace() is None else 100)


def _spent(work: Callable[[], object]) -> float:
    """The seconds of CPU that the work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


@every_motion
def test_qt_shows_each_moment_when_it_is_due(qapp: object, motion: Motion) -> None:
    """Qt spaces values evenly, whatever the key times: a figure drawn for uneven ones would run late in places."""
    frame = round(motion.loop * 0.3 * FRAMES_A_SECOND)
    seconds = frame / FRAMES_A_SECOND
    due = _image(still_svg(motion, at=seconds), 0)
    # The renderer's clock runs on between setting the frame and drawing it: try again in case the machine stalls there.
    # The linear steps of the animation leave a thin edge here and there.
    assert any(_difference(_image(animated_svg(motion), seconds), due) < 60 for _ in range(3))


def _difference(one: QImage, other: QImage) -> int:
    """How many of the sampled pixels are clearly lighter or darker in one of the two pictures."""
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 40
        for x in range(100, 400, 2)
        for y in range(20, 340, 2)
    )
