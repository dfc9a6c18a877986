"""The tray icon follows the current state, and its menu does what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon

from numbguard.core.breaks.messages import Action, Phase, State, Suppression
from numbguard.core.errors import JournalError
from numbguard.ui.tray import tray as module
from numbguard.ui.tray.tray import Tray
from tools.fakes import MORNING, FakeControls, app_snapshot, episode

# Qt's offscreen platform has no tray to listen to; a desktop has one.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@pytest.fixture
def controls() -> FakeControls:
    return FakeControls(app_snapshot(minutes=23))


@pytest.fixture
def tray(controls: FakeControls, qapp):
    made = Tray(controls, controls, available=lambda: True)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


def _entries(tray: Tray) -> list[QAction]:
    return [one for one in tray._menu.actions() if one.isVisible() and not one.isSeparator()]


def _labels(tray: Tray) -> list[str]:
    return [one.text() for one in _entries(tray)]


def _choose(tray: Tray, label: str) -> None:
    entries = [*_entries(tray), *tray._pause_menu.actions()]
    next(one for one in entries if one.text() == label).trigger()


def test_the_open_menu_has_no_tool_tip_over_it(tray: Tray, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    """MATE 1.26 left the tool tip on the screen, over the menu's first entry."""
    icon = tray._tray
    assert icon is not None and icon.toolTip().startswith("Sitting for 23 minutes")
    tray._menu.aboutToShow.emit()
    assert icon.toolTip() == ""
    tray._menu.aboutToHide.emit()
    assert icon.toolTip().startswith("Sitting for 23 minutes")
    tray._menu.aboutToShow.emit()
    _choose(tray, "I'm standing")
    assert icon.toolTip().startswith("Sitting")
    tray._menu_open.setInterval(20)
    tray._menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: icon.toolTip() != "")  # a panel that never says that the menu has closed


NINE = [
    "Log numbness",
    "Start a break",
    "Pause",
    "I'm standing",
    "Open NumbGuard",
    "History",
    "When to get help",
    "Settings",
    "Quit",
]


def test_the_menu_of_an_ordinary_moment(tray: Tray) -> None:
    assert _labels(tray) == ["Next break in 22 min", *NINE]
    assert [one.isEnabled() for one in _entries(tray)] == [False] + 9 * [True]
    assert [one.text() for one in tray._pause_menu.actions()] == [
        "30 minutes",
        "1 hour",
        "2 hours",
        "Until tomorrow",
        "Until my next working day",
    ]


@pytest.mark.parametrize(
    "shown",
    [
        app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
        app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60),
        app_snapshot(State.BREAK, phase=Phase.AFTER),
        app_snapshot(State.STANDING),
        app_snapshot(State.AWAY),
        app_snapshot(State.OFF),
        app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused", MORNING),), paused_until=MORNING),
        app_snapshot(open_episode=episode(), undoable=episode()),
    ],
)
def test_at_any_moment_it_has_nine_entries_in_the_same_places(tray: Tray, controls: FakeControls, shown) -> None:
    controls.show(shown)
    labels = _labels(tray)[1:]
    assert len(labels) == 9
    assert [
        at for at, (now, usual) in enumerate(zip(labels, NINE, strict=True)) if now != usual and at not in (1, 2, 3)
    ] == []


def test_a_renewed_menu_offers_the_same_and_works(tray: Tray, controls: FakeControls) -> None:
    before = _labels(tray)
    tray.renew_menu()
    assert _labels(tray) == before
    _choose(tray, before[1])
    assert controls.shown.open_episode is not None


def test_one_click_logs_before_anything_else(tray: Tray, controls: FakeControls) -> None:
    logged: list = []
    tray.logged.connect(logged.append)
    _choose(tray, "Log numbness")
    assert controls.requests == ["log"]
    assert logged == [controls.shown.open_episode]


