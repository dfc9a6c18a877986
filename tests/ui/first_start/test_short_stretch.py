"""The stretch that the first start lets the person try fits their places and 20 seconds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from numbguard.core.settings.choices import Place
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.ui.card.card_plan import CardPlan
from numbguard.ui.card.viewer import CardViewer
from numbguard.ui.first_start.short_stretch import SHORT_STRETCH_S, short_stretch

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LIBRARY = Library(resource("cards"))


@pytest.mark.parametrize("place", [Place.SEATED, Place.STANDING, Place.WALL])
def test_it_is_one_side_of_a_card_for_the_place(place: Place) -> None:
    card = short_stretch((place,), LIBRARY.card)
    assert card is not None
    assert place in card.places
    assert len({step.mirrored for step in card.steps}) == 1
    assert card.seconds == SHORT_STRETCH_S
    plan = CardPlan(card, duration_s=card.seconds)
    assert plan.clock.rounds == 1
    assert min(plan.clock.shown) >= 4, "there is time to read each step"


def test_there_is_none_for_the_floor_alone_or_without_cards() -> None:
    assert short_stretch((Place.FLOOR,), LIBRARY.card) is None
    assert short_stretch((Place.SEATED,), lambda _slug: None) is None


def test_it_runs_once_and_closes(qtbot) -> None:
    now = [100.0]
    card = short_stretch((Place.SEATED,), LIBRARY.card)
    assert card is not None
    viewer = CardViewer(read=lambda _section: None, now=lambda: now[0], still=True)
    qtbot.addWidget(viewer)
    viewer.show_card(card, once=True)
    viewer.present()
    now[0] += 19
    qtbot.wait(600)
    assert viewer.isVisible()
    now[0] += 1.1
    with qtbot.waitSignal(viewer.closed):
        pass


def test_a_card_opened_to_look_at_still_starts_again(qtbot) -> None:
    now = [100.0]
    card = LIBRARY.card("seated-hamstring")
    assert card is not None
    viewer = CardViewer(read=lambda _section: None, now=lambda: now[0], still=True)
    qtbot.addWidget(viewer)
    viewer.show_card(card)
    now[0] += card.seconds + 3
    assert viewer.elapsed() == pytest.approx(3)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
