"""The routines that count as the day's stretching: the daily one, and the person's own for back, hips or legs."""

from __future__ import annotations

from pathlib import Path

import pytest

from numbguard.app.routines import Routines
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.profile import Profile


@pytest.mark.parametrize(
    ("slug", "cards", "ticks"),
    [("daily", '"look-away"', 1), ("evening", '"calf-wall", "quad"', 1), ("eyes", '"look-away", "breathing"', 0)],
)
def test_a_routine_for_the_eyes_does_not_tick_the_stretching(slug: str, cards: str, ticks: int, tmp_path: Path) -> None:
    profile = Profile.find(str(tmp_path / "profile"))
    profile.routines.mkdir(parents=True)
    (profile.routines / f"{slug}.toml").write_text(f'title = "Mine"\ncards = [{cards}]\n', encoding="utf-8")
    library = Library(resource("cards"), profile.cards)
    begun: list[str] = []
    choice = Routines(profile, library=lambda: library, start=lambda name, _s: begun.append(name))
    assert choice.start(slug) is None
    ticked: list[str] = []
    choice.done(begun[0], lambda: ticked.append("stretch"))
    assert len(ticked) == ticks
