"""The insights window over a real log: what it says, what it leaves unsaid, and that it changes nothing unasked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from numbguard.app.log_windows import LogWindows
from numbguard.core.body import Region, Side, sites_on
from numbguard.core.log.records import BoutEnd, BreakRecord, Context, Episode, Outcome, Posture, SittingBout
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.insights.section_box import SectionBox
from numbguard.ui.insights.sections import LASTING, ORDER, OVER_TIME, POSTURES, SITTING, WHEN, WHERE
from numbguard.ui.insights.window import InsightsWindow
from tools.fakes import FakeControls, app_snapshot, book_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NOW = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)
PATIENCE_MS = 20_000

Open = Callable[[], InsightsWindow]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


@pytest.fixture
def opened(qtbot: QtBot, profile: Profile) -> Open:
    loaded = [settings_file.load(profile)]

    def follow() -> None:
        loaded[0] = settings_file.load(profile)

    def open_one() -> InsightsWindow:
        follow()
        book = SettingsBook(profile, loaded=lambda: loaded[0], follow=follow)
        window = InsightsWindow(profile, book, now=lambda: NOW)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window._reading.ended, timeout=PATIENCE_MS):
            window.present()
        return window

    return open_one


def logged(profile: Profile, days: int) -> None:
    """Log an hour of sitting on each day: with numbness after 50 minutes on four of five, after 20 on the fifth."""
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(days):
        start = NOW - timedelta(days=days - number, hours=3)
        after = (20 if number % 5 == 0 else 50) * 60.0
        keeping.keep_bout(SittingBout(str(uuid4()), start, start + timedelta(hours=1), 3600.0, BoutEnd.MOVED))
        numb = start + timedelta(seconds=after)
        keeping.add_episode(
            Episode(
                str(uuid4()),
                numb,
                ended_at=numb + timedelta(minutes=4),
                sites=sites_on(Side.LEFT, Region.CALF),
                posture=Posture.LEGS_CROSSED,
                context=Context(seated_s=after),
            )
        )
        keeping.keep_break(BreakRecord(str(uuid4()), Outcome.MOVED, start + timedelta(hours=1), None))
    journal.close()


def section(window: InsightsWindow, title: str) -> SectionBox:
    return window._sections[[name for name, _ in ORDER].index(title)]


def test_a_short_log_is_told_gently_what_more_it_needs(opened: Open, profile: Profile) -> None:
    logged(profile, 3)
    window = opened()
    assert window._count_line.text() == "3 episodes in this time."
    for title in (SITTING, WHERE, LASTING, WHEN, POSTURES):
        (said,) = section(window, title).words()
        assert "so far" in said, title
        assert not section(window, title).charts
    assert section(window, SITTING).use_button is None


def test_an_empty_log_has_nothing_to_show(opened: Open) -> None:
    window = opened()
    assert window._count_line.text() == "No episodes in this time."
    assert not any(box.charts for box in window._sections)


def test_a_longer_log_says_its_numbers_and_draws_them(opened: Open, profile: Profile) -> None:
    logged(profile, 40)
    window = opened()
    assert "40 of 40 stretches of sitting had an episode." in " ".join(section(window, SITTING).words())
    assert section(window, LASTING).words()[0] == "Episodes lasted 4 minutes, as a median of 40."
    assert section(window, WHERE).words()[1] == "Most often named: calf, 40 of 40."
    assert [len(box.charts) for box in window._sections] == [1, 2, 1, 1, 2, 1]
    assert section(window, OVER_TIME).words()[0].startswith("40 episodes and 40 breaks moved in")


def test_the_figures_of_a_chart_unfold_for_a_screen_reader(opened: Open, profile: Profile) -> None:
    logged(profile, 40)
    (box,) = section(opened(), WHERE).charts
    box.button.click()
    table = box.table
    assert table is not None
    assert table.accessibleName() == "Where it was"
    assert [table.item(0, column).text() for column in range(4)] == ["Calf", "40", "0", "0"]
    box.button.click()
    assert box.table is None


def test_the_interval_is_set_only_by_its_button_and_can_be_taken_back(opened: Open, profile: Profile) -> None:
    profile.make()
    profile.settings.write_text('[breaks]\ninterval = "60m" # mine\n', encoding="utf-8")
    logged(profile, 40)
    window = opened()
    assert 'interval = "60m"' in profile.settings.read_text(encoding="utf-8")
    use = section(window, SITTING).use_button
    assert use is not None
    assert use.text() == "&Use 45 minutes"
    reason = " ".join(section(window, SITTING).words())
    assert "A break after 45 minutes of sitting would have come before 32 of the 40 episodes" in reason
    use.click()
    assert settings_file.load(profile).settings.interval == 45 * 60
    assert not use.isEnabled()
    assert "in place of 1 h 00 min" in window._notice.sentence
    (undo,) = [button for button in window._notice.findChildren(QPushButton) if button.text() == "&Undo"]
    undo.click()
    assert profile.settings.read_text(encoding="utf-8") == '[breaks]\ninterval = "60m" # mine\n'
    assert use.isEnabled()


def test_another_time_is_read_anew(qtbot: QtBot, opened: Open, profile: Profile) -> None:
    logged(profile, 60)
    window = opened()
    with qtbot.waitSignal(window._reading.ended, timeout=PATIENCE_MS):
        window._days._chips[28].click()
    assert window._count_line.text() == "27 episodes in this time."


def test_the_report_is_written_beside_the_window(qtbot: QtBot, opened: Open, profile: Profile, tmp_path: Path) -> None:
    logged(profile, 12)
    window = opened()
    window._report.write(tmp_path / "for-the-doctor.pdf")
    qtbot.waitUntil(lambda: not window._report.is_busy, timeout=PATIENCE_MS)
    assert (tmp_path / "for-the-doctor.pdf").read_bytes().startswith(b"%PDF-")
    assert "The report is in" in window._notice.sentence
    window._report.write(tmp_path / "missing" / "report.pdf")
    qtbot.waitUntil(lambda: not window._report.is_busy, timeout=PATIENCE_MS)
    assert "could not be written" in window._notice.sentence


def test_a_log_that_cannot_be_read_is_said(qtbot: QtBot, opened: Open, profile: Profile) -> None:
    window = opened()
    with closing(sqlite3.connect(profile.database)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with qtbot.waitSignal(window._reading.failed, timeout=PATIENCE_MS):
        window.reload()
    assert window._count_line.text() == "The log could not be read."
    assert window._notice.sentence


def test_the_history_opens_it_and_it_is_let_go_of_when_closed(qtbot: QtBot, profile: Profile) -> None:
    logged(profile, 3)
    controls = FakeControls()
    log = SqliteJournal(profile)
    controls.show(app_snapshot(wall=NOW))
    book = book_on(SafeJournal(log, profile), controls)
    supplies = SimpleNamespace(
        runtime=controls,
        episodes=book,
        profile=profile,
        settings_book=lambda: SettingsBook(profile, loaded=lambda: settings_file.load(profile), follow=lambda: None),
        write_waiting_entries=lambda: None,
    )
    nothing = dict.fromkeys(("show_help", "show_relief", "show_erasing"), lambda: None)
    windows = LogWindows(supplies, **nothing)
    windows.show_history()
    history = windows._history.now
    assert history is not None
    qtbot.addWidget(history)
    (button,) = [one for one in history.findChildren(QPushButton) if one.text() == "&Insights…"]
    assert not button.isHidden()
    button.click()
    window = windows._insights.now
    assert window is not None
    qtbot.waitUntil(lambda: window._count_line.text() == "3 episodes in this time.", timeout=PATIENCE_MS)
    window.close()
    assert windows._insights.now is None
    log.close()


def test_in_a_narrow_window_charts_are_laid_out_anew_and_their_letters_stay(
    qtbot: QtBot, opened: Open, profile: Profile
) -> None:
    logged(profile, 40)
    window = opened()
    view = section(window, SITTING).charts[0].view
    window.resize(window.minimumSizeHint().width(), window.height())
    qtbot.waitUntil(lambda: view.width() < 0.7 * view.sizeHint().width(), timeout=PATIENCE_MS)
    view.grab()
    assert view._laid_for < 640
    assert view.height() > 0.5 * view.width(), "less wide, not less high"


def test_what_is_logged_meanwhile_comes_in(qtbot: QtBot, opened: Open, profile: Profile) -> None:
    logged(profile, 3)
    window = opened()
    window.log_changed()
    assert not window._later.isActive(), "nothing has changed"
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    keeping.add_episode(Episode(str(uuid4()), NOW))
    journal.close()
    window.log_changed()
    qtbot.waitUntil(lambda: window._count_line.text() == "4 episodes in this time.", timeout=PATIENCE_MS)
