"""Sound on the card: the question that the first break asks, the button that mutes, and the steps that are reported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from numbguard.core.settings.choices import Style
from numbguard.ui.card.sound_controls import SoundButton, SoundQuestion
from numbguard.ui.card.stage import BreakCardStage
from numbguard.ui.card.window import CardWindow
from tests.ui.card.card_stage import CARDS, Deck, Run

QUESTION = "Would you like a soft sound at breaks?"


class Sounds:
    """The sounds of a profile: off, and asked about once."""

    def __init__(self) -> None:
        self.is_on = False
        self.asks = True
        self.switched: list[bool] = []

    def may_ask(self) -> bool:
        asks, self.asks = self.asks, False
        return asks

    def switch(self, on: bool) -> None:
        self.is_on = on
        self.switched.append(on)


class Card:
    """A card on the screen, with its sounds."""

    def __init__(self) -> None:
        self.run, self.sounds = Run(), Sounds()
        self.stage = BreakCardStage(self.run, Deck(), Deck(), sound=self.sounds)
        self.steps: list[tuple[str, str]] = []
        self.stage.on_step = lambda step, words: self.steps.append((step, words))

    def open(self, slug: str = "seated-hamstring") -> None:
        self.stage.open(slug, duration_s=80.0, style=Style.STANDARD, can_snooze=True)
        QTest.qWait(80)

    @property
    def window(self) -> QWidget:
        (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, CardWindow) and one.isVisible())
        return window

    def question(self) -> SoundQuestion | None:
        return next((one for one in self.window.findChildren(SoundQuestion) if one.isVisible()), None)

    def button(self) -> SoundButton:
        (button,) = (one for one in self.window.findChildren(SoundButton) if one.isVisible())
        return button

    def click(self, words: str) -> None:
        QTest.mouseClick(
            next(
                one
                for one in self.window.findChildren(QPushButton)
                if one.isVisible() and one.text().replace("&", "") == words
            ),
            Qt.MouseButton.LeftButton,
        )
        QTest.qWait(0)


@pytest.fixture
def card(qapp: QApplication) -> Iterator[Card]:
    made = Card()
    yield made
    made.stage.close()
    QTest.qWait(0)


@pytest.mark.parametrize(("answer", "on"), [("Yes", True), ("No", False)])
def test_the_first_break_asks_once_and_is_silent_until_then(card: Card, answer: str, on: bool) -> None:
    card.open()
    assert card.question() is not None
    assert card.sounds.switched == []
    card.click(answer)
    assert card.sounds.switched == [on]
    assert card.question() is None
    assert card.window.focusWidget() in (None, card.window), "no other button is next"
    assert card.button().isChecked() is on
    card.stage.change("quad")
    assert card.question() is None
    card.open()
    assert card.question() is None


def test_a_question_without_an_answer_stays_with_the_break_and_is_not_asked_again(card: Card) -> None:
    card.open()
    card.stage.change("quad")
    QTest.qWait(80)
    assert card.question() is not None, "another card of the same break"
    card.stage.ask_after()
    card.stage.close()
    card.open()
    assert card.question() is None
    assert card.sounds.switched == []


def test_one_click_mutes_and_another_lets_it_be_heard_again(card: Card) -> None:
    card.sounds.is_on, card.sounds.asks = True, False
    card.open()
    button = card.button()
    assert (button.accessibleName(), button.toolTip()) == ("Sound", "Sound is on. Click to turn it off.")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (card.sounds.switched, button.isChecked()) == ([False], False)
    assert button.accessibleDescription() == "Sound is off. Click to turn it on."
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert card.sounds.switched == [False, True]


def test_who_uses_the_button_has_answered(card: Card) -> None:
    card.open()
    QTest.mouseClick(card.button(), Qt.MouseButton.LeftButton)
    assert card.question() is None
    assert card.sounds.switched == [True]


def test_a_press_is_seen_in_the_picture(card: Card) -> None:
    card.open()
    off = card.button().grab().toImage()
    card.sounds.is_on = True
    card.button().refresh()
    assert card.button().grab().toImage() != off


def test_the_tab_key_reaches_the_answers_first_then_sound(card: Card) -> None:
    card.open()
    widget: QWidget | None = card.window
    order: list[str] = []
    for _ in range(60):
        assert widget is not None
        widget = widget.nextInFocusChain()
        if isinstance(widget, QPushButton) and widget.isVisible():
            order.append(widget.accessibleName() or widget.text().replace("&", ""))
    order = list(dict.fromkeys(order))
    assert order.index("Done") < order.index("Sound")
    assert order.index("Yes") < order.index("No")
    assert order.index("Done") < order.index("Yes")


def test_each_step_is_reported_once_the_first_one_included(card: Card) -> None:
    card.open()
    steps = CARDS.card("seated-hamstring")
    assert steps is not None
    for at in (5.0, 15.0, 41.0, 55.0, 81.0):
        card.run.at, card.run.looks = at, 0
        for _ in range(40):
            QTest.qWait(50)
            if card.run.looks >= 2:
                break
    assert [words for _step, words in card.steps] == [step.text for step in steps.steps]
    assert len({step for step, _words in card.steps}) == 4
