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


def test_the_menu_of_an_ordinary_moment(tray: Tray) -> None:
    assert _labels(tray) == [
        "Log numbness now",
        "Next break in 22 min",
        "Start a break now",
        "Start the daily routine",
        "Pause",
        "Not today",
        "I'm standing",
        "Check my posture",
        "When to get help",
        "History…",
        "Insights and report…",
        "My cards and routines…",
        "Settings…",
        "Quit",
    ]
    assert not tray._status.isEnabled()
    assert [one.text() for one in tray._pause_menu.actions()] == [
        "30 minutes",
        "1 hour",
        "2 hours",
        "Until tomorrow",
    ]


def test_a_renewed_menu_offers_the_same_and_works(tray: Tray, controls: FakeControls) -> None:
    before = _labels(tray)
    tray.renew_menu()
    assert _labels(tray) == before
    _choose(tray, before[0])
    assert controls.shown.open_episode is not None


def test_one_click_logs_before_anything_else(tray: Tray, controls: FakeControls) -> None:
    logged: list = []
    tray.logged.connect(logged.append)
    _choose(tray, "Log numbness now")
    assert controls.requests == ["log"]
    assert logged == [controls.shown.open_episode]
    assert _labels(tray)[-9:] == [
        "It's gone",
        "Step-by-step relief",
        "Undo last entry",
        "When to get help",
        "History…",
        "Insights and report…",
        "My cards and routines…",
        "Settings…",
        "Quit",
    ]
    wanted: list = []
    tray.relief_wanted.connect(lambda: wanted.append("relief"))
    _choose(tray, "Step-by-step relief")
    assert wanted == ["relief"]
    _choose(tray, "It's gone")
    _choose(tray, "Undo last entry")
    assert controls.requests == ["log", "end", "undo"]
    assert "It's gone" not in _labels(tray)


def test_undo_says_what_it_takes_back(tray: Tray, controls: FakeControls) -> None:
    logged = episode()
    controls.show(app_snapshot(open_episode=logged, undoable=logged, undoes_change=True))
    assert "Undo last entry" not in _labels(tray)
    _choose(tray, "Undo last change")
    assert controls.requests == ["undo"]
    controls.show(app_snapshot(open_episode=logged, undoable=logged))
    assert "Undo last entry" in _labels(tray)


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
    _choose(tray, "Not today")
    assert controls.requests == [("pause", 3600.0), ("pause", "tomorrow"), ("pause", "workday")]
    until = MORNING.replace(hour=14, minute=30)
    controls.show(app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused", until),), paused_until=until))
    assert not {"Pause", "Not today"} & set(_labels(tray))
    assert _labels(tray)[1] == "Paused until 14:30"
    _choose(tray, "Resume")
    assert controls.requests[-1] is Action.RESUME


def test_the_daily_routine_is_one_click_away_until_a_break_is_on(tray: Tray, controls: FakeControls) -> None:
    _choose(tray, "Start the daily routine")
    assert controls.requests == [Action.ROUTINE]
    controls.show(app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60))
    assert "Start the daily routine" not in _labels(tray)


def test_the_insights_are_one_click_away(tray: Tray, qtbot) -> None:
    with qtbot.waitSignal(tray.insights_wanted):
        _choose(tray, "Insights and report…")


def test_posture_is_checked_when_asked_for(tray: Tray, qtbot) -> None:
    with qtbot.waitSignal(tray.posture_wanted):
        _choose(tray, "Check my posture")


def test_standing_up_and_sitting_down(tray: Tray, controls: FakeControls) -> None:
    _choose(tray, "I'm standing")
    controls.show(app_snapshot(State.STANDING))
    assert "I'm standing" not in _labels(tray)
    _choose(tray, "I'm sitting")
    assert controls.requests == [Action.STAND, Action.SIT]


@pytest.mark.parametrize(
    ("shown", "answers"),
    [
        (
            app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
            {"Start a break now": Action.START, "In 5 minutes": Action.SNOOZE, "Skip": Action.SKIP},
        ),
        (
            app_snapshot(State.ANNOUNCED, minutes=60, phase=Phase.ANNOUNCED, can_snooze=False),
            {"Start a break now": Action.START, "Skip": Action.SKIP},
        ),
        (
            app_snapshot(State.ANNOUNCED, minutes=60, phase=Phase.ANNOUNCED, can_snooze=False, skips=3),
            {"Start a break now": Action.START, "Just 20 seconds": Action.SHORT},
        ),
        (app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60), {"I'm done": Action.DONE}),
        (
            app_snapshot(State.BREAK, phase=Phase.AFTER),
            {"Yes, I got up": Action.MOVED, "Not this time": Action.NOT_MOVED},
        ),
    ],
)
def test_a_break_can_be_answered_from_the_menu(tray: Tray, controls: FakeControls, shown, answers) -> None:
    controls.show(shown)
    labels = _labels(tray)
    routine = ["Start the daily routine"] if "Start a break now" in answers else []
    assert labels[2 : labels.index("Pause")] == [*answers, *routine]
    for label, action in answers.items():
        _choose(tray, label)
        assert controls.requests[-1] is action


def test_what_does_not_fit_the_moment_is_said(tray: Tray, controls: FakeControls) -> None:
    said: list = []
    tray.message.connect(said.append)
    controls.refusal = "A break is already running."
    _choose(tray, "Start a break now")
    assert said[0].body == "A break is already running."


@pytest.mark.parametrize("label", ["Log numbness now", "It's gone", "Undo last entry"])
def test_a_log_that_cannot_be_written_is_said(tray: Tray, controls: FakeControls, label: str, monkeypatch) -> None:
    controls.log_numbness()

    def fails(_id: str | None = None) -> None:
        raise JournalError("The disk is full. The episode is kept and will be written again.")

    for name in ("log_numbness", "end", "undo_last"):
        monkeypatch.setattr(controls, name, fails)
    said: list = []
    tray.message.connect(said.append)
    _choose(tray, label)
    assert said[0].body.startswith("The disk is full.")


def test_help_and_quit_are_handed_on(tray: Tray, qtbot) -> None:
    with qtbot.waitSignals([tray.help_wanted, tray.quit_wanted]):
        _choose(tray, "When to get help")
        _choose(tray, "Quit")


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
    assert _labels(tray)[1] == "Next break in 5 min"


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
