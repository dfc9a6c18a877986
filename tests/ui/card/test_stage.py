"""The card window, used as a person would: seen, answered, closed, and deleted without a trace."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.messages import Action
from numbguard.core.cards.cards import Card
from numbguard.core.cards.table_reader import CardError
from numbguard.core.log.break_days import BreakWeek, DotState
from numbguard.core.settings.choices import Style
from numbguard.ui.card.controls import RoutineDots
from numbguard.ui.card.firm.firm_window import FirmCardWindow
from numbguard.ui.card.firm.keyboard_hold import KeyboardHold
from numbguard.ui.card.got_up_page import BreakWord
from numbguard.ui.card.page import CardPage
from numbguard.ui.card.window import CardWindow
from numbguard.ui.widgets.buttons import snooze_words
from numbguard.ui.widgets.step_list import StepList, StepMark
from numbguard.ui.widgets.time_ring import TimeRing, bare_left, say_left, write_left
from numbguard.ui.widgets.week.week_dots import WeekDots
from numbguard.wording import catalogue
from tests.ui.card.card_stage import CARDS, Stage


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage()
    yield made
    made.window.close()
    QTest.qWait(0)


@pytest.fixture
def still_stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(still=True)
    yield made
    made.window.close()
    QTest.qWait(0)


# --- content ---------------------------------------------------------------------------------------------------------


def test_the_card_says_what_to_do_why_and_for_how_long(stage: Stage) -> None:
    stage.open()
    card = CARDS.card("seated-hamstring")
    assert card is not None
    stage.enough_room()
    assert {card.title, card.why, card.caution, card.steps[0].text, "Step 1 of 4\n1:20 left"} <= set(stage.words())
    assert any(one.startswith(f"Next: {card.steps[1].text[:20]}") for one in stage.words())
    assert not any(step.text in stage.words() for step in card.steps[1:]), "the current step alone"
    assert stage.shown().windowTitle() == f"{card.title} – NumbGuard"


def test_the_list_of_all_steps_is_one_press_away_and_folds_away_again(stage: Stage) -> None:
    stage.open()
    card = CARDS.card("seated-hamstring")
    assert card is not None
    stage.buttons()["All steps ▸"].click()
    QTest.qWait(30)
    words = stage.words()
    assert all(step.text in words for step in card.steps)
    assert card.why in words, "there is room for it beside the list"
    assert [one for one in words if one.endswith(" s")] == ["10 s", "30 s", "10 s", "30 s"]
    stage.buttons()["All steps ▾"].click()
    QTest.qWait(30)
    assert card.steps[2].text not in stage.words()


@pytest.mark.parametrize("slug", ["seated-hamstring", "calf-wall", "heel-toe-rock"])
def test_the_step_and_its_seconds_can_be_read_from_three_metres(stage: Stage, slug: str) -> None:
    stage.open(slug)
    stage.enough_room()
    page = stage.page()
    assert page._step.font().pixelSize() >= 28
    assert (page._ring._digits or 0) >= 64
    assert page._step.height() >= page._step.heightForWidth(page._step.width())


@pytest.mark.parametrize("slug", ["bird-dog", "cat-cow-standing", "calf-raises"])
def test_on_a_small_screen_the_step_is_as_large_and_everything_else_makes_room(stage: Stage, slug: str) -> None:
    stage.open(slug)
    stage.resize(800, 444)
    page = stage.page()
    assert page._step.font().pixelSize() >= 28
    assert (page._ring._digits or 0) >= 52
    assert not page._figure.isHidden()


def test_the_steps_follow_the_clock_of_the_break(stage: Stage) -> None:
    stage.open()
    assert stage.marks() == [StepMark.NOW, StepMark.TO_COME, StepMark.TO_COME, StepMark.TO_COME]
    stage.wait_until(25.0)
    assert stage.marks() == [StepMark.DONE, StepMark.NOW, StepMark.TO_COME, StepMark.TO_COME]
    ring = stage.shown().findChild(TimeRing)
    assert isinstance(ring, TimeRing)
    assert ring.accessibleName() == "Time left: 15 seconds"
    assert "Step 2 of 4\n0:55 left" in stage.words()
    stage.wait_until(81.0)
    assert stage.marks() == [StepMark.DONE] * 4


def test_time_is_written_as_on_a_clock_and_said_in_words() -> None:
    assert [bare_left(one) for one in (9, 99, 100, -3)] == ["9", "99", "1:40", "0"]
    assert [write_left(one) for one in (94, 9, 0, -3)] == ["1:34", "0:09", "0:00", "0:00"]
    assert [say_left(one) for one in (94, 60, 61, 0)] == [
        "1 minute 34 seconds",
        "1 minute",
        "1 minute 1 second",
        "none",
    ]


def test_the_figure_moves_and_turns_to_the_side_of_the_step(stage: Stage) -> None:
    stage.open()
    figure = stage.page()._figure
    first = figure.grab().toImage()
    QTest.qWait(900)
    assert figure.grab().toImage() != first
    stage.wait_until(45.0)
    assert stage.page()._drawn is not None
    assert stage.page()._drawn[1] is True, "the left leg is the mirror image"


def test_without_movement_the_card_shows_the_stretch_itself(still_stage: Stage) -> None:
    stage = still_stage
    stage.open()
    QTest.qWait(300)
    figure = stage.page()._figure
    first = figure.grab().toImage()
    QTest.qWait(700)
    assert figure.grab().toImage() == first


def test_another_card_takes_what_is_left_of_the_break(stage: Stage) -> None:
    stage.open()
    stage.run.at = 40.0
    stage.window.change("calf-wall")
    QTest.qWait(50)
    assert stage.shown().windowTitle().startswith("Calf")
    assert stage.marks()[0] is StepMark.NOW
    assert len(stage.shown().findChildren(CardPage)) == 1


def test_a_card_that_cannot_be_read_still_makes_a_break(stage: Stage) -> None:
    def broken(slug: str) -> Card:
        raise CardError(f"Card “{slug}”: steps 2.seconds must be a number.")

    stage.deck.card_of = broken
    stage.open("mine")
    assert "Card “mine”: steps 2.seconds must be a number." in stage.words()
    assert "Stand up and walk a few steps." in stage.words()
    stage.buttons()["Done"].click()
    assert stage.said == [Action.DONE]


def test_a_card_that_is_not_there_at_all_is_told_too(stage: Stage) -> None:
    stage.deck.card_of = lambda _slug: None
    stage.open("gone")
    assert any("“gone” can't be read" in one for one in stage.words())


def test_a_movement_no_body_can_follow_leaves_the_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def cannot(*_motion: object, **_how: object) -> str:
        raise ZeroDivisionError("a bone without length")

    monkeypatch.setattr("numbguard.figure.svg.still_svg", cannot)
    stage.open()
    assert "Seated hamstring stretch" in stage.words()
    assert stage.page()._frames.timer.isActive()
    assert "a bone without length" in caplog.text


# --- a routine -------------------------------------------------------------------------------------------------------


def test_a_routine_goes_from_card_to_card_by_itself(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus", "quad")
    calf, soleus = CARDS.card("calf-wall"), CARDS.card("soleus")
    assert calf is not None and soleus is not None
    left = write_left(int(stage.deck.parts[-1].end_s))
    assert {f"1 of 3: {calf.title}", calf.caution, f"Step 1 of 4\n{left} left in the routine"} <= set(stage.words())
    assert stage.shown().windowTitle() == f"My routine, 1 of 3: {calf.title} – NumbGuard"
    assert [one.accessibleName() for one in stage.shown().findChildren(RoutineDots)] == ["Card 1 of 3"]
    stage.wait_until(calf.seconds + 1)
    assert {f"2 of 3: {soleus.title}", soleus.caution} <= set(stage.words())
    assert calf.caution not in stage.words()
    assert [one.accessibleName() for one in stage.shown().findChildren(RoutineDots)] == ["Card 2 of 3"]
    stage.page()._fold.click()
    seconds = [one for one in stage.words() if one.endswith(" s")]
    assert seconds[1:] == [f"{step.seconds} s" for step in soleus.steps[1:]], "as long as the card says"
    assert stage.marks()[0] is StepMark.NOW
    assert len(stage.shown().findChildren(CardPage)) == 1


def test_a_routine_out_of_sight_is_found_where_it_is_by_then(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus", "quad")
    stage.wait_until(stage.deck.parts[2].start_s + 1)
    assert any(one.startswith("3 of 3: ") for one in stage.words())
    stage.wait_until(stage.deck.parts[2].end_s + 1)
    assert any(one.startswith("3 of 3: ") for one in stage.words()), "what comes next is the engine's to say"
    assert set(stage.marks()) == {StepMark.DONE}


def test_a_routine_is_stopped_or_done_and_nothing_else(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus")
    assert set(stage.buttons()) == {"Done", "Stop", "Next card", "Read more", "All steps ▸"}
    stage.buttons()["Stop"].click()
    stage.buttons()["Done"].click()
    assert stage.said == [Action.CLOSE, Action.DONE]


def test_a_card_of_a_routine_can_be_left_out_but_not_the_last(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus")
    stage.wait_until(12.0)
    stage.buttons()["Next card"].click()
    assert stage.run.at == pytest.approx(stage.deck.parts[1].start_s, abs=0.1)
    assert any(one.startswith("2 of 2: ") for one in stage.words())
    assert set(stage.buttons()) == {"Done", "Stop", "Read more", "All steps ▸"}


def test_the_keyboard_stays_on_its_button_from_card_to_card(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus", "quad")
    done = stage.buttons()["Done"]
    done.setFocus()
    stage.wait_until(stage.deck.parts[1].start_s + 1)
    held = stage.shown().focusWidget()
    assert isinstance(held, QPushButton)
    assert held is not done
    assert held.text() == "&Done"
    stage.buttons()["Next card"].setFocus()
    stage.wait_until(stage.deck.parts[2].start_s + 1)
    assert stage.shown().focusWidget() is stage.shown(), "the last card has no such button"


def test_a_card_leads_to_what_the_guide_says_unless_it_covers_the_screen(stage: Stage) -> None:
    stage.open()
    stage.enough_room()
    stage.buttons()["Read more"].click()
    card = CARDS.card("seated-hamstring")
    assert card
    assert stage.read == [card.section]
    assert stage.said == []
    stage.open(style=Style.FIRM)
    assert "Read more" not in stage.buttons()
    stage.deck.card_of = lambda _slug: None
    stage.open()
    assert "Read more" not in stage.buttons()


# --- paused, turned and enlarged -------------------------------------------------------------------------------------


def clicked_on(stage: Stage) -> CardWindow:
    """The window, once the person has given it the keyboard with a click on the figure."""
    QTest.mouseClick(stage.page()._figure, Qt.MouseButton.LeftButton)
    return stage.shown()


def test_space_pauses_the_card_and_goes_on_with_it(stage: Stage) -> None:
    stage.open()
    stage.enough_room()
    window = clicked_on(stage)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert stage.run.held
    QTest.qWait(80)
    figure = stage.page()._figure
    first = figure.grab().toImage()
    QTest.qWait(400)
    assert figure.grab().toImage() == first, "the figure stands still as well"
    assert "Go on (Space)" in stage.glyphs()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert not stage.run.held
    assert "Pause (Space)" in stage.glyphs()
    assert stage.said == []


def test_a_pause_from_elsewhere_is_shown_too(stage: Stage) -> None:
    stage.open()
    stage.wait_until(12.0)
    stage.run.held = True
    QTest.qWait(500)
    assert "Go on (Space)" in stage.glyphs()


def test_the_arrow_keys_turn_the_steps_even_from_a_button(stage: Stage) -> None:
    steps: list[str] = []
    stage.window.on_step = lambda _step, words: steps.append(words)
    stage.open()
    card = CARDS.card("seated-hamstring")
    assert card is not None
    window = clicked_on(stage)
    QTest.keyClick(window, Qt.Key.Key_Left)
    assert stage.run.at == pytest.approx(0.0)
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert stage.run.at == pytest.approx(10.0, abs=0.1)
    stage.buttons()["Done"].setFocus()
    QTest.keyClick(stage.buttons()["Done"], Qt.Key.Key_Right)
    assert stage.run.at == pytest.approx(40.0, abs=0.1)
    QTest.keyClick(stage.buttons()["Done"], Qt.Key.Key_Left)
    assert stage.run.at == pytest.approx(10.0, abs=0.1)
    assert card.steps[1].text in stage.words()
    for _press in range(5):
        QTest.keyClick(window, Qt.Key.Key_Right)
    assert stage.run.at == pytest.approx(50.0, abs=0.1), "the last step stays"
    texts = [step.text for step in card.steps]
    assert steps == [texts[0], texts[1], texts[2], texts[1], texts[2], texts[3]]
    assert stage.said == []


def test_the_arrow_keys_follow_the_direction_of_reading(stage: Stage, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        stage.open()
        QTest.keyClick(clicked_on(stage), Qt.Key.Key_Left)
        assert stage.run.at == pytest.approx(10.0, abs=0.1)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_in_a_routine_the_arrow_keys_go_on_from_card_to_card_and_back(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus", "quad")
    calf = CARDS.card("calf-wall")
    assert calf is not None
    window = clicked_on(stage)
    for _step in calf.steps:
        QTest.keyClick(window, Qt.Key.Key_Right)
    assert any(one.startswith("2 of 3: ") for one in stage.words())
    QTest.keyClick(window, Qt.Key.Key_Left)
    QTest.qWait(30)
    assert {f"1 of 3: {calf.title}", calf.steps[-1].text} <= set(stage.words())


def test_what_the_keys_do_can_be_clicked_and_leaves_the_keyboard_with_the_card(stage: Stage) -> None:
    stage.open()
    page = stage.page()
    QTest.mouseClick(page._on, Qt.MouseButton.LeftButton)
    assert stage.run.at == pytest.approx(10.0, abs=0.1)
    QTest.mouseClick(page._back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page._hold, Qt.MouseButton.LeftButton)
    assert (stage.run.at, stage.run.held) == (pytest.approx(0.0, abs=0.1), True)
    assert not page._back.isEnabled()
    assert stage.shown().focusWidget() in (None, stage.shown())


def hold_of(window: CardWindow) -> KeyboardHold:
    assert isinstance(window, FirmCardWindow) and window._hold is not None
    return window._hold


@pytest.mark.parametrize("style", [Style.STANDARD, Style.FIRM])
def test_f11_lets_the_card_fill_the_screen_and_back(stage: Stage, style: Style, qtbot: QtBot) -> None:
    stage.open(style=style)
    window, small = stage.shown(), stage.page().size()
    before = window.size()
    if style is Style.FIRM:
        qtbot.waitUntil(lambda: not hold_of(window)._swallows.isActive())
    stage.page()._fold.click()
    QTest.keyClick(window, Qt.Key.Key_F11)
    QTest.qWait(80)
    assert window.geometry() == window.screen().geometry()
    assert stage.page().unfolded
    assert stage.page().height() > small.height()
    assert "Back to the small card (F11)" in stage.glyphs()
    QTest.keyClick(window, Qt.Key.Key_F11)
    QTest.qWait(80)
    assert window.size() == before
    assert "Enlarge (F11)" in stage.glyphs()
    assert len(stage.shown().findChildren(CardPage)) == 1


def test_escape_makes_an_enlarged_card_small_again_before_it_closes_it(stage: Stage) -> None:
    stage.open()
    window, before = stage.shown(), stage.shown().size()
    QTest.keyClick(window, Qt.Key.Key_F11)
    QTest.qWait(50)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.qWait(80)
    assert window.isVisible() and window.size() == before
    assert stage.said == []
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert stage.said == [Action.CLOSE]


def test_the_question_after_an_enlarged_card_is_small_again(stage: Stage) -> None:
    stage.open()
    QTest.keyClick(stage.shown(), Qt.Key.Key_F11)
    QTest.qWait(50)
    stage.window.ask_after()
    QTest.qWait(80)
    assert stage.shown().height() < stage.shown().screen().geometry().height() // 2


# --- lasting ---------------------------------------------------------------------------------------------------------


def test_a_card_follows_a_routine_as_ever(stage: Stage) -> None:
    stage.open_routine("calf-wall", "soleus")
    stage.deck.parts = ()
    stage.run.at = 0.0
    stage.open("quad")
    assert "Another…" in stage.buttons()


# --- another text size or language while a card is open --------------------------------------------------------------


@pytest.fixture
def letters(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Changes the text size of the app, by a factor."""
    usual = QFont(qapp.font())

    def resize(factor: float) -> None:
        font = QFont(usual)
        font.setPointSizeF(usual.pointSizeF() * factor)
        qapp.setFont(font)

    yield resize
    qapp.setFont(usual)
    catalogue.forget()


