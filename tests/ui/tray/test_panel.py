"""The panel: the current state in words, every control by keyboard, beside the tray or as a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from numbguard.core.breaks.messages import Action, Phase, State, Suppression
from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Posture
from numbguard.core.sites import Side
from numbguard.ui.tray import panel as module
from numbguard.ui.tray.day_box import DayBox
from numbguard.ui.tray.panel import Panel
from numbguard.ui.widgets import theme
from numbguard.wording import labels
from tools.fakes import MORNING, FakeControls, FakeHabits, FakeToday, app_snapshot, busy_today, episode

# Qt's offscreen platform logs what it does not support; a desktop supports it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def controls() -> FakeControls:
    return FakeControls(app_snapshot(minutes=23))


@pytest.fixture
def popup(controls: FakeControls, qtbot) -> Panel:
    made = Panel(controls, controls, popup=True)
    qtbot.addWidget(made)
    made.present()
    return made


@pytest.fixture
def window(controls: FakeControls, qtbot) -> Panel:
    made = Panel(controls, controls, popup=False)
    qtbot.addWidget(made)
    made.present()
    return made


def _buttons(panel: Panel) -> list[QPushButton]:
    return [one for one in panel.findChildren(QPushButton) if one.isVisible()]


def _names(panel: Panel) -> list[str]:
    return [one.accessibleName() for one in _buttons(panel)]


def _press(panel: Panel, name: str) -> None:
    next(one for one in _buttons(panel) if one.accessibleName() == name).click()


def _entries(panel: Panel) -> list[str]:
    """The entries of the foot's menu."""
    return [one.text() for one in panel._foot.menu.actions() if one.isVisible() and one.text()]


def _choose(panel: Panel, entry: str) -> None:
    next(one for one in panel._foot.menu.actions() if one.isVisible() and one.text() == entry).trigger()


def _main(panel: Panel) -> str:
    """The one button that follows the state."""
    (name,) = [one.accessibleName() for one in _buttons(panel) if one.property("kind") == "primary"]
    return name


def _words(panel: Panel) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def test_it_says_how_things_stand_and_has_one_thing_to_do_about_it(popup: Panel) -> None:
    assert _words(popup) == ["Sitting for 23 minutes", "Next break in 22 minutes"]
    assert _main(popup) == labels.START
    assert _names(popup) == [
        labels.START,
        labels.LOG,
        "When to get help",
        labels.HISTORY,
        labels.INSIGHTS,
        "Stretches",
        "Guide",
        labels.SETTINGS,
        "More",
    ]
    assert popup._dial.accessibleName() == "Sitting for 23 minutes, next break in 22 minutes"


def test_there_is_one_undo_at_a_time_for_what_was_done_last(controls: FakeControls, qtbot) -> None:
    panel = Panel(controls, controls, popup=True, habits=FakeHabits())
    qtbot.addWidget(panel)
    panel.present()
    first, second = episode(), replace(episode(), id="second")
    controls.show(app_snapshot(open_episode=first, undoable=first))
    assert [one for one in _names(panel) if "Undo" in one] == ["Undo last entry"]
    _press(panel, "One more glass of water")
    assert [one for one in _names(panel) if "Undo" in one] == ["Undo"]
    controls.show(app_snapshot(open_episode=second, undoable=second))
    assert [one for one in _names(panel) if "Undo" in one] == ["Undo last entry"]


def test_everything_else_is_in_the_menu(popup: Panel, controls: FakeControls) -> None:
    pauses = ["Pause for 30 minutes", "Pause for 1 hour", "Pause for 2 hours", "Pause until tomorrow"]
    rest = ["Check my posture", "My cards and routines", "Quit"]
    assert _entries(popup) == ["Start the daily routine", "I'm standing", *pauses, "Not today", *rest]
    controls.show(app_snapshot(State.STANDING))
    assert _main(popup) == "I'm sitting"
    assert _entries(popup)[:3] == [labels.START, "Start the daily routine", "Pause for 30 minutes"]
    for entry, action in ((labels.START, Action.START), ("Start the daily routine", Action.ROUTINE)):
        _choose(popup, entry)
        assert controls.requests[-1] is action
    controls.show(app_snapshot())
    _choose(popup, "I'm standing")
    assert controls.requests[-1] is Action.STAND


