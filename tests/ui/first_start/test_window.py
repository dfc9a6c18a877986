"""The window of the first start: two questions and one tick box. It delays nothing and, if skipped, changes nothing."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from numbguard.core.breaks.messages import Phase, State
from numbguard.core.ports import LauncherError
from numbguard.core.settings.settings import Settings, WorkingSpan
from numbguard.store.profile import Profile
from numbguard.ui.first_start import FirstStartWindow
from numbguard.ui.widgets.form.controls import CheckBox
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


@pytest.fixture
def page(desk: Desk, log_in: LogIn, controls: FakeControls, qtbot) -> FirstStartWindow:
    made = FirstStartWindow(controls, desk.book, log_in)
    qtbot.addWidget(made)
    made.present()
    return made


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


def tick(page: FirstStartWindow, words: str) -> None:
    next(one for one in shown(page, CheckBox) if words in one.text()).click()


def log_in_box(page: FirstStartWindow) -> CheckBox:
    return next(one for one in shown(page, CheckBox) if "log in" in one.text())


def said(page: FirstStartWindow) -> str:
    return " ".join(label.text() for label in shown(page, QLabel))


def first_page(desk: Desk, log_in: LogIn, qtbot, **more) -> FirstStartWindow:
    made = FirstStartWindow(FakeControls(), desk.book, log_in, **more)
    qtbot.addWidget(made)
    made.present()
    return made


def test_a_launcher_is_offered_where_none_is_found(desk: Desk, log_in: LogIn, qtbot) -> None:
    offer = Offer()
    page = first_page(desk, log_in, qtbot, launcher=offer)
    assert not offer.installed, "nothing is written before the answer"
    click(page, "&Done")
    assert offer.installed
    declined = Offer()
    page = first_page(desk, log_in, qtbot, launcher=declined)
    tick(page, "to the applications of this desktop")
    click(page, "&Done")
    assert not declined.installed


def test_a_launcher_that_cannot_be_written_is_said_and_the_page_stays(desk: Desk, log_in: LogIn, qtbot) -> None:
    page = first_page(desk, log_in, qtbot, launcher=Offer(fails=True))
    click(page, "&Done")
    assert page.isVisible() and "could not be written" in said(page)


def test_where_there_is_a_launcher_none_is_offered(page: FirstStartWindow) -> None:
    assert not [one for one in shown(page, CheckBox) if "applications" in one.text()]


def test_a_desktop_without_a_tray_is_told_how_numbguard_is_reached(desk: Desk, log_in: LogIn, qtbot) -> None:
    page = first_page(desk, log_in, qtbot, has_tray=False)
    assert "This desktop has no tray: to see NumbGuard, start it again." in said(page)
    assert "in the tray" not in said(page)


def test_both_questions_answered(page: FirstStartWindow, desk: Desk, log_in: LogIn) -> None:
    typed(page._interval, "50")
    tick(page, "working hours")
    assert "Mon–Fri 09:00–17:00" in said(page)
    assert log_in_box(page).isChecked(), "it is offered, and nothing is written before the answer"
    assert not log_in.on
    click(page, "&Done")
    assert not page.isVisible()
    assert log_in.on
    settings = desk.book.settings
    assert settings.interval == 3000.0
    assert settings.hours == {day: (WorkingSpan(time(9), time(17)),) for day in range(5)}


@pytest.mark.parametrize("leave", ["skip", "escape", "close"])
def test_skipped_nothing_is_changed(page: FirstStartWindow, desk: Desk, log_in: LogIn, leave: str, qtbot) -> None:
    typed(page._interval, "50")
    tick(page, "working hours")
    with qtbot.waitSignal(page.closed):
        if leave == "skip":
            click(page, "&Skip")
        elif leave == "escape":
            QTest.keyClick(page, Qt.Key.Key_Escape)
        else:
            page.close()
    assert not desk.profile.settings.exists()
    assert desk.book.settings == Settings()
    assert not log_in.on


def test_done_without_a_change_leaves_the_settings_as_they_come(page: FirstStartWindow, desk: Desk) -> None:
    click(page, "&Done")
    assert not page.isVisible()
    assert not desk.profile.settings.exists()


def test_without_the_tick_nothing_is_started_at_log_in(page: FirstStartWindow, log_in: LogIn) -> None:
    tick(page, "log in")
    click(page, "&Done")
    assert not log_in.on


def test_somebody_who_has_switched_it_off_is_not_offered_it_again(desk: Desk, log_in: LogIn, qtbot) -> None:
    log_in.declined = True
    page = first_page(desk, log_in, qtbot)
    assert not log_in_box(page).isChecked()
    click(page, "&Done")
    assert not log_in.on


def test_each_day_on_its_own_goes_on_in_the_settings(page: FirstStartWindow, desk: Desk, qtbot) -> None:
    with qtbot.waitSignal(page.hours_wanted):
        click(page, "Set each day separately…")
    assert not page.isVisible()
    assert sorted(desk.book.settings.hours) == [0, 1, 2, 3, 4]


def test_what_cannot_be_kept_is_said_and_the_page_stays(page: FirstStartWindow, desk: Desk, log_in: LogIn) -> None:
    tick(page, "working hours")
    page._end.setTime(page._start.time())
    click(page, "&Done")
    assert "different start and end times" in said(page)
    page._end.setTime(page._start.time().addSecs(3600))
    log_in.fails = True
    click(page, "&Done")
    assert "could not be written" in said(page)
    assert page.isVisible()


def test_it_takes_no_focus_and_goes_when_a_break_comes(page: FirstStartWindow, controls: FakeControls, qtbot) -> None:
    assert page.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not page.isModal()
    page.isActiveWindow = lambda: False  # offscreen, every window counts as the active one
    controls.show(app_snapshot(minutes=44))
    assert page.isVisible()
    with qtbot.waitSignal(page.closed):
        controls.show(app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED))
    assert not controls._subscribers