def test_a_card_goes_on_with_larger_letters_at_the_step_it_was_at(
    stage: Stage, letters: Callable[[float], None]
) -> None:
    letters(0.6)  # the screen is small
    stage.open()
    stage.run.at, stage.run.held = 12.0, True
    before, card = stage.shown().width(), CARDS.card("seated-hamstring")
    letters(0.8)
    stage.window.renew()
    QTest.qWait(80)
    assert stage.shown().width() > before
    assert card is not None
    assert stage.page().step[1] == card.steps[1].text, "12 seconds on"
    assert (stage.run.at, stage.run.held) == (12.0, True)
    assert stage.said == []


def test_a_card_of_a_routine_and_the_question_speak_another_language(
    stage: Stage, letters: Callable[[float], None]
) -> None:
    stage.open_routine("ankle-circles", "quad")
    stage.run.at = stage.deck.parts[1].start_s + 3
    stage.window._go_on()
    catalogue.use(catalogue.PSEUDO)
    stage.window.renew()
    QTest.qWait(80)
    assert stage.shown().windowTitle() not in ("", "My routine, 2 of 2: Quad stretch – NumbGuard")
    assert stage.page().plan.part is stage.deck.parts[1]
    stage.window.ask_after()
    catalogue.use(catalogue.ENGLISH)
    stage.window.renew()
    QTest.qWait(80)
    assert "Did you get up?" in stage.words()
    assert "Yes" in stage.buttons()


