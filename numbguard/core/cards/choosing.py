"""Chooses the next card, and says why.

Pure: ``app/card_choice.py`` calls ``next_card`` on the GUI thread when a break is due or the person asks for another
card. The card that has waited longest comes first. A card for a part that was numb lately waits as if time ran faster
for it, by a factor called its *weight*. In the long run, each card's share of the breaks is its weight's share of the
sum of all weights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zlib import crc32

from numbguard.core.log.advice.leg_limits import NONE_SPARED, SparedLegs
from numbguard.core.log.records.episode import Episode
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region, Side

from .cards import Card, CardKind, ServedPart

LOOKS_BACK: Final = timedelta(days=14)
"""Older episodes no longer affect the weights."""
STRONGEST: Final = 3.0
"""The most that logged episodes can add to a card's weight, which is 1 without them."""
FAVOURED: Final = 2.0
"""How many times as often a favourite comes as it would otherwise."""
_HALF_PULL_AT: Final = 2
"""Number of logged regions that gives half of the greatest effect: one episode is not a pattern."""
_SERVES_WELL: Final = 1 / 3
"""Least degree of serving a region (see ``_serves``) for which the region may be given as the reason."""
_HALF_A_TURN: Final = 0.5
"""Breaks by which a card is late on average: it falls due between two breaks and is shown at the later one. Without
this correction, cards that are shown often would get less than their share."""


class ChoiceCause(Enum):
    """Why a card was chosen."""

    LOGGED = "logged"
    """It serves a region that was logged lately."""
    WAITED = "waited"
    """It has waited longest since it was last shown."""
    NEW = "new"
    """It has never been shown."""


class LoggedSince(Enum):
    """The time within which the episodes were logged: all since Monday, or some before it."""

    MONDAY = "monday"
    FORTNIGHT = "fortnight"


@dataclass(frozen=True, slots=True)
class ChoiceReason:
    """Why a card was chosen, for `wording/card_reason.py`. Only ``LOGGED`` has a region and the fields after it."""

    cause: ChoiceCause
    region: Region | None = None
    side: Side | None = None
    times: int = 0
    since: LoggedSince = LoggedSince.MONDAY


@dataclass(frozen=True, slots=True)
class ChosenCard:
    """A card, and why it was chosen."""

    card: Card
    reason: ChoiceReason


def next_card(
    cards: Sequence[Card],
    *,
    shown: Sequence[str],
    now: datetime,
    logged: Sequence[Episode] = (),
    places: Collection[Place] = tuple(Place),
    advised: Collection[str] = (),
    favourites: Collection[str] = (),
    never: Collection[str] = (),
    spared: SparedLegs = NONE_SPARED,
    seed: int = 0,
) -> ChosenCard | None:
    """The next break card in turn, for another muscle than the last; None where no card suits the places.

    ``shown`` contains the slugs shown so far, oldest first, including cards turned down with "Another", which therefore
    go to the back of the queue. Of the cards never shown, those for the legs come first. Of the ``logged`` episodes,
    those of the last fortnight count. ``advised`` contains the slugs of the cards that a therapist has advised,
    ``favourites`` those that come twice as often, and ``never`` those that the person does not want.
    ``spared`` says which legs the card must not need; it may then be for a seat that the places leave out.
    ``seed`` sets the order of the cards never shown; with equal arguments the choice is the same.
    """
    lately = [episode for episode in logged if now - LOOKS_BACK <= episode.started_at <= now]
    fitting = [card for card in allowed(cards, places, advised, spared) if card.slug not in never]
    by_slug = {card.slug: card for card in cards}
    last = next((by_slug[slug] for slug in reversed(shown) if slug in by_slug), None)
    if last is not None:
        # Where every card works the same muscle, a different card is the next best.
        others = [card for card in fitting if card.muscle is not last.muscle]
        fitting = others or [card for card in fitting if card.slug != last.slug] or fitting
    turn = {slug: number for number, slug in enumerate(shown)}
    weight = weights(fitting, lately, favourites)

    def rank(card: Card) -> tuple[float, float, bool, int]:
        waited = len(shown) - turn[card.slug] + _HALF_A_TURN if card.slug in turn else float("inf")
        legs_first = card.slug not in turn and card.for_legs
        return waited * weight[card.slug], weight[card.slug], legs_first, crc32(f"{seed} {card.slug}".encode())

    chosen = max(fitting, key=rank, default=None)
    if chosen is None:
        return None
    turned = ChoiceCause.WAITED if chosen.slug in turn else ChoiceCause.NEW
    return ChosenCard(chosen, _logged(chosen, lately, now) or ChoiceReason(turned))


