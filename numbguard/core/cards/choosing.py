"""Which card comes next, and why.

Pure: the composition root calls ``next_card`` on the GUI thread when a break is due or another card is asked for. The
card that has waited longest comes first, where a card for what was numb lately waits as if time ran faster for it: its
*weight* says how much. In the long run each card's share of the breaks is its weight's share of all weights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zlib import crc32

from numbguard.core.body import Region, Side
from numbguard.core.log.records import Episode
from numbguard.core.settings.choices import Place

from .cards import Card, CardKind, Served

LOOKS_BACK: Final = timedelta(days=14)
"""Episodes older than this pull no more."""
STRONGEST: Final = 3.0
"""What the most pulled card weighs above one that nothing pulls, which weighs 1."""
_HALF: Final = 2
"""So many complaints give half of the strongest pull: one episode is not a pattern."""
_SERVES_WELL: Final = 1 / 3
_HALF_A_TURN: Final = 0.5
"""A card falls due between two breaks and comes at the later one: half a break late, on average. Without this the cards
that come often would get less than their share."""


class ChoiceCause(Enum):
    """Why a card was chosen."""

    LOGGED = "logged"
    """It serves a region that was logged lately."""
    WAITED = "waited"
    """It has not been shown for longest."""
    NEW = "new"
    """It has never been shown."""


class LoggedSince(Enum):
    """The time in which something was logged: all of it since Monday, or some of it before."""

    MONDAY = "monday"
    FORTNIGHT = "fortnight"


@dataclass(frozen=True, slots=True)
class ChoiceReason:
    """Why a card was chosen, for words to be made of. Only what was logged has a region and what follows."""

    because: ChoiceCause
    region: Region | None = None
    side: Side | None = None
    times: int = 0
    since: LoggedSince = LoggedSince.MONDAY


@dataclass(frozen=True, slots=True)
class ChosenCard:
    card: Card
    reason: ChoiceReason


def next_card(
    cards: Sequence[Card],
    *,
    shown: Sequence[str],
    now: datetime,
    logged: Sequence[Episode] = (),
    places: Collection[Place] = tuple(Place),
    seed: int = 0,
) -> ChosenCard | None:
    """The break card that is next in turn, of another muscle than the last; None where no card suits the places.

    ``shown`` are the slugs shown so far, oldest first: a card turned down with "Another" is among them, and so goes to
    the back of the queue. Of the cards never shown, those for the legs come first. ``logged`` are the episodes, of
    which those of the last fortnight count. ``seed`` puts cards that were never shown in an order of their own; all
    else being equal, the same choice is made again.
    """
    lately = [episode for episode in logged if now - LOOKS_BACK <= episode.started_at <= now]
    fitting = allowed(cards, places)
    by_slug = {card.slug: card for card in cards}
    last = next((by_slug[slug] for slug in reversed(shown) if slug in by_slug), None)
    if last is not None:
        # Where every card works the same muscle, another card of it is better than none.
        others = [card for card in fitting if card.muscle is not last.muscle]
        fitting = others or [card for card in fitting if card.slug != last.slug] or fitting
    turn = {slug: number for number, slug in enumerate(shown)}
    weight = weights(fitting, lately)

    def rank(card: Card) -> tuple[float, float, bool, int]:
        waited = len(shown) - turn[card.slug] + _HALF_A_TURN if card.slug in turn else float("inf")
        legs_first = card.slug not in turn and card.for_legs
        return waited * weight[card.slug], weight[card.slug], legs_first, crc32(f"{seed} {card.slug}".encode())

    chosen = max(fitting, key=rank, default=None)
    if chosen is None:
        return None
    turned = ChoiceCause.WAITED if chosen.slug in turn else ChoiceCause.NEW
    return ChosenCard(chosen, _logged(chosen, lately, now) or ChoiceReason(turned))


def allowed(cards: Sequence[Card], places: Collection[Place]) -> list[Card]:
    """The cards for a break that can be done in one of the places."""
    return [card for card in cards if card.kind is CardKind.BREAK and not set(card.places).isdisjoint(places)]


def weights(cards: Sequence[Card], logged: Sequence[Episode]) -> dict[str, float]:
    """By slug: 1 for a card that nothing pulls, up to 4 for one that serves first what alone was logged often.

    A card's share of all breaks is its weight over the sum of the weights, and a region's share that of all the cards
    that serve it.
    """
    pull = pulls(logged)
    return {
        card.slug: 1.0 + STRONGEST * sum(pull.get(region, 0.0) * serving for region, serving in _serves(card).items())
        for card in cards
    }


def pulls(logged: Sequence[Episode]) -> dict[Served, float]:
    """How strongly each logged region pulls; all together less than 1, and the more the more was logged."""
    counts: dict[Served, int] = {}
    for episode in logged:
        for region in episode.regions:
            counts[region] = counts.get(region, 0) + 1
    total = sum(counts.values())
    return {region: count / (total + _HALF) for region, count in counts.items()}


def _serves(card: Card) -> Mapping[Served, float]:
    """How well a card serves its regions: wholly the one named first, the second half as well, and so on."""
    return {region: 1.0 / place for place, region in enumerate(card.regions, start=1)}


def _logged(card: Card, logged: Sequence[Episode], now: datetime) -> ChoiceReason | None:
    """The reason, where it is what was logged."""
    pull = pulls(logged)
    well = {
        region: pull[region] * serving
        for region, serving in _serves(card).items()
        if serving >= _SERVES_WELL and isinstance(region, Region) and region in pull
    }
    if not well:
        return None
    region = max(well, key=lambda each: well[each])
    there = [episode for episode in logged if region in episode.regions]
    return ChoiceReason(ChoiceCause.LOGGED, region, _side(there), len(there), _since(there, now))


def _side(there: Sequence[Episode]) -> Side | None:
    """The side that was told each time; both where they differ, none where it was not always told."""
    sides = {episode.side for episode in there}
    if None in sides:
        return None
    return sides.pop() if len(sides) == 1 else Side.BOTH


def _since(there: Sequence[Episode], now: datetime) -> LoggedSince:
    monday = now.date() - timedelta(days=now.weekday())
    first = min(episode.started_at for episode in there).astimezone(now.tzinfo)
    return LoggedSince.MONDAY if first.date() >= monday else LoggedSince.FORTNIGHT
