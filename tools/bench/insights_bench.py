"""`./dev bench --big-log`: times the insights window and the report on a long log.

`log_bench` calls it; it draws off screen in this process. The window counts as open once it is painted; a thread then
fills its sections one by one. The first window of a run imports the modules and is not measured.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import Period
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.insights.window import InsightsWindow
from numbguard.ui.report.pdf import PaperSize, write_report
from tools.bench.history_bench import Timing

TIMES = 3


def measure(profile: Profile) -> list[Timing]:
    """Return all figures for one log."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    opened, filled, written = [], [], []
    for number in range(TIMES + 1):
        loaded = settings_file.load(profile)
        began = time.perf_counter()
        book = SettingsBook(profile, loaded=lambda loaded=loaded: loaded, follow=lambda: None)  # type: ignore[misc]
        window = InsightsWindow(profile, book, now=lambda: datetime.now(UTC))
        done: list[float] = []
        window._reading.ended.connect(lambda done=done: done.append(time.perf_counter()))
        window.present()
        window.grab()
        shown = time.perf_counter()
        while not done:
            app.processEvents()
            time.sleep(0.02)
        window.close()
        window.deleteLater()
        app.processEvents()
        if number:
            opened.append(shown - began)
            filled.append(done[0] - began)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(TIMES):
            began = time.perf_counter()
            file, journal = Path(folder) / "report.pdf", SqliteJournal(profile)
            write_report(profile, journal, file, period=Period(), paper=PaperSize.A4, now=datetime.now(UTC))
            journal.close()
            written.append(time.perf_counter() - began)
    return [
        Timing("Insights: opened", median(opened), 0.3),
        Timing("Insights: all sections", median(filled), None),
        Timing("The report", median(written), 5.0),
    ]
