"""What a person writes for a visit: kept a moment after the last key, and on the report."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.log.visit import VisitDetails
from numbguard.store.erase import erase
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.visit import keep_visit, read_visit
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.insights.window import InsightsWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NOW = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)
ASKED = VisitDetails("Is it the nerve?\nMay I cycle?", "Zoë Čapek", "3 March 1961")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


@pytest.fixture
def window(qtbot: QtBot, profile: Profile) -> Iterator[InsightsWindow]:
    yield opened(qtbot, profile)


def opened(qtbot: QtBot, profile: Profile, *, is_damaged: bool = False) -> InsightsWindow:
    loaded = settings_file.load(profile)
    book = SettingsBook(profile, loaded=lambda: loaded, follow=lambda: None)
    window = InsightsWindow(profile, book, now=lambda: NOW)
    qtbot.addWidget(window)
    reading = window._reading
    with qtbot.waitSignals([reading.failed if is_damaged else reading.ended], timeout=20_000):
        window.present()
    return window


def kept(profile: Profile) -> VisitDetails:
    with closing(SqliteJournal(profile)) as journal:
        return read_visit(journal)


def keep(profile: Profile, details: VisitDetails) -> None:
    with closing(SqliteJournal(profile)) as journal:
        keep_visit(journal, details)


def test_questions_are_kept_a_moment_after_the_last_key_and_shown_again(
    qtbot: QtBot, profile: Profile, window: InsightsWindow
) -> None:
    (button,) = (one for one in window.findChildren(QPushButton) if one.text() == "My &questions for the visit")
    button.click()
    assert window.visit.questions.hasFocus()
    qtbot.keyClicks(window.visit.questions, "Is it the nerve?")
    qtbot.keyClick(window.visit.questions, Qt.Key.Key_Return)
    qtbot.keyClicks(window.visit.questions, "May I cycle?")
    window.visit.name.setText("Zoë Čapek")
    window.visit.born.setText("3 March 1961")
    assert kept(profile) == VisitDetails(), "not at every key"
    qtbot.waitUntil(lambda: kept(profile) == ASKED, timeout=10_000)
    window.close()
    assert opened(qtbot, profile).visit.details() == ASKED


def test_a_window_that_is_closed_at_once_has_kept_them(profile: Profile, window: InsightsWindow) -> None:
    window.visit.questions.setPlainText("Is it the nerve?")
    window.close()
    assert kept(profile).questions == "Is it the nerve?"


def test_a_report_has_what_was_written_this_second(
    qtbot: QtBot, profile: Profile, window: InsightsWindow, tmp_path: Path
) -> None:
    window.visit.questions.setPlainText("Is it the nerve?")
    file = tmp_path / "report.pdf"
    window._report.write(file)
    qtbot.waitUntil(lambda: not window._report.is_busy, timeout=20_000)
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert "1. Is it the nerve?" in said.stdout


def test_what_another_process_kept_is_shown_but_never_over_what_is_being_written(
    profile: Profile, window: InsightsWindow
) -> None:
    keep(profile, ASKED)
    window.reload()
    assert window.visit.details() == ASKED
    window.visit.questions.setPlainText("And what of running?")
    keep(profile, VisitDetails("Something else?"))
    window.reload()
    assert window.visit.questions.toPlainText() == "And what of running?"


def test_delete_everything_empties_it(profile: Profile, window: InsightsWindow) -> None:
    window.visit.questions.setPlainText("Is it the nerve?")
    window.visit.keep()
    erase(profile)
    window.reload()
    assert window.visit.details() == VisitDetails()


def test_it_says_which_questions_the_report_has_no_room_for(window: InsightsWindow) -> None:
    window.visit.questions.setPlainText("\n".join(f"Question {n}?" for n in range(10)))
    assert not window.visit._left_out.isVisibleTo(window.visit)
    window.visit.questions.appendPlainText("One more?")
    assert window.visit._left_out.text() == "The report has room for 10 questions: one is not on it."
    assert window.visit._left_out.isVisibleTo(window.visit)


def test_a_log_that_cannot_be_written_is_said_and_nothing_is_lost(profile: Profile, window: InsightsWindow) -> None:
    window.visit.questions.setPlainText("Is it the nerve?")
    said: list[str] = []
    window.visit.failed.connect(said.append)
    with closing(SqliteJournal(profile)) as other, other.writing():
        window.visit.keep()
    assert len(said) == 1
    assert said[0].startswith("What you wrote for the visit is not saved yet. ")
    assert window.visit.questions.toPlainText() == "Is it the nerve?"
    window.close()
    assert kept(profile).questions == "Is it the nerve?"


def test_where_the_log_cannot_be_read_nothing_can_be_written_over_it(qtbot: QtBot, profile: Profile) -> None:
    profile.database.write_bytes(b"no database at all" * 100)
    window = opened(qtbot, profile, is_damaged=True)
    assert not window.visit.isEnabled()
    window.close()
    assert profile.database.read_bytes().startswith(b"no database at all")
