"""The running app chooses the next card and reads the library in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from numbguard.app.card_choice import CardChoice
from numbguard.core.errors import JournalError
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.ports import AppSnapshot
from numbguard.core.settings.choices import AdvisedCard, Place
from numbguard.core.settings.settings import Settings
from numbguard.core.sites import Side
from numbguard.store.profile import Profile
from tests.scenario import MONDAY_9, Scenario


def test_while_a_due_break_is_held_back_the_cards_are_read_already(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.cards.mkdir()
    (profile.cards / "broken.toml").write_text("no card", encoding="utf-8")
    choice = CardChoice(profile, now=lambda: MONDAY_9, settings=Settings, episodes=lambda since: ())
    calm = Scenario().snapshot
    app_snapshot = AppSnapshot(calm, None, None, (), 1.0)
    choice.preload(app_snapshot)
    assert choice.complaints == (), "nothing is read before it is wanted"
    choice.preload(replace(app_snapshot, snapshot=replace(calm, due_in_s=0.0)))
    assert len(choice.complaints) == 1


def test_a_card_that_needs_a_therapists_advice_comes_once_the_settings_say_so(tmp_path: Path) -> None:
    for advised in ((), (AdvisedCard.FIGURE_FOUR,), tuple(AdvisedCard)):
        settings = Settings(advised_cards=advised)
        choice = CardChoice(
            Profile(tmp_path),
            now=lambda: MONDAY_9,
            settings=lambda settings=settings: settings,
            episodes=lambda since: (),
        )
        shown: list[str] = []
        for _ in range(80):
            shown.append(choice.choose(shown))
        assert set(shown) & set(AdvisedCard) == set(advised)


def test_another_card_is_offered_only_where_it_can_be_done_now(tmp_path: Path) -> None:
    logged: list[Episode] = []
    settings = Settings(places=(Place.SEATED, Place.STANDING), never_cards=("calf-raises",))
    choice = CardChoice(
        Profile(tmp_path), now=lambda: MONDAY_9, settings=lambda: settings, episodes=lambda since: logged
    )
    offered = {card.slug for card in choice.instead_of("ankle-pumps")}
    assert {"ankle-circles", "knee-bends"} <= offered
    assert not offered & {"ankle-pumps", "calf-raises", "plank", "figure-four"}, "shown, never, no floor, not advised"
    assert all(set(card.places) & set(settings.places) for card in choice.instead_of(""))
    logged.append(Episode("numb", MONDAY_9 - timedelta(minutes=5), leg=Side.LEFT))
    spared = choice.instead_of("ankle-pumps")
    assert spared and all(card.places[0] is Place.SEATED for card in spared), "the leg may not hold the person"


def test_a_leg_that_is_numb_or_was_weak_is_spared(tmp_path: Path) -> None:
    logged: list[Episode] = []
    answers: list[SignAnswer] = []
    choice = CardChoice(
        Profile(tmp_path),
        now=lambda: MONDAY_9,
        settings=Settings,
        episodes=lambda since: [one for one in logged if one.started_at >= since],
        answers_about=lambda ids: [one for one in answers if one.episode in ids],
    )
    standing, pumps = choice.card("calf-raises"), choice.card("ankle-pumps")
    assert standing
    assert pumps
    assert choice.suits(standing)
    logged.append(Episode("numb", MONDAY_9 - timedelta(minutes=5), leg=Side.LEFT))
    assert (choice.suits(standing), choice.suits(pumps)) == (False, True)
    assert not choice.still_suits("calf-raises")
    assert choice.still_suits("routine:daily")
    chosen = [choice.card(choice.choose(())) for _ in range(5)]
    assert all(card and card.places[0] is Place.SEATED for card in chosen)
    answers.append(SignAnswer("a", MONDAY_9, "numb", WarningSign.FOOT_DROP, True))
    logged[0] = replace(logged[0], ended_at=MONDAY_9)
    assert (choice.suits(standing), choice.suits(pumps)) == (False, False)
    answers.clear()
    assert choice.suits(standing)


def test_where_the_log_cannot_be_read_a_card_is_chosen_all_the_same(tmp_path: Path) -> None:
    def refuse(_since: object) -> list[Episode]:
        raise JournalError("The log cannot be read.")

    choice = CardChoice(Profile(tmp_path), now=lambda: MONDAY_9, settings=Settings, episodes=refuse)
    assert choice.choose(())
