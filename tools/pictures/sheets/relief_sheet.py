"""Pictures of step-by-step relief: each of its five steps, its two ends, and a small screen, light and dark.

``python -m tools.pictures.sheets.relief_sheet OUT_DIR`` writes ``relief.png``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.breaks.instant import Instant
from numbguard.core.log.advice.relief import STEPS
from numbguard.core.sites import Side
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.ui.relief.window import ReliefWindow
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _
from tools.fakes import FakeControls, episode
from tools.pictures.few_colours import save

_CARDS = resource("cards")
_LIGHT, _DARK = "#f0f0f0", "#202020"
_GAP = 48


class _Flow:
    """One relief window, its clock, and pictures of its states."""

    def __init__(self, *, units: tuple[float, float] = (68.0, 36.0)) -> None:
        self._controls = FakeControls()
        began = replace(episode(self._controls.shown.snapshot.at.wall), leg=Side.RIGHT)
        self._controls.show(replace(self._controls.shown, open_episode=began))
        self._window = ReliefWindow(self._controls, self._controls, began, card_of=Library(_CARDS).card, still=True)
        self._window.resize(*(round(each * theme.unit()) for each in units))
        self._window.show()

    def passes(self, seconds: float) -> _Flow:
        shown = self._controls.shown
        was = shown.snapshot.at
        at = Instant(was.wall + timedelta(seconds=seconds), was.mono + seconds)
        self._controls.show(replace(shown, snapshot=replace(shown.snapshot, at=at)))
        return self

    def press(self, words: str) -> _Flow:
        QTest.qWait(650)
        button = next(one for one in self._window._parts.buttons() if one.text() == _(words) and one.isVisible())
        button.click()
        return self

    def picture(self) -> QImage:
        QTest.qWait(650)
        picture = self._window.grab().toImage()
        picture.setDevicePixelRatio(1)
        self._window.close()
        self._window.deleteLater()
        return picture


def moments() -> list[QImage]:
    pictures = []
    for at, dark in ((20, False), (5, True), (92, True), (165, False), (255, True), (395, False)):
        QApplication.setPalette(QPalette(QColor(_DARK if dark else _LIGHT)))
        pictures.append(_Flow().passes(at).picture())
    QApplication.setPalette(QPalette(QColor(_LIGHT)))
    return [
        *pictures,
        _Flow().passes(sum(step.seconds for step in STEPS)).press("&Still numb").picture(),
        _Flow().passes(200).press("It's &gone").picture(),
        _Flow(units=(48, 27)).passes(20).picture(),
        _Flow(units=(30, 17)).passes(20).picture(),
    ]


def sheet(out: Path) -> None:
    """Draw the sheet: two windows a row, the small ones last."""
    pictures = moments()
    wide, high = pictures[0].width() + _GAP, pictures[0].height() + _GAP
    whole = QImage(wide * 2 + _GAP, high * 4 + pictures[8].height() + 2 * _GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    for number, one in enumerate(pictures):
        painter.drawImage(_GAP + number % 2 * wide, _GAP + number // 2 * high, one)
    painter.end()
    save(whole, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet(out / "relief.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
