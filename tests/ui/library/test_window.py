"""The library of stretches as a person uses it, with the real cards and a settings file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from numbguard.core.cards.body_areas import BodyArea, areas_of
from numbguard.core.cards.cards import Card
from numbguard.core.settings.choices import Place
from numbguard.resources import resource
from numbguard.store.cards.own_cards import OwnCards
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.editor.window import EditorWindow
from numbguard.ui.library.page import StretchesPage
from numbguard.ui.library.tile import CardTile
from numbguard.ui.library.window import LibraryWindow
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets.notice_bar import NoticeBar
from tests.core.cards.test_drafts import SLIDES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Person:
    """A person with the library open."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.own = OwnCards(profile, ours=resource("cards"), our_routines=resource("routines"))
        self.started: list[str] = []
        self.refusal: str | None = None
        self.looked_at: list[str] = []
        book = SettingsBook(profile, loaded=lambda: settings_file.load(profile), follow=lambda: None)
        self.window = LibraryWindow(
            self, settings=book, make_editor=lambda: EditorWindow(self.own, start=lambda _slug: None)
        )
        self.window.look_wanted.connect(self.looked_at.append)
        self.window.resize(1000, 700)
        self.window.show()

    def all_cards(self) -> Sequence[Card]:
        return self.own.library.cards()

    def card(self, slug: str) -> Card | None:
        return self.own.library.card(slug)

    def start_card(self, slug: str) -> str | None:
        self.started.append(slug)
        return self.refusal

    @property
    def page(self) -> StretchesPage:
        return self.window.page

    def tile(self, slug: str) -> CardTile:
        return next(tile for tile in self.page.findChildren(CardTile) if tile.card.slug == slug)

    def chooses(self, words: str) -> None:
        chip = next(one for one in self.page.findChildren(QPushButton) if one.text() == words)
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)

    @property
    def sees(self) -> list[str]:
        return [tile.card.slug for tile in self.page.shown]


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    person = Person(Profile.find(str(tmp_path / "profile")))
    yield person
    person.window.close()
    person.window.deleteLater()
    QApplication.processEvents()


def test_every_card_is_there_from_the_feet_up(person: Person) -> None:
    assert set(person.sees) == {card.slug for card in person.all_cards()}
    assert areas_of(person.page.shown[0].card)[0] is BodyArea.FEET


def test_cards_are_found_by_part_of_the_body_and_by_place(person: Person) -> None:
    person.chooses("Calves and shins")
    person.chooses("Against a wall")
    found = [tile.card for tile in person.page.shown]
    assert found and all(BodyArea.CALVES in areas_of(card) and Place.WALL in card.places for card in found)
    person.chooses("Against a wall")
    assert len(person.sees) > len(found), "a second click clears the filter"


def test_a_card_is_started_where_it_is_seen_and_a_refusal_is_said(person: Person) -> None:
    QTest.mouseClick(person.tile("quad").start, Qt.MouseButton.LeftButton)
    assert person.started == ["quad"]
    person.refusal = "A routine moves from card to card on its own."
    QTest.mouseClick(person.tile("quad").start, Qt.MouseButton.LeftButton)
    (notice,) = (one for one in person.window.findChildren(NoticeBar) if one.isVisible())
    assert notice.sentence == person.refusal


def test_a_click_on_the_figure_shows_the_card(person: Person) -> None:
    QTest.mouseClick(person.tile("quad")._figure, Qt.MouseButton.LeftButton)
    assert person.looked_at == ["quad"]


def test_a_heart_and_a_never_are_kept_and_can_be_taken_back(person: Person) -> None:
    quad = person.tile("quad")
    QTest.mouseClick(quad.heart, Qt.MouseButton.LeftButton)
    QTest.mouseClick(person.tile("look-away").never, Qt.MouseButton.LeftButton)
    settings = settings_file.load(person.profile).settings
    assert (settings.favourite_cards, settings.never_cards) == (("quad",), ("look-away",))
    assert "You never get this one." in person.tile("look-away")._remark.text()
    person.chooses("Favourites")
    assert person.sees == ["quad"]
    QTest.mouseClick(quad.heart, Qt.MouseButton.LeftButton)
    QTest.mouseClick(person.tile("look-away").never, Qt.MouseButton.LeftButton)
    settings = settings_file.load(person.profile).settings
    assert (settings.favourite_cards, settings.never_cards) == ((), ())


def test_a_card_that_a_therapist_has_to_advise_cannot_be_started(person: Person) -> None:
    tile = person.tile("sciatic-glide")
    assert not tile.start.isEnabled()
    assert "a therapist has to advise it" in tile._remark.text()


