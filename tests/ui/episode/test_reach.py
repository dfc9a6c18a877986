"""The episode form at hand: near the pointer, few keys, by keyboard alone, on small screens and with large letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numbguard.core.log.records.episode import Episode, Onset, Posture, Sensation
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.ui.episode import form as episode_form
from numbguard.ui.episode.form import EpisodeForm, FormPurpose
from numbguard.ui.widgets.windows.screens import near_hand, notification_places
from tools.fakes import MORNING, advise_alone, episode

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

FULL = replace(
    episode(MORNING - timedelta(minutes=10)),
    ended_at=MORNING - timedelta(minutes=6),
    sites=(*sites_on(Side.LEFT, Region.CALF, Region.SOLE), Site(Region.KNEE)),
    sensations=(Sensation.TINGLING, Sensation.HEAVY),
    severity=7,
    posture=Posture.LEGS_CROSSED,
    onset=Onset.SUDDEN,
    weakness=True,
    back_pain=False,
    note="after lunch",
)
PLACED = replace(episode(), sites=sites_on(Side.LEFT, Region.CALF))


class Hands:
    """A person at the keyboard and the mouse, whose keys and clicks are counted."""

    def __init__(
        self, qtbot: QtBot, purpose: FormPurpose, about: Episode | None = None, last: Episode | None = None
    ) -> None:
        self.keys, self.clicks = 0, 0
        self.kept: list[tuple[Episode, Mapping[WarningSign, bool]]] = []
        self.closed = 0
        self.form = EpisodeForm(
            about or episode(),
            purpose,
            last=last,
            now=lambda: MORNING,
            advise=advise_alone,
            save=lambda told, signs: self.kept.append((told, signs)),
            number="112",
        )
        qtbot.addWidget(self.form)
        self.form.closed.connect(self._count_closing)
        self.form.present()
        qtbot.waitExposed(self.form)
        self.form.activateWindow()
        qtbot.waitUntil(self.form.isActiveWindow)

    def _count_closing(self) -> None:
        self.closed += 1

    @property
    def at(self) -> QWidget:
        focused = self.form.focusWidget()
        assert focused is not None
        return focused

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.at, key)
            self.keys += 1

    def type(self, words: str) -> None:
        QTest.keyClicks(self.at, words)
        self.keys += len(words)

    def click(self, part: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=at or part.rect().center())
        self.clicks += 1

    def button(self, words: str, *, under: str = "") -> QPushButton:
        return next(
            one
            for one in self.form.findChildren(QPushButton)
            if one.isVisible() and one.text().replace("&", "") == words and under in one.accessibleDescription()
        )

    def region(self, side: Side, region: Region) -> QPoint:
        leg_map = self.form._places.map
        return next(one for one in leg_map._buttons if one.spot == (side, region)).geometry().center()


# --- keys and clicks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", FormPurpose)
@pytest.mark.parametrize("about", [episode(), FULL], ids=["bare", "full"])
def test_from_the_first_field_to_save_it_is_nine_tabs_at_most(
    qtbot: QtBot, purpose: FormPurpose, about: Episode
) -> None:
    """It was 37 to 40, and some answers were not reached at all."""
    hands = Hands(qtbot, purpose, about, last=replace(FULL, id="the last"))
    if purpose is FormPurpose.LATE:
        hands.click(hands.button("Another time"))
        hands.click(hands.button("Until…"))
    hands.form._first_focus.setFocus()
    seen = [hands.at]
    while hands.at is not hands.form._ok:
        hands.key(Qt.Key.Key_Tab)
        seen.append(hands.at)
    assert hands.keys <= 9
    assert len(seen) <= 10, "stops, the first field and Save included"
    assert all(part.isVisible() for part in seen)
    assert all(QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name) for part in seen)


def test_every_control_is_reached_by_tab_and_arrow_keys(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.CHANGE, FULL, last=replace(FULL, id="the last"))
    wanted = {
        one
        for one in hands.form.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one is not hands.form._fold.button
    }
    reached: set[QWidget] = set()
    up, down = [Qt.Key.Key_Up] * 20, [Qt.Key.Key_Down] * 20
    while hands.at not in reached:
        first = hands.at
        reached.add(first)
        if type(first) not in (QPlainTextEdit, QPushButton):
            for key in (*up, *down, up[0], Qt.Key.Key_End, *up):
                QTest.keyClick(hands.at, key)
                reached.add(hands.at)
        hands.key(Qt.Key.Key_Tab)
    missing = {one.accessibleName() or getattr(one, "text", str)() for one in wanted - reached}
    assert missing == set()


def test_a_place_and_ten_minutes_ago_by_keyboard(qtbot: QtBot) -> None:
    """The Tab key used to pass over the answers about the time."""
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, last=replace(FULL, id="the last"))
    hands.key(Qt.Key.Key_Space)  # the place of the last time is where the focus begins
    hands.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    ((told, _signs),) = hands.kept
    assert told.sites == sites_on(Side.LEFT, Region.CALF)
    assert told.started_at == MORNING - timedelta(minutes=10)
    assert hands.keys == 7


def test_a_place_and_ten_minutes_ago_by_mouse(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED)
    hands.click(hands.form._places.map, hands.region(Side.LEFT, Region.THIGH_FRONT))
    hands.click(hands.button("10 min ago"))
    hands.click(hands.button("Save"))
    ((told, _signs),) = hands.kept
    assert (told.sites, told.started_at) == (
        sites_on(Side.LEFT, Region.THIGH_FRONT),
        MORNING - timedelta(minutes=10),
    )
    assert hands.clicks == 3


def test_details_added_later_by_keyboard(qtbot: QtBot) -> None:
    """A place and how bad it is: it took 22 keys."""
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED)
    hands.key(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_7, Qt.Key.Key_Return)
    ((told, _signs),) = hands.kept
    assert (len(told.sites), told.severity) == (1, 7)
    assert hands.keys == 5


# --- by keyboard ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", FormPurpose)
def test_the_first_field_has_the_focus(qtbot: QtBot, purpose: FormPurpose) -> None:
    hands = Hands(qtbot, purpose, last=FULL)
    assert hands.at is hands.form._places.map.tab_stop
    group = QAccessible.queryAccessibleInterface(hands.form._places.map)
    assert (group.role(), group.text(QAccessible.Text.Name)) == (QAccessible.Role.Grouping, "Where it is numb")


def test_another_time_is_typed_where_the_answers_are(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.LATE)
    hands.form._began._ago.buttons()[0].setFocus()
    hands.key(Qt.Key.Key_End)
    assert hands.at.accessibleName() != "When it started", "the arrow key chose the answer and went no further"
    hands.key(Qt.Key.Key_Tab)
    hands.type("yesterday 15:00")
    hands.key(Qt.Key.Key_Up)
    assert hands.at is hands.form._began._ago.buttons()[-1]
    hands.key(Qt.Key.Key_Return)
    assert hands.kept[0][0].started_at == (MORNING - timedelta(days=1)).replace(hour=15, minute=0)
    again = Hands(qtbot, FormPurpose.LATE)
    again.click(again.button("Another time"))
    assert again.at is again.form._began._field.line
    again.type("yesterday 15:00")
    again.click(again.button("20 min ago"))
    assert not again.form._began._field.isVisible()
    assert again.form.episode().started_at == MORNING - timedelta(minutes=20)


def test_enter_saves_but_not_in_the_note(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.CHANGE, FULL)
    hands.form._note.setFocus()
    hands.form._note.selectAll()
    hands.type("first")
    hands.key(Qt.Key.Key_Return)
    hands.type("second")
    assert hands.kept == []
    QTest.keyClick(hands.at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hands.kept[0][0].note == "first\nsecond"


def test_escape_asks_only_before_it_loses_something_typed(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED)
    hands.key(Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert (hands.closed, hands.kept) == (1, [])

    hands = Hands(qtbot, FormPurpose.CHANGE, FULL)
    hands.form._note.setFocus()
    hands.type("left leg")
    hands.key(Qt.Key.Key_Escape)
    assert hands.form._leaving.isVisible()
    assert hands.at.text().replace("&", "") == "Keep editing"
    hands.key(Qt.Key.Key_Escape)
    assert not hands.form._leaving.isVisible()
    assert "left leg" in (hands.form.episode().note or "")
    assert hands.at is hands.form._note, "where one was"
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Return)
    assert hands.form.isVisible(), "Enter keeps it, too"
    hands.key(Qt.Key.Key_Escape)
    hands.click(hands.button("Discard"))
    assert (hands.closed, hands.kept) == (1, [])


def test_a_place_is_removed_in_words_by_keyboard_and_the_focus_stays_there(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.CHANGE, FULL)
    hands.key(Qt.Key.Key_Tab)
    assert hands.at.accessibleName() == "Remove Knee, side not given"
    hands.key(Qt.Key.Key_Right, Qt.Key.Key_Delete)
    assert hands.form.episode().sites == (Site(Region.KNEE), Site(Region.SOLE, Side.LEFT))
    assert hands.at.accessibleName() == "Remove Left sole"
    hands.key(Qt.Key.Key_Space, Qt.Key.Key_Backspace)
    assert hands.form.episode().sites == ()
    assert hands.at is hands.form._places.map.tab_stop


# --- what is asked, and when ------------------------------------------------------------------------------------------


def test_a_bare_form_has_three_questions_and_weakness_follows_as_soon_as_anything_is_told(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED)
    assert not hands.form._checks.isVisible()
    assert not hands.form._fold.is_open
    hands.key(Qt.Key.Key_Space)
    assert hands.button("Yes", under="Is the leg weak").isVisible()
    assert hands.form._checks.signs() == {}
    assert not hands.form._checks._head.isVisible(), "no sign is called for by one place"


def test_the_signs_are_asked_at_once_their_urgency_is_shown_at_once_and_they_are_saved(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, PLACED)
    hands.click(hands.button("Yes", under="Is the leg weak"))
    questions = advise_alone(hands.form.episode(), {}).questions
    assert len(questions) > 2
    rows = [sign for sign, (label, _chips) in hands.form._checks._signs.items() if label.isVisible()]
    assert tuple(rows) == questions
    assert not hands.form._banner.isVisible()
    hands.click(hands.button("Yes", under=WarningSign.SADDLE.question))
    assert hands.form._banner.isVisible()
    assert hands.form._banner.heading.text() == "Get help at once"
    assert "112" in hands.form._banner.action.text()
    hands.click(hands.button("No", under=WarningSign.SADDLE.question))
    assert not hands.form._banner.isVisible()
    assert WarningSign.SADDLE in hands.form.signs(), "it stays in sight to be corrected"
    hands.click(hands.button("No to all of these"))
    hands.click(hands.button("Save"))
    ((told, signs),) = hands.kept
    assert told.weakness is True
    assert signs == dict.fromkeys(questions, False)


def test_the_questions_are_one_stop_and_up_and_down_pass_by_without_an_answer(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, replace(PLACED, weakness=True))
    hands.form._checks.weakness.buttons()[0].setFocus()
    hands.key(*[Qt.Key.Key_Down] * 3)
    assert hands.at.accessibleDescription() == WarningSign.SADDLE.question
    assert hands.form.signs() == {}
    assert hands.form.episode() == replace(PLACED, weakness=True)
    hands.key(Qt.Key.Key_Right)
    assert hands.form.signs() == {WarningSign.SADDLE: False}
    row = QAccessible.queryAccessibleInterface(hands.at.parentWidget())
    assert row.role() is QAccessible.Role.Grouping
    assert row.text(QAccessible.Text.Name) == WarningSign.SADDLE.question
    assert QAccessible.queryAccessibleInterface(hands.at).role() is QAccessible.Role.RadioButton


def test_help_and_the_buttons_are_in_sight_whatever_is_asked(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.CHANGE, replace(FULL, leg=Side.BOTH, back_pain=True))
    for part in (hands.form._help, hands.form._ok, hands.form._away):
        assert hands.form.rect().contains(part.geometry())
        assert not hands.form._scroll.isAncestorOf(part)


def test_the_fold_says_what_it_holds_and_opens_by_itself_where_something_was_told(qtbot: QtBot) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, last=FULL)
    assert hands.form._fold.button.accessibleName() == "More details"
    assert "a note" in hands.form._fold.button.accessibleDescription()
    hands.form._fold.button.setFocus()
    hands.key(Qt.Key.Key_Space)
    assert hands.at.accessibleDescription() == "What it feels like", "the focus goes on into it"
    assert Hands(qtbot, FormPurpose.CHANGE, FULL).form._fold.is_open
    assert not Hands(qtbot, FormPurpose.CHANGE, PLACED).form._fold.is_open
    liked = Hands(qtbot, FormPurpose.JUST_LOGGED, last=FULL)
    assert liked.form._like is not None
    liked.click(liked.form._like)
    assert liked.form._fold.is_open, "what the last one fills in is not hidden"


def test_details_added_later_keep_the_moment_and_count_back_from_now(qtbot: QtBot) -> None:
    began = MORNING - timedelta(minutes=6, seconds=20)
    later = replace(PLACED, started_at=began)
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, later)
    assert hands.button("At 10:08").isChecked()
    assert not hands.form.has_unsaved
    hands.click(hands.button("Save"))
    assert hands.kept[0][0] == later
    again = Hands(qtbot, FormPurpose.JUST_LOGGED, later)
    again.click(again.button("20 min ago"))
    assert again.form.episode().started_at == MORNING - timedelta(minutes=20)


# --- where it opens ---------------------------------------------------------------------------------------------------

ROOM = QRect(0, 0, 1920, 1080)
SIZE = QSize(810, 525)


@pytest.mark.parametrize("x", [0, 300, 960, 1500, 1919])
@pytest.mark.parametrize("y", [0, 540, 1079])
def test_it_opens_beside_the_pointer_and_wholly_on_the_screen(x: int, y: int) -> None:
    hand = QPoint(x, y)
    place = near_hand(ROOM, SIZE, hand, margin=14)
    assert ROOM.contains(place)
    assert place.size() == SIZE
    assert not place.contains(hand), "the second click of a double click would fall on it"
    assert place.adjusted(-14, -14, 14, 14).contains(hand) or min(x, y, 1919 - x, 1079 - y) < 14


def test_it_leaves_the_buttons_of_other_windows_alone_and_comes_as_near_as_they_let_it() -> None:
    card = QRect(1100, 500, 700, 500)
    place = near_hand(ROOM, SIZE, QPoint(1900, 1070), margin=14, avoiding=[card])
    assert not place.intersects(card)
    assert ROOM.contains(place)


def test_on_a_large_screen_it_fits_between_the_places_of_notifications_beside_the_tray() -> None:
    taken = notification_places(ROOM, deep=336)
    for hand in (QPoint(1900, 10), QPoint(1900, 1075)):
        place = near_hand(ROOM, SIZE, hand, margin=14, avoiding=taken)
        assert not any(place.intersects(one) for one in taken)
        assert place.right() > 1880


def test_a_screen_too_small_for_it_has_all_of_it() -> None:
    room = QRect(1920, 200, 800, 480)
    assert room.contains(near_hand(room, QSize(1600, 900), QPoint(2700, 670), margin=28))


def test_the_form_opens_near_the_pointer(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    hand = room.topRight() + QPoint(-3, 3)
    monkeypatch.setattr(episode_form.QCursor, "pos", lambda: hand)
    hands = Hands(qtbot, FormPurpose.CHANGE, FULL)
    assert room.contains(hands.form.geometry())
    assert hands.form.geometry().right() > room.center().x()


# --- small screens and large letters ----------------------------------------------------------------------------------


@pytest.fixture(params=[1.0, 1.5, 2.0], ids=["100 %", "150 %", "200 %"])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    usual = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * request.param)
    qapp.setFont(larger)
    yield request.param
    qapp.setFont(usual)


@pytest.mark.parametrize("size", [(1024, 600), (800, 480)])
@pytest.mark.parametrize("about", [episode(), FULL], ids=["bare", "full"])
def test_on_a_small_screen_save_and_help_stay_in_sight(
    qtbot: QtBot, letters: float, size: tuple[int, int], about: Episode
) -> None:
    hands = Hands(qtbot, FormPurpose.CHANGE, about, last=FULL)
    form = hands.form
    form.resize(QSize(*size) - QSize(2, 40))
    QApplication.processEvents()
    assert form.width() <= size[0]
    assert form.height() <= size[1]
    for part in (form._help, form._away, form._ok):
        assert form.rect().contains(part.geometry())
    assert form._scroll.widget().width() <= form._scroll.viewport().width(), "nothing is cut at the side"
    while hands.at is not form._ok:
        hands.key(Qt.Key.Key_Tab)
        seen = form._scroll.viewport().rect() if form._scroll.isAncestorOf(hands.at) else form.rect()
        around = form._scroll.viewport() if form._scroll.isAncestorOf(hands.at) else form
        middle = hands.at.mapTo(around, hands.at.rect().center())
        assert seen.contains(middle), "the part with the focus is scrolled into sight"


def test_urgent_advice_fits_a_small_screen(qtbot: QtBot, letters: float) -> None:
    hands = Hands(qtbot, FormPurpose.JUST_LOGGED, replace(episode(), leg=Side.BOTH))
    hands.form.resize(798, 440)
    hands.form._checks._signs[WarningSign.SADDLE][1].buttons()[0].click()
    QApplication.processEvents()
    assert advise_alone(hands.form.episode(), hands.form.signs()).tier is AdviceTier.NOW
    assert hands.form.height() <= 440
    assert hands.form.rect().contains(hands.form._banner.geometry())
    assert hands.form.rect().contains(hands.form._ok.geometry())
    assert not hands.form._banner.geometry().intersects(hands.form._ok.geometry())
