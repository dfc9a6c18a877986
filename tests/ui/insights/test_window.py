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
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from numbguard.app.windows.log_windows import LogWindows
from numbguard.core.log.records.episode import Episode, EpisodeContext, Posture
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.charts.view import FigureTable
from numbguard.ui.insights.section_box import SectionBox
from numbguard.ui.insights.sections import HOW_OFTEN, LASTING, ORDER, POSTURES, SEVEN_DAYS, SITTING, WHEN, WHERE
from numbguard.ui.insights.window import InsightsWindow
from tools.fakes import NO_WAYS, FakeControls, app_snapshot, book_on

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
    windows: list[InsightsWindow] = []
    """Holds each window until the test is over: a test may keep no more than a section of it."""

    def follow() -> None:
        loaded[0] = settings_file.load(profile)

    def open_one() -> InsightsWindow:
        follow()
        book = SettingsBook(profile, loaded=lambda: loaded[0], follow=follow)
        window = InsightsWindow(profile, book, now=lambda: NOW)
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitSignal(window._reading.ended, timeout=PATIENCE_MS):
            window.present()
        return window

    return open_one


def logged(profile: Profile, days: int, *, early: int = 20) -> None:
    """Log an hour of sitting on each day: with numbness after 50 minutes on four of five, after ``early`` on the fifth,
    or after 50 there, too."""
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(days):
        start = NOW - timedelta(days=days - number, hours=3)
        after = (early if early and number % 5 == 0 else 50) * 60.0
        keeping.keep_bout(SittingBout(str(uuid4()), start, start + timedelta(hours=1), 3600.0, BoutEnd.MOVED))
        numb = start + timedelta(seconds=after)
        keeping.add_episode(
            Episode(
                str(uuid4()),
                numb,
                ended_at=numb + timedelta(minutes=4),
                sites=sites_on(Side.LEFT, Region.CALF),
                posture=Posture.LEGS_CROSSED,
                context=EpisodeContext(seated_s=after),
            )
        )
        keeping.keep_break(BreakRecord(str(uuid4()), Outcome.MOVED, start + timedelta(hours=1), None))
    journal.close()


def section(window: InsightsWindow, title: str) -> SectionBox:
    return window._sections[[name for name, _ in ORDER].index(title)]


def test_a_short_log_says_how_many_more_it_needs_and_shows_the_week_meanwhile(opened: Open, profile: Profile) -> None:
    logged(profile, 3)
    window = opened()
    assert window._count_line.text() == "3 episodes in this period."
    assert section(window, SITTING).words() == [
        "Your log doesn't have enough yet to say whether a break every 45 minutes suits you. About 60 more "
        "sittings that long could show it.",
        "After 3 more sittings with numbness, this shows when it usually starts.",
    ]
    assert section(window, WHERE).words()[-1] == "After 7 more episodes with a place, this shows where it usually is."
    for title in (HOW_OFTEN, LASTING, WHEN, POSTURES):
        said = section(window, title).words()
        assert said[-1].startswith("After "), title
    assert not any(section(window, title).action_button for title in (SITTING, WHERE, LASTING, WHEN, POSTURES))
    week = section(window, SEVEN_DAYS)
    assert week.words() == [
        "In the last seven days you sat for 3 h 00 min.",
        "That was in 3 sittings, the longest 1 h 00 min.",
        "You got up for 3 of 3 breaks.",
        "Sitting, day by day",
    ]
    assert len(week.views) == 1


def test_the_week_includes_the_sitting_that_is_not_over_yet(qtbot: QtBot, profile: Profile) -> None:
    logged(profile, 2)
    book = SettingsBook(profile, loaded=lambda: settings_file.load(profile), follow=lambda: None)
    window = InsightsWindow(profile, book, now=lambda: NOW, present=lambda: {NOW.date(): 1800.0})
    qtbot.addWidget(window)
    with qtbot.waitSignal(window._reading.ended, timeout=PATIENCE_MS):
        window.present()
    assert section(window, SEVEN_DAYS).words()[:2] == [
        "In the last seven days you sat for 2 h 30 min.",
        "That was in 3 sittings, the longest 1 h 00 min.",
    ]


def test_an_empty_log_says_what_it_needs(opened: Open) -> None:
    window = opened()
    assert window._count_line.text() == "No episodes in this period."
    assert section(window, SITTING).words() == [
        "After 6 more sittings with numbness, this shows when it usually starts."
    ]
    assert section(window, SEVEN_DAYS).words() == ["NumbGuard hasn't recorded any sitting in the last seven days."]
    assert not any(box.views for box in window._sections)


def test_a_longer_log_says_each_thing_in_a_sentence_with_one_picture_and_one_action(
    opened: Open, profile: Profile
) -> None:
    logged(profile, 40)
    window = opened()
    assert [(box.words()[0], box.action_button.text()) for box in window._sections if box.action_button] == [
        ("Numbness usually starts after 50 minutes of sitting.", "Write a report for your doctor…"),
        ("It is mostly your left calf.", "Show a stretch for your left calf"),
        ("About 7 a week, unchanged.", "Write a report for your doctor…"),
        ("In the last seven days you sat for 6 h 00 min.", "Change the breaks…"),
        ("It usually lasts 4 minutes.", "Read what can help"),
        ("Most often between 9:00 and 10:00.", "Show the history"),
        ("It happens mostly with your legs crossed.", "Check my posture"),
    ]
    assert section(window, SITTING).words()[1].startswith("Even 30 minutes is not short enough")
    assert [len(box.views) for box in window._sections] == [1] * 7


