"""The arrow at the tray: it touches the icon, stays on the screen, and goes by itself or at a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from numbguard.ui.first_start import tray_pointer
from numbguard.ui.first_start.tray_pointer import TrayPointer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def shown(icon: QRect, qtbot) -> TrayPointer:
    made = TrayPointer(icon)
    qtbot.addWidget(made)
    made.present()
    return made


def words(pointer: TrayPointer) -> str:
    return " ".join(label.text() for label in pointer.findChildren(QLabel) if label.isVisibleTo(pointer))


@pytest.mark.parametrize("side", ["left", "middle", "right"])
@pytest.mark.parametrize("edge", ["above", "below"])
def test_it_points_at_the_icon_from_within_the_screen(qapp, qtbot, side: str, edge: str) -> None:
    screen = QGuiApplication.primaryScreen().geometry()
    x = {"left": screen.left() + 60, "middle": screen.center().x(), "right": screen.right() - 80}[side]
    icon = QRect(x, screen.top() + 2 if edge == "above" else screen.bottom() - 26, 24, 24)
    pointer = shown(icon, qtbot)
    assert screen.contains(pointer.geometry())
    tip = QPoint(icon.center().x(), icon.bottom() + 2 if edge == "above" else icon.top() - 2)
    assert pointer.mask().contains(pointer.mapFromGlobal(tip)), "the arrow ends at the icon"
    assert not pointer.geometry().intersects(icon)
    assert words(pointer) == "NumbGuard is here Click to open it. Middle-click to log numbness."


def test_where_the_icon_is_not_known_it_shows_what_to_look_for(qapp, qtbot) -> None:
    pointer = shown(QRect(), qtbot)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(pointer.geometry())
    assert words(pointer).strip().startswith("NumbGuard is in the tray Look for this icon.")
    assert not pointer._picture.pixmap().isNull()
    assert pointer._picture.isVisible()


def test_it_takes_no_focus_and_goes_at_a_click(qapp, qtbot) -> None:
    pointer = shown(QRect(), qtbot)
    assert pointer.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    with qtbot.waitSignal(pointer.closed):
        QTest.mouseClick(pointer, Qt.MouseButton.LeftButton)
    pointer = shown(QRect(), qtbot)
    with qtbot.waitSignal(pointer.closed):
        QTest.mouseClick(pointer.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_it_goes_by_itself(qapp, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray_pointer, "STAYS_MS", 30)
    pointer = TrayPointer(QRect())
    qtbot.addWidget(pointer)
    with qtbot.waitSignal(pointer.closed):
        pointer.present()
