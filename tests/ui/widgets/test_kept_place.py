"""A window opens where it was closed, on a screen that exists, and as large as the screen allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from numbguard.store.profile import Profile
from numbguard.store.window_places import WindowPlace, keep_place, place_of
from numbguard.ui.widgets.windows.kept_place import KeptPlace


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def opened(qtbot: QtBot, profile: Profile) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    KeptPlace(window, "history", profile)
    window.resize(300, 200)
    window.show()
    return window


def test_a_window_comes_back_where_it_was_closed(qtbot: QtBot, profile: Profile) -> None:
    first = opened(qtbot, profile)
    assert first.size() == QSize(300, 200)
    first.move(120, 90)
    first.resize(420, 310)
    first.close()
    again = opened(qtbot, profile)
    assert (again.pos(), again.size()) == (QPoint(120, 90), QSize(420, 310))


def test_a_place_on_a_screen_that_is_gone_comes_onto_one_that_is_there(qtbot: QtBot, profile: Profile) -> None:
    keep_place(profile, "history", WindowPlace(9000, 9000, 5000, 4000))
    window = opened(qtbot, profile)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(window.geometry())


def test_a_maximised_window_is_so_again_and_keeps_the_size_below(qtbot: QtBot, profile: Profile) -> None:
    first = opened(qtbot, profile)
    first.showMaximized()
    first.close()
    kept = place_of(profile, "history")
    assert kept is not None and kept.maximised
    assert opened(qtbot, profile).isMaximized()
