"""Pictures of the advice: its four tiers, the neutral page while questions are open, and the signs as a list.

``python -m tools.pictures.sheets.advice_sheet OUT_DIR`` writes ``advice.png``: the windows in light, then in dark.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.log.advice.advice import advise
from numbguard.core.log.records.episode import Episode, Posture, Sensation
from numbguard.core.log.red_flags import SignAnswers, WarningSign
from numbguard.core.sites import Side
from numbguard.ui.episode.advice_window import AdviceWindow
from tools.fakes import MORNING
from tools.pictures.few_colours import save

_LIGHT, _DARK = "#f0f0f0", "#202020"
_GAP = 36
_NO = dict.fromkeys(WarningSign, False)
_SHOWN: tuple[tuple[Episode, dict[WarningSign, bool]], ...] = (
    (Episode("now", MORNING, leg=Side.LEFT, back_pain=True), {**_NO, WarningSign.SADDLE: True}),
    (Episode("today", MORNING, leg=Side.LEFT, sensations=(Sensation.HEAVY,)), {**_NO, WarningSign.SWOLLEN: True}),
    (Episode("soon", MORNING, leg=Side.LEFT, weakness=True), _NO),
    (Episode("relief", MORNING, leg=Side.LEFT, posture=Posture.LEGS_CROSSED), {}),
    (Episode("open", MORNING, leg=Side.BOTH), {}),
    (Episode("list", MORNING), {}),
)


def _picture(episode: Episode, answers: dict[WarningSign, bool]) -> QImage:
    window = AdviceWindow(
        advise=lambda today: advise(episode, now=MORNING + timedelta(minutes=5), answers=SignAnswers(today)),
        answer=lambda _sign, _present: None,
        answers=answers,
    )
    window.present()
    QTest.qWait(50)
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1)
    window.close()
    window.deleteLater()
    return picture


def sheet(out: Path) -> None:
    """Draw the sheet: a column in light and one in dark, each with the tiers above and the two pages below."""
    columns = []
    for ground in (_LIGHT, _DARK):
        QApplication.setPalette(QPalette(QColor(ground)))
        columns.append([_picture(*one) for one in _SHOWN])
    wide = max(one.width() for column in columns for one in column) + _GAP
    high = max(sum(one.height() + _GAP for one in column) for column in columns)
    whole = QImage(wide * 2 + _GAP, high + _GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    for number, column in enumerate(columns):
        top = _GAP
        for one in column:
            painter.drawImage(_GAP + number * wide, top, one)
            top += one.height() + _GAP
    painter.end()
    save(whole, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet(out / "advice.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
