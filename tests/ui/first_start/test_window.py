"""The window of the first start: three pages that anybody can click through, and whose answers are never lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.app.windows.app_windows import AppWindows
from numbguard.core.breaks.messages import Phase, State
from numbguard.core.cards.cards import Card
from numbguard.core.ports import LauncherError
from numbguard.core.settings.choices import Place
from numbguard.core.settings.settings import Settings, WorkingSpan
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.profile import Profile
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.first_start.get_up_page import GetUpPage
from numbguard.ui.first_start.one_click_page import OneClickPage
from numbguard.ui.first_start.tray_picture import TrayPicture
from numbguard.ui.first_start.window import FirstStartWindow
from numbguard.ui.first_start.yours_page import say_folder
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.wording import catalogue
from tests.store.settings.test_undo_book import Desk
from tests.ui.settings.test_window import LogIn, click, shown, typed
from tools.fakes import FakeControls, app_snapshot

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Profile.find(str(tmp_path / "profile")))


@pytest.fixture
def log_in() -> LogIn:
    return LogIn()


@pytest.fixture
def controls() -> FakeControls:
    return FakeControls()


class Offer:
    """A launcher that is not installed yet."""

    def __init__(self, *, fails: bool = False) -> None:
        self.installed, self._fails = False, fails

    def is_found(self) -> bool:
        return self.installed

    def install(self) -> None:
        if self._fails:
            raise LauncherError("The folder could not be written.")
        self.installed = True


@pytest.fixture
def opened(desk: Desk, log_in: LogIn, controls: FakeControls, qtbot) -> Callable[..., FirstStartWindow]:
    """Opens the window, with the arguments given."""

    def open_it(**more: object) -> FirstStartWindow:
        made = FirstStartWindow(
            controls,
            desk.book,
            log_in,
            folder=desk.profile.folder,
            card_of=Library(resource("cards")).card,
            **more,  # type: ignore[arg-type]
        )
        qtbot.addWidget(made)
        made.present()
        return made

    return open_it


@pytest.fixture
def window(opened: Callable[..., FirstStartWindow]) -> FirstStartWindow:
    return opened()


def tick(window: FirstStartWindow, words: str) -> None:
    next(one for one in shown(window, CheckBox) if words in one.text()).click()


def log_in_box(window: FirstStartWindow) -> CheckBox:
    return next(one for one in shown(window, CheckBox) if "log in" in one.text())


def said(window: FirstStartWindow) -> str:
    return " ".join(label.text() for label in shown(window, QLabel))


def go_to_the_last_page(window: FirstStartWindow) -> None:
    click(window, "&Next")
    click(window, "&Next")


def interval_box(window: FirstStartWindow):
    return window._pages[0]._interval._stepper._box


def hours_page(window: FirstStartWindow) -> GetUpPage:
    page = window._pages[0]
    assert isinstance(page, GetUpPage)
    return page


# --- clicking on -----------------------------------------------------------------------------------------------------


def test_three_clicks_on_the_same_spot_tell_the_story_and_change_only_what_was_offered(
    window: FirstStartWindow, desk: Desk, log_in: LogIn, qtbot
) -> None:
    headings, places = [], set()
    with qtbot.waitSignals([window.closed, window.answered]):
        for button in ("&Next", "&Next", "&Done"):
            headings.append(window._pages[window._page].heading)
            found = next(one for one in shown(window, QPushButton) if one.text() == button)
            places.add(found.mapTo(window, found.rect().bottomRight()).toTuple())
            assert found.hasFocus() or not QApplication.focusWidget(), "Enter does the same"
            click(window, button)
    assert headings == ["We get you up", "One click when a leg goes numb", "Yours alone"]
    assert len(places) == 1
    assert not desk.profile.settings.exists()
    assert log_in.on, "the tick that was offered"


def test_it_goes_back_and_keeps_what_was_said(window: FirstStartWindow, desk: Desk) -> None:
    assert [one.text() for one in shown(window, QPushButton) if one.property("kind") in ("plain", "primary")] == [
        "&Skip",
        "&Next",
    ]
    typed(interval_box(window), "50")
    click(window, "&Next")
    assert desk.book.settings.interval == 3000.0
    click(window, "&Back")
    assert interval_box(window).text() == "50 min"


def test_each_page_has_its_figure_and_says_its_number(window: FirstStartWindow) -> None:
    seen = set()
    for page in range(3):
        assert window._dots.accessibleName() == f"Page {page + 1} of 3"
        assert window._figure.isVisible()
        seen.add(window._figure.accessibleName())
        assert window._figure._player is not None
        if page < 2:
            window.turn_on()
    assert len(seen) == 3


def test_everything_has_a_name(window: FirstStartWindow) -> None:
    for page in range(3):
        for part in window.findChildren(QPushButton) + window.findChildren(CheckBox) + window.findChildren(QLineEdit):
            if part.isVisible() and not part.objectName().startswith("qt_"):  # a part of a field that has a name
                assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name), part
        if page < 2:
            window.turn_on()


# --- the answers -----------------------------------------------------------------------------------------------------


def test_all_questions_answered(window: FirstStartWindow, desk: Desk, log_in: LogIn) -> None:
    typed(interval_box(window), "50")
    tick(window, "working hours")
    assert "Mon–Fri 09:00–17:00" in said(window)
    click(window, "&Next")
    tick(window, "On the floor")
    click(window, "&Next")
    assert log_in_box(window).isChecked(), "it is offered, and nothing is done before the answer"
    assert not log_in.on
    typed(number_line(window), "112")
    click(window, "&Done")
    assert not window.isVisible()
    assert log_in.on
    settings = desk.book.settings
    assert settings.interval == 3000.0
    assert settings.hours == {day: (WorkingSpan(time(9), time(17)),) for day in range(5)}
    assert Place.FLOOR in settings.places
    assert settings.help_number == "112"


def number_line(window: FirstStartWindow) -> QLineEdit:
    return next(one for one in shown(window, QLineEdit) if one.accessibleName() == "My local emergency number")


@pytest.mark.parametrize("leave", ["skip", "escape", "close"])
@pytest.mark.parametrize("page", [0, 1, 2])
def test_closed_in_the_middle_nothing_that_was_said_is_lost_and_nothing_else_is_done(
    window: FirstStartWindow, desk: Desk, log_in: LogIn, leave: str, page: int, qtbot
) -> None:
    typed(interval_box(window), "50")
    tick(window, "working hours")
    for _page in range(page):
        click(window, "&Next")
    with qtbot.assertNotEmitted(window.answered), qtbot.waitSignal(window.closed):
        if leave == "skip" and page < 2:
            click(window, "&Skip")
        elif leave == "escape":
            QTest.keyClick(window, Qt.Key.Key_Escape)
        else:
            window.close()
    assert desk.book.settings.interval == 3000.0
    assert sorted(desk.book.settings.hours) == [0, 1, 2, 3, 4]
    assert not log_in.on, "nobody has agreed to it"


@pytest.mark.parametrize("leave", ["skip", "escape"])
def test_skipped_untouched_nothing_is_changed(window: FirstStartWindow, desk: Desk, log_in: LogIn, leave: str) -> None:
    click(window, "&Skip") if leave == "skip" else QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert not desk.profile.settings.exists()
    assert desk.book.settings == Settings()
    assert not log_in.on


def test_without_the_tick_nothing_is_started_at_log_in(window: FirstStartWindow, log_in: LogIn) -> None:
    go_to_the_last_page(window)
    tick(window, "log in")
    click(window, "&Done")
    assert not log_in.on


def test_somebody_who_has_switched_it_off_is_not_offered_it_again(
    opened: Callable[..., FirstStartWindow], log_in: LogIn
) -> None:
    log_in.declined = True
    window = opened()
    go_to_the_last_page(window)
    assert not log_in_box(window).isChecked()
    tick(window, "log in")
    window.close()
    assert log_in.on, "the person ticked it"


def test_each_day_on_its_own_goes_on_in_the_settings(window: FirstStartWindow, desk: Desk, qtbot) -> None:
    with qtbot.waitSignal(window.hours_wanted):
        click(window, "Set each day separately…")
    assert not window.isVisible()
    assert sorted(desk.book.settings.hours) == [0, 1, 2, 3, 4]


def test_what_cannot_be_kept_is_said_and_the_page_stays(window: FirstStartWindow, desk: Desk, log_in: LogIn) -> None:
    tick(window, "working hours")
    hours = hours_page(window)
    hours._end.setTime(hours._start.time())
    click(window, "&Next")
    assert "different start and end times" in said(window)
    hours._end.setTime(hours._start.time().addSecs(3600))
    go_to_the_last_page(window)
    typed(number_line(window), "call me")
    click(window, "&Done")
    assert "telephone number" in said(window)
    assert number_line(window).text() == "call me"
    assert window.isVisible()
    assert not log_in.on
    typed(number_line(window), "112")
    log_in.fails = True
    click(window, "&Done")
    assert "could not be written" in said(window)
    assert window.isVisible()


def test_an_impossible_length_is_said_before_the_page_turns(window: FirstStartWindow, desk: Desk) -> None:
    box = interval_box(window)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "500")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    click(window, "&Next")
    assert window._page == 0
    assert "From 10 min to 2 h." in said(window)
    click(window, "&Next")
    assert window._page == 1
    assert desk.book.settings.interval == Settings().interval


# --- the launcher and the tray ---------------------------------------------------------------------------------------


def test_a_launcher_is_offered_where_none_is_found(opened: Callable[..., FirstStartWindow]) -> None:
    offer = Offer()
    window = opened(launcher=offer)
    go_to_the_last_page(window)
    assert not offer.installed, "nothing is written before the answer"
    click(window, "&Done")
    assert offer.installed
    declined = Offer()
    window = opened(launcher=declined)
    go_to_the_last_page(window)
    tick(window, "to this desktop's applications")
    click(window, "&Done")
    assert not declined.installed


def test_a_launcher_that_cannot_be_written_is_said_and_the_page_stays(opened: Callable[..., FirstStartWindow]) -> None:
    window = opened(launcher=Offer(fails=True))
    go_to_the_last_page(window)
    click(window, "&Done")
    assert window.isVisible()
    assert "could not be written" in said(window)


def test_where_there_is_a_launcher_none_is_offered(window: FirstStartWindow) -> None:
    go_to_the_last_page(window)
    assert not [one for one in shown(window, CheckBox) if "applications" in one.text()]


def test_a_desktop_without_a_tray_is_told_how_numbguard_is_opened(opened: Callable[..., FirstStartWindow]) -> None:
    window = opened(has_tray=False)
    told = said(window)
    click(window, "&Next")
    told += said(window)
    assert not shown(window, TrayPicture)
    assert "Open NumbGuard and choose “Log numbness”." in told
    click(window, "&Next")
    told += said(window)
    assert "This desktop has no tray. To open NumbGuard, start it again like any other program." in told
    assert "in the tray" not in told.lower()


def test_only_a_system_that_reports_it_is_told_of_the_middle_click(desk: Desk, qtbot) -> None:
    for middle_click in (True, False):
        page = OneClickPage(desk.book, None, has_tray=True, middle_click=middle_click)  # type: ignore[arg-type]
        qtbot.addWidget(page)
        words = " ".join(label.text() for label in page.findChildren(QLabel))
        assert ("middle mouse button" in words) is middle_click
        assert ("middle" in page.findChild(TrayPicture).accessibleName()) is middle_click


def plain(text: str) -> str:
    """A text without the marks for line breaks and for the direction of writing."""
    return re.sub("[\u200b\u2066\u2069]", "", text)


def test_the_folder_of_the_log_is_said(window: FirstStartWindow, desk: Desk) -> None:
    go_to_the_last_page(window)
    assert str(desk.profile.folder) in plain(said(window))
    assert plain(say_folder(Path.home() / "numb" / "guard")) == str(Path("~") / "numb" / "guard")


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_a_stretch_is_tried_once_everything_is_kept(window: FirstStartWindow, log_in: LogIn, qtbot) -> None:
    go_to_the_last_page(window)
    with qtbot.assertNotEmitted(window.answered), qtbot.waitSignals([window.closed, window.stretch_wanted]):
        click(window, "&Try a 20-second stretch")
    assert log_in.on


def test_it_takes_no_focus_and_goes_when_a_break_comes(window: FirstStartWindow, controls: FakeControls, qtbot) -> None:
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.isModal()
    window.isActiveWindow = lambda: False  # offscreen, every window counts as the active one
    controls.show(app_snapshot(minutes=44))
    assert window.isVisible()
    with qtbot.assertNotEmitted(window.answered), qtbot.waitSignal(window.closed):
        controls.show(app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED))
    assert not controls._subscribers


def test_the_figure_moves_only_while_it_is_seen_and_not_where_nothing_may_move(
    opened: Callable[..., FirstStartWindow], qtbot
) -> None:
    window = opened()
    qtbot.waitUntil(lambda: window._figure._player is not None and window._figure._player._moves)
    window.close()
    assert not window._frames.timer.isActive()
    window = opened(still=True)
    qtbot.wait(100)
    assert window._figure._player is not None
    assert not window._figure._player._moves


# --- another language or text size while it is open ------------------------------------------------------------------


class Needs:
    """What the window is made from, as the app supplies it."""

    def __init__(self, desk: Desk, log_in: LogIn, controls: FakeControls, offer: Offer) -> None:
        self._desk, self._log_in, self._offer = desk, log_in, offer
        self.runtime, self.profile = controls, desk.profile

    def settings_book(self) -> SettingsBook:
        return self._desk.book

    def autostart(self) -> LogIn:
        return self._log_in

    def launcher_to_offer(self) -> Offer:
        return self._offer

    def card(self, slug: str) -> Card | None:
        return Library(resource("cards")).card(slug)

    def tray_shown(self) -> bool:
        return False

    def still(self) -> bool:
        return True


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Speaks another language, in letters larger by a factor."""
    usual = QFont(qapp.font())

    def speak(factor: float) -> None:
        font = QFont(usual)
        font.setPointSizeF(usual.pointSizeF() * factor)
        qapp.setFont(font)
        catalogue.use(catalogue.PSEUDO)

    yield speak
    qapp.setFont(usual)
    catalogue.forget()


