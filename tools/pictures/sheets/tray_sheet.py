"""Pictures of the tray icon's menu at different moments, of the icon with minutes, and of the arrow at the tray.

``python -m tools.pictures.sheets.tray_sheet OUT_DIR`` writes ``tray-menu.png`` and ``tray-minutes.png``. A desktop
draws the menu in its own way; the first tour picture of a menu shows one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from numbguard.core.breaks.messages import Phase, State, Suppression
from numbguard.core.ports import AppSnapshot
from numbguard.ui.first_start.tray_pointer import TrayPointer
from numbguard.ui.tray import icon
from numbguard.ui.tray.tray import Tray
from numbguard.ui.widgets import theme
from numbguard.wording.now import IconFace
from tools.fakes import MORNING, FakeControls, app_snapshot
from tools.pictures.few_colours import save
from tools.pictures.sheets.settings_sheet import sheet

_LIGHT, _DARK = "#f0f0f0", "#202020"
_SIZES = (16, 22, 24, 32, 44)
_MINUTES = (99, 45, 38, 27, 16, 10, 4, 1)
_ZOOM = 3


def _moments() -> list[AppSnapshot]:
    until = MORNING.replace(hour=14)
    return [
        app_snapshot(),
        app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
        app_snapshot(State.BREAK, phase=Phase.AFTER),
        app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused", until),), paused_until=until),
        app_snapshot(State.STANDING),
    ]


def _taken(window: QWidget) -> QImage:
    QApplication.processEvents()
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1)
    return picture


def _menu_picture(menu: QMenu) -> QImage:
    menu.setStyleSheet(theme.style_sheet(theme.current()))
    menu.ensurePolished()
    menu.adjustSize()
    return _taken(menu)


def _menus(ground: str) -> list[QImage]:
    QApplication.setPalette(QPalette(QColor(ground)))
    pictures: list[QImage] = []
    for shown in _moments():
        controls = FakeControls(shown)
        tray = Tray(controls, controls, available=lambda: True)
        pictures.append(_menu_picture(tray._menu))
        if len(pictures) == 1:
            pictures.append(_menu_picture(tray._pause_menu))
        shiboken6.delete(tray)  # at once: it would follow the colours of a desktop whose menu has gone
    return pictures


def _pointers(ground: str) -> list[QImage]:
    QApplication.setPalette(QPalette(QColor(ground)))
    below = QGuiApplication.primaryScreen().geometry().bottomRight()
    pictures = []
    for place in (QRect(), QRect(below.x() - 120, below.y() - 30, 22, 22)):
        pointer = TrayPointer(place)
        pointer.present()
        pictures.append(_taken(pointer))
        pointer.close()
    return pictures


def _minutes() -> QImage:
    row, gap = sum(_SIZES) + 8 * len(_SIZES), 8
    whole = QImage(len(_MINUTES) * (max(_SIZES) + gap) + gap, 2 * row, QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    for turn, (ground, dark) in enumerate(((_LIGHT, False), (_DARK, True))):
        painter.fillRect(0, turn * row, whole.width(), row, QColor(ground))
        y = turn * row + gap // 2
        for size in _SIZES:
            for place, minutes in enumerate(_MINUTES):
                step = icon.step_of(1 - minutes / 100)
                picture = icon.paint(size, IconFace.SITTING, step, dark=dark, minutes=minutes)
                painter.drawPixmap(gap + place * (max(_SIZES) + gap), y, picture)
            y += size + gap
    painter.end()
    return whole.scaled(
        whole.size() * _ZOOM, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    )


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet([_menus(_LIGHT), _menus(_DARK), [*_pointers(_LIGHT), *_pointers(_DARK)]], out / "tray-menu.png")
    save(_minutes(), out / "tray-minutes.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