def test_where_a_left_click_opens_the_menu_the_panel_is_one_entry_away(tray: Tray, qtbot) -> None:
    with qtbot.waitSignal(tray.open_wanted):
        _choose(tray, "Open NumbGuard")


def test_the_middle_button_logs_and_the_left_one_asks_for_the_panel(tray: Tray, controls: FakeControls, qtbot) -> None:
    tray._activated(QSystemTrayIcon.ActivationReason.MiddleClick)
    assert controls.requests == ["log"]
    with qtbot.waitSignal(tray.panel_wanted):
        tray._activated(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(tray.panel_wanted):
        tray._activated(QSystemTrayIcon.ActivationReason.Context)


def test_pausing_and_resuming(tray: Tray, controls: FakeControls) -> None:
    _choose(tray, "1 hour")
    _choose(tray, "Until tomorrow")
    _choose(tray, "Until my next working day")
    assert controls.requests == [("pause", 3600.0), ("pause", "tomorrow"), ("pause", "workday")]
    until = MORNING.replace(hour=14, minute=30)
    controls.show(app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused", until),), paused_until=until))
    assert "Pause" not in _labels(tray)
    assert _labels(tray)[0] == "Paused until 14:30"
    assert _labels(tray)[3] == "Resume", "in the place of the pause"
    _choose(tray, "Resume")
    assert controls.requests[-1] is Action.RESUME


def test_standing_up_and_sitting_down(tray: Tray, controls: FakeControls) -> None:
    _choose(tray, "I'm standing")
    controls.show(app_snapshot(State.STANDING))
    assert "I'm standing" not in _labels(tray)
    _choose(tray, "I'm sitting")
    assert controls.requests == [Action.STAND, Action.SIT]


@pytest.mark.parametrize(
    ("shown", "status", "label", "action"),
    [
        (app_snapshot(), "Next break in 22 min", "Start a break", Action.START),
        (
            app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
            "A break is due",
            "Start the break",
            Action.START,
        ),
        (app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60), "On a break", "I'm done", Action.DONE),
        (app_snapshot(State.BREAK, phase=Phase.AFTER), "Did you get up?", "Yes, I got up", Action.MOVED),
    ],
)
def test_the_entry_for_a_break_follows_the_moment(
    tray: Tray, controls: FakeControls, shown, status: str, label: str, action: Action
) -> None:
    controls.show(shown)
    assert (_labels(tray)[0], _labels(tray)[2]) == (status, label)
    _choose(tray, label)
    assert controls.requests == [action]


def test_what_does_not_fit_the_moment_is_said(tray: Tray, controls: FakeControls) -> None:
    said: list = []
    tray.message.connect(said.append)
    controls.refusal = "A break is already running."
    _choose(tray, "Start a break")
    assert said[0].body == "A break is already running."


def test_a_log_that_cannot_be_written_is_said(tray: Tray, controls: FakeControls, monkeypatch) -> None:
    def fails(_id: str | None = None) -> None:
        raise JournalError("The disk is full. The episode is kept and will be written again.")

    monkeypatch.setattr(controls, "log_numbness", fails)
    said: list = []
    tray.message.connect(said.append)
    _choose(tray, "Log numbness")
    assert said[0].body.startswith("The disk is full.")


def test_windows_and_quit_are_handed_on(tray: Tray, qtbot) -> None:
    with qtbot.waitSignals([tray.history_wanted, tray.help_wanted, tray.settings_wanted, tray.quit_wanted]):
        for label in ("History", "When to get help", "Settings", "Quit"):
            _choose(tray, label)


def test_the_icon_has_a_picture_before_it_is_shown(qapp, controls: FakeControls, monkeypatch) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: shown.append(self.icon().isNull()))
    tray = Tray(controls, controls, available=lambda: True)
    tray.show()
    tray.hide()
    assert shown == [False]