def test_the_curve_its_band_and_its_number_are_shown_on_request(opened: Open, profile: Profile) -> None:
    logged(profile, 40)
    box = section(opened(), SITTING)
    assert "40 of 40" not in " ".join(box.words())
    box.figures_button.click()
    assert "40 of 40 sittings had an episode." in " ".join(one.text() for one in box.figures.findChildren(QLabel))
    tables = {table.accessibleName(): table for table in box.figures.findChildren(FigureTable)}
    head = tables["Sitting without numbness"].horizontalHeaderItem(2)
    assert head is not None
    assert head.text() == "95% band"
    assert len(box.views) == 2
    box.figures_button.click()
    assert box.figures is None
    assert len(box.views) == 1


def test_no_bar_comes_and_goes_beside_charts_whose_height_follows_their_width(opened: Open) -> None:
    (scroll,) = opened().findChildren(QScrollArea)
    assert scroll.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn


def test_the_figures_of_a_picture_unfold_for_a_screen_reader(opened: Open, profile: Profile) -> None:
    logged(profile, 40)
    box = section(opened(), WHERE)
    assert box.figures_button.accessibleName() == f"Show the figures: {WHERE}"
    box.figures_button.click()
    (table,) = box.figures.findChildren(FigureTable)
    assert table.accessibleName() == "Episodes by place"
    assert [table.item(0, column).text() for column in range(4)] == ["Calf", "40", "0", "0"]
    assert box.figures_button.accessibleName() == f"Hide the figures: {WHERE}"


def test_each_action_asks_for_its_window(opened: Open, profile: Profile) -> None:
    logged(profile, 40)
    window = opened()
    asked: list[object] = []
    window.stretch_wanted.connect(asked.append)
    for name in ("settings", "history", "posture", "relief_page"):
        getattr(window, f"{name}_wanted").connect(lambda name=name: asked.append(name))
    for title in (WHERE, SEVEN_DAYS, LASTING, WHEN, POSTURES):
        section(window, title).action_button.click()
    assert asked == [Region.CALF, "settings", "relief_page", "history", "posture"]


def test_the_interval_is_set_only_by_its_button_and_can_be_taken_back(opened: Open, profile: Profile) -> None:
    profile.make()
    profile.settings.write_text('[breaks]\ninterval = "60m" # mine\n', encoding="utf-8")
    logged(profile, 90, early=0)
    window = opened()
    assert 'interval = "60m"' in profile.settings.read_text(encoding="utf-8")
    use = section(window, SITTING).action_button
    assert use is not None
    assert use.text() == "&Use 45 minutes"
    assert (
        section(window, SITTING).words()[1].startswith("A break every 45 minutes would suit you better: all sittings")
    )
    use.click()
    assert settings_file.load(profile).settings.interval == 45 * 60
    assert not use.isEnabled()
    assert use.text() == "45 minutes is your current setting"
    assert "instead of 1 h 00 min" in window._notice.sentence
    (undo,) = [button for button in window._notice.findChildren(QPushButton) if button.text() == "&Undo"]
    undo.click()
    assert profile.settings.read_text(encoding="utf-8") == '[breaks]\ninterval = "60m" # mine\n'
    assert use.isEnabled()


def test_another_time_is_read_anew(qtbot: QtBot, opened: Open, profile: Profile) -> None:
    logged(profile, 60)
    window = opened()
    with qtbot.waitSignal(window._reading.ended, timeout=PATIENCE_MS):
        window._days._chips[28].click()
    assert window._count_line.text() == "27 episodes in this period."


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
        may_say_it_recurs=lambda: True,
    )
    nothing = dict.fromkeys(("show_help", "show_relief"), lambda: None)
    windows = LogWindows(supplies, ways=NO_WAYS, **nothing)
    windows.show_history()
    history = windows._history.now
    assert history is not None
    qtbot.addWidget(history)
    (entry,) = [one for one in history.findChildren(QAction) if one.text() == "I&nsights"]
    assert entry.isVisible()
    entry.trigger()
    window = windows._insights.now
    assert window is not None
    qtbot.waitUntil(lambda: window._count_line.text() == "3 episodes in this period.", timeout=PATIENCE_MS)
    window.close()
    assert windows._insights.now is None
    log.close()


def test_in_a_narrow_window_charts_are_laid_out_anew_and_their_letters_stay(
    qtbot: QtBot, opened: Open, profile: Profile
) -> None:
    logged(profile, 40)
    window = opened()
    view = section(window, SITTING).views[0]
    window.resize(window.minimumSizeHint().width(), window.height())
    qtbot.waitUntil(lambda: view.width() < 0.7 * view.sizeHint().width(), timeout=PATIENCE_MS)
    view.grab()
    assert view._laid_for < 640
    assert view.height() > 0.8 * view.sizeHint().height(), "less wide, not less high"


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
    qtbot.waitUntil(lambda: window._count_line.text() == "4 episodes in this period.", timeout=PATIENCE_MS)
