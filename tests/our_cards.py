"""The words of the cards that come with NumbGuard, for tests of what is chosen among them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from numbguard.core.cards.cards import Card, card_from


@cache
def our_cards() -> tuple[Card, ...]:
    folder = Path(__file__).parents[1] / "resources" / "cards"
    words = {path.stem: path.read_text(encoding="utf-8").split("\n[motion")[0] for path in folder.glob("*.toml")}
    return tuple(card_from(slug, tomllib.loads(words[slug]), words_only=True) for slug in sorted(words))
