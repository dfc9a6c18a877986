"""Step-by-step relief, as somebody with a numb leg uses it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.instant import Instant
from numbguard.core.cards.cards import Card
from numbguard.core.cards.table_reader import CardError
from numbguard.core.errors import JournalError
from numbguard.core.log.advice.relief import STEPS, WALKING, ReliefMethod
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, WarningSign, signs_of
from numbguard.core.sites import Side
from numbguard.figure.palette import FigureTheme
from numbguard.figure.water_and_snack import water_svg
from numbguard.store.cards.library import Library
from numbguard.ui.relief.window import ReliefWindow
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.step_list import StepMark
from numbguard.wording.log import advice as words
from tools.fakes import FakeControls, episode

LIBRARY = Library(Path(__file__).parents[3] / "resources" / "cards")
# Qt's offscreen platform warns that it cannot raise a window: it has no stacking order.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SIGNS = {*signs_of(AdviceTier.NOW), *signs_of(AdviceTier.TODAY)}
WHOLE = sum(step.seconds for step in STEPS)


class Flow:
    """A relief window with a fake runtime: its clock, and a record of what the window asked of it."""

    def __init__(self) -> None:
        self.controls = FakeControls()
        self.episode = episode(self.controls.shown.snapshot.at.wall)
        self.card_of: Callable[[str], Card | None] = LIBRARY.card
        self._window: ReliefWindow | None = None
        self.helped = 0
        self.closed = 0

    def open(self, *, leg: Side | None = Side.RIGHT, still: bool = True, **told: object) -> Flow:
        """Open it for a leg that was told, so that it begins with the steps, or for what ``told`` says instead."""
        self.episode = replace(self.episode, leg=leg, **told)  # type: ignore[arg-type]
        self.controls.show(replace(self.controls.shown, open_episode=self.episode))
        self._window = ReliefWindow(self.controls, self.controls, self.episode, card_of=self.card_of, still=still)
        self._window.help_wanted.connect(self._ask_for_help)
        self._window.closed.connect(self._close)
        self._window.resize(round(68 * theme.unit()), round(36 * theme.unit()))
        self._window.present()
        QTest.qWait(30)
        return self

    def _ask_for_help(self) -> None:
        self.helped += 1

    def _close(self) -> None:
        self.closed += 1

    @property
    def window(self) -> ReliefWindow:
        assert self._window is not None
        return self._window

    def passes(self, seconds: float) -> Flow:
        shown = self.controls.shown
        was = shown.snapshot.at
        at = Instant(was.wall + timedelta(seconds=seconds), was.mono + seconds)
        self.controls.show(replace(shown, snapshot=replace(shown.snapshot, at=at)))
        self.window._next_frame()
        return self

    def buttons(self) -> dict[str, QPushButton]:
        return {one.text().replace("&", ""): one for one in self.window.findChildren(QPushButton) if one.isVisible()}

    def press(self, words: str) -> Flow:
        self.buttons()[words].click()
        return self

    def words(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def does(self) -> str:
        return self.window._parts.now.text()

    def release(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            QTest.qWait(0)


@pytest.fixture
def flow(qapp: QApplication) -> Iterator[Flow]:
    made = Flow()
    yield made
    made.release()


# --- the steps -------------------------------------------------------------------------------------------------------


def test_it_begins_with_changing_the_position(flow: Flow) -> None:
    flow.open()
    assert {"Change your position", "Step 1 of 5", STEPS[0].why} <= set(flow.words())
    assert flow.does() == STEPS[0].parts[0].text
    assert flow.window.windowTitle() == "Change your position – NumbGuard"
    assert flow.window._parts.ring.accessibleName() == "Time left: 1 minute"
    assert set(flow.buttons()) == {
        "Back",
        "Wait",
        "Next",
        "It's gone",
        "When to get help",
        "Warning signs ▸",
        "Read more",
    }
    assert not flow.buttons()["Back"].isEnabled()


def test_each_step_leads_to_its_page_of_the_guide(flow: Flow) -> None:
    asked: list[object] = []
    flow.open().window.read_wanted.connect(asked.append)
    flow.press("Read more").press("Next").press("Read more")
    assert asked == [STEPS[0].section, STEPS[1].section]


def test_time_leads_on_from_step_to_step(flow: Flow) -> None:
    flow.open().passes(20)
    assert flow.does() == STEPS[0].parts[1].text
    assert flow.window._parts.ring.accessibleName() == "Time left: 40 seconds"
    flow.passes(41)
    assert "Step 2 of 5" in flow.words()
    assert flow.window._parts.list.marks() == [StepMark.DONE, StepMark.NOW, *[StepMark.TO_COME] * 3]
    flow.passes(10_000)
    assert "Step 5 of 5" in flow.words(), "and stays at the last one"


def test_next_and_back_lead_through_all_five(flow: Flow) -> None:
    flow.open()
    titles = []
    for _ in STEPS:
        titles.append(flow.window._parts.title.text())
        if "Next" in flow.buttons():
            flow.press("Next")
    assert titles == [step.title for step in STEPS]
    assert "Still numb" in flow.buttons()
    flow.press("Back")
    assert "Step 4 of 5" in flow.words()
    assert "Next" in flow.buttons()


def test_a_person_who_needs_longer_stops_the_clock(flow: Flow) -> None:
    flow.open().passes(5).press("Wait").passes(600)
    assert flow.window._parts.ring.accessibleName() == "Time left: 55 seconds"
    flow.press("Go on").passes(10)
    assert flow.window._parts.ring.accessibleName() == "Time left: 45 seconds"
    flow.press("Wait").press("Next")
    assert "Wait" in flow.buttons(), "another step's time runs"


def test_a_numb_left_leg_is_a_left_leg_in_the_picture(flow: Flow) -> None:
    flow.open(leg=Side.LEFT).passes(20)
    left = flow.window._parts.picture.grab().toImage()
    flow.release()
    flow.open(leg=Side.RIGHT)
    flow.passes(20)
    assert flow.window._parts.picture.grab().toImage() != left


def test_the_figure_moves_where_movement_is_wanted(flow: Flow) -> None:
    flow.open(still=False).press("Next")
    picture = flow.window._parts.picture
    first = picture.grab().toImage()
    QTest.qWait(900)
    assert picture.grab().toImage() != first
    assert flow.window._frames.timer.isActive()
    flow.window.hide()
    assert not flow.window._frames.timer.isActive()


@pytest.mark.parametrize("look", list(FigureTheme))
def test_the_glass_is_drunk_in_sips(look: FigureTheme, qapp: QApplication) -> None:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer()
    renderer.setFramesPerSecond(30)
    renderer.setAnimationEnabled(False)
    assert renderer.load(QByteArray(water_svg(look, moving=True).encode()))
    levels = []
    for frame in (0, 72, 120, 204, 270, 359):
        image = QImage(480, 420, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        renderer.setCurrentFrame(frame)
        renderer.render(painter)
        painter.end()
        air = image.pixelColor(210, 125)
        levels.append(next(y for y in range(125, 300) if image.pixelColor(210, y) != air))
    full, sip, still, second, third, full_again = levels
    assert abs(still - sip) <= 1, "between two sips the glass is at rest"
    assert [sip - full, second - full, third - full] == pytest.approx([38, 80, 122], abs=2)
    assert abs(full_again - full) <= 1, "the loop closes"
    assert "animate" not in water_svg(look, moving=False)


def test_a_card_that_cannot_be_read_leaves_the_words(flow: Flow, caplog: pytest.LogCaptureFixture) -> None:
    def broken(slug: str) -> Card | None:
        if slug == "shake-leg":
            return None
        raise CardError(f"Card “{slug}”: title is missing.")

    flow.card_of = broken
    with caplog.at_level(logging.WARNING):
        flow.open().passes(20)
    assert flow.does() == STEPS[0].parts[1].text
    assert "title is missing" in caplog.text
    assert "has no movement" in caplog.text


# --- gone, or still numb ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_its_gone_is_offered_at_every_step_and_stamps_what_helped(flow: Flow, number: int) -> None:
    flow.open()
    for _ in range(number):
        flow.press("Next")
    flow.passes(30).press("It's gone")
    assert flow.controls.requests == [("end with relief", flow.episode.id, list(ReliefMethod)[number])]
    assert f"it went within a minute, at “{STEPS[number].title}”." in "\n".join(flow.words())
    assert set(flow.buttons()) == {"Close", "When to get help", "Warning signs ▸"}


def test_it_says_how_long_it_took(flow: Flow) -> None:
    flow.open().passes(200).press("It's gone")
    assert any("it went after 3 minutes, at “Rub it lightly”." in text for text in flow.words())
    assert flow.window.is_over
    flow.press("Close")
    assert flow.closed == 1


def test_still_numb_after_the_last_step(flow: Flow) -> None:
    flow.open().passes(WHOLE).press("Still numb")
    said = "\n".join(flow.words())
    assert "It's in the log, marked as still numb" in said
    assert "See a doctor if it doesn't go, keeps coming back or gets worse" in said
    assert WALKING in said
    assert flow.controls.requests == [], "nothing was ended"
    flow.press("Start again")
    assert "Step 1 of 5" in flow.words()
    flow.passes(WHOLE).press("Still numb").passes(60).press("It's gone")
    assert flow.controls.requests == [("end with relief", flow.episode.id, None)], "nobody knows what helped"
    assert any("it went after" in text and "at “" not in text for text in flow.words())


def test_ended_elsewhere_it_goes_and_closing_it_ends_nothing(flow: Flow) -> None:
    flow.open()
    flow.controls.end()
    assert flow.closed == 1
    assert not flow.window.isVisible()
    flow.controls.show(flow.controls.shown)
    assert flow.closed == 1
    other = Flow().open()
    QTest.keyClick(other.window, Qt.Key.Key_Escape)
    assert (other.closed, other.controls.requests) == (1, [])
    other.release()


def test_another_episode_logged_meanwhile_does_not_close_it(flow: Flow) -> None:
    flow.open()
    later = Episode("later", flow.episode.started_at + timedelta(minutes=1))
    flow.controls.show(replace(flow.controls.shown, open_episode=later))
    assert flow.window.isVisible()


def test_what_the_log_cannot_take_is_said(flow: Flow) -> None:
    flow.open()

    def refuses(id: str, relief: ReliefMethod | None) -> Episode | None:
        raise JournalError("The log cannot be read.")

    works = flow.controls.end_with_relief
    flow.controls.end_with_relief = refuses  # type: ignore[method-assign]
    flow.press("It's gone")
    assert "The log cannot be read." in flow.words()
    assert "It's gone" in flow.buttons()
    assert not flow.window.is_over
    flow.controls.end_with_relief = works  # type: ignore[method-assign]
    flow.controls.show(replace(flow.controls.shown, waiting_entries="Not in the log yet: 1 episode."))
    flow.press("It's gone")
    assert "Not in the log yet: 1 episode." in flow.words()
    assert "The log cannot be read." not in flow.words()


def test_an_episode_that_is_not_there_any_more_closes_it(flow: Flow) -> None:
    flow.open()
    flow.controls.end_with_relief = lambda id, relief: None  # type: ignore[method-assign]
    flow.press("It's gone")
    assert flow.closed == 1


# --- before the steps -------------------------------------------------------------------------------------------------


def test_somebody_who_told_nothing_sees_the_signs_first_and_skips_them_with_one_click(flow: Flow) -> None:
    flow.open(leg=None)
    assert words.ANYTHING_ELSE in flow.words()
    assert {sign.listed for sign in WarningSign} <= set(flow.words())
    flow.press("When to get help")
    assert flow.helped == 1
    flow.press("Skip")
    assert flow.controls.signs == {}
    assert flow.does() == STEPS[0].parts[0].text
    assert _in_sight(flow)


def test_none_of_the_signs_is_kept_as_an_answer_and_leads_to_the_steps(flow: Flow) -> None:
    flow.open(leg=None)
    flow.press("None of these")
    assert flow.controls.signs == dict.fromkeys(WarningSign, False)
    assert flow.does() == STEPS[0].parts[0].text


def test_a_sign_of_the_list_is_help_at_once_and_the_steps_leave_out_what_could_harm(flow: Flow) -> None:
    flow.open(leg=None)
    (cold,) = (
        button
        for button in flow.window.findChildren(QPushButton)
        if button.accessibleName() == WarningSign.COLD_LEG.listed
    )
    cold.click()
    assert words.HEADINGS[AdviceTier.NOW] in flow.words()
    assert any("Don't put the leg up." in said for said in flow.words())
    flow.press("Show the steps anyway")
    titles = [step.title for step in flow.window._course.steps]
    assert "Put the leg up" not in titles
    assert f"Step 1 of {len(STEPS) - 1}" in flow.words()
    assert len(flow.window._parts.list.marks()) == len(STEPS) - 1


def test_a_weak_leg_is_told_what_to_do_first_and_is_not_stood_on(flow: Flow, qtbot: QtBot) -> None:
    flow.open(weakness=True)
    assert words.BEFORE_YOU_GO_ON in flow.words()
    with qtbot.waitSignal(flow.window.advice_wanted):
        flow.press("Answer the questions")
    flow.press("Show the steps anyway")
    said = [part.text for step in flow.window._course.steps for part in step.parts]
    assert not [text for text in said if "stand up" in text or "knee bends" in text or "steps" in text]


def test_an_answer_that_cannot_be_kept_is_said(flow: Flow) -> None:
    flow.open(leg=None)

    def refuse(*_given: object, **_more: object) -> None:
        raise JournalError("The disk is full.")

    flow.controls.answer = refuse  # type: ignore[method-assign]
    flow.press("None of these")
    flow.press("Skip")
    assert "The disk is full." in flow.words()


# --- when to get help ------------------------------------------------------------------------------------------------


def _in_sight(flow: Flow) -> bool:
    """Whether the line with the warning signs is there, and the list is one press away."""
    line = flow.window._parts.line
    return all(
        button.isVisible()
        and button.isEnabled()
        and flow.window.rect().contains(QRect(button.mapTo(flow.window, QPoint(0, 0)), button.size()))
        for button in (line.signs, line.help)
    )


def test_the_signs_are_one_press_away_at_every_step_and_both_ends(flow: Flow) -> None:
    flow.open()
    for number in range(len(STEPS)):
        assert _in_sight(flow)
        assert not set(flow.words()) & SIGNS, "relief does not frighten"
        flow.press("Warning signs ▸")
        assert set(flow.words()) >= SIGNS
        assert WALKING in flow.words()
        flow.press("Warning signs ▾")
        if number < len(STEPS) - 1:
            flow.press("Next")
    flow.press("Still numb")
    assert _in_sight(flow)
    flow.press("When to get help")
    assert flow.helped == 1
    flow.press("Warning signs ▸")
    flow.press("It's gone")
    assert _in_sight(flow)
    assert set(flow.words()) >= SIGNS, "an open list stays open"


def test_the_keyboard_comes_to_the_warning_signs_first(flow: Flow) -> None:
    flow.open()
    QTest.keyClick(flow.window, Qt.Key.Key_Tab)
    held = flow.window.focusWidget()
    assert held is flow.window._parts.line.signs
    QTest.keyClick(held, Qt.Key.Key_Return)
    assert set(flow.words()) >= SIGNS


def test_what_is_known_to_be_urgent_stays_in_words_above_the_steps(flow: Flow) -> None:
    flow.open(leg=None)
    button = next(one for one in flow.window.findChildren(QPushButton) if _names(one, WarningSign.COLD_LEG))
    button.click()
    flow.press("Show the steps anyway")
    assert any(said.startswith(words.HEADINGS[AdviceTier.NOW]) for said in flow.words())
    assert not set(flow.words()) & SIGNS


def _names(button: QPushButton, sign: WarningSign) -> bool:
    return button.accessibleName() == sign.listed


@pytest.mark.parametrize("units", [(24, 13), (30, 17), (48, 27), (68, 36), (120, 60)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_in_any_room_the_answers_the_warning_and_the_signs_stay(
    flow: Flow, units: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    before, large = qapp.font(), qapp.font()
    large.setPointSizeF(before.pointSizeF() * scale)
    qapp.setFont(large)
    try:
        flow.open()
        unit = theme.unit()
        flow.window.setMinimumSize(QSize(1, 1))
        flow.window.resize(QSize(round(units[0] * unit), round(units[1] * unit)))
        QTest.qWait(20)
        assert _in_sight(flow)
        flow.press("Warning signs ▸")
        QTest.qWait(20)
        assert _in_sight(flow)
        assert WALKING in flow.words()
        shown = flow.buttons()
        assert {"It's gone", "Next", "Back", "When to get help"} <= set(shown)
        scroll = flow.window._parts.flags._scroll
        scrolls = scroll.verticalScrollBar().maximum() > 0
        assert scroll.focusPolicy() == (Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus)
        if units >= (30, 17):
            assert all(button.width() >= button.sizeHint().width() for button in shown.values())
            walking = flow.window._parts.walking
            assert walking.height() >= walking.heightForWidth(walking.width())
    finally:
        qapp.setFont(before)


def test_it_fits_on_its_screen(flow: Flow) -> None:
    window = ReliefWindow(flow.controls, flow.controls, flow.episode, card_of=LIBRARY.card)
    room = window.screen().availableGeometry()
    assert room.contains(window.geometry())
    window.close()
    window.deleteLater()


# --- keyboard and looks ----------------------------------------------------------------------------------------------


def test_no_stray_key_ends_the_episode(flow: Flow) -> None:
    flow.open()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        QTest.keyClick(flow.window, key)
    assert flow.controls.requests == []
    assert flow.window.isVisible()


def test_every_button_is_reached_by_keyboard_and_says_what_it_means(flow: Flow) -> None:
    flow.open().press("Next")
    reached = set()
    at = flow.window.nextInFocusChain()
    while at is not None and at is not flow.window:
        if isinstance(at, QPushButton) and at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(at.text().replace("&", ""))
        at = at.nextInFocusChain()
    assert reached == set(flow.buttons())
    assert all(button.accessibleDescription() for button in flow.buttons().values())
    keys = [text[text.index("&") + 1].lower() for text in (one.text() for one in flow.buttons().values())]
    assert len(set(keys)) == len(keys)
    assert flow.window._parts.picture.accessibleName().startswith("Picture: ")


def test_light_and_dark(flow: Flow, qapp: QApplication) -> None:
    before = QApplication.palette()
    flow.open().passes(WHOLE - 30)
    light = flow.window.grab().toImage()
    try:
        QApplication.setPalette(QPalette(QColor("#202020")))
        QTest.qWait(30)
        dark = flow.window.grab().toImage()
    finally:
        QApplication.setPalette(before)
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60
    middle = flow.window._parts.line.geometry().center()
    assert light.pixelColor(middle) == QColor(theme.LIGHT.warm_surface)
    assert dark.pixelColor(middle) == QColor(theme.DARK.warm_surface)
