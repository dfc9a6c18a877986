"""The notice window: three answers in a corner of the screen, and never the keyboard focus."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from numbguard.core.breaks.messages import Action, Announce
from numbguard.core.ports import Notice, NoticePicture
from numbguard.ui import notice_window as module
from numbguard.ui.notice_window import OwnNoticeWindow
from numbguard.wording.now import announcement

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DUE = Announce(card="seated-hamstring", seated_s=45 * 60, can_snooze=True, snooze_s=300)
NOTICE = announcement(DUE, card_title="Seated hamstring stretch", duration_s=120)


@pytest.fixture
def nudge(qapp):
    made = OwnNoticeWindow()
    yield made
    made.close()


def _window(nudge: OwnNoticeWindow) -> QWidget:
    assert nudge._window is not None
    return nudge._window


def _buttons(nudge: OwnNoticeWindow) -> list[QPushButton]:
    return _window(nudge).findChildren(QPushButton)


def test_it_says_what_the_announcement_says(nudge: OwnNoticeWindow) -> None:
    nudge.show(NOTICE, lambda _action: None)
    assert [one.text() for one in _window(nudge).findChildren(QLabel)] == [NOTICE.title, NOTICE.body]
    assert [one.accessibleName() for one in _buttons(nudge)] == ["Start", "In 5 minutes", "Skip"]
    assert _window(nudge).accessibleName() == f"{NOTICE.title}. {NOTICE.body}"


def test_it_shows_the_picture_that_belongs_to_the_words(nudge: OwnNoticeWindow) -> None:
    picture = NoticePicture(2, 1, bytes((255, 0, 0, 255, 0, 0, 255, 255)))
    nudge.show(replace(NOTICE, picture=picture), lambda _action: None)
    *_words, shown = _window(nudge).findChildren(QLabel)
    image = shown.pixmap().toImage()
    assert [image.pixelColor(x, 0).name() for x in range(2)] == ["#ff0000", "#0000ff"]


@pytest.mark.parametrize("number", range(3))
def test_each_answer_is_given_once_and_takes_it_away(nudge: OwnNoticeWindow, number: int) -> None:
    given: list[Action] = []
    nudge.show(NOTICE, given.append)
    window = _window(nudge)
    _buttons(nudge)[number].click()
    assert given == [NOTICE.answers[number][0]]
    assert not window.isVisible()


def test_it_never_takes_the_focus(nudge: OwnNoticeWindow, qtbot) -> None:
    writing = QWidget()
    qtbot.addWidget(writing)
    writing.show()
    writing.activateWindow()
    qtbot.waitUntil(writing.isActiveWindow)
    nudge.show(NOTICE, lambda _action: None)
    QApplication.processEvents()
    window = _window(nudge)
    assert window.isVisible()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert all(one.focusPolicy() == Qt.FocusPolicy.NoFocus for one in _buttons(nudge))


def test_a_withdrawn_one_goes_without_an_answer(nudge: OwnNoticeWindow) -> None:
    given: list[Action] = []
    nudge.show(NOTICE, given.append)
    window = _window(nudge)
    nudge.close()
    nudge.close()
    assert not window.isVisible()
    assert given == []


def test_a_later_one_replaces_the_former(nudge: OwnNoticeWindow) -> None:
    nudge.show(NOTICE, lambda _action: None)
    first = _window(nudge)
    nudge.show(Notice("Time to move your legs", "Once more.", ((Action.START, "Start"),)), lambda _action: None)
    assert not first.isVisible()
    assert _window(nudge).isVisible()


def test_it_keeps_to_the_free_part_of_the_screen_and_off_the_pointer(nudge: OwnNoticeWindow, monkeypatch) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    for pointer, at_the_top in ((room.center(), False), (room.bottomRight() - QPoint(40, 40), True)):
        monkeypatch.setattr(module, "QCursor", type("Pointer", (), {"pos": staticmethod(lambda at=pointer: at)}))
        nudge.show(NOTICE, lambda _action: None)
        place = _window(nudge).geometry()
        assert room.contains(place)
        assert not place.contains(pointer)
        assert (place.top() < room.center().y()) is at_the_top


def test_a_message_without_answers_goes_with_a_click_and_an_announcement_does_not(
    nudge: OwnNoticeWindow, qtbot
) -> None:
    nudge.show(NOTICE, lambda _action: None)
    qtbot.mouseClick(_window(nudge), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert nudge._window is not None
    nudge.show(Notice("Noted", "It is in the log."), lambda _action: None)
    qtbot.mouseClick(_window(nudge), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert nudge._window is None
