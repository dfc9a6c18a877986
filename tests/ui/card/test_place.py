"""The place of the card: over one screen or in its corner, never off screen, and who gets the keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.breaks.messages import Action
from numbguard.core.settings.choices import Style
from numbguard.ui.card.firm.keyboard_hold import SWALLOWS_MS
from numbguard.ui.widgets.windows.screens import corner_of, kept_within
from tests.ui.card.card_stage import Stage


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage()
    yield made
    made.window.close()
    QTest.qWait(0)


# --- styles ----------------------------------------------------------------------------------------------------------


def test_a_firm_break_covers_the_screen_and_has_a_way_out(stage: Stage) -> None:
    stage.open(style=Style.FIRM)
    window = stage.shown()
    assert window.geometry() == window.screen().geometry()
    assert {"Done", "Skip", "Leave the break", "When to get help"} <= set(stage.buttons())
    QTest.qWait(SWALLOWS_MS + 100)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert stage.said == []
    assert {"Leave", "Stay"} <= set(stage.buttons())
    assert stage.buttons()["Leave"].hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert "Leave" not in stage.buttons()
    assert window.hasFocus()
    stage.buttons()["Leave the break"].click()
    stage.buttons()["Leave"].click()
    assert stage.said == [Action.CLOSE]


def test_whatever_is_typed_in_the_first_second_of_a_firm_break_answers_nothing(stage: Stage) -> None:
    stage.open(style=Style.FIRM)
    window = stage.shown()
    for key, held in (
        (Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(window, key, held)
    assert stage.said == []
    assert window.hasFocus() and "Leave" not in stage.buttons()
    QTest.qWait(SWALLOWS_MS + 100)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(window, repeat)
    assert "Leave" not in stage.buttons(), "a key held since before the break has asked"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert "Leave" in stage.buttons()


def test_help_is_one_click_away_even_in_a_firm_break(stage: Stage) -> None:
    stage.open(style=Style.FIRM)
    stage.buttons()["When to get help"].click()
    assert stage.said == [Action.CLOSE, Action.HELP]
    assert stage.on_screen() == [], "the card would cover the page"


def test_the_question_after_a_firm_break_is_left_by_one_key(stage: Stage) -> None:
    stage.open(style=Style.FIRM)
    stage.window.ask_after()
    assert "Leave the break" not in stage.buttons()
    QTest.keyClick(stage.shown(), Qt.Key.Key_Escape)
    assert stage.said == [Action.CLOSE]


def test_a_firm_break_whose_card_cannot_be_shown_covers_nothing(stage: Stage) -> None:
    def broken(_slug: str) -> None:
        raise RuntimeError("no card")

    stage.deck.card_of = broken
    with pytest.raises(RuntimeError):
        stage.window.open("quad", duration_s=80.0, style=Style.FIRM, can_snooze=True)
    assert stage.on_screen() == []


def test_the_standard_card_asks_for_no_focus_and_stays_on_top(stage: Stage) -> None:
    stage.window.open("quad", duration_s=80.0, style=Style.STANDARD, can_snooze=True)
    window = stage.shown()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.rect().bottomLeft())
    assert not window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus


TWO_SCREENS = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from numbguard.core.breaks.messages import Action, Style
from numbguard.ui.card.firm.screen_cover import ScreenCover
from numbguard.ui.card.stage import BreakCardStage
from numbguard.wording import catalogue
from tests.ui.card.card_stage import Deck, Run

app = QApplication([])
run, deck = Run(), Deck()
deck.card_of = lambda _slug: None
said = run.said
stage = BreakCardStage(run, deck, deck)
stage.open("none", duration_s=60.0, style=Style.FIRM, can_snooze=True)
QTest.qWait(400)
seen = sorted((type(one).__name__, *one.geometry().getRect()) for one in app.topLevelWidgets() if one.isVisible())
assert seen == [("FirmCardWindow", 0, 0, 800, 600), ("ScreenCover", 800, 0, 1024, 600)], seen
former = next(one for one in app.topLevelWidgets() if isinstance(one, ScreenCover))
catalogue.use("qps")
stage.renew()
catalogue.use("en")
stage.renew()
QTest.qWait(100)
covers = [one for one in app.topLevelWidgets() if isinstance(one, ScreenCover) and one.isVisible()]
assert len(covers) == 1 and covers[0] is not former, "another language: still one cover"
cover = covers[0]
buttons = {one.text().replace("&", ""): one for one in cover.findChildren(QPushButton)}
buttons["Leave the break"].click()
assert said == [], said
buttons["Leave"].click()
QTest.qWait(50)
assert said == [Action.CLOSE], said
assert not any(one.isVisible() for one in app.topLevelWidgets())
stage.open("none", duration_s=60.0, style=Style.FIRM, can_snooze=True)
stage.ask_after()
QTest.qWait(400)
assert [type(one).__name__ for one in app.topLevelWidgets() if one.isVisible()] == ["FirmCardWindow"]
"""


def test_a_firm_break_covers_the_other_screens_until_the_question(tmp_path: Path) -> None:
    config = tmp_path / "screens.json"
    config.write_text(
        '{"screens": [{"name": "a", "x": 0, "y": 0, "width": 800, "height": 600},'
        ' {"name": "b", "x": 800, "y": 0, "width": 1024, "height": 600}]}'
    )
    command = [sys.executable, "-c", TWO_SCREENS]
    env = {"QT_QPA_PLATFORM": f"offscreen:configfile={config}", "PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)
    assert ran.returncode == 0, ran.stderr


# --- place -----------------------------------------------------------------------------------------------------------

ROOM = QRect(0, 30, 1024, 540)


def test_it_stands_in_the_lower_right_corner() -> None:
    assert corner_of(ROOM, QSize(600, 400), margin=20) == QRect(404, 150, 600, 400)


def test_what_is_too_large_is_made_to_fit() -> None:
    assert corner_of(ROOM, QSize(2000, 900), margin=20) == ROOM
    assert kept_within(ROOM, QRect(-300, -300, 3000, 200)).width() == ROOM.width()


@pytest.mark.parametrize(
    "place",
    [QRect(900, 500, 300, 200), QRect(-50, -50, 300, 200), QRect(5000, 4000, 300, 200), QRect(10, 40, 300, 200)],
)
def test_wherever_it_was_it_comes_back_onto_the_screen(place: QRect) -> None:
    assert ROOM.contains(kept_within(ROOM, place))


def test_it_opens_fully_on_its_screen(stage: Stage) -> None:
    stage.open()
    QTest.qWait(300)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(stage.shown().frameGeometry())


def test_a_monitor_unplugged_mid_card_loses_neither_the_card_nor_its_break(stage: Stage, qapp: QApplication) -> None:
    """The window was on the screen that is unplugged: it moves to a remaining one, with the same buttons."""
    stage.open()
    window, before = stage.shown(), set(stage.buttons())
    window.move(5000, 4000)
    qapp.screenRemoved.emit(window.screen())
    for _ in range(100):
        QTest.qWait(50)
        if window.screen().availableGeometry().contains(window.frameGeometry()):
            break
    assert QGuiApplication.primaryScreen().availableGeometry().contains(window.frameGeometry())
    assert stage.shown() is window and set(stage.buttons()) == before
    assert not stage.said, "nothing was answered on the person's behalf"