MOMENTS = {
    "sitting": app_snapshot(),
    "due": app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
    "card": app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60),
    "after": app_snapshot(State.BREAK, phase=Phase.AFTER),
    "standing": app_snapshot(State.STANDING),
    "paused": app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused"),)),
    "away": app_snapshot(State.AWAY),
    "off": app_snapshot(State.OFF, suppressed=(Suppression("hours", "outside your working hours"),)),
    "call": app_snapshot(minutes=64, suppressed=(Suppression("call", "microphone in use by Firefox"),)),
    "three reasons": app_snapshot(
        minutes=64,
        suppressed=(
            Suppression("call", "microphone in use by Firefox"),
            Suppression("dnd", "Do Not Disturb is on"),
            Suppression("sharing", "your screen is shared"),
        ),
    ),
}


def test_log_numbness_keeps_its_place_whatever_the_moment(popup: Panel, controls: FakeControls) -> None:
    places = set()
    logged = episode()
    for numb in ({}, {"open_episode": logged, "undoable": logged, "notes": ("Something does not work here.",)}):
        for moment in MOMENTS.values():
            controls.show(replace(moment, **numb))
            assert _names(popup).index(labels.LOG) == len([one for one in _names(popup)[:4] if one in _ANSWERS])
            places.add(popup._log.mapTo(popup, QPoint()))
    assert len(places) == 1


_ANSWERS = {
    labels.START,
    "Start",
    "In 5 minutes",
    "Skip",
    "I'm done",
    "Yes, I got up",
    "Not this time",
    "Resume",
    "I'm sitting",
}


def test_several_reasons_to_be_quiet_have_a_line_each(popup: Panel, controls: FakeControls) -> None:
    call, dnd = Suppression("call", "microphone in use by Firefox"), Suppression("dnd", "Do Not Disturb is on")
    controls.show(app_snapshot(minutes=50, suppressed=(call, dnd)))
    assert _words(popup)[:3] == [
        "Reminders off, for several reasons",
        "•  Microphone in use by Firefox\n•  Do Not Disturb is on",
        "Your break will start when all of these are over",
    ]
    controls.show(app_snapshot(minutes=50, suppressed=(call,)))
    assert _words(popup)[:2] == [
        "Reminders off: microphone in use by Firefox",
        "Your break will start when the call ends",
    ]


def test_one_click_logs_and_offers_the_way_back(popup: Panel, controls: FakeControls) -> None:
    _press(popup, labels.LOG)
    assert "Numbness logged at 10:15, just now" in _words(popup)
    wanted: list = []
    popup.relief_wanted.connect(lambda: wanted.append("relief"))
    _press(popup, "Step-by-step relief")
    assert wanted == ["relief"]
    _press(popup, "It's gone")
    assert not {"It's gone", "Step-by-step relief"} & set(_names(popup))
    _press(popup, "Undo last entry")
    assert controls.requests == ["log", "end", "undo"]
    assert _names(popup)[:3] == [labels.START, labels.LOG, "When to get help"]


def test_details_can_be_added_while_it_is_open_or_fresh(popup: Panel, controls: FakeControls, qtbot) -> None:
    logged = episode()
    for shown in (app_snapshot(fresh=logged), app_snapshot(open_episode=logged)):
        controls.show(shown)
        with qtbot.waitSignal(popup.details_wanted) as wanted:
            _press(popup, "Add details")
        assert wanted.args == [logged.id]
    controls.show(app_snapshot())
    assert "Add details" not in _names(popup)


