"""What widgets are to a screen reader: asked of Qt's interfaces, as the bridge to AT-SPI asks them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.widgets import roles, screen_reader
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.form.fields import ChoiceBox
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.plain_window import PlainWindow

Text, Role = QAccessible.Text, QAccessible.Role


@pytest.fixture(autouse=True)
def reader_runs(qapp: object) -> Iterator[None]:
    screen_reader.install()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def seen(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_a_window_is_one_and_what_is_painted_in_it_is_a_picture_or_a_group(qtbot: QtBot) -> None:
    window = PlainWindow()
    qtbot.addWidget(window)
    picture, group = QWidget(window), QWidget(window)
    picture.setAccessibleName("The day on a line")
    group.setAccessibleName("When you work")
    QLabel("From", group)
    assert seen(window).role() is Role.Window
    assert seen(picture).role() is Role.Graphic
    assert seen(group).role() is Role.Grouping
    assert seen(QWidget(window)).role() is Role.Client, "what has no name is nothing"


def test_a_part_can_become_an_alert_after_it_was_asked_for(qtbot: QtBot) -> None:
    window = PlainWindow()
    qtbot.addWidget(window)
    pane = QWidget(window)
    assert seen(pane).role() is Role.Client
    roles.set_role(pane, Role.AlertMessage)
    assert seen(pane).role() is Role.AlertMessage


def test_a_choice_is_named_by_what_it_chooses_and_can_be_worked(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["Any side", "Left"])
    box.setAccessibleName("Side")
    assert seen(box).text(Text.Name) == "Side: Any side"
    seen(box).actionInterface().doAction("Increase")
    assert (seen(box).text(Text.Name), seen(box).text(Text.Value)) == ("Side: Left", "Left")


def test_a_radio_button_that_a_screen_reader_presses_is_chosen_as_by_a_click(qtbot: QtBot) -> None:
    window = PlainWindow()
    qtbot.addWidget(window)
    chips = Chips(window, "How bad", {1: "1", 2: "2"}, names={1: "1 of 10", 2: "2 of 10"})
    chip = seen(chips.buttons()[1])
    assert (chip.role(), chip.text(Text.Name), chip.state().checked) == (Role.RadioButton, "2 of 10", False)
    with qtbot.waitSignal(chips.changed, timeout=2000):
        chip.actionInterface().doAction("Press")
    assert chips.one() == 2
    assert chip.state().checked


def test_a_button_is_named_by_its_words_and_pressed_by_its_letter(qtbot: QtBot) -> None:
    window = PlainWindow()
    qtbot.addWidget(window)
    button = seen(QPushButton("&Save && close", window))
    assert (button.role(), button.text(Text.Name)) == (Role.Button, "Save & close")
    assert button.actionInterface().keyBindingsForAction("Press") == ["Alt+S"]


def test_what_a_screen_reader_selects_becomes_the_current_entry(qtbot: QtBot) -> None:
    entries = QListWidget()
    qtbot.addWidget(entries)
    entries.addItems(["Breaks", "Posture"])
    entries.setCurrentRow(0)
    roles.choose_what_is_selected(entries)
    second = entries.model().index(1, 0)
    entries.selectionModel().select(second, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.waitUntil(lambda: entries.currentRow() == 1, timeout=2000)


def test_text_to_be_copied_is_no_control_to_a_screen_reader(qtbot: QtBot) -> None:
    window = PlainWindow()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(label := label_for(window, "After 6 more sittings …", selectable=True))
    assert not seen(label).state().focusable
