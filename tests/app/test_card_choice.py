"""The running app chooses the next card and reads the library in time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from numbguard.app.card_choice import CardChoice
from numbguard.core.ports import AppSnapshot
from numbguard.core.settings.choices import AdvisedCard
from numbguard.core.settings.settings import Settings
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
