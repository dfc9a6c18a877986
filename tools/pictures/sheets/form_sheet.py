"""Pictures of the episode form: its three questions, and what follows when more is called for.

``python -m tools.pictures.sheets.form_sheet OUT_DIR`` writes ``form.png``: just logged, with an urgent sign, a
correction and an earlier episode, each in light and dark, and the form on small screens with large letters.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.log.records.episode import Episode, Posture, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, sites_on
from numbguard.ui.episode.form import EpisodeForm, FormPurpose
from numbguard.ui.widgets import theme
from tools.fakes import MORNING, advise_alone, episode
from tools.pictures.sheets.settings_sheet import sheet

_LIGHT, _DARK = "#f0f0f0", "#202020"
_FRAME: Final = QSize(2, 30)
"""About the size of a window manager's frame."""
_FULL: Final = replace(
    episode(MORNING - timedelta(minutes=12)),
    ended_at=MORNING - timedelta(minutes=8),
    sites=sites_on(Side.LEFT, Region.CALF, Region.SOLE),
    sensations=(Sensation.TINGLING,),
    severity=7,
    posture=Posture.LEGS_CROSSED,
)


def _picture(about: Episode, purpose: FormPurpose, *, size: QSize | None = None, urgent: bool = False) -> QImage:
    """The form about an episode; ``size``: of the screen, instead of the size that the form prefers."""
    form = EpisodeForm(
        about,
        purpose,
        last=replace(_FULL, id="the last"),
        now=lambda: MORNING,
        advise=advise_alone,
        save=lambda _told, _signs: None,
        number="112",
    )
    form.show()
    unit = theme.unit()
    wanted = QSize(round(58 * unit), round(36 * unit))
    form.resize(wanted if size is None else wanted.boundedTo(size - _FRAME))
    if urgent:
        QTest.qWait(50)
        form._checks._signs[WarningSign.SADDLE][1].buttons()[0].click()
    QTest.qWait(50)
    picture = form.grab().toImage()
    picture.setDevicePixelRatio(1)
    form.close()
    form.deleteLater()
    return picture


def _with_letters(scale: float, size: QSize) -> QImage:
    usual = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(usual.pointSizeF() * scale)
    QApplication.setFont(larger)
    picture = _picture(episode(), FormPurpose.JUST_LOGGED, size=size)
    QApplication.setFont(usual)
    return picture


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for ground in (_LIGHT, _DARK):
        QApplication.setPalette(QPalette(QColor(ground)))
        rows.append(
            [
                _picture(episode(), FormPurpose.JUST_LOGGED),
                _picture(replace(episode(), leg=Side.BOTH), FormPurpose.JUST_LOGGED, urgent=True),
            ]
        )
        rows.append([_picture(_FULL, FormPurpose.CHANGE), _picture(episode(), FormPurpose.LATE)])
    QApplication.setPalette(QPalette(QColor(_LIGHT)))
    rows.append([_with_letters(1.5, QSize(1024, 600)), _with_letters(2.0, QSize(800, 480))])
    sheet(rows, out / "form.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