def test_a_firm_card_and_its_way_out_follow_and_it_keeps_the_screen_and_the_keyboard(
    stage: Stage, letters: Callable[[float], None]
) -> None:
    letters(0.5)
    stage.window.renew()
    assert stage.on_screen() == [], "no card needs none"
    stage.open(style=Style.FIRM)
    stage.run.at = 12.0
    window, hold = stage.shown(), stage.shown()._hold
    QTest.qWait(1200)  # the keys of the first second are swallowed
    assert "Leave the break" in stage.buttons()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    letters(0.7)
    catalogue.use(catalogue.PSEUDO)
    stage.window.renew()
    QTest.qWait(80)
    assert window.isVisible() and stage.shown() is window and window._hold is hold
    assert window.geometry() == window.screen().geometry()
    assert window._bar.asks and window._bar._leave.hasFocus(), "the question is still open"
    assert "Leave" not in stage.buttons()
    assert window._bar.geometry().bottom() <= window.rect().bottom()
    window._bar._leave.click()
    assert stage.said == [Action.CLOSE]


def test_the_question_after_a_firm_card_follows_and_stays_large(stage: Stage, letters: Callable[[float], None]) -> None:
    letters(0.5)
    stage.open(style=Style.FIRM)
    stage.window.ask_after()
    zoom = stage.shown().zoom
    letters(0.6)
    stage.window.renew()
    QTest.qWait(80)
    assert "Did you get up?" in stage.words()
    assert stage.shown().zoom < zoom, "larger letters leave less room to enlarge them"
    assert stage.shown().zoom > 1
    assert stage.shown()._bar.isHidden()


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "action"),
    [("Done", Action.DONE), ("In 5 minutes", Action.SNOOZE), ("Skip", Action.SKIP)],
)
def test_each_button_gives_its_answer(stage: Stage, label: str, action: Action) -> None:
    stage.open()
    stage.buttons()[label].click()
    assert stage.said == [action]


