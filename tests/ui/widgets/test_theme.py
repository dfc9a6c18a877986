"""The colours have enough contrast, and follow the desktop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from numbguard.core.log.red_flags import AdviceTier
from numbguard.core.settings.choices import Theme
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.tier_banner import OPEN, colours_of

# Windows of earlier tests that Qt has not deleted yet follow the colours too.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def desktop(qapp: QApplication):
    before = QPalette(qapp.palette())
    yield lambda colour: qapp.setPalette(QPalette(QColor(colour)))
    qapp.setPalette(before)


@pytest.mark.parametrize("c", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "window"),
        ("text", "surface"),
        ("text", "hover"),
        ("text", "track"),
        ("text", "warm_surface"),
        ("quiet", "window"),
        ("quiet", "surface"),
        ("accent", "surface"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("warm_text", "window"),
        ("warm_text", "surface"),
        ("warm_text", "warm_surface"),
    ],
)
def test_text_is_readable(c: theme.Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(c, ink), getattr(c, ground)) >= 4.5


@pytest.mark.parametrize("c", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("mark", "ground"),
    [("edge", "window"), ("edge", "surface"), ("accent", "track"), ("accent", "window"), ("warm", "surface")],
)
def test_shapes_are_seen(c: theme.Palette, mark: str, ground: str) -> None:
    assert contrast(getattr(c, mark), getattr(c, ground)) >= 3.0


def test_the_palette_follows_how_light_the_desktop_is(desktop) -> None:
    desktop("#f0f0f0")
    assert theme.current() == theme.LIGHT
    desktop("#202020")
    assert theme.current() == theme.DARK


def test_a_window_is_dressed_again_when_the_desktop_turns_dark(desktop, qtbot) -> None:
    desktop("#f0f0f0")
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("words", window)
    seen: list[theme.Palette] = []
    theme.apply_theme(window, seen.append)
    window.show()
    desktop("#202020")
    QApplication.processEvents()
    assert seen == [theme.LIGHT, theme.DARK]
    assert label.palette().windowText().color().name() == theme.DARK.text


def test_a_window_that_is_gone_is_left_alone(desktop, qtbot) -> None:
    seen: list[theme.Palette] = []
    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    theme.apply_theme(window, seen.append)
    with qtbot.waitSignal(window.destroyed):
        window.close()
    count = len(seen)
    desktop("#202020")
    desktop("#f0f0f0")
    assert len(seen) == count


def test_fonts_are_relative_to_the_systems(qapp: QApplication) -> None:
    before = qapp.font()
    try:
        large = qapp.font()
        large.setPointSizeF(20)
        qapp.setFont(large)
        assert theme.font(1.5).pointSizeF() == 30
        large.setPixelSize(30)
        qapp.setFont(large)
        assert theme.font(1.5, bold=True).pixelSize() == 45
        assert theme.unit() > 25
    finally:
        qapp.setFont(before)


# --- chosen by the person, and high contrast -------------------------------------------------------------------------


@pytest.fixture
def chosen():
    yield theme.choose
    theme.choose(Theme.SYSTEM)


HIGH = [theme.BLACK_ON_WHITE, theme.WHITE_ON_BLACK]


@pytest.mark.parametrize("c", HIGH, ids=["black on white", "white on black"])
def test_high_contrast_has_seven_to_one_on_every_ground(c: theme.Palette) -> None:
    for ink in (c.text, c.quiet, c.warm_text):
        for ground in (c.window, c.surface, c.hover, c.track, c.warm_surface):
            assert contrast(ink, ground) >= 7.0, (ink, ground)
    for ground in (c.accent, c.accent_hover, c.accent_pressed):
        assert contrast(c.on_accent, ground) >= 7.0
    for mark in (c.edge, c.line, c.accent, c.warm):
        assert contrast(mark, c.window) == 21.0
    assert {c.text, c.quiet, c.warm_text, c.window, c.surface, c.edge, c.line} == {"#000000", "#ffffff"}


@pytest.mark.parametrize("c", HIGH, ids=["black on white", "white on black"])
@pytest.mark.parametrize("tier", [*AdviceTier, OPEN])
def test_a_banner_in_high_contrast_is_black_and_white(c: theme.Palette, tier: AdviceTier | None) -> None:
    colours = colours_of(tier, c)
    assert contrast(colours.text, colours.ground) == 21.0
    assert contrast(colours.ground, colours.mark) == 21.0


def test_chosen_colours_are_used_at_once_whatever_the_desktop_has(desktop, chosen, qtbot) -> None:
    desktop("#f0f0f0")
    window = QWidget()
    qtbot.addWidget(window)
    seen: list[theme.Palette] = []
    theme.apply_theme(window, seen.append)
    chosen(Theme.DARK)
    desktop("#202020")
    chosen(Theme.LIGHT)
    chosen(Theme.HIGH_CONTRAST)
    desktop("#f0f0f0")
    chosen(Theme.SYSTEM)
    names = [theme.LIGHT, theme.DARK, theme.LIGHT, theme.WHITE_ON_BLACK, theme.BLACK_ON_WHITE, theme.LIGHT]
    assert seen == names


def test_a_desktop_in_pure_black_and_white_has_high_contrast(qapp: QApplication, desktop) -> None:
    desktop("#f0f0f0")
    assert not theme.desktop_wants_contrast()
    black, white = QColor("#000000"), QColor("#ffffff")
    colours = QPalette(white, black)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
        colours.setColor(role, black)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        colours.setColor(role, white)
    qapp.setPalette(colours)
    assert theme.current() == theme.WHITE_ON_BLACK


def test_outlines_are_two_pixels_wide_in_high_contrast(desktop, chosen) -> None:
    desktop("#f0f0f0")
    assert (theme.current().outline, theme.stroke(1.4)) == (1, 1.4)
    chosen(Theme.HIGH_CONTRAST)
    assert (theme.current().outline, theme.current().focus_outline, theme.stroke(1.4)) == (2, 3, 2.0)


def test_high_contrast_that_the_portal_reports_is_used_at_once_unless_other_colours_are_chosen(desktop, chosen) -> None:
    desktop("#f0f0f0")
    theme.tell_contrast(True)
    try:
        assert theme.current() == theme.BLACK_ON_WHITE
        chosen(Theme.DARK)
        assert theme.current() == theme.DARK
    finally:
        theme.tell_contrast(False)
