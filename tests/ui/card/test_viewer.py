"""The viewer for a card outside a break: it plays, links to the guide, and is deleted without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from numbguard.app.windows.app_windows import AppWindows
from numbguard.core.cards.cards import Card
from numbguard.core.cards.choosing import serving_best
from numbguard.core.guide.sections import GuideSection
from numbguard.core.sites import Region
from numbguard.store.profile import Profile
from numbguard.ui.card.page import CardPage
from numbguard.ui.card.viewer import CardViewer
from numbguard.ui.reader.page import PageView
from numbguard.ui.reader.window import ReaderWindow
from tests.ui.card.card_stage import CARDS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Look:
    """The viewer, its clock, and the guide sections that it asked for."""

    def __init__(self) -> None:
        self.at = 0.0
        self.read: list[GuideSection] = []
        self.closed = 0
        self.window = CardViewer(read=self.read.append, now=lambda: self.at)
        self.window.closed.connect(self._close)

    def _close(self) -> None:
        self.closed += 1

    def shows(self, slug: str) -> None:
        card = CARDS.card(slug)
        assert card
        self.window.show_card(card)
        self.window.present()
        self.window.resize(1200, 760)
        QTest.qWait(80)

    def wait_until(self, at: float) -> None:
        self.at = at
        QTest.qWait(700)

    def words(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def buttons(self) -> dict[str, QPushButton]:
        return {
            one.text().replace("&", ""): one
            for one in self.window.findChildren(QPushButton)
            if one.isVisible() and one.text()
        }


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look()
    yield made
    made.window.close()
    made.window.deleteLater()
    QTest.qWait(0)


def test_a_card_of_which_the_guide_has_nothing_names_what_it_is_based_on(look: Look) -> None:
    look.shows("chin-tuck")
    assert any("State Insurance Regulatory Authority" in words for words in look.words())
    assert set(look.buttons()) == {"Close", "All steps ▸"}
    look.shows("quad")
    assert not any(words.startswith("Based on") for words in look.words())
    assert "Read more" in look.buttons()


def test_it_plays_the_card_round_and_round_and_offers_nothing_but_a_way_out(look: Look) -> None:
    look.shows("seated-hamstring")
    card = CARDS.card("seated-hamstring")
    assert card
    assert {card.title, card.why, card.caution, "Step 1 of 4\n1:20 left"} <= set(look.words())
    assert look.window.windowTitle() == f"{card.title} – NumbGuard"
    assert set(look.buttons()) == {"Close", "Read more", "All steps ▸"}
    look.wait_until(card.seconds - 1)
    assert "Step 4 of 4\n0:01 left" in look.words()
    look.wait_until(card.seconds + 1)
    assert "Step 1 of 4\n1:19 left" in look.words()


def test_it_pauses_turns_and_fills_the_screen_like_the_card_of_a_break(look: Look) -> None:
    look.shows("seated-hamstring")
    QTest.keyClick(look.window, Qt.Key.Key_Right)
    assert look.window.elapsed() == pytest.approx(10.0, abs=0.1)
    QTest.keyClick(look.window, Qt.Key.Key_Space)
    look.wait_until(25.0)
    assert look.window.elapsed() == pytest.approx(10.0, abs=0.1)
    QTest.keyClick(look.window, Qt.Key.Key_Left)
    assert look.window.elapsed() == pytest.approx(0.0, abs=0.1)
    QTest.keyClick(look.window, Qt.Key.Key_Space)
    look.wait_until(30.0)
    assert look.window.elapsed() == pytest.approx(5.0, abs=0.1)
    before = look.window.size()
    QTest.keyClick(look.window, Qt.Key.Key_F11)
    QTest.qWait(50)
    assert look.window.geometry() == look.window.screen().geometry()
    QTest.keyClick(look.window, Qt.Key.Key_Escape)
    QTest.qWait(50)
    assert look.window.size() == before


def test_a_posture_and_a_relief_card_are_shown_as_well(look: Look) -> None:
    for slug in ("desk-posture", "elevate"):
        look.shows(slug)
        card = CARDS.card(slug)
        assert card
        assert card.title in look.words()
        assert len([one for one in look.window.findChildren(CardPage) if one.isVisible()]) == 1


def test_it_leads_back_to_the_guide(look: Look) -> None:
    look.shows("breathing")
    look.buttons()["Read more"].click()
    assert look.read == [GuideSection.MIND_CALM]
    assert look.window.isVisible()


def test_escape_closes_it_and_nothing_plays_on(look: Look) -> None:
    look.shows("quad")
    page = look.window.findChild(CardPage)
    assert page._frames.timer.isActive()
    QTest.keyClick(look.window, Qt.Key.Key_Escape)
    assert (look.window.isVisible(), page._frames.timer.isActive(), look.closed) == (False, False, 1)


class Supplies:
    """The part of the windows' supplies that the guide and a card need."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def card(self, slug: str) -> Card | None:
        return CARDS.card(slug)

    def has_card(self, slug: str) -> bool:
        return CARDS.card(slug) is not None

    def stretch_for(self, region: Region) -> Card | None:
        return serving_best(CARDS.cards(), region)

    def still(self) -> bool:
        return False

    def help_number(self) -> str:
        return ""


@pytest.fixture
def supplies(tmp_path: Path) -> Supplies:
    return Supplies(Profile.find(str(tmp_path / "profile")))


def test_a_link_of_the_guide_shows_its_card_and_the_card_leads_back(qapp: QApplication, supplies: Supplies) -> None:
    windows = AppWindows(supplies)  # type: ignore[arg-type]  # the rest is not asked for
    windows.read_about(GuideSection.RELIEF_ELEVATE)
    reader = next(one for one in qapp.topLevelWidgets() if isinstance(one, ReaderWindow) and one.isVisible())
    assert reader.windowTitle() == "Relief right now"
    reader.findChild(PageView).followed.emit("card:elevate")
    viewer = next(one for one in qapp.topLevelWidgets() if isinstance(one, CardViewer) and one.isVisible())
    card = CARDS.card("elevate")
    assert card
    assert viewer.windowTitle() == f"{card.title} – NumbGuard"
    windows.show_card("breathing")
    more = next(one for one in viewer.findChildren(QPushButton) if one.text() == "Read &more" and one.isVisible())
    more.click()
    assert reader.windowTitle() == "Living with it"
    windows.show_card("nobody-has-it")
    viewer.close()
    reader.close()
    QTest.qWait(0)


def test_a_stretch_for_a_place_is_the_card_that_serves_it_best(qapp: QApplication, supplies: Supplies) -> None:
    windows = AppWindows(supplies)  # type: ignore[arg-type]  # the rest is not asked for
    windows.show_stretch(Region.CALF)
    viewer = next(one for one in qapp.topLevelWidgets() if isinstance(one, CardViewer) and one.isVisible())
    best = serving_best(CARDS.cards(), Region.CALF)
    assert best
    assert best.regions[0] is Region.CALF
    assert viewer.windowTitle() == f"{best.title} – NumbGuard"
    viewer.close()
    QTest.qWait(0)
