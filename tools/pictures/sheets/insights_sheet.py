"""Pictures of the insights window, light and dark, and of a report's pages: the first in colour, the others in grey.

``python -m tools.pictures.sheets.insights_sheet OUT_DIR`` writes ``insights.png``, ``insights-little.png`` (with
nothing and with a few days in the log) and ``report.png``.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QScrollArea

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Posture, Seat, Sensation
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.database import open_database
from numbguard.store.log.journal import RecordVersion, SqliteJournal, put_version
from numbguard.store.log.queries.insights import Period
from numbguard.store.log.rows.writing import Record
from numbguard.store.log.visit import keep_visit, note_report
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.insights.window import InsightsWindow
from numbguard.ui.report.pdf import PaperSize, write_report
from numbguard.ui.widgets import theme
from tools.pictures.sheets.settings_sheet import sheet

NOW = datetime(2025, 6, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))
_NOTES = (
    None,
    None,
    None,
    None,
    None,
    "After the long call; gone once I had walked to the kitchen.",
    "The lower chair.",
)


def make_log(folder: Path, *, days: int = 75) -> Profile:
    """Make a profile with ``days`` days at a desk, the same each time."""
    chance = random.Random(4)
    profile = Profile.find(str(folder))
    connection = open_database(profile).connection
    connection.execute("BEGIN")

    def keep(record: Record) -> None:
        put_version(connection, RecordVersion(record, 1))

    def new_id() -> str:
        return str(UUID(int=chance.getrandbits(128)))

    for number in range(days):
        start = NOW.replace(hour=9) - timedelta(days=days - number)
        if start.weekday() > 4:
            continue
        for _ in range(6):
            seated = min(3500.0, 1500 + chance.expovariate(1 / 1200))
            end = start + timedelta(seconds=seated)
            keep(SittingBout(new_id(), start, end, seated, BoutEnd.MOVED))
            outcome = chance.choice([*[Outcome.MOVED] * 5, Outcome.NATURAL, Outcome.NATURAL, Outcome.SKIPPED])
            keep(BreakRecord(new_id(), outcome, end, end + timedelta(minutes=2)))
            after = chance.weibullvariate(4600, 4)
            if after < seated:
                _episode(keep, chance, new_id, start + timedelta(seconds=after), after)
            start = end + timedelta(minutes=8)
    connection.execute("COMMIT")
    connection.close()
    return profile


def _episode(keep, chance: random.Random, new_id, began: datetime, after: float) -> None:  # type: ignore[no-untyped-def]
    lasted = chance.choice([40, 70, 90, 150, 200, 240, 400, 700, 2000])
    relief = chance.choice([None, "position", "movement", "movement"])
    where = chance.choice(
        [*[(Region.CALF,)] * 4, (Region.CALF, Region.SOLE), (Region.TOES,), (Region.THIGH_BACK,), (), ()]
    )
    side = chance.choice([Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.BOTH, None])
    one = Episode(
        new_id(),
        began,
        ended_at=began + timedelta(seconds=lasted),
        sites=sites_on(side, *where),
        leg=side,
        sensations=tuple(
            chance.sample([Sensation.NUMB, Sensation.TINGLING, Sensation.HEAVY], chance.choice([0, 1, 2]))
        ),
        severity=chance.choice([None, 2, 3, 4, 5]),
        posture=chance.choice([None, Posture.LEGS_CROSSED, Posture.LEGS_CROSSED, Posture.SLOUCHED, Posture.SEAT_EDGE]),
        onset=chance.choice([None, Onset.GRADUAL, Onset.GRADUAL, Onset.SUDDEN]),
        weakness=chance.choice([None, None, False]),
        relief=relief,
        relief_after_s=lasted * 0.8 if relief else None,
        note=chance.choice(_NOTES),
        context=EpisodeContext(seated_s=after, seat=Seat.SITTING),
    )
    keep(one)
    if chance.random() < 0.12:
        keep(
            SignAnswer(
                new_id(),
                began,
                one.id,
                chance.choice([WarningSign.WEAKNESS, WarningSign.SADDLE, WarningSign.INJURY]),
                False,
            )
        )


def _window(profile: Profile, ground: str, *, whole: bool = False) -> QImage:
    """Return a window; ``whole``: as high as all that it says."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(QPalette(QColor(ground)))
    loaded = settings_file.load(profile)
    window = InsightsWindow(profile, SettingsBook(profile, loaded=lambda: loaded, follow=lambda: None), now=lambda: NOW)
    done: list[bool] = []
    window._reading.ended.connect(lambda: done.append(True))
    window.resize(round(theme.unit() * 42), round(theme.unit() * 60))
    window.show()
    while not done:
        app.processEvents()
        time.sleep(0.01)
    for _ in range(10):  # nested layouts settle only after several rounds
        app.processEvents()
    scroll = window.findChild(QScrollArea)
    assert scroll is not None
    if whole:
        window.resize(window.width(), window.height() + scroll.verticalScrollBar().maximum())
    elif QColor(ground).lightness() < 128:  # the dark picture shows the lower part of the window
        scroll.verticalScrollBar().setValue(round(scroll.verticalScrollBar().maximum() * 0.42))
    for _ in range(10):
        app.processEvents()
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1)
    window.close()
    window.deleteLater()
    return picture


def first_page(file: Path, folder: Path) -> QImage:
    """Return a report's first page in colour."""
    first = ["-f", "1", "-l", "1", "-singlefile"]
    words = ["pdftoppm", "-r", "96", *first, "-png", str(file), str(folder / "first")]
    subprocess.run(words, check=True, timeout=60)
    return QImage(str(folder / "first.png"))


def pages(file: Path, folder: Path) -> list[QImage]:
    """Return a report's pages in grey, drawn by poppler."""
    subprocess.run(["pdftoppm", "-r", "96", "-gray", "-png", str(file), str(folder / "page")], check=True, timeout=60)
    return [QImage(str(page)) for page in sorted(folder.glob("page*.png"))]


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = make_log(folder / "profile")
        sheet([[_window(profile, "#f0f0f0"), _window(profile, "#202020")]], out / "insights.png")
        nothing, little = Profile.find(str(folder / "nothing")), make_log(folder / "little", days=6)
        low = [_window(one, ground, whole=True) for one in (nothing, little) for ground in ("#f0f0f0", "#202020")]
        sheet([low], out / "insights-little.png")
        file, journal = folder / "report.pdf", SqliteJournal(profile)
        note_report(journal, NOW - timedelta(days=30))
        questions = "Could it come from my back?\nMay I go on cycling?"
        keep_visit(journal, VisitDetails(questions, "Your name", "3 March 1961"))
        write_report(profile, journal, file, period=Period(), paper=PaperSize.A4, now=NOW)
        journal.close()
        drawn = [first_page(file, folder), *pages(file, folder)[1:]]
        sheet([drawn[:3], drawn[3:]] if len(drawn) > 3 else [drawn], out / "report.png")
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