def test_the_grid_is_one_tab_stop_and_the_arrows_go_from_tile_to_tile(person: Person) -> None:
    first, second = person.page.shown[:2]
    stops = [tile for tile in person.page.shown if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [first]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert [tile for tile in person.page.shown if tile.focusPolicy() & Qt.FocusPolicy.TabFocus] == [second]
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert person.started == [second.card.slug]
    for button in (*first.buttons, *second.buttons):
        assert button.accessibleName()


def test_only_figures_in_sight_are_drawn_and_they_are_let_go_far_from_it(person: Person, qtbot: QtBot) -> None:
    first, last = person.page.shown[0], person.page.shown[-1]
    qtbot.waitUntil(lambda: first.is_drawn, timeout=20_000)
    assert not last.is_drawn
    bar = person.page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: last.is_drawn and not first.is_drawn, timeout=20_000)


def test_nothing_moves_in_a_hidden_window(person: Person) -> None:
    assert person.page._frames.timer.isActive()
    person.window.hide()
    assert not person.page._frames.timer.isActive()


def test_own_cards_are_its_second_tab_and_a_new_one_is_among_all(person: Person) -> None:
    person.window.show_own()
    editor = person.window.findChild(EditorWindow)
    assert editor is not None and editor.isVisible()
    slug = person.own.keep_card(SLIDES, slug=None)
    person.window.show_area(None)
    assert slug in person.sees


def test_escape_with_unsaved_work_asks_first(person: Person) -> None:
    person.window.show_own()
    editor = person.window.findChild(EditorWindow)
    assert editor is not None
    (new,) = (one for one in editor.findChildren(QPushButton) if one.text() == "&New card")
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    (name, *_) = (one for one in editor.findChildren(QLineEdit) if one.isVisible())
    QTest.keyClicks(name, "Heel")
    QTest.keyClick(person.window, Qt.Key.Key_Escape)
    assert person.window.isVisible()
    (question,) = person.window.findChildren(QMessageBox)
    leave = next(
        one for one in question.buttons() if question.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole
    )
    leave.click()
    QApplication.processEvents()
    assert not person.window.isVisible()


# --- *Another* on a break's card ------------------------------------------------------------------------------------


class Choice:
    """A person who has pressed *Another* on a break's card."""

    def __init__(self, profile: Profile, *slugs: str) -> None:
        self.own = OwnCards(profile, ours=resource("cards"), our_routines=resource("routines"))
        self.started: list[str] = []
        self.refusal: str | None = None
        book = SettingsBook(profile, loaded=lambda: settings_file.load(profile), follow=lambda: None)
        offered = [card for card in self.own.library.cards() if card.slug in slugs]
        self.window = LibraryWindow(self, settings=book, choose_from=offered)
        self.window.resize(1000, 700)
        self.window.show()

    def all_cards(self) -> Sequence[Card]:
        return self.own.library.cards()

    def card(self, slug: str) -> Card | None:
        return self.own.library.card(slug)

    def start_card(self, slug: str) -> str | None:
        self.started.append(slug)
        return self.refusal

    def tile(self, slug: str) -> CardTile:
        return next(tile for tile in self.window.page.findChildren(CardTile) if tile.card.slug == slug)


@pytest.fixture
def choice(qtbot: QtBot, tmp_path: Path) -> Iterator[Choice]:
    choice = Choice(Profile.find(str(tmp_path / "profile")), "ankle-pumps", "quad", "calf-wall")
    yield choice
    choice.window.close()
    choice.window.deleteLater()


def test_another_offers_the_cards_for_this_break_and_goes_on_with_the_one_chosen(choice: Choice) -> None:
    assert {tile.card.slug for tile in choice.window.page.shown} == {"ankle-pumps", "quad", "calf-wall"}
    assert not choice.window.findChildren(QTabBar)[0].isVisible(), "their own cards are for another time"
    QTest.mouseClick(choice.tile("quad").start, Qt.MouseButton.LeftButton)
    assert choice.started == ["quad"]
    assert not choice.window.isVisible()


def test_a_click_on_a_figure_chooses_its_card_too(choice: Choice) -> None:
    figure = choice.tile("quad").findChildren(PictureView)[0]
    QTest.mouseClick(choice.tile("quad"), Qt.MouseButton.LeftButton, pos=figure.geometry().center())
    assert choice.started == ["quad"]


def test_a_break_that_is_over_says_so_and_the_library_stays(choice: Choice) -> None:
    choice.refusal = "The break is over. Say if you got up."
    choice.tile("quad").start.click()
    assert choice.window.isVisible()
    assert choice.window.findChildren(NoticeBar)[0].sentence == choice.refusal


def test_escape_closes_the_library_and_leaves_the_card_as_it_was(choice: Choice) -> None:
    QTest.keyClick(choice.window, Qt.Key.Key_Escape)
    assert choice.started == [] and not choice.window.isVisible()