def test_undo_says_what_it_takes_back(popup: Panel, controls: FakeControls) -> None:
    logged = episode()
    controls.show(app_snapshot(open_episode=logged, undoable=logged, undoes_change=True))
    _press(popup, "Undo last change")
    controls.show(app_snapshot(open_episode=logged, undoable=logged))
    _press(popup, "Undo last entry")
    assert controls.requests == ["undo", "undo"]


def test_a_log_that_cannot_be_written_is_said_in_the_panel(popup: Panel, controls: FakeControls, monkeypatch) -> None:
    def fails() -> None:
        raise JournalError("The disk is full. The episode is kept and will be written again.")

    monkeypatch.setattr(controls, "log_numbness", fails)
    _press(popup, labels.LOG)
    assert "The disk is full. The episode is kept and will be written again." in _words(popup)
    _press(popup, labels.START)
    assert not any("disk" in text for text in _words(popup))


def test_what_does_not_fit_the_moment_is_said(popup: Panel, controls: FakeControls) -> None:
    controls.refusal = "A break is already running."
    _press(popup, labels.START)
    assert "A break is already running." in _words(popup)


@pytest.mark.parametrize(
    ("shown", "answers"),
    [
        (
            app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
            {"Start": Action.START, "In 5 minutes": Action.SNOOZE, "Skip": Action.SKIP},
        ),
        (
            app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED, skips=3),
            {"Start": Action.START, "Just 20 seconds": Action.SHORT},
        ),
        (app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=60), {"I'm done": Action.DONE}),
        (
            app_snapshot(State.BREAK, phase=Phase.AFTER),
            {"Yes, I got up": Action.MOVED, "Not this time": Action.NOT_MOVED},
        ),
        (app_snapshot(State.STANDING), {"I'm sitting": Action.SIT}),
        (app_snapshot(State.PAUSED, suppressed=(Suppression("paused", "paused"),)), {"Resume": Action.RESUME}),
    ],
)
def test_each_moment_has_its_answers(popup: Panel, controls: FakeControls, shown, answers) -> None:
    controls.show(shown)
    for name, action in answers.items():
        _press(popup, name)
        assert controls.requests[-1] is action


def test_pausing(popup: Panel, controls: FakeControls) -> None:
    for offer in popup._pauses:
        offer.trigger()
    assert controls.requests == [("pause", 1800.0), ("pause", 3600.0), ("pause", 7200.0), ("pause", "tomorrow")]
    _choose(popup, "Not today")
    assert controls.requests[-1] == ("pause", "workday")
    controls.show(MOMENTS["paused"])
    assert _main(popup) == "Resume"
    assert not any(one.startswith("Pause") or one == "Not today" for one in _entries(popup))


def test_help_is_always_there(popup: Panel, controls: FakeControls, qtbot) -> None:
    for state in State:
        controls.show(app_snapshot(state))
        assert "When to get help" in _names(popup)
    with qtbot.waitSignal(popup.help_wanted):
        _press(popup, "When to get help")


def test_the_menu_opens_by_a_key(popup: Panel, qtbot) -> None:
    menu = popup._foot.menu
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu.close))
    with qtbot.waitSignal(menu.aboutToShow):
        qtbot.keyClick(popup, Qt.Key.Key_F10)


def test_the_foot_and_its_menu_open_the_other_windows(popup: Panel, qtbot) -> None:
    for name, wanted in (
        (labels.HISTORY, popup.history_wanted),
        (labels.INSIGHTS, popup.insights_wanted),
        ("Stretches", popup.stretches_wanted),
        ("Guide", popup.guide_wanted),
        (labels.SETTINGS, popup.settings_wanted),
    ):
        with qtbot.waitSignal(wanted):
            _press(popup, name)
    for entry, wanted in (
        ("Check my posture", popup.posture_wanted),
        ("My cards and routines", popup.editor_wanted),
    ):
        with qtbot.waitSignal(wanted):
            _choose(popup, entry)


