"""Colours and text size of the windows, as the person set them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from numbguard.app.process.appearance import AppAppearance
from numbguard.core.settings.choices import Theme
from numbguard.core.settings.settings import Settings
from numbguard.ui.widgets import theme


@pytest.fixture
def usual(qapp: QApplication):
    before = qapp.font()
    yield before
    qapp.setFont(before)
    theme.choose(Theme.SYSTEM)


def test_the_text_grows_from_the_desktops_size_and_goes_back_to_it(usual) -> None:
    asked: list[float] = []
    look = AppAppearance(Settings(text_size=150))
    assert QApplication.font().pointSizeF() == usual.pointSizeF() * 1.5
    look.follow(Settings(text_size=200), lambda: asked.append(theme.font().pointSizeF()))
    look.follow(Settings(text_size=200), lambda: asked.append(0))
    look.follow(Settings(), lambda: asked.append(theme.font().pointSizeF()))
    assert asked == [usual.pointSizeF() * 2, usual.pointSizeF()]


def test_colours_change_without_a_window_being_opened_again(usual) -> None:
    look = AppAppearance(Settings())
    look.follow(replace(Settings(), theme=Theme.HIGH_CONTRAST), lambda: pytest.fail("nothing was resized"))
    assert theme.current().high_contrast
