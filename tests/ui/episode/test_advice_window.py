"""The advice in its window: the tier in a colour of its own, the questions, and the signs as a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.errors import JournalError
from numbguard.core.log.advice.advice import Advice, advise
from numbguard.core.log.advice.episode_pattern import EpisodePattern
from numbguard.core.log.records.episode import Episode, Onset, Posture, Sensation
from numbguard.core.log.red_flags import AdviceTier, SignAnswers, WarningSign
from numbguard.core.sites import Side
from numbguard.ui.episode.advice_window import AdviceWindow
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.tier_banner import DARK, LIGHT, OPEN, TierBanner, TierColours
from numbguard.wording.log import advice as words
from tests.advice_rows import NOW, ROWS, answers_of, episode_of
from tools.fakes import MORNING

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SUDDEN = Episode("sudden", MORNING, sensations=(Sensation.NUMB,), weakness=True, onset=Onset.SUDDEN)
NO = dict.fromkeys(WarningSign, False)


class Person:
    def __init__(
        self,
        qtbot: QtBot,
        answers: Mapping[WarningSign, bool] | None = None,
        episode: Episode = SUDDEN,
        *,
        number: str = "",
    ) -> None:
        self.kept: dict[WarningSign, bool] = {}
        self.refusal: JournalError | None = None
        self.qtbot = qtbot
        self.episode = episode
        self.window = AdviceWindow(advise=self._advise, answer=self._answer, answers=answers or {}, number=number)
        qtbot.addWidget(self.window)
        self.window.appear()
        qtbot.waitExposed(self.window)
        qtbot.wait(1)

    def _advise(self, answers: Mapping[WarningSign, bool]) -> Advice:
        return advise(self.episode, now=MORNING + timedelta(minutes=1), answers=SignAnswers(answers))

    def _answer(self, sign: WarningSign, present: bool) -> None:
        if self.refusal:
            raise self.refusal
        self.kept[sign] = present

    def says(self) -> str:
        return " ".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def button(self, text: str, about: str = "") -> QPushButton:
        (found,) = (
            button
            for button in self.window.findChildren(QPushButton)
            if button.isVisible()
            and text in (button.text().replace("&", ""), button.accessibleName())
            and about in button.accessibleDescription()
        )
        return found

    def has(self, text: str) -> bool:
        return any(
            button.text().replace("&", "") == text and button.isVisible()
            for button in self.window.findChildren(QPushButton)
        )

    def press(self, text: str, about: str = "") -> None:
        self.qtbot.mouseClick(self.button(text, about), Qt.MouseButton.LeftButton)
        self.qtbot.wait(1)


def test_while_questions_are_open_nothing_reassures(qtbot: QtBot) -> None:
    person = Person(qtbot, episode=Episode("both", MORNING, leg=Side.BOTH))
    assert words.BEFORE_YOU_GO_ON in person.says()
    assert "harmless" not in person.says()
    assert not person.has("Step-by-step relief"), "the steps come after the answers"
    for sign in (WarningSign.SADDLE, WarningSign.BLADDER_BOWEL, WarningSign.BOTH_LEGS, WarningSign.WEAKNESS):
        person.press("No", sign.question)
    assert words.HEADINGS[AdviceTier.RELIEF] in person.says()
    assert "usually harmless" in person.says()
    assert person.has("Step-by-step relief")


def test_a_yes_is_help_at_once_and_is_kept(qtbot: QtBot) -> None:
    person = Person(qtbot, number="000 123")
    assert words.BEFORE_YOU_GO_ON in person.says()
    person.press("Yes", WarningSign.FACE_SPEECH_SIGHT.question)
    assert "Get help at once" in person.says()
    assert "Call 000 123 now" in person.says()
    assert person.kept == {WarningSign.FACE_SPEECH_SIGHT: True}
    person.press("No", WarningSign.FACE_SPEECH_SIGHT.question)
    assert "Get help at once" not in person.says(), "it was a slip"
    assert person.kept == {WarningSign.FACE_SPEECH_SIGHT: False}


def test_help_is_one_click_away_before_anything_is_answered(qtbot: QtBot) -> None:
    for person in (Person(qtbot), Person(qtbot, episode=Episode("bare", MORNING))):
        with qtbot.waitSignal(person.window.help_wanted):
            person.press("When to get help")


def test_only_what_the_episode_calls_for_is_asked_and_nothing_twice(qtbot: QtBot) -> None:
    person = Person(qtbot, {WarningSign.INJURY: False})
    assert WarningSign.SPREADING.question in person.says()
    assert WarningSign.INJURY.question not in person.says(), "it was answered already"
    assert WarningSign.SWOLLEN.question not in person.says(), "nothing told points there"


def test_an_answer_that_cannot_be_kept_counts_all_the_same(qtbot: QtBot) -> None:
    person = Person(qtbot)
    person.refusal = JournalError("The disk is full. It is kept until there is room.")
    person.press("Yes", WarningSign.WEAKNESS.question)
    assert "The disk is full" in person.says()
    assert "Get help at once" in person.says()


def test_everything_is_reached_by_keyboard_and_escape_closes(qtbot: QtBot) -> None:
    person = Person(qtbot)
    assert all(button.focusPolicy() != Qt.FocusPolicy.NoFocus for button in person.window.findChildren(QPushButton))
    with qtbot.waitSignal(person.window.closed):
        qtbot.keyClick(person.window, Qt.Key.Key_Escape)


@pytest.mark.parametrize("row", ROWS[::5], ids=lambda row: row["name"])
def test_the_window_says_what_the_table_says(qtbot: QtBot, row: dict[str, Any]) -> None:
    answers = answers_of(row)
    episode = episode_of(row)
    window = AdviceWindow(
        advise=lambda today: advise(
            episode,
            EpisodePattern(**row.get("pattern", {})),
            now=NOW,
            answers=SignAnswers(today, answers.before),
        ),
        answer=lambda _sign, _present: None,
        answers=answers.today,
    )
    qtbot.addWidget(window)
    window.present()
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    settled = row["tier"] == row["could_be"]
    if len(row["asks"]) == len(WarningSign):
        assert words.ANYTHING_ELSE in shown
        return
    assert (words.HEADINGS[AdviceTier(row["tier"])] if settled else words.BEFORE_YOU_GO_ON) in shown
    for sign in WarningSign:
        assert (sign.question in shown) == (sign.value in row["asks"])


# --- the signs as a list ----------------------------------------------------------------------------------------------


def test_where_nothing_was_told_all_signs_are_a_list_that_one_click_answers(qtbot: QtBot) -> None:
    person = Person(qtbot, episode=Episode("bare", MORNING))
    assert words.ANYTHING_ELSE in person.says()
    assert all(sign.listed in person.says() for sign in WarningSign)
    person.press("None of these")
    assert person.kept == NO
    assert words.HEADINGS[AdviceTier.RELIEF] in person.says()


def test_a_sign_of_the_list_changes_the_advice_and_a_slip_can_be_corrected(qtbot: QtBot) -> None:
    person = Person(qtbot, episode=Episode("bare", MORNING))
    person.press(WarningSign.SADDLE.listed)
    assert person.kept == {WarningSign.SADDLE: True}
    assert "Get help at once" in person.says()
    person.press("No", WarningSign.SADDLE.question)
    assert "Get help at once" not in person.says()


def test_the_list_is_skipped_with_one_click_and_nothing_is_kept(qtbot: QtBot) -> None:
    person = Person(qtbot, episode=Episode("bare", MORNING))
    with qtbot.waitSignal(person.window.closed):
        person.press("Skip")
    assert person.kept == {}


# --- colours ----------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in QColor(colour).getRgb()[:3]]  # type: ignore[index]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [*LIGHT.values(), *DARK.values()])
def test_every_tier_can_be_read(colours: TierColours) -> None:
    assert contrast(colours.text, colours.ground) >= 4.5
    assert contrast(colours.mark, colours.ground) >= 3


def test_every_tier_has_its_own_colour_heading_and_mark(qtbot: QtBot) -> None:
    tiers = (*AdviceTier, OPEN)
    for palette in (LIGHT, DARK):
        assert len({palette[tier].mark for tier in tiers}) == len(tiers)
    marks = set()
    banner = TierBanner(None)  # type: ignore[arg-type]
    qtbot.addWidget(banner)
    for tier in tiers:
        banner.show_words(tier, "the same", "words")
        banner._mark.show_tier(tier, LIGHT[OPEN])
        drawn = banner._mark.grab().toImage()
        marks.add(bytes(drawn.constBits()))
    assert len(marks) == len(tiers), "colour is not the only sign"
    assert len(set(words.HEADINGS.values())) == len(AdviceTier)


def test_the_colours_follow_the_desktop(qtbot: QtBot) -> None:
    banner = TierBanner(None)  # type: ignore[arg-type]
    qtbot.addWidget(banner)
    settled = advise(Episode("one", MORNING, posture=Posture.LEGS_CROSSED, leg=Side.LEFT), now=MORNING)
    banner.show_advice(settled, number="")
    for palette, tiers in ((theme.LIGHT, LIGHT), (theme.DARK, DARK)):
        banner.apply_colours(palette)
        assert tiers[AdviceTier.RELIEF].text in banner.heading.styleSheet()
