"""`./dev bench --big-log`: times the history window on a long log: opening, filtering, going to a day, scrolling.

`log_bench` calls it; it draws off screen in this process. Opening lasts from the request for the window until it is
painted with its first rows. The window goes on counting a long log afterwards; how long that blocks the window is
measured too. The first window of a run imports the modules and is not measured.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from numbguard.core.log.records.episode import Posture
from numbguard.core.sites import Region, Side
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import FOREVER, EpisodeFilter, HistoryQueries, date_of
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.history.window import HistoryWindow
from tools.fakes import FakeControls, app_snapshot, book_on

TIMES = 3
PLACES = 60
CHOICES = {
    "side": EpisodeFilter(side=Side.LEFT),
    "region": EpisodeFilter(region=Region.CALF),
    "posture": EpisodeFilter(posture=Posture.SLOUCHED),
    "side, region and posture": EpisodeFilter(side=Side.LEFT, region=Region.CALF, posture=Posture.SLOUCHED),
    "a year long ago": EpisodeFilter(since=date(2000, 1, 1), until=date(2000, 12, 31)),
}


@dataclass(frozen=True)
class Timing:
    """The seconds that an action took, and its limit on the long log (``None``: only printed)."""

    name: str
    s: float
    at_most_s: float | None


def measure(profile: Profile) -> list[Timing]:
    """Return all figures for one log."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    opened, counted, held_up = [], [], 0.0
    for number in range(TIMES + 1):
        began = time.perf_counter()
        window = _window(profile)
        window.present()
        window.grab()
        took = time.perf_counter() - began
        held_up = max(held_up, _count(window))
        if number:  # the first one imports modules and fills caches
            opened.append(took)
            counted.append(time.perf_counter() - began)
        if number < TIMES:
            window.close()
            window.deleteLater()
            app.processEvents()
    found = [
        Timing("History: open", median(opened), 0.3),
        Timing("History: all counted", median(counted), None),
        Timing("History: held up at most", held_up, 0.1),
    ]
    for name, choice in CHOICES.items():
        found.append(Timing(f"Choose {name}", median(_chosen(window, choice) for _ in range(TIMES)), 0.3))
    window._filter.clear()
    _count(window)
    oldest, _ = window._log.days(EpisodeFilter(), newest=FOREVER, oldest=-FOREVER)[-1]
    found.append(Timing("Go to the first day", _timed(lambda: _go(window, oldest)), 0.3))
    found.append(Timing("Worst of sixty places", _scrolled(window), 0.1))
    found.append(Timing("A delete, and its undo", _undone(window), 0.3))
    window.close()
    window.deleteLater()
    return found


def _window(profile: Profile) -> HistoryWindow:
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    keeping = SafeJournal(SqliteJournal(profile), profile)
    controls = FakeControls(app_snapshot(wall=now))
    return HistoryWindow(HistoryQueries(SqliteJournal(profile)), book_on(keeping, controls), controls, profile)


def _count(window: HistoryWindow) -> float:
    """Let the window count all rows; returns the longest processor time, in seconds, for which it was blocked."""
    longest = 0.0
    while not window._rows.is_counted:
        began = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - began)
    return longest


def _timed(action: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    return median(took)


def _chosen(window: HistoryWindow, choice: EpisodeFilter) -> float:
    """Return the seconds from a choice of filter until the first rows are painted or there are known to be none."""
    window._filter.choose(EpisodeFilter())
    QApplication.processEvents()
    began = time.perf_counter()
    window._filter.choose(choice)
    while not window._rows.rowCount() and not window._rows.is_counted:
        QApplication.processEvents()
    window.grab()
    return time.perf_counter() - began


def _go(window: HistoryWindow, day: int) -> None:
    window._list.scrollToTop()
    window.go_to(date_of(day))
    window.grab()


def _scrolled(window: HistoryWindow) -> float:
    """Return the longest time, in seconds, to paint one of ``PLACES`` random places of the list."""
    bar, chance, worst = window._list.verticalScrollBar(), random.Random(3), 0.0
    for _ in range(PLACES):
        bar.setValue(chance.randrange(bar.maximum() + 1))
        began = time.perf_counter()
        window._list.viewport().grab()
        worst = max(worst, time.perf_counter() - began)
    return worst


def _undone(window: HistoryWindow) -> float:
    """Return the seconds for a delete and its undo, from the key press until the list shows the result."""
    window._list.go_to(1)
    began = time.perf_counter()
    window._delete()
    window.undo()
    window.grab()
    took = time.perf_counter() - began
    _count(window)
    return took
