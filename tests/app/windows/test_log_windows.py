"""The form and its windows: one form at a time, no started form is lost, no window covers another's buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from numbguard.app.windows.log_windows import InsightWays, LogWindows
from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.runtime.episode_book import EpisodeBook
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.episode.advice_window import AdviceWindow
from numbguard.ui.episode.form import EpisodeForm
from numbguard.ui.history.window import HistoryWindow
from numbguard.ui.widgets.windows.screens import free_corner
from numbguard.wording import catalogue
from tools.fakes import NO_WAYS, FakeControls, book_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Desk:
    def __init__(self, folder: Path, ways: InsightWays = NO_WAYS) -> None:
        profile = Profile.find(str(folder))
        self.log = SafeJournal(SqliteJournal(profile), profile)
        numbers = count()
        self.profile, self.runtime = profile, FakeControls()
        self.asked_to_say = 0
        self.book = book_on(self.log, self.runtime, lambda: f"e{next(numbers)}")
        self.windows = LogWindows(self, show_help=lambda: None, show_relief=lambda: None, ways=ways)

    @property
    def episodes(self) -> EpisodeBook:
        return self.book

    def settings_book(self) -> SettingsBook:
        return SettingsBook(self.profile, loaded=lambda: settings_file.load(self.profile), follow=lambda: None)

    def write_waiting_entries(self) -> None:
        self.log.retry()

    def may_say_it_recurs(self) -> bool:
        self.asked_to_say += 1
        return self.asked_to_say == 1

    def advice(self) -> AdviceWindow | None:
        """The advice window in sight; leaves none open."""
        window = self.windows._advice.now
        if window is not None:
            window.close()
        return window

    def click(self) -> Episode:
        """Log an episode with one click, which opens the form."""
        logged = self.book.keep(self.book.blank())
        self.windows.ask_details(logged)
        return logged

    def form(self) -> EpisodeForm | None:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, EpisodeForm) and one.isVisible()]
        assert len(shown) <= 1
        return shown[0] if shown else None


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "profile")
    yield desk
    if (history := desk.windows._history) is not None:
        history.close()
    desk.log.close()


def test_two_quick_clicks_leave_one_form_about_the_second(desk: Desk) -> None:
    desk.click()
    second = desk.click()
    form = desk.form()
    assert form is not None
    assert form.logged_id == second.id
    form.close()


def test_the_second_click_of_a_double_click_opens_no_other_form(desk: Desk) -> None:
    clicked = desk.click()
    form = desk.form()
    assert form is not None
    desk.windows.ask_details(clicked)
    assert desk.form() is form
    form.close()


def test_details_are_added_after_the_form_has_gone(desk: Desk, qtbot: QtBot) -> None:
    clicked = desk.click()
    form = desk.form()
    assert form is not None
    form.close()
    desk.book.keep(replace(clicked, severity=4))
    desk.windows.add_details(clicked.id)
    form = desk.form()
    assert form is not None
    assert form.episode().severity == 4, "what was said before is there"
    qtbot.keyClicks(form.findChild(QPlainTextEdit), "left")
    desk.windows.add_details(clicked.id)
    assert desk.form() is form
    form._save()
    kept = desk.log.find_episode(clicked.id)
    assert kept is not None
    assert (kept.note, kept.severity) == ("left", 4)
    desk.windows.add_details("an episode that is not there")
    assert desk.form() is None


def test_what_stands_in_the_form_is_kept_before_its_episode_is_added_to_another(desk: Desk, qtbot: QtBot) -> None:
    first, second = desk.book.log_numbness(), desk.click()
    form = desk.form()
    assert form is not None
    desk.windows.keep_answers(second.id)
    assert desk.book.find(second.id) == second, "nothing was said"
    qtbot.keyClicks(form.findChild(QPlainTextEdit), "left")
    desk.windows.keep_answers(first.id)
    assert desk.book.find(first.id) == first, "the form is about the other"
    desk.windows.keep_answers(second.id)
    assert desk.book.find(second.id) == replace(second, note="left")
    form.close()


def test_a_form_that_is_being_filled_in_outlives_another_click(desk: Desk, qtbot: QtBot) -> None:
    first = desk.click()
    form = desk.form()
    assert form is not None
    qtbot.keyClicks(form.findChild(QPlainTextEdit), "since the long meeting")
    desk.click()
    assert desk.form() is form
    form._save()
    kept = desk.log.find_episode(first.id)
    assert kept is not None
    assert kept.note == "since the long meeting"
    assert len(list(desk.log.episodes())) == 2


def test_no_other_form_takes_the_place_of_one_that_is_being_filled_in(desk: Desk, qtbot: QtBot) -> None:
    other = desk.book.keep(desk.book.blank())
    desk.windows.add_earlier()
    desk.windows.change(other)
    form = desk.form()
    assert form is not None
    assert form.episode() == other, "nothing stood in the one for a late entry"
    qtbot.keyClicks(form.findChild(QPlainTextEdit), "again")
    desk.windows.add_earlier()
    desk.windows.change(other)
    assert desk.form() is form
    form.close()


@pytest.fixture
def another_language() -> Iterator[Callable[[Desk], None]]:
    def choose(desk: Desk) -> None:
        catalogue.use("qps")
        desk.windows.renew()
        QApplication.processEvents()

    yield choose
    catalogue.forget()


def headings(form: EpisodeForm) -> list[str]:
    return [one.text() for one in form.findChildren(QLabel) if one.isVisible() and one.text()]


def test_a_form_with_answers_keeps_them_when_the_language_changes(
    desk: Desk, qtbot: QtBot, another_language: Callable[[Desk], None]
) -> None:
    logged = desk.click()
    form = desk.form()
    assert form is not None
    qtbot.keyClicks(form.findChild(QPlainTextEdit), "left {leg} ")
    form._severity.show_chosen([6])
    form._began._ago.show_chosen([20])
    form._places.show_where(sites_on(Side.LEFT, Region.CALF), Side.LEFT)
    another_language(desk)
    again = desk.form()
    assert again is not None and again is not form
    assert all(text.startswith("⟦") for text in headings(again)), headings(again)
    assert again.has_unsaved
    again._save()
    kept = desk.log.find_episode(logged.id)
    assert kept is not None
    assert (kept.note, kept.severity, kept.sites) == ("left {leg}", 6, sites_on(Side.LEFT, Region.CALF))
    assert kept.started_at == logged.started_at - timedelta(minutes=20)
    assert desk.form() is None


def test_a_form_for_an_earlier_episode_keeps_times_that_are_not_understood_yet(
    desk: Desk, qtbot: QtBot, another_language: Callable[[Desk], None]
) -> None:
    desk.windows.add_earlier()
    form = desk.form()
    assert form is not None
    began, ended = form.findChildren(QLineEdit)
    qtbot.keyClicks(began, "yesterday about th")
    qtbot.keyClicks(ended, "yesterday at four")
    another_language(desk)
    again = desk.form()
    assert again is not None and again is not form
    assert [one.text() for one in again.findChildren(QLineEdit)] == ["yesterday about th", "yesterday at four"]
    assert again.has_unsaved
    again.close()


def test_a_form_that_nobody_touched_opens_again_as_it_was(desk: Desk, another_language: Callable[[Desk], None]) -> None:
    logged = desk.click()
    another_language(desk)
    form = desk.form()
    assert form is not None
    assert form.logged_id == logged.id
    assert not form.has_unsaved
    form.close()


def test_the_form_goes_with_the_episode_it_is_about(desk: Desk) -> None:
    first, second = desk.click(), desk.click()
    desk.log.undo_episode(first.id)
    desk.windows.log_changed()
    assert desk.form() is not None, "another one was taken back"
    desk.log.undo_episode(second.id)
    desk.windows.log_changed()
    assert desk.form() is None


def test_the_signs_answered_in_the_form_are_kept_with_the_episode_and_not_asked_again(desk: Desk) -> None:
    clicked = desk.click()
    form = desk.form()
    assert form is not None
    form._places.map.show_where((Site(Region.CALF, Side.LEFT),), None)
    form._checks.weakness.buttons()[0].click()
    assert form.signs() == {}
    form._checks._no.click()
    answered = form.signs()
    assert WarningSign.SADDLE in answered
    form._save()
    assert desk.form() is None
    kept = desk.book.find(clicked.id)
    assert kept is not None
    assert kept.weakness is True
    assert desk.book.answers(kept).today == answered
    window = desk.advice()
    assert window is not None, "weakness is worth showing a doctor"
    assert window._advice.is_settled
    desk.windows.add_details(clicked.id)
    form = desk.form()
    assert form is not None
    assert not form._checks._signs, "what is answered is not asked again"
    form.close()


def test_signs_answered_in_a_form_are_kept_before_its_episode_is_added_to_another(desk: Desk) -> None:
    clicked = desk.click()
    form = desk.form()
    assert form is not None
    form._checks.back_pain.buttons()[0].click()
    form._checks._signs[WarningSign.INJURY][1].buttons()[0].click()
    desk.windows.keep_answers(clicked.id)
    assert desk.book.answers(clicked).today == {WarningSign.INJURY: True}
    form.close()


ROOM = QRect(0, 0, 1280, 768)
SIZE = QSize(840, 550)


def test_in_the_lower_right_corner_unless_something_of_ours_stands_there() -> None:
    first = free_corner(ROOM, SIZE, margin=14, avoiding=[])
    assert first.bottomRight() == ROOM.bottomRight() - QRect(0, 0, 15, 15).bottomRight()
    second = free_corner(ROOM, SIZE, margin=14, avoiding=[first])
    assert second.topLeft() == QRect(14, 14, 1, 1).topLeft()


def test_what_comes_second_leaves_the_buttons_of_the_first_alone() -> None:
    """Both windows have their buttons along the lower edge."""
    first = free_corner(ROOM, SIZE, margin=14, avoiding=[])
    second = free_corner(ROOM, SIZE, margin=14, avoiding=[first])
    buttons = QRect(first.left(), first.bottom() - 60, first.width(), 60)
    assert not second.intersects(buttons)
    nudge = free_corner(ROOM, QSize(320, 140), margin=14, avoiding=[first, second])
    assert not nudge.intersects(buttons)


def test_the_keyboard_goes_back_to_the_history_a_form_was_opened_from(desk: Desk, qtbot: QtBot) -> None:
    kept = desk.book.keep(desk.book.blank())
    desk.windows.show_history()
    (history,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, HistoryWindow) and one.isVisible())
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    desk.windows.change(kept)
    form = desk.form()
    assert form is not None
    qtbot.waitUntil(form.isActiveWindow)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(history.isActiveWindow)
    desk.windows.change(kept)
    form = desk.form()
    assert form is not None
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    form.close()
    assert other.isActiveWindow(), "a person who went elsewhere is not fetched back"
    history.close()


def test_the_actions_of_the_insights_lead_to_their_windows(qtbot: QtBot, tmp_path: Path) -> None:
    led: list[object] = []
    ways = InsightWays(
        show_settings=lambda: led.append("settings"),
        check_posture=lambda: led.append("posture"),
        read_about=led.append,
        show_stretch=led.append,
    )
    desk = Desk(tmp_path / "profile", ways)
    desk.windows.show_insights()
    window = desk.windows._insights.now
    assert window is not None
    with qtbot.waitSignal(window._reading.ended):
        window.reload()
    for signal in (window.settings_wanted, window.posture_wanted, window.relief_page_wanted, window.history_wanted):
        signal.emit()
    window.stretch_wanted.emit(Region.CALF)
    assert led == ["settings", "posture", GuideSection.RELIEF_POSITION, Region.CALF]
    assert desk.windows._history.now is not None
    desk.windows.end()
    desk.log.close()


# --- advice -----------------------------------------------------------------------------------------------------------


def test_after_the_form_the_advice_comes_unless_it_is_only_to_change_position(desk: Desk) -> None:
    calm = replace(desk.book.blank(), leg=Side.LEFT)
    desk.windows.advise(desk.book.keep(calm))
    assert desk.advice() is None
    desk.windows.advise(desk.book.keep(replace(calm, weakness=True)))
    assert desk.advice() is not None


def test_that_it_keeps_coming_back_is_said_once_a_fortnight_and_whenever_it_is_asked_for(desk: Desk) -> None:
    now = desk.book.now()
    for days in range(1, 6):
        desk.book.keep(replace(desk.book.blank(), started_at=now - timedelta(days=days), end_unknown=True))
    often = desk.book.keep(replace(desk.book.blank(), leg=Side.LEFT))
    desk.windows.advise(often)
    assert desk.advice() is not None
    desk.windows.advise(often)
    assert desk.advice() is None
    desk.windows.show_advice(often)
    assert desk.advice() is not None
    worse = desk.book.keep(replace(often, weakness=True))
    desk.windows.advise(worse)
    assert desk.advice() is not None, "there is more to it now"


def test_the_answers_of_the_advice_window_are_kept_with_the_episode(desk: Desk) -> None:
    both = desk.book.keep(replace(desk.book.blank(), leg=Side.BOTH))
    desk.windows.show_advice(both)
    window = desk.windows._advice.now
    assert window is not None
    window._answered(WarningSign.SADDLE, True)
    assert desk.book.answers(both).today == {WarningSign.SADDLE: True}
    assert desk.book.advice(both).tier is AdviceTier.NOW
    window.close()
