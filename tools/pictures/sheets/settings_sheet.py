"""Pictures of the settings window, in light and dark, and of the pages of the first start.

``python -m tools.pictures.sheets.settings_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from numbguard.core.ports import AutostartState
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.first_start.window import FirstStartWindow
from numbguard.ui.settings.window import SettingsWindow
from numbguard.ui.widgets import theme
from tools.fakes import FakeControls, FakeHooks, FakeHotKeys
from tools.pictures.few_colours import save

_GAP = 48
_LIGHT, _DARK = "#f0f0f0", "#202020"
_SETTINGS = """[breaks]
interval = "50m"

[hours]
monday = ["08:30-12:30", "13:15-17:00"]
tuesday = ["08:30-12:30", "13:15-17:00"]
wednesday = ["08:30-12:30"]
thursday = ["08:30-12:30", "13:15-17:00"]
friday = ["22:00-06:00"]
"""


class _LogIn:
    """A stand-in that neither reads nor changes what this machine starts at login."""

    def state(self) -> AutostartState:
        return AutostartState(True)

    def set(self, on: bool) -> None:
        pass


def _book(folder: str, settings: str) -> SettingsBook:
    profile = Profile(Path(folder))
    if settings:
        profile.settings.write_text(settings, encoding="utf-8")
    loaded = settings_file.load(profile)
    return SettingsBook(profile, loaded=lambda: loaded, follow=lambda: None)


def _taken(window: QWidget) -> QImage:
    QApplication.processEvents()
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1)
    window.close()
    window.deleteLater()
    return picture


def _settings(ground: str, table: str) -> QImage:
    QApplication.setPalette(QPalette(QColor(ground)))
    with tempfile.TemporaryDirectory() as folder:
        recovery = LogRecovery(Profile(Path(folder)), lambda: None)
        window = SettingsWindow(_book(folder, _SETTINGS), _LogIn(), recovery, hot_keys=FakeHotKeys, hooks=FakeHooks())
        window.open_at(table)
        window.present()
        window.resize(round(theme.unit() * 56), round(theme.unit() * 38))
        return _taken(window)


def _welcome(ground: str, page: int) -> QImage:
    QApplication.setPalette(QPalette(QColor(ground)))
    with tempfile.TemporaryDirectory() as folder:
        window = FirstStartWindow(
            FakeControls(),
            _book(folder, ""),
            _LogIn(),
            folder=Path("/home/me/.local/share/numbguard"),
            card_of=Library(resource("cards")).card,
            still=True,
        )
        window.present()
        for _page in range(page):
            window.turn_on()
        return _taken(window)


def sheet(rows: list[list[QImage]], out: Path) -> None:
    width = max(sum(one.width() + _GAP for one in row) for row in rows) + _GAP
    height = sum(max(one.height() for one in row) + _GAP for row in rows) + _GAP
    whole = QImage(width, height, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    y = _GAP
    for row in rows:
        x = _GAP
        for one in row:
            painter.drawImage(x, y, one)
            x += one.width() + _GAP
        y += max(one.height() for one in row) + _GAP
    painter.end()
    save(whole, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet(
        [
            [_settings(_LIGHT, "breaks"), _settings(_DARK, "breaks")],
            [_settings(_LIGHT, "hours"), _settings(_DARK, "quiet")],
        ],
        out / "settings.png",
    )
    sheet([[_welcome(ground, page) for page in range(3)] for ground in (_LIGHT, _DARK)], out / "first-start.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