def test_a_symbol_has_a_name_and_says_its_keys(popup: Panel) -> None:
    symbols = [one for one in _buttons(popup) if one.property("kind") == "symbol"]
    assert len(symbols) == 6
    for one in symbols:
        assert one.toolTip().startswith(one.accessibleName())
        assert not one.icon().isNull()
    assert symbols[0].toolTip() == f"{labels.HISTORY} (Ctrl+H)"


# --- today -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def today() -> FakeToday:
    return FakeToday(busy_today())


@pytest.fixture
def day_panel(controls: FakeControls, today: FakeToday, qtbot) -> Panel:
    made = Panel(controls, controls, popup=True, today=today)
    qtbot.addWidget(made)
    made.present()
    return made


def _seated(minutes: float, **rest) -> object:
    made = app_snapshot(minutes=minutes, **rest)
    seconds = minutes * 60
    return replace(made, snapshot=replace(made.snapshot, bout_s=seconds, seated_today_s=seconds))


def test_it_shows_the_day_up_to_now(day_panel: Panel, controls: FakeControls) -> None:
    controls.show(_seated(23))
    line = day_panel.findChild(DayBox)._line
    assert line.words()[-1] == "Sitting since 09:52, 23 minutes so far"
    assert line._now == (10 * 60 + 15) * 60
    assert "4 of 5 breaks · 1 episode · sat for 3 h 06 min" in _words(day_panel)
    later = MORNING + timedelta(minutes=2)
    controls.show(_seated(25, wall=later))
    assert line.words()[-1] == "Sitting since 09:52, 25 minutes so far"


def test_late_in_the_evening_the_line_is_as_long_as_the_day(day_panel: Panel, controls: FakeControls) -> None:
    line = day_panel.findChild(DayBox)._line
    assert line._hours == (7, 18)
    controls.show(_seated(5, wall=MORNING.replace(hour=22, minute=15)))
    assert line._hours == (7, 23)


def test_the_first_day_says_that_it_will_fill(controls: FakeControls, qtbot) -> None:
    made = Panel(controls, controls, popup=True, today=FakeToday())
    qtbot.addWidget(made)
    controls.shown = app_snapshot(minutes=0)
    made.present()
    assert "Your day shows up here as it goes on." in _words(made)