def test_nothing_travels_to_the_panel_while_the_minute_stays_the_same(tray: Tray, controls: FakeControls) -> None:
    changed: list[str] = []
    tray._status.changed.connect(lambda: changed.append(tray._status.text()))
    icon_before = tray._tray.icon().cacheKey()
    for second in range(1, 50):
        controls.show(app_snapshot(minutes=23 + second / 60))
    assert changed == []
    assert tray._tray.icon().cacheKey() == icon_before
    controls.show(app_snapshot(minutes=24))
    assert changed == ["Next break in 21 min"]
    assert tray._tray.toolTip() == "Sitting for 24 minutes, next break in 21 minutes"


def test_the_clock_is_watched_only_where_time_changes_something(tray: Tray, controls: FakeControls) -> None:
    assert 36_000 <= tray._minute.remainingTime() + 24_000 <= 90_000
    for state in (State.AWAY, State.STANDING, State.OFF):
        controls.show(app_snapshot(state))
        assert not tray._minute.isActive()
    controls.show(app_snapshot(speed=60.0))
    assert tray._minute.remainingTime() < 1100


def test_opening_the_menu_brings_it_up_to_date(tray: Tray, controls: FakeControls) -> None:
    controls.shown = app_snapshot(minutes=40)
    tray._menu.aboutToShow.emit()
    assert _labels(tray)[0] == "Next break in 5 min"


# --- minutes in the icon ---------------------------------------------------------------------------------------------


def _icon_key(tray: Tray) -> int:
    assert tray._tray is not None
    return tray._tray.icon().cacheKey()


def test_the_icon_shows_the_minutes_where_the_person_wants_them(tray: Tray, controls: FakeControls) -> None:
    ring = _icon_key(tray)
    tray.shows_minutes = lambda: True
    controls.show(app_snapshot(minutes=23))
    assert tray._drawn is not None and tray._drawn[3] == 22
    with_minutes = _icon_key(tray)
    assert with_minutes != ring
    controls.show(app_snapshot(minutes=23.5))
    assert _icon_key(tray) == with_minutes, "nothing is drawn within the minute"
    controls.show(app_snapshot(minutes=24))
    assert tray._drawn[3] == 21
    for state in (State.AWAY, State.STANDING, State.OFF):
        controls.show(app_snapshot(state))
        assert tray._drawn[3] is None
        assert not tray._minute.isActive(), "no wake-up more than without the minutes"
    tray.shows_minutes = lambda: False
    controls.show(app_snapshot(minutes=23))
    assert _icon_key(tray) == ring


# --- a tray that appears late ----------------------------------------------------------------------------------------


@pytest.fixture
def waits(monkeypatch) -> list[tuple[int, object]]:
    """The waits requested of single-shot timers; the test decides when each is over."""
    asked: list[tuple[int, object]] = []
    monkeypatch.setattr(
        module,
        "QTimer",
        type(
            "Waits",
            (QTimer,),
            {"singleShot": staticmethod(lambda wait_ms, _owner, then: asked.append((wait_ms, then)))},
        ),
    )
    return asked


def test_a_tray_that_comes_late_is_waited_for(qapp, controls: FakeControls, waits, qtbot) -> None:
    there = [False]
    tray = Tray(controls, controls, available=lambda: there[0])
    tray.show()
    assert not tray.shown
    waits[0][1]()
    there[0] = True
    with qtbot.waitSignal(tray.appeared):
        waits[1][1]()
    assert [wait for wait, _ in waits] == [1000, 2000]
    assert tray.shown
    tray.hide()


def test_after_a_minute_without_a_tray_a_window_is_wanted(qapp, controls: FakeControls, waits, qtbot) -> None:
    tray = Tray(controls, controls, available=lambda: False)
    tray.show()
    with qtbot.waitSignal(tray.missing):
        for turn in range(5):
            waits[turn][1]()
    assert sum(wait for wait, _ in waits) == 60_000
    controls.show(app_snapshot(minutes=30))
    assert not tray.shown
