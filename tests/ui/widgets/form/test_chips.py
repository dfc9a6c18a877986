"""A group of chips is one stop for the Tab key, and a screen reader is given radio buttons or tick boxes in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.widgets.form.chips import Chips

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SIZES = {0: "Small", 1: "Large", 2: "Huge"}


class Sheet(QWidget):
    """A field, how bad (0–10), sizes of which any number holds, and a field."""

    def __init__(self) -> None:
        super().__init__()
        self.before = QLineEdit(self)
        self.bad: Chips[int] = Chips(self, "How bad", {number: str(number) for number in range(11)}, fills=True)
        self.sizes: Chips[int] = Chips(self, "Sizes", SIZES, several=True)
        self.after = QLineEdit(self)
        self.changes = 0
        self.bad.changed.connect(self._count)
        column = QVBoxLayout(self)
        for part in (self.before, self.bad, self.sizes, self.after):
            column.addWidget(part)

    def _count(self) -> None:
        self.changes += 1

    def key(self, *keys: Qt.Key) -> str:
        """Press keys where the focus is; returns what has the focus then."""
        for key in keys:
            focused = self.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)
        focused = self.focusWidget()
        return "" if focused is None else getattr(focused, "text", lambda: "")()


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.resize(1300, 200)
    sheet.show()
    qtbot.waitExposed(sheet)
    sheet.before.setFocus()
    return sheet


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_group_is_one_stop_and_the_chosen_answer_is_where_one_comes_back_to(sheet: Sheet) -> None:
    tab = Qt.Key.Key_Tab
    assert [sheet.key(tab), sheet.key(tab)] == ["0", "Small"]
    sheet.key(tab)
    assert sheet.focusWidget() is sheet.after
    sheet.before.setFocus()
    sheet.bad.show_chosen([7])
    assert sheet.key(tab) == "7"
    assert sheet.key(tab, Qt.Key.Key_Right, tab) == "", "past the sizes"
    assert sheet.key(Qt.Key.Key_Backtab) == "Large"


def test_arrow_keys_choose_one_of_many_and_only_move_among_several(sheet: Sheet) -> None:
    sheet.key(Qt.Key.Key_Tab, Qt.Key.Key_Right)
    assert sheet.bad.one() == 1
    assert sheet.key(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left) == "0"
    assert sheet.bad.one() == 0
    assert sheet.key(Qt.Key.Key_Left) == "0", "it stops at the end"
    assert sheet.key(Qt.Key.Key_End) == "10"
    assert sheet.bad.one() == 10
    assert sheet.key(Qt.Key.Key_Tab, Qt.Key.Key_Right) == "Large"
    assert sheet.sizes.chosen() == ()
    sheet.key(Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert sheet.sizes.chosen() == (1, 2)
    sheet.key(Qt.Key.Key_Space)
    assert sheet.sizes.chosen() == (1,)


def test_the_first_answer_needs_space_which_never_takes_an_answer_away(sheet: Sheet) -> None:
    sheet.key(Qt.Key.Key_Tab)
    assert sheet.bad.one() is None, "to come by is not to answer"
    sheet.key(Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert sheet.bad.one() == 0
    assert sheet.changes == 1
    sheet.key(Qt.Key.Key_Delete)
    assert (sheet.bad.one(), sheet.changes) == (None, 2)


def test_a_click_on_the_chosen_answer_clears_it(sheet: Sheet, qtbot: QtBot) -> None:
    five = sheet.bad.buttons()[5]
    for wanted in (5, None, 5):
        qtbot.mouseClick(five, Qt.MouseButton.LeftButton)
        assert sheet.bad.one() == wanted
    sheet.bad.show_chosen([])
    assert sheet.bad.one() is None
    qtbot.mouseClick(five, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.bad.buttons()[6], Qt.MouseButton.LeftButton)
    assert sheet.bad.one() == 6


def test_a_number_can_be_typed(sheet: Sheet) -> None:
    assert sheet.key(Qt.Key.Key_Tab, Qt.Key.Key_7) == "7"
    assert sheet.bad.one() == 7
    sheet.key(Qt.Key.Key_1)
    assert sheet.bad.one() == 1
    sheet.key(Qt.Key.Key_0)
    assert sheet.bad.one() == 10
    sheet.key(Qt.Key.Key_4)
    assert sheet.bad.one() == 4


def test_from_right_to_left_the_arrows_follow_the_eye(right_to_left: None, sheet: Sheet) -> None:
    buttons = sheet.bad.buttons()
    assert buttons[0].x() > buttons[1].x()
    assert sheet.key(Qt.Key.Key_Tab, Qt.Key.Key_Left) == "1"
    assert sheet.key(Qt.Key.Key_Right) == "0"


def test_a_screen_reader_hears_a_named_group_of_radio_buttons_or_tick_boxes(sheet: Sheet) -> None:
    for chips, role in ((sheet.bad, QAccessible.Role.RadioButton), (sheet.sizes, QAccessible.Role.CheckBox)):
        group = QAccessible.queryAccessibleInterface(chips)
        assert group.role() is QAccessible.Role.Grouping
        assert group.text(QAccessible.Text.Name) == chips.accessibleName()
        parts = [group.child(place) for place in range(group.childCount())]
        assert {part.role() for part in parts} == {role}
        assert [part.text(QAccessible.Text.Name) for part in parts] == [one.text() for one in chips.buttons()]
    sheet.bad.show_chosen([3])
    states = [QAccessible.queryAccessibleInterface(one).state() for one in sheet.bad.buttons()]
    assert [state.checked for state in states].index(True) == 3
    assert all(state.checkable for state in states)


def test_chips_that_fill_their_row_are_as_wide_as_it_until_they_need_two(sheet: Sheet) -> None:
    buttons = sheet.bad.buttons()
    assert len({one.y() for one in buttons}) == 1
    assert sheet.bad.width() - buttons[-1].geometry().right() < len(buttons) + 1
    sheet.resize(250, 400)
    QApplication.processEvents()
    assert len({one.y() for one in buttons}) > 1
    assert max(one.geometry().right() for one in buttons) <= sheet.bad.width()