def test_a_log_that_cannot_be_read_shows_no_day_rather_than_an_empty_one(
    controls: FakeControls, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = FakeToday()
    monkeypatch.setattr(source, "ask", lambda _asker, _today, done: done(None))
    made = Panel(controls, controls, popup=True, today=source)
    qtbot.addWidget(made)
    made.present()
    assert not made.findChild(DayBox).isVisible()


def test_the_log_is_read_again_when_something_happened_and_not_while_nobody_looks(
    day_panel: Panel, controls: FakeControls, today: FakeToday
) -> None:
    asked = today.asked
    controls.show(app_snapshot(minutes=23))
    assert today.asked == asked
    _press(day_panel, labels.LOG)
    assert today.asked > asked
    day_panel.hide()
    asked = today.asked
    controls.show(app_snapshot(State.STANDING))
    assert today.asked == asked


def test_an_answer_that_is_outstanding_is_waited_for_and_then_asked_for_again(
    day_panel: Panel, controls: FakeControls, today: FakeToday, monkeypatch: pytest.MonkeyPatch
) -> None:
    outstanding: list = []
    monkeypatch.setattr(today, "ask", lambda _asker, _today, done: outstanding.append(done))
    for _ in range(3):
        day_panel.refresh()
    assert len(outstanding) == 1
    outstanding.pop()(busy_today())
    assert len(outstanding) == 1, "something may have changed since"
    outstanding.pop()(busy_today())
    assert outstanding == []


def test_on_a_monday_it_tells_of_last_week_and_on_no_other_day(controls: FakeControls, qtbot) -> None:
    for days, told in ((0, True), (1, False)):
        now = MORNING + timedelta(days=days)
        controls.shown = app_snapshot(wall=now)
        made = Panel(controls, controls, popup=True, today=FakeToday(busy_today(now)))
        qtbot.addWidget(made)
        made.present()
        assert any(one.startswith("Last week: 29 of 40 breaks taken") for one in _words(made)) is told


def test_after_yes_there_is_a_word_for_two_seconds(
    day_panel: Panel, controls: FakeControls, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_panel._word_over, "interval", lambda: 50)
    day_panel._word_over.setInterval(50)
    controls.show(app_snapshot(State.BREAK, phase=Phase.AFTER))
    assert day_panel._word is None
    controls.shown = app_snapshot(minutes=0, interval=35)
    _press(day_panel, "Yes, I got up")
    assert _words(day_panel)[:2] == ["Fourth break today", "Next at 10:50"]
    qtbot.waitUntil(lambda: _words(day_panel)[0] == "Just sat down")


def test_no_word_follows_a_yes_that_came_too_late(day_panel: Panel, controls: FakeControls) -> None:
    controls.show(app_snapshot(State.BREAK, phase=Phase.AFTER))
    controls.refusal = "There is nothing to answer."
    _press(day_panel, "Yes, I got up")
    assert day_panel._word is None
    assert "There is nothing to answer." in _words(day_panel)


def test_a_click_on_the_line_opens_the_history(day_panel: Panel, qtbot) -> None:
    line = day_panel.findChild(DayBox)._line
    with qtbot.waitSignal(day_panel.history_wanted):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def test_what_does_not_work_is_said_quietly(popup: Panel, controls: FakeControls) -> None:
    controls.show(app_snapshot(notes=("Idleness is not sensed here.",), speed=60.0))
    assert "Idleness is not sensed here." in _words(popup)
    assert "×60 speed" in _words(popup)
    controls.show(app_snapshot())
    assert len(_words(popup)) == 2


def test_the_time_is_asked_for_only_while_it_is_seen(popup: Panel, controls: FakeControls) -> None:
    assert popup._minute.isActive()
    popup.hide()
    assert not popup._minute.isActive()
    asked = controls.snapshots_read
    controls.show(app_snapshot(minutes=40))
    assert controls.snapshots_read == asked
    popup.present()
    assert _words(popup)[0] == "Sitting for 40 minutes"


# --- beside the tray -------------------------------------------------------------------------------------------------


def test_a_click_opens_it_and_the_next_one_closes_it(controls: FakeControls, qtbot) -> None:
    panel = Panel(controls, controls, popup=True)
    qtbot.addWidget(panel)
    panel.toggle(QRect())
    assert panel.isVisible()
    panel.toggle(QRect())
    assert not panel.isVisible()


def test_the_click_that_took_its_focus_does_not_open_it_again(popup: Panel, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    QApplication.sendEvent(popup, module.QEvent(module.QEvent.Type.WindowDeactivate))
    assert not popup.isVisible()
    popup.toggle(QRect())
    assert not popup.isVisible()
    now[0] += 1
    popup.toggle(QRect())
    assert popup.isVisible()


@pytest.mark.parametrize("corner", ["topLeft", "topRight", "bottomLeft", "bottomRight"])
def test_it_stays_on_the_screen_wherever_the_tray_is(popup: Panel, controls: FakeControls, corner: str) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    popup.hide()
    popup.present(QRect(getattr(room, corner)() - QPoint(11, 11), QSize(22, 22)))
    assert room.contains(popup.geometry())
    # However far to the right the icon is, the panel is as near to it as the screen's edge allows.
    assert corner.endswith("Left") or room.right() - popup.geometry().right() < popup.width() // 4
    below = popup.geometry().bottom()
    logged = episode()
    controls.show(app_snapshot(open_episode=logged, undoable=logged))
    if corner.startswith("bottom"):
        assert popup.geometry().bottom() == below
    assert room.contains(popup.geometry())


def test_a_window_that_goes_takes_nothing_of_the_screen_with_it(popup: Panel, controls: FakeControls) -> None:
    popup.present(QRect(10, 10, 22, 22))
    other = QWidget()
    assert other.screen()
    shiboken6.delete(other)  # PySide6 takes every QScreen that it has handed out for dead with it
    popup.refresh()
    assert popup.isVisible()


def test_escape_closes_the_popup(popup: Panel, qtbot) -> None:
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_every_button_is_reached_by_tab_in_the_order_it_is_read(popup: Panel, controls: FakeControls, qtbot) -> None:
    logged = episode()
    controls.show(app_snapshot(State.ANNOUNCED, phase=Phase.ANNOUNCED, open_episode=logged, undoable=logged))
    popup.activateWindow()
    qtbot.waitUntil(popup.isActiveWindow)
    popup._start.setFocus()
    reached = []
    for _ in _buttons(popup):
        reached.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached == _names(popup)
    assert QApplication.focusWidget() is popup._start


# --- as a window -----------------------------------------------------------------------------------------------------


def test_closing_the_window_does_not_end_the_app(window: Panel, qtbot) -> None:
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    window.close()
    assert not window.isVisible()
    window.present()
    assert window.isVisible()


def test_the_window_can_end_the_app(window: Panel, qtbot) -> None:
    with qtbot.waitSignal(window.quit_wanted):
        _choose(window, "Quit")


def test_no_button_of_a_window_that_came_unasked_waits_for_enter(window: Panel, controls: FakeControls, qtbot) -> None:
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert controls.requests == []


# --- fonts of any size, words of any length --------------------------------------------------------------------------


@pytest.mark.parametrize("popup_or_window", [True, False])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off(controls, qtbot, qapp, monkeypatch, scale: float, popup_or_window: bool) -> None:
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * scale)
    monkeypatch.setattr(labels, "UNDO", "Letzten Eintrag rückgängig machen")
    monkeypatch.setattr(labels, "GONE", "Gefühl ist wieder zurückgekehrt")
    monkeypatch.setattr(labels, "HELP", "Wann ärztliche Hilfe nötig wird")
    try:
        qapp.setFont(large)
        panel = Panel(controls, controls, popup=popup_or_window)
        qtbot.addWidget(panel)
        logged = episode()
        reason = Suppression("call", "Bildschirmübertragungswiedergabe in der Telefonkonferenzanwendung")
        controls.shown = app_snapshot(
            minutes=100,
            open_episode=logged,
            undoable=logged,
            suppressed=(reason,),
            notes=("Untätigkeit wird auf dieser Arbeitsumgebung leider nicht erkannt. " * 2,),
            wall=MORNING,
        )
        panel.present()
        for button in _buttons(panel):
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.height() >= button.minimumSizeHint().height(), button.text()
        for label in panel.findChildren(QLabel):
            if label.isVisible():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
    finally:
        qapp.setFont(before)


def test_a_window_is_as_high_as_its_words_need_until_the_person_resizes_it(
    window: Panel, controls: FakeControls
) -> None:
    """GNOME Shell 48 showed it with its lowest row below the screen, after rows had come and gone."""
    at_first = window.height()
    _press(window, labels.LOG)
    assert window.height() > at_first
    controls.show(app_snapshot(minutes=24))
    assert window.height() == at_first
    window.resize(window.width(), at_first + 40)
    controls.show(app_snapshot(minutes=25))
    assert window.height() == at_first + 40


def test_a_window_leaves_room_for_the_bar_of_a_wayland_desktop(window: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wayland tells no program which part of the screen the desktop's own bar covers."""
    room = window._room()
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    assert room.height() - window._room().height() >= 2 * theme.unit()


@pytest.mark.parametrize("popup_or_window", [True, False])
def test_on_a_low_screen_it_scrolls_and_the_way_to_help_stays_in_sight(
    controls: FakeControls, qtbot, monkeypatch, popup_or_window: bool
) -> None:
    low = QRect(0, 0, 1024, 400)
    monkeypatch.setattr(module.Panel, "_room", lambda _panel: low)
    panel = Panel(controls, controls, popup=popup_or_window)
    qtbot.addWidget(panel)
    logged = episode()
    controls.shown = app_snapshot(open_episode=logged, undoable=logged, notes=("Something does not work here. " * 6,))
    panel.present(QRect(500, 390, 22, 22))
    assert panel.height() <= low.height()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel._start.setFocus()
    for _ in _buttons(panel):
        reached = QApplication.focusWidget()
        assert reached.visibleRegion().boundingRect() == reached.rect(), reached.accessibleName()
        qtbot.keyClick(reached, Qt.Key.Key_Tab)
    panel._scroll.verticalScrollBar().setValue(0)
    sight = next(one for one in _buttons(panel) if one.accessibleName() == "When to get help")
    assert sight.visibleRegion().boundingRect() == sight.rect()


def test_on_a_low_and_wide_screen_the_day_is_beside_the_moment_until_it_fits_below(
    controls: FakeControls, qtbot, monkeypatch
) -> None:
    room = QRect(0, 0, 1024, 1000)
    monkeypatch.setattr(module.Panel, "_room", lambda _panel: room)
    panel = Panel(controls, controls, popup=True, habits=FakeHabits(), today=FakeToday(busy_today()))
    qtbot.addWidget(panel)
    panel.present(QRect(500, 450, 22, 22))
    narrow = panel.size()
    room.setHeight(narrow.height())
    panel.refresh()
    assert panel.size() == narrow
    assert panel._day.y() > panel._log.y() and panel._day.x() == panel._log.x()
    logged = episode()
    controls.show(app_snapshot(open_episode=logged, undoable=logged))
    assert panel.height() < narrow.height() and panel.width() > 1.5 * narrow.width()
    assert panel._day.x() > panel._log.geometry().right() and panel._day.y() < panel._log.y()
    assert panel._scroll.verticalScrollBar().maximum() == 0
    undo = next(one for one in _buttons(panel) if one.accessibleName() == "Undo last entry")
    assert undo.text().replace("&", "") == "Undo"
    controls.show(app_snapshot())
    assert panel.size() == narrow


def test_what_grows_while_it_hangs_in_the_middle_stays_on_the_screen(popup: Panel, controls: FakeControls) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    popup.hide()
    popup.present(QRect(room.center() + QPoint(0, 5), QSize(22, 22)))
    logged = episode()
    controls.show(app_snapshot(open_episode=logged, undoable=logged, notes=("Something does not work here. " * 6,)))
    assert room.contains(popup.geometry())


def test_a_click_right_after_escape_opens_it_again(qtbot):
    panel = Panel(FakeControls(), FakeControls(), popup=True)
    qtbot.addWidget(panel)
    panel.present()
    qtbot.waitUntil(panel.isVisible)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    panel.toggle(QRect())
    assert panel.isVisible()


# --- the advice -------------------------------------------------------------------------------------------------------


def test_the_panel_has_the_advice_on_the_episode_and_opens_all_of_it(
    window: Panel, controls: FakeControls, qtbot
) -> None:
    assert not window._episode.isVisible()
    for told, heading in (
        ({}, "Anything else wrong?"),
        ({"leg": Side.BOTH}, "Before you go on"),
        ({"leg": Side.LEFT}, "Change your position"),
        ({"leg": Side.LEFT, "posture": Posture.STANDING}, "See a doctor soon"),
    ):
        logged = replace(episode(controls.shown.snapshot.at.wall), **told)
        controls.show(app_snapshot(open_episode=logged))
        assert window._episode.advice.text() == window._episode.advice.accessibleName() == heading
        with qtbot.waitSignal(window.advice_wanted) as asked:
            window._episode.advice.click()
        assert asked.args == [logged]
