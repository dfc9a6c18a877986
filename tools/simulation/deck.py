"""Cards and ids that come in a known order; for the simulation and for the tests' stories."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

DECK = ("seated-hamstring", "calf-wall", "short-walk")


def next_in_deck(shown: Sequence[str]) -> str:
    return min(DECK, key=lambda slug: max((place for place, seen in enumerate(shown) if seen == slug), default=-1))


def counting_ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"id-{next(numbers)}"