def test_another_opens_the_library_which_closes_with_the_card(stage: Stage) -> None:
    stage.open()
    stage.library.clear()
    stage.buttons()["Another…"].click()
    assert (stage.library, stage.said) == (["opened"], []), "the card stays until another one is chosen"
    stage.window.ask_after()
    assert stage.library == ["opened", "closed"]


def test_in_the_firm_style_another_shows_the_next_card_at_once(stage: Stage) -> None:
    """A window to browse in would uncover the screen."""
    stage.open(style=Style.FIRM)
    stage.buttons()["Another"].click()
    assert stage.said == [Action.ANOTHER]
    assert "opened" not in stage.library


def test_no_more_snoozing_when_there_was_enough(stage: Stage) -> None:
    stage.open(can_snooze=False)
    stage.enough_room()
    assert set(stage.buttons()) == {"Done", "Another…", "Skip", "Read more", "All steps ▸"}


def test_a_short_break_is_offered_in_place_of_one_skip_too_many(stage: Stage) -> None:
    stage.window.open("quad", duration_s=80.0, style=Style.STANDARD, can_snooze=True, way_out=Action.SHORT)
    QTest.qWait(80)
    assert "Skip" not in stage.buttons()
    stage.buttons()["Just 20 seconds"].click()
    assert stage.said == [Action.SHORT]
    stage.window.open("quad", duration_s=20.0, style=Style.STANDARD, can_snooze=False, way_out=None)
    QTest.qWait(80)
    assert set(stage.buttons()) == {"Done", "Another…", "Read more", "All steps ▸"}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (300, "In &5 minutes"),
        (60, "In &1 minute"),
        (90, "In &90 seconds"),
        (20, "In &20 seconds"),
        (3900, "In &1 h 05 min"),
    ],
)
def test_the_snooze_button_says_its_real_length(seconds: float, words: str) -> None:
    assert snooze_words(seconds) == words


