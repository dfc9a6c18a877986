"""The panel's row of habits: its words, the effect of each click, and that it fits wherever the panel fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from numbguard.core.errors import GoalError
from numbguard.core.log.habits import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    Achievement,
    AchievementKind,
    GoalProgress,
    TickError,
    WeekGoal,
)
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.settings.choices import GoalKind
from numbguard.ui.tray.panel import Panel
from numbguard.wording.log import habits as habit_words
from tools.fakes import FakeControls, FakeHabits, app_snapshot, episode

# Qt's offscreen platform logs what it does not support; a desktop supports it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WATER, WALK, STRETCH = HabitKind.WATER, HabitKind.WALK, HabitKind.STRETCH
WALK_15 = WeekGoal(WALK, 15, EVERY_DAY)
ROUTINE = WeekGoal(STRETCH, 1, MONDAY_TO_FRIDAY)


@pytest.fixture
def habits() -> FakeHabits:
    return FakeHabits()


@pytest.fixture
def panel(habits: FakeHabits, qtbot) -> Panel:
    made = Panel(FakeControls(), FakeControls(), popup=True, habits=habits)
    qtbot.addWidget(made)
    made.present()
    return made


def _row(panel: Panel):
    assert panel._habits is not None
    return panel._habits


def _press(panel: Panel, name: str) -> None:
    shown = [one for one in _row(panel).findChildren(QPushButton) if one.isVisible()]
    next(one for one in shown if one.accessibleName() == name).click()


def _amounts(panel: Panel) -> list[str]:
    return [button.amount for button in _row(panel)._clicks.values()]


def test_it_counts_what_is_there(panel: Panel, habits: FakeHabits) -> None:
    assert _amounts(panel) == ["3 of 8", "10 of 30 min", "0 of 1"]
    habits.set_day(water=9, walk=35, stretch=2)
    panel.refresh()
    assert _amounts(panel) == ["9", "35 min", "Done ×2"]
    habits.set_day(stretch=1)
    panel.refresh()
    assert _amounts(panel) == ["0 of 8", "0 of 30 min", "Done ✓"]


def test_each_counter_says_what_a_click_adds_and_the_amount_to_a_screen_reader(panel: Panel) -> None:
    said = [(one.text(), one.accessibleName(), one.accessibleDescription()) for one in _row(panel)._clicks.values()]
    assert said == [
        ("+&1 glass", "One more glass of water", "3 of 8"),
        ("+&5 min walk", "Five more minutes of walking", "10 of 30 min"),
        ("Routin&e done", "Daily routine done", "0 of 1"),
    ]


@pytest.mark.parametrize(
    ("button", "kind"),
    [
        ("One more glass of water", WATER),
        ("Five more minutes of walking", WALK),
        ("Daily routine done", STRETCH),
    ],
)
def test_one_click_each_and_one_to_take_it_back(panel: Panel, habits: FakeHabits, button: str, kind) -> None:
    assert not _row(panel)._back.isVisible()
    _press(panel, button)
    _press(panel, "Undo")
    assert habits.requests == [(kind, None), (kind, {WATER: -1, WALK: -5, STRETCH: -1}[kind])]
    assert not _row(panel)._back.isVisible(), "one click back is enough"


def test_a_click_from_before_is_not_offered_to_be_taken_back(panel: Panel) -> None:
    _press(panel, "One more glass of water")
    panel.hide()
    panel.present()
    assert not _row(panel)._back.isVisible()


def test_the_panel_keeps_its_size_under_the_pointer_while_one_clicks(panel: Panel) -> None:
    before = panel.size()
    _press(panel, "One more glass of water")
    assert panel.size() == before


def test_what_does_not_work_is_said_in_the_panel(panel: Panel, habits: FakeHabits) -> None:
    habits.error = TickError("Nothing to undo.")
    _press(panel, "One more glass of water")
    assert panel._notes_shown == ("Nothing to undo.",)
    habits.error = None
    _press(panel, "One more glass of water")
    assert panel._notes_shown == ()
    habits.error = GoalError("The settings could not be written.")
    _row(panel)._goal.menu().actions()[-1].trigger()
    assert panel._notes_shown == ("The settings could not be written.",)


def test_a_log_that_cannot_be_read_shows_no_figures_rather_than_wrong_ones(panel: Panel, habits: FakeHabits) -> None:
    habits.day = None
    panel.refresh()
    assert _amounts(panel) == ["", "", ""]
    _press(panel, "One more glass of water")
    assert habits.requests == [(WATER, None)]


def test_a_goal_is_picked_and_its_progress_shown(panel: Panel, habits: FakeHabits) -> None:
    row = _row(panel)
    assert row._goal.accessibleName() == "Pick a goal for the week"
    offers = {one.text(): one for one in row._goal.menu().actions() if one.isVisible()}
    assert list(offers) == [words for words, _, _ in habit_words.OFFERS]
    for offer in offers.values():
        offer.trigger()
    assert habits.requests == [(goal, amount) for _, goal, amount in habit_words.OFFERS]
    habits.set_day(walk=15, goal=GoalProgress(WALK_15, 3, True, 12))
    panel.refresh()
    assert row._goal.accessibleName() == "Walk 15 minutes a day: 3 of 7 days"
    assert [one.text() for one in row._goal.menu().actions() if one.isChecked()] == ["Walk 15 minutes a day"]
    assert row._goal.menu().actions()[0].text() == "12-day streak (rest days don't break it)"


def test_every_offer_is_shown_in_the_words_in_which_it_was_picked() -> None:
    goals = {GoalKind.ROUTINE: STRETCH, GoalKind.WALK: WALK, GoalKind.WATER: WATER}
    for words, picked, amount in habit_words.OFFERS:
        if picked is not GoalKind.NONE:
            assert habit_words.goal(WeekGoal(goals[picked], amount or 1, EVERY_DAY)) == words
    assert habit_words.goal(WeekGoal(WATER, 1, EVERY_DAY)) == "1 glass of water a day"


def test_a_week_with_more_than_was_asked_for_is_all_of_it() -> None:
    assert habit_words.week(GoalProgress(ROUTINE, 5, True, 5)) == "The routine every working day: 5 of 5 days"
    assert habit_words.week(GoalProgress(ROUTINE, 6, True, 6)) == "The routine every working day: all days"


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (Achievement(AchievementKind.DAY, WATER), "Eight glasses today. That's about two litres"),
        (Achievement(AchievementKind.DAY, WALK), "Half an hour of walking today."),
        (Achievement(AchievementKind.DAY, STRETCH), "Routine done today."),
        (
            Achievement(AchievementKind.GOAL, WALK, GoalProgress(WALK_15, 1, True, 1)),
            "You've met today's goal. Walk 15 minutes a day: done. Good start.",
        ),
        (
            Achievement(AchievementKind.GOAL, WALK, GoalProgress(WALK_15, 3, True, 4)),
            "You've met today's goal. Walk 15 minutes a day: done. That's 4 days in a row.",
        ),
        (
            Achievement(AchievementKind.WEEK, STRETCH, GoalProgress(ROUTINE, 4, True, 4)),
            "You've reached this week's goal. The routine every working day: 4 days this week. Rest days are fine.",
        ),
        (
            Achievement(AchievementKind.WEEK, STRETCH, GoalProgress(WeekGoal(STRETCH, 1, frozenset({2})), 1, True, 1)),
            "You've reached this week's goal. The routine every working day: 1 day this week.",
        ),
        (None, ""),
    ],
)
def test_kind_words(reached: Achievement | None, said: str) -> None:
    assert habit_words.kind_word(reached).startswith(said)


def test_every_button_is_reached_by_tab_in_the_order_it_is_read(panel: Panel, qtbot) -> None:
    _press(panel, "One more glass of water")
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel._start.setFocus()
    buttons = [one for one in panel.findChildren(QPushButton) if one.isVisible()]
    reached = []
    for _ in buttons:
        reached.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    middles = {one.accessibleName(): one.mapTo(panel, one.rect().center()) for one in buttons}
    assert reached == sorted(reached, key=lambda name: (middles[name].y(), middles[name].x()))
    assert set(reached) == set(middles)


def test_mnemonics_are_each_used_once(panel: Panel, habits: FakeHabits) -> None:
    for goal in (None, WALK_15, ROUTINE, WeekGoal(WATER, 8, EVERY_DAY)):
        habits.set_day(goal=goal and GoalProgress(goal, 1, True, 1))
        panel.refresh()
        texts = [one.text() for one in panel.findChildren(QPushButton)]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(keys) == len(set(keys)), keys
        assert {text for text in texts if "&" not in text} <= {
            "Repair the log…",
            "Add details",
            "Anything else wrong?",
            "",
        }


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("popup", [True, False])
def test_nothing_is_cut_off(habits: FakeHabits, qtbot, qapp, monkeypatch, scale: float, popup: bool) -> None:
    before, large = qapp.font(), qapp.font()
    large.setPointSizeF(before.pointSizeF() * scale)
    monkeypatch.setattr(habit_words, "STRETCHED", "Dehnübungen erledigt")
    monkeypatch.setattr(habit_words, "WALK", "+5 Minuten gegangen")
    try:
        qapp.setFont(large)
        logged = episode()
        controls = FakeControls(app_snapshot(open_episode=logged, undoable=logged))
        made = Panel(controls, controls, popup=popup, habits=habits)
        qtbot.addWidget(made)
        habits.set_day(water=12, walk=120, stretch=2, goal=GoalProgress(ROUTINE, 3, True, 3))
        made.present()
        for button in _row(made).findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
                assert button.height() >= button.minimumSizeHint().height(), button.text()
    finally:
        qapp.setFont(before)


def test_the_walk_is_counted_towards_the_minutes_of_the_settings(panel: Panel, habits: FakeHabits) -> None:
    habits.set_day(water=3, walk=10, stretch=0)
    assert habits.day is not None
    habits.day = replace(habits.day, targets={**habits.day.targets, WALK: 20})
    panel.refresh()
    assert _amounts(panel)[:2] == ["3 of 8", "10 of 20 min"]