def allowed(
    cards: Sequence[Card],
    places: Collection[Place],
    advised: Collection[str] = (),
    spared: SparedLegs = NONE_SPARED,
) -> list[Card]:
    """The cards for a break that are on, can be done in one of the places, and need no leg that is to be spared."""
    places = {*places, Place.SEATED} if spared.numb else places
    return [
        card
        for card in cards
        if card.kind is CardKind.BREAK
        and is_on(card, advised)
        and spares(card, spared)
        and not set(card.places).isdisjoint(places)
    ]


def spares(card: Card, spared: SparedLegs) -> bool:
    """Whether a card does without the legs that are to be spared.

    It is done on a seat, as its first place says, and does not work a leg that is weak.
    """
    if spared.numb and card.places[0] is not Place.SEATED:
        return False
    sides = {Side.BOTH, *spared.weak} if spared.weak else set()
    return not (card.for_legs and any(step.side in sides for step in card.steps))


def is_on(card: Card, advised: Collection[str]) -> bool:
    """Whether a card may come: one that is only for people whom a therapist advised it must be among ``advised``."""
    return not card.advised_only or card.slug in advised


def weights(cards: Sequence[Card], logged: Sequence[Episode], favourites: Collection[str] = ()) -> dict[str, float]:
    """Weight by slug: 1 for a card whose regions were not logged, up to 4 for a card whose first region is the only one
    logged, and often; twice that for a favourite.

    A card's share of all breaks is its weight divided by the sum of the weights; a region's share is that of all the
    cards that serve it.
    """
    pull = pulls(logged)
    return {
        card.slug: (FAVOURED if card.slug in favourites else 1.0)
        * (1.0 + STRONGEST * sum(pull.get(region, 0.0) * serving for region, serving in _serves(card).items()))
        for card in cards
    }


def pulls(logged: Sequence[Episode]) -> dict[ServedPart, float]:
    """How strongly each logged region raises the weight of its cards: together less than 1, and more the more was
    logged."""
    counts: dict[ServedPart, int] = {}
    for episode in logged:
        for region in episode.regions:
            counts[region] = counts.get(region, 0) + 1
    total = sum(counts.values())
    return {region: count / (total + _HALF_PULL_AT) for region, count in counts.items()}


def _serves(card: Card) -> Mapping[ServedPart, float]:
    """How well a card serves each of its regions: 1 for the first, 1/2 for the second, 1/3 for the third …"""
    return {region: 1.0 / place for place, region in enumerate(card.regions, start=1)}


def serving_best(cards: Sequence[Card], region: Region) -> Card | None:
    """The break card that serves a region best, the first of several; ``None`` where none serves it."""
    serving = [card for card in cards if card.kind is CardKind.BREAK and region in card.regions]
    return max(serving, key=lambda card: _serves(card)[region], default=None)


def _logged(card: Card, logged: Sequence[Episode], now: datetime) -> ChoiceReason | None:
    """The reason, if the card serves a logged region well; else None."""
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
    return ChoiceReason(ChoiceCause.LOGGED, region, _side(there, region), len(there), _logged_since(there, now))


def _side(there: Sequence[Episode], region: Region) -> Side | None:
    """The side of the region, if it is the same in every episode; both if they differ, None if it is missing in one."""
    sides = {site.side for episode in there for site in episode.sites if site.region is region}
    if None in sides:
        return None
    return sides.pop() if len(sides) == 1 else Side.BOTH


def _logged_since(there: Sequence[Episode], now: datetime) -> LoggedSince:
    monday = now.date() - timedelta(days=now.weekday())
    first = min(episode.started_at for episode in there).astimezone(now.tzinfo)
    return LoggedSince.MONDAY if first.date() >= monday else LoggedSince.FORTNIGHT
