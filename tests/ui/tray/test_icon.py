"""The tray icon: drawn at each size, with states that differ without colour."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QImage, QPixmap

from numbguard.ui.tray import icon
from numbguard.wording.now import IconFace


def _greys(pixmap: QPixmap, ground: int) -> list[int]:
    """The picture as a person without colour vision sees it, on a panel of the given lightness."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    seen = []
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            grey = 0.2126 * colour.red() + 0.7152 * colour.green() + 0.0722 * colour.blue()
            seen.append(round(grey * colour.alphaF() + ground * (1 - colour.alphaF())))
    return seen


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [16, 22])
def test_each_state_looks_different_in_greys_at_the_smallest_sizes(qapp, size: int, dark: bool) -> None:
    ground = 40 if dark else 240
    seen = {face: _greys(icon.paint(size, face, 12, dark=dark), ground) for face in IconFace}
    for one, other in combinations(IconFace, 2):
        apart = sum(abs(a - b) > 60 for a, b in zip(seen[one], seen[other], strict=True))
        assert apart >= size * size * 0.06, f"{one} and {other} look alike"


@pytest.mark.parametrize("ground", [16, 60, 200, 255])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_icon_is_seen_on_any_panel(qapp, dark: bool, ground: int) -> None:
    """The icon has its own background: both light and dark parts, on any panel."""
    for face in IconFace:
        seen = _greys(icon.paint(22, face, 12, dark=dark), ground)
        assert sum(abs(grey - ground) > 90 for grey in seen) > 22, face


def test_the_ring_fills_step_by_step(qapp) -> None:
    pictures = [_greys(icon.paint(32, IconFace.SITTING, step, dark=False), 255) for step in range(icon.STEPS + 1)]
    for before, after in pairwise(pictures):
        assert before != after


@pytest.mark.parametrize(("share", "step"), [(0, 0), (0.5, 12), (0.999, 23), (1, 24), (1.7, 24), (-0.1, 0)])
def test_the_ring_is_full_only_when_the_break_is_due(share: float, step: int) -> None:
    assert icon.step_of(share) == step


def test_every_size_is_drawn_for_itself(qapp) -> None:
    made = icon.IconCache().icon(IconFace.SITTING, 3, dark=False)
    assert sorted(size.width() for size in made.availableSizes()) == list(icon.TRAY_SIZES)
    for size in icon.TRAY_SIZES:
        wanted = icon.paint(size, IconFace.SITTING, 3, dark=False).toImage()
        assert made.pixmap(size, size).toImage() == wanted


def test_icons_are_kept_and_the_oldest_let_go(qapp) -> None:
    shelf = icon.IconCache()
    first = shelf.icon(IconFace.SITTING, 1, dark=False)
    assert shelf.icon(IconFace.SITTING, 1, dark=False) is first
    assert shelf.icon(IconFace.AWAY, 1, dark=False) is shelf.icon(IconFace.AWAY, 9, dark=False)
    for step in range(2, 12):
        shelf.icon(IconFace.SITTING, step, dark=False)
    assert shelf.icon(IconFace.SITTING, 1, dark=False) is not first


def test_bars_lie_on_whole_pixels(qapp) -> None:
    """At 16 px the two bars of "paused" cover whole pixels, so that no half-covered ones blur them."""
    image = icon.paint(16, IconFace.PAUSED, 0, dark=False).toImage()
    row = {image.pixelColor(x, 8).name() for x in range(4, 12)}
    assert row == {icon.LIGHT.ink, icon.LIGHT.plate}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [16, 22, 24, 32, 44])
def test_no_two_numbers_look_alike(qapp, size: int, dark: bool) -> None:
    ground = 40 if dark else 240
    seen = {n: _greys(icon.paint(size, IconFace.SITTING, 12, dark=dark, minutes=n), ground) for n in range(1, 100)}
    ring = _greys(icon.paint(size, IconFace.SITTING, 12, dark=dark), ground)
    for one, other in combinations(seen.values(), 2):
        assert sum(abs(a - b) > 90 for a, b in zip(one, other, strict=True)) >= 4
    assert all(picture != ring for picture in seen.values())


@pytest.mark.parametrize("size", [16, 20, 22])
def test_small_digits_lie_on_whole_pixels(qapp, size: int) -> None:
    image = icon.paint(size, IconFace.SITTING, 0, dark=False, minutes=45).toImage()
    middle = {image.pixelColor(x, y).name() for x in range(3, size - 3) for y in range(2, size // 2)}
    assert middle == {icon.LIGHT.ink, icon.LIGHT.plate}


def test_more_minutes_than_fit_show_the_ring(qapp) -> None:
    shelf = icon.IconCache()
    assert shelf.icon(IconFace.SITTING, 3, dark=False, minutes=100) is shelf.icon(IconFace.SITTING, 3, dark=False)
    assert shelf.icon(IconFace.SITTING, 3, dark=False, minutes=99) is not shelf.icon(IconFace.SITTING, 3, dark=False)


def test_where_the_system_colours_icons_only_the_opacity_counts(qapp) -> None:
    masked = icon.IconCache(masks=True).icon(IconFace.SITTING, 3, dark=True, minutes=22)
    assert masked.isMask()
    image = masked.pixmap(32, 32).toImage()
    assert image.pixelColor(16, 1).alpha() == 0, "no plate"
    colours = {image.pixelColor(x, y).lightness() for x in range(32) for y in range(32)}
    assert colours == {0}
    assert not icon.IconCache(masks=False).icon(IconFace.SITTING, 3, dark=True, minutes=22).isMask()