def test_every_control_is_reached_by_keyboard_and_has_a_name_and_a_meaning(stage: Stage) -> None:
    stage.open()
    window = stage.shown()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.rect().bottomLeft())
    assert window.focusWidget() in (None, window), "a stray key must not press anything"
    QTest.keyClick(window, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert stage.said == []
    order = []
    for _ in range(4):
        window.focusNextChild()
        focused = window.focusWidget()
        assert isinstance(focused, QPushButton)
        order.append(focused.text().replace("&", ""))
        assert "&" in focused.text(), "every button has a letter of its own"
        assert focused.accessibleDescription()
    assert order == ["Done", "Another…", "In 5 minutes", "Skip"]
    for _ in range(5):
        window.focusNextChild()
        focused = window.focusWidget()
        assert isinstance(focused, QPushButton)
        order.append(focused.text().replace("&", "") or focused.accessibleName())
    assert order[4:] == ["Go on (Space)", "Next step (→)", "Enlarge (F11)", "All steps ▸", "Read more"]
    QTest.keyClick(stage.buttons()["Done"], Qt.Key.Key_Return)
    assert stage.said == [Action.DONE]


def test_then_it_asks_whether_they_got_up(stage: Stage) -> None:
    stage.run.on_action = lambda action: stage.window.ask_after() if action is Action.DONE else stage.window.close()
    stage.open()
    large = stage.shown().size()
    stage.buttons()["Done"].click()
    QTest.qWait(50)
    assert "Did you get up?" in stage.words()
    assert set(stage.buttons()) == {"Yes", "Not this time"}
    assert stage.shown().height() < large.height()
    stage.buttons()["Yes"].click()
    assert stage.said == [Action.DONE, Action.MOVED]
    assert not stage.on_screen()


def test_the_question_may_be_answered_with_not_this_time(stage: Stage) -> None:
    stage.open()
    stage.window.ask_after()
    QTest.qWait(30)
    stage.buttons()["Not this time"].click()
    assert stage.said == [Action.NOT_MOVED]


@pytest.mark.parametrize("way", ["escape", "title bar"])
def test_closed_by_the_person_it_says_so_once(stage: Stage, way: str) -> None:
    stage.run.on_action = lambda _action: stage.window.close()
    stage.open()
    window = stage.shown()
    if way == "escape":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        window.close()
    QTest.qWait(30)
    assert stage.said == [Action.CLOSE]
    assert not stage.on_screen()


def test_closed_by_the_engine_it_says_nothing(stage: Stage) -> None:
    stage.open()
    stage.window.close()
    stage.window.close()
    QTest.qWait(30)
    assert stage.said == []


# --- lightness -------------------------------------------------------------------------------------------------------


def test_nothing_moves_that_nobody_sees(stage: Stage) -> None:
    stage.open()
    page = stage.page()
    assert page._frames.timer.isActive()
    stage.shown().showMinimized()
    QTest.qWait(50)
    assert not page._frames.timer.isActive()
    stage.shown().showNormal()
    QTest.qWait(50)
    assert page._frames.timer.isActive()


def _our_widgets() -> list[QWidget]:
    """The widgets of ours that there are, those that an earlier test has left included."""
    return [one for one in QApplication.allWidgets() if type(one).__module__.startswith("numbguard")]


def test_a_closed_card_is_gone(stage: Stage) -> None:
    before = {id(one) for one in _our_widgets()}
    stage.open()
    stage.window.ask_after()
    stage.window.close()
    stage.open("quad")
    stage.window.close()
    QTest.qWait(50)
    gc.collect()
    assert [one for one in _our_widgets() if id(one) not in before] == []
    renderers = [one for one in gc.get_objects() if type(one).__name__ == "QSvgRenderer"]
    assert renderers == []


def test_qtsvg_waits_for_the_first_card() -> None:
    check = (
        "import sys; import numbguard.ui.card.stage;"
        "assert not {'PySide6.QtSvg', 'numbguard.ui.card.page', 'numbguard.figure.svg', 'tomllib'} & set(sys.modules)"
    )
    env = {"PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", check], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_bench_is_told_how_long_it_took(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NUMBGUARD_TRACE", "1")
    stage.open()
    stage.wait_until(30.0)
    said = capfd.readouterr().err.split()
    assert said[:2] == ["trace:", "card-painted"]
    assert len(said) == 3
    assert float(said[2]) > 0


@pytest.mark.parametrize("size", [(1024, 560), (800, 440), (512, 276)])
@pytest.mark.parametrize("unfolded", [False, True])
def test_nothing_is_cut_off_on_a_small_screen(stage: Stage, size: tuple[int, int], unfolded: bool) -> None:
    stage.open()
    window = stage.shown()
    window.resize(*size)
    QTest.qWait(50)
    if unfolded:
        stage.page()._fold.click()
        QTest.qWait(50)
    for one in window.findChildren(QWidget):
        steps = window.findChild(StepList)
        inside_list = steps is not None and steps.isAncestorOf(one)
        if one.isVisible() and not inside_list and one.window() is window:
            spot = QRect(one.mapTo(window, one.rect().topLeft()), one.size())
            assert window.rect().contains(spot), f"{type(one).__name__} {one.accessibleName()} lies outside"
            if isinstance(one, QLabel | QPushButton):
                assert one.height() >= min(one.sizeHint().height(), one.heightForWidth(one.width()))


def test_the_card_says_why_it_was_chosen(stage: Stage) -> None:
    stage.deck.why = "For your left calf, which you logged twice this week."
    stage.open()
    stage.enough_room()
    assert stage.deck.why in stage.words()
    stage.shown().resize(stage.shown().minimumSize())
    QTest.qWait(50)
    assert stage.deck.why not in stage.words(), "no room"


# --- the word after Yes -----------------------------------------------------------------------------------------------

WORD = BreakWord("Third break today", "Next at 10:50", BreakWeek((DotState.KEPT,) * 2 + (DotState.AHEAD,) * 5, 1, 6))


def test_yes_brings_a_word_and_then_the_window_goes_by_itself(stage: Stage, monkeypatch) -> None:
    monkeypatch.setattr("numbguard.ui.card.stage.WORD_FOR_MS", 300)
    stage.word = WORD
    stage.open()
    stage.window.ask_after()
    stage.window.close(got_up=True)
    QTest.qWait(50)
    assert stage.words() == ["Third break today", "Next at 10:50", "6-day streak (rest days don't break it)"]
    dots = stage.shown().findChild(WeekDots)
    assert isinstance(dots, WeekDots)
    assert dots.accessibleName().startswith("You took at least half of your breaks on 2 days this week")
    assert stage.buttons() == {}
    QTest.qWait(400)
    assert stage.on_screen() == []
    assert stage.said == []


@pytest.mark.parametrize("answers", [True, False])
def test_a_log_without_a_word_keeps_nobody_waiting(stage: Stage, answers: bool) -> None:
    stage.answers_about_word = answers
    stage.open()
    stage.window.ask_after()
    stage.window.close(got_up=True)
    QTest.qWait(50 if answers else 600)
    assert stage.on_screen() == []


def test_the_word_is_closed_like_any_window_and_answers_nothing(stage: Stage) -> None:
    stage.word = WORD
    stage.open()
    stage.window.ask_after()
    stage.window.close(got_up=True)
    QTest.qWait(50)
    stage.shown().close()
    QTest.qWait(0)
    assert stage.on_screen() == []
    assert stage.said == []


def test_the_next_break_does_not_wait_for_the_word_of_the_last(stage: Stage) -> None:
    stage.word = WORD
    stage.open()
    stage.window.ask_after()
    stage.window.close(got_up=True)
    QTest.qWait(50)
    stage.open()
    assert stage.page().isVisible()