def test_it_follows_another_language_and_text_size_with_all_that_was_answered(
    desk: Desk, log_in: LogIn, controls: FakeControls, qtbot: QtBot, spoken: Callable[[float], None]
) -> None:
    windows = AppWindows(Needs(desk, log_in, controls, Offer()))  # type: ignore[arg-type]  # the rest is not asked for
    windows.show_welcome()
    former = windows._welcome.now
    assert former is not None
    hours = hours_page(former)
    tick(former, "working hours")
    hours._start.setTime(QTime(8, 30))
    typed(interval_box(former), "50")
    former.turn_on()
    tick(former, "On the floor")
    former.turn_on()
    log_in_box(former).click()
    tick(former, "applications")
    number = number_line(former)
    number.setFocus()
    QTest.keyClicks(number, "112")
    former.move(40, 30)
    former.activateWindow()
    qtbot.waitUntil(former.isActiveWindow)

    spoken(1.2)
    windows.renew()
    window = windows._welcome.now
    assert window is not None and window is not former
    assert window.isVisible() and not former.isVisible()
    assert window.pos() == former.pos() or window.screen().availableGeometry().contains(window.geometry())
    assert window._page == 2, "the page that was open"
    assert window._pages[2].heading != "Yours alone"
    again = hours_page(window)
    assert again._interval._stepper._box.value() == 3000
    assert again._only.isChecked()
    assert (again._start.at(), again._end.at()) == (time(8, 30), time(17))
    boxes = [one.isChecked() for one in window._pages[2].findChildren(CheckBox)]
    assert boxes == [False, False], "neither was wanted"
    line = window._pages[2].findChild(QLineEdit)
    assert line is not None and line.text() == "112"
    assert window.focusWidget() is line
    qtbot.waitUntil(line.hasFocus)  # somebody was typing there

    catalogue.use(catalogue.ENGLISH)
    windows.renew()
    window = windows._welcome.now
    assert window is not None
    click(window, "&Done")
    settings = desk.book.settings
    assert (settings.interval, settings.help_number) == (3000.0, "112")
    assert settings.hours == {day: (WorkingSpan(time(8, 30), time(17)),) for day in range(5)}
    assert Place.FLOOR in settings.places
    assert not log_in.on
    assert windows._welcome.now is None
    QTest.qWait(0)


def test_hours_that_cannot_be_kept_yet_are_still_there_to_be_put_right(
    opened: Callable[..., FirstStartWindow], desk: Desk
) -> None:
    former = opened()
    tick(former, "working hours")
    hours_page(former)._end.setTime(QTime(9, 0))
    former.close()
    window = opened()
    window.take_over(former)
    assert hours_page(window)._end.at() == time(9)
    window.turn_on()
    assert "Please choose different start and end times." in said(window)
    assert not desk.profile.settings.exists()


def test_an_answer_that_could_not_be_written_is_tried_again(
    opened: Callable[..., FirstStartWindow], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = opened()

    def refuse(_key: str, _value: object) -> None:
        raise SettingsError("The settings can't be written.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.book, "change", refuse)
        typed(interval_box(former), "50")
        former.close()
        window = opened()
        window.take_over(former)
    assert interval_box(window).value() == 3000
    window.turn_on()
    assert desk.book.settings.interval == 3000.0
