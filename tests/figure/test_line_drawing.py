"""The figures of high contrast: ink on paper, outlines of two pixels, and the part that is stretched in solid ink."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from numbguard.core.cards.motion import Joint, Motion
from numbguard.figure.line_drawing import for_screen
from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.svg import animated_svg, still_svg
from numbguard.figure.water_and_snack import water_svg
from tests.figure.motions import MOTIONS as NAMED
from tests.figure.motions import every_motion

MOTIONS = dict(NAMED)
BLACK_AND_WHITE = [theme for theme in FigureTheme if theme.is_in_lines]
_SHAPE = re.compile(r"<(?:path|circle|ellipse|rect)[^>]*>")
_OPACITY = re.compile(r"opacity:([\d.]+)")


def drawn(svg: str, width: int, height: int, *, ground: str) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return image


def shades(image: QImage) -> dict[int, int]:
    """The number of pixels of each shade of grey; fails on a colour."""
    found: dict[int, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            assert colour.red() == colour.green() == colour.blue(), (x, y, colour.name())
            found[colour.red()] = found.get(colour.red(), 0) + 1
    return found


@every_motion
@pytest.mark.parametrize("look", BLACK_AND_WHITE)
def test_a_shape_has_no_colour_and_no_shade_at_any_moment(motion: Motion, look: FigureTheme) -> None:
    svg = animated_svg(motion, theme=look)
    p = palette_of(look)
    for shape in _SHAPE.findall(svg):
        colours = set(re.findall(r' (?:fill|stroke)="([^"]+)"', shape))
        assert colours <= {"none", p.ink, p.backdrop}, shape
        assert "opacity" not in shape
        if f'fill="{p.backdrop}"' in shape and f'stroke="{p.ink}"' in shape:
            assert float(re.findall('stroke-width="([^"]+)"', shape)[0]) >= 2
    style = svg[svg.index("<style>") : svg.index("</style>")]
    if not motion.travel:  # what leaves with the floor fades out
        assert set(_OPACITY.findall(style)) <= {"0", "1", "0.00", "1.00"}


@pytest.mark.parametrize("look", BLACK_AND_WHITE)
@pytest.mark.parametrize("width", [160, 480])
def test_outlines_are_as_thick_on_a_small_picture(look: FigureTheme, width: int, qapp: object) -> None:
    p, height = palette_of(look), width * 420 // 480
    image = drawn(still_svg(MOTIONS["seated-hamstring-reach"], at=0, theme=look), width, height, ground=p.backdrop)
    is_white = p.ink == "#ffffff"
    line = [y for y in range(height // 2, height - 8) if (image.pixelColor(width // 40, y).red() > 127) is is_white]
    assert len(line) >= 2, "where wall and floor meet"
    assert line[-1] - line[0] <= 3


@pytest.mark.parametrize("look", BLACK_AND_WHITE)
def test_the_stretched_part_is_solid_while_it_is_stretched(look: FigureTheme, qapp: object) -> None:
    motion = MOTIONS["seated-hamstring-reach"]
    glows = {0.0: 0.1, 3.6: 1.0, 7.6: 0.3}
    assert {key.at: key.pose[Joint.GLOW] for key in motion.keys if key.at in glows} == glows
    p = palette_of(look)
    assert 'class="warm"' in still_svg(motion, at=0, theme=look)
    for at, glow in glows.items():
        shown = ".warm{opacity:1}" in still_svg(motion, at=at, theme=look)
        assert shown is (glow >= 0.5), (at, glow)
    assert '<g class="warm"><path d=' in still_svg(motion, at=0, theme=look)
    warm = re.search('<g class="warm">(<path[^>]*>)', still_svg(motion, at=0, theme=look))
    assert warm is not None and f'fill="{p.ink}"' in warm[1]


@pytest.mark.parametrize("look", BLACK_AND_WHITE)
def test_the_pictures_have_greys_only_at_the_edges_of_lines(look: FigureTheme, qapp: object) -> None:
    p = palette_of(look)
    for svg in (still_svg(MOTIONS["seated-hamstring-reach"], at=3.6, theme=look), water_svg(look, moving=False)):
        found = shades(drawn(svg, 480, 420, ground=p.backdrop))
        assert found[0] + found[255] > 0.95 * 480 * 420


def test_colours_stay_where_no_contrast_is_wanted() -> None:
    for look in (FigureTheme.LIGHT, FigureTheme.DARK):
        assert palette_of(look).shirt in still_svg(MOTIONS["seated-hamstring-reach"], at=0, theme=look)


def test_outlines_are_as_thick_on_a_screen_with_small_pixels() -> None:
    svg = still_svg(MOTIONS["seated-hamstring-reach"], at=0, theme=FigureTheme.BLACK_ON_WHITE)
    assert for_screen(svg, pixels=1) == svg
    widths = [
        set(re.findall('stroke-width="([^"]+)"[^<>]*vector-effect', one)) for one in (svg, for_screen(svg, pixels=2))
    ]
    assert widths == [{"2", "4"}, {"4", "8"}]
    colours = still_svg(MOTIONS["seated-hamstring-reach"], at=0)
    assert for_screen(colours, pixels=2) == colours
