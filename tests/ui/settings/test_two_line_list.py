"""A list of two-line entries: at which edge they begin, and what the pointer is over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.settings.two_line_list import TwoLineList
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.viewport import viewport_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def shown(qtbot: QtBot, *, title: str = "Health") -> TwoLineList:
    for left in QGuiApplication.topLevelWindows():  # what another test left open would be above it
        left.hide()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    entries = TwoLineList("Pages", window)
    entries.resize(400, 300)
    entries.put("Breaks", "When")
    entries.put(title, title)
    theme.apply_theme(window)
    with qtbot.waitExposed(window):
        window.show()
    return entries


def row(entries: TwoLineList, number: int) -> QImage:
    return viewport_of(entries).grab(entries.visualItemRect(entries.item(number))).toImage()


@pytest.mark.parametrize(
    ("direction", "title", "at_the_right"),
    [
        (Qt.LayoutDirection.LeftToRight, "Health", False),
        (Qt.LayoutDirection.RightToLeft, "الصحة", True),
        (Qt.LayoutDirection.RightToLeft, "NumbGuard", True),
    ],
)
def test_entries_begin_at_the_edge_of_the_script(
    qtbot: QtBot, request: pytest.FixtureRequest, direction: Qt.LayoutDirection, title: str, at_the_right: bool
) -> None:
    request.addfinalizer(lambda: QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto))
    QGuiApplication.setLayoutDirection(direction)
    picture = row(shown(qtbot, title=title), 1)
    ground = picture.pixel(0, 0)
    inked = [x for x in range(picture.width()) if any(picture.pixel(x, y) != ground for y in range(picture.height()))]
    assert inked
    assert (min(inked) > picture.width() / 2) is at_the_right
    assert (max(inked) > picture.width() / 2) is at_the_right


def test_the_entry_below_the_pointer_looks_another_way(qtbot: QtBot) -> None:
    entries = shown(qtbot)
    before = row(entries, 1)
    qtbot.mouseMove(viewport_of(entries), entries.visualItemRect(entries.item(1)).center())
    qtbot.waitUntil(lambda: row(entries, 1) != before)
    qtbot.mouseMove(viewport_of(entries), QPoint(200, 280))
    qtbot.waitUntil(lambda: row(entries, 1) == before)
