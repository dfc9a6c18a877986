"""*Check my posture*: five points, five keys, Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from numbguard.core.breaks.nudges.posture import PosturePoint
from numbguard.core.errors import JournalError
from numbguard.core.guide.sections import GuideSection
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.ui.picture.view import PictureView
from numbguard.ui.posture_check import PointCheckBox, PostureCheckWindow, saved_notice
from numbguard.ui.widgets import theme

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CARD = Library(resource("cards")).card("desk-posture")
ALL = frozenset(PosturePoint)


class Log:
    """Records what is saved; its disk is full on demand."""

    def __init__(self) -> None:
        self.saved: list[frozenset[PosturePoint]] = []
        self.full = False

    def save(self, held: frozenset[PosturePoint]) -> None:
        if self.full:
            raise JournalError("The disk is full. Nothing was lost: save again when there is room.")
        self.saved.append(held)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def window(log: Log, qtbot) -> PostureCheckWindow:
    made = PostureCheckWindow(CARD, save=log.save)
    qtbot.addWidget(made)
    made.present()
    return made


def press(key: Qt.Key, within: QWidget) -> None:
    """Press a key as a keyboard does: in the widget that has the focus."""
    QTest.keyClick(within.focusWidget() or within, key)


def button(window: PostureCheckWindow, start: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text().startswith(start))


def ticks(window: PostureCheckWindow) -> list[PointCheckBox]:
    return window.findChildren(PointCheckBox)


def drawn(window: PostureCheckWindow) -> bytes:
    view = window.findChild(PictureView)
    image = view.grab().toImage()
    return bytes(image.constBits())


def test_five_keys_and_enter_are_all_it_takes(window: PostureCheckWindow, log: Log) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        press(key, window)
    assert button(window, "Save").text() == "Save: 4 of 5"
    press(Qt.Key.Key_Return, window)
    assert log.saved == [ALL - {PosturePoint.LEGS}]
    assert not window.isVisible()


def test_another_window_takes_the_ticks_over(window: PostureCheckWindow, log: Log, qtbot) -> None:
    press(Qt.Key.Key_2, window)
    window.close()
    again = PostureCheckWindow(CARD, save=log.save)
    qtbot.addWidget(again)
    again.take_over(window)
    assert again.held == {PosturePoint.KNEES}
    assert button(again, "Save").text() == "Save: 1 of 5"


def test_a_key_pressed_again_takes_the_tick_back(window: PostureCheckWindow) -> None:
    press(Qt.Key.Key_5, window)
    assert window.held == {PosturePoint.LEGS}
    press(Qt.Key.Key_5, window)
    assert window.held == frozenset()
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.KeypadModifier)
    assert window.held == {PosturePoint.LEGS}
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.held == {PosturePoint.LEGS}


def test_the_mouse_does_it_too_anywhere_on_the_row(window: PostureCheckWindow, log: Log) -> None:
    for tick in ticks(window):
        QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    QTest.mouseClick(button(window, "Save"), Qt.MouseButton.LeftButton)
    assert log.saved == [ALL]


def test_leaving_saves_nothing(window: PostureCheckWindow, log: Log, qtbot) -> None:
    press(Qt.Key.Key_1, window)
    with qtbot.waitSignal(window.finished):
        press(Qt.Key.Key_Escape, window)
    assert log.saved == []
    window.present()
    with qtbot.waitSignal(window.finished):
        window.close()
    assert log.saved == []


def test_enter_on_not_now_does_not_save(window: PostureCheckWindow, log: Log) -> None:
    button(window, "Not now").setFocus()
    press(Qt.Key.Key_Return, window)
    assert log.saved == []
    assert not window.isVisible()


def test_a_log_that_cannot_be_written_keeps_the_window_and_says_why(window: PostureCheckWindow, log: Log) -> None:
    log.full = True
    press(Qt.Key.Key_1, window)
    press(Qt.Key.Key_Return, window)
    assert window.isVisible()
    assert any("The disk is full." in label.text() for label in window.findChildren(QLabel) if label.isVisible())
    log.full = False
    press(Qt.Key.Key_Return, window)
    assert log.saved == [{PosturePoint.FEET}]


def test_every_point_is_reached_and_named_for_a_screen_reader(window: PostureCheckWindow) -> None:
    reached = []
    for _ in ticks(window):
        focused = window.focusWidget()
        assert isinstance(focused, PointCheckBox)
        reached.append(focused)
        press(Qt.Key.Key_Space, window)
        window.focusNextChild()
    assert reached == ticks(window)
    assert window.held == ALL
    assert [tick.accessibleDescription() for tick in reached] == [f"Key {digit}" for digit in range(1, 6)]
    assert all(tick.text() for tick in reached)


def test_the_picture_marks_what_is_not_ticked_yet(window: PostureCheckWindow) -> None:
    seen = {drawn(window)}
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        press(key, window)
        seen.add(drawn(window))
    assert len(seen) == 6


def test_without_its_card_there_is_no_picture_and_the_ticks_work(log: Log, qtbot) -> None:
    window = PostureCheckWindow(None, save=log.save)
    qtbot.addWidget(window)
    window.present()
    view = window.findChild(PictureView)
    assert not view.isVisible()
    press(Qt.Key.Key_3, window)
    press(Qt.Key.Key_Return, window)
    assert log.saved == [{PosturePoint.SCREEN}]


def test_no_row_is_cut_off(window: PostureCheckWindow) -> None:
    for tick in ticks(window):
        assert tick.width() >= tick.sizeHint().width()


def test_in_the_dark_window_and_picture_are_dark(window: PostureCheckWindow, qapp) -> None:
    before = qapp.palette()
    light = drawn(window)
    try:
        qapp.setPalette(QPalette(QColor("#202020")))
        QApplication.processEvents()
        assert drawn(window) != light
        # Beside the picture, where the window's own background shows.
        assert window.grab().toImage().pixelColor(3, 3) == QColor(theme.DARK.window)
    finally:
        qapp.setPalette(before)


@pytest.mark.parametrize(
    ("held", "title", "body"),
    [
        (ALL, "All five points", "Saved. You're sitting well."),
        (ALL - {PosturePoint.LEGS}, "Saved: 4 of 5 points", "Worth changing: legs side by side."),
        (
            frozenset(),
            "Saved: 0 of 5 points",
            "Worth changing: feet flat, knees at 90°, screen at eye level, back on the backrest, legs side by side.",
        ),
    ],
)
def test_what_is_said_when_it_is_saved(held: frozenset[PosturePoint], title: str, body: str) -> None:
    notice = saved_notice(held)
    assert (notice.title, notice.body, notice.quiet, notice.answers) == (title, body, True, ())


def test_it_leads_to_the_page_on_posture(window: PostureCheckWindow, log: Log) -> None:
    asked: list[object] = []
    window.read_wanted.connect(asked.append)
    button(window, "Read").click()
    assert asked == [GuideSection.PREVENTION_POSTURE]
    assert (window.isVisible(), log.saved) == (True, [])
