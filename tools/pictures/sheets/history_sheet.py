"""Pictures of the history: light, dark, on a small screen with large text, and with an empty log.

``python -m tools.pictures.sheets.history_sheet OUT_DIR`` writes ``history.png``.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from numbguard.core.log.records.episode import Episode, Posture, Sensation
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import HistoryQueries
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.history.window import HistoryWindow
from numbguard.ui.widgets import theme
from tools.fakes import MORNING, FakeControls, app_snapshot, book_on
from tools.pictures.sheets.settings_sheet import sheet

_LIGHT, _DARK = "#f0f0f0", "#202020"
NOW = MORNING.replace(hour=16, minute=45)


def demo_log(journal: SqliteJournal, profile: Profile, *, days: int = 12) -> SafeJournal:
    """Write ``days`` days at a desk to the log, the same each time."""
    keeping, chance = SafeJournal(journal, profile), random.Random(5)
    for ago in range(days):
        day = NOW - timedelta(days=ago)
        if day.weekday() < 5:
            _work(keeping, chance, day.replace(hour=8, minute=40, second=0), f"d{ago}")
    return keeping


def _work(keeping: SafeJournal, chance: random.Random, at: datetime, name: str) -> None:
    for number in range(9):
        length = timedelta(minutes=chance.randrange(28, 58))
        ends, end = (at + length, BoutEnd.NATURAL if number % 4 == 3 else BoutEnd.MOVED)
        if ends > NOW - timedelta(days=0) and at.date() == NOW.date():
            return
        share = 0.7 if number == 5 else 1.0
        keeping.keep_bout(SittingBout(f"{name}-{number}", at, ends, length.total_seconds() * share, end))
        if number in (2, 6):
            outcome = chance.choice((Outcome.SNOOZED, Outcome.SKIPPED, Outcome.MISSED))
            answered = ends - timedelta(minutes=9)
            keeping.keep_break(BreakRecord(f"{name}-{number}-x", outcome, answered, answered))
        if number in (1, 4, 7) and chance.random() < 0.75:
            _episode(keeping, chance, ends - timedelta(minutes=chance.randrange(4, 20)), f"{name}-{number}-e")
        away = timedelta(minutes=40 if number == 3 else 12 if end is BoutEnd.NATURAL else 4)
        outcome = Outcome.NATURAL if end is BoutEnd.NATURAL else Outcome.MOVED
        keeping.keep_break(BreakRecord(f"{name}-{number}-b", outcome, ends, ends + away, seated_s=2400))
        at = ends + away


def _episode(keeping: SafeJournal, chance: random.Random, at: datetime, id: str) -> None:
    told = Episode(
        id,
        at,
        at + timedelta(minutes=chance.randrange(2, 25)),
        sites=sites_on(
            chance.choice((Side.LEFT, Side.LEFT, Side.RIGHT)),
            *chance.sample((Region.CALF, Region.SOLE, Region.THIGH_BACK), chance.randrange(1, 3)),
        ),
        sensations=(chance.choice((Sensation.TINGLING, Sensation.NUMB, Sensation.PINS_AND_NEEDLES)),),
        severity=chance.choice((2, 3, 4, 6)),
        posture=chance.choice((Posture.LEGS_CROSSED, Posture.SEAT_EDGE, None)),
        note=chance.choice((None, None, "after the long call")),
    )
    keeping.add_episode(told)
    if chance.random() < 0.2:
        keeping.add_episode(replace(told, severity=5))


def _picture(
    ground: str, *, days: int = 12, zoom: float = 1.0, units: tuple[float, float] = (54, 40), view: int = 0
) -> QImage:
    """``view``: 0 for the day's line, 1 to 3 for the weeks by sitting, breaks or episodes."""
    QApplication.setPalette(QPalette(QColor(ground)))
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(large.pointSizeF() * zoom)
    QApplication.setFont(large)
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile.find(folder)
        journal = SqliteJournal(profile)
        keeping = demo_log(journal, profile, days=days)
        controls = FakeControls(app_snapshot(wall=NOW))
        window = HistoryWindow(
            HistoryQueries(SqliteJournal(profile), now=lambda: NOW), book_on(keeping, controls), controls, profile
        )
        window.offer(insights=True, report=True)
        window.present()
        window.resize(round(units[0] * theme.unit() / zoom), round(units[1] * theme.unit() / zoom))
        window._pane.choose_view(view)
        QApplication.processEvents()
        picture = window.grab().toImage()
        picture.setDevicePixelRatio(1)
        window.close()
        window.deleteLater()
        journal.close()
    QApplication.setFont(usual)
    return picture


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    sheet(
        [
            [_picture(_LIGHT), _picture(_DARK, days=200, view=1)],
            [_picture(_DARK, zoom=1.5, units=(54, 38)), _picture(_LIGHT, days=0)],
        ],
        out / "history.png",
    )
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
