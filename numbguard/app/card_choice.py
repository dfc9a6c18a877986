"""Chooses the next card from the library on disk and words the reason for the choice.

The composition root creates it; the engine, the notification and the card window call it on the GUI thread. It reads
the library when the first card is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.resources import resource

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.choosing import ChosenCard
    from numbguard.core.log.advice.leg_limits import SparedLegs
    from numbguard.core.ports import AppSnapshot
    from numbguard.core.settings.settings import Settings
    from numbguard.store.cards.library import Library
    from numbguard.store.profile import Profile


class CardChoice:
    """The card library and the card last chosen from it."""

    def __init__(
        self,
        profile: Profile,
        *,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        episodes: Callable[[datetime], Iterable[Episode]],
        answers_about: Callable[[Collection[str]], Sequence[SignAnswer]] = lambda _ids: (),
    ) -> None:
        """``episodes`` returns the episodes since a time, and ``answers_about`` the answers about some of them.

        Both raise ``JournalError`` if the log cannot be read.
        """
        self._answers_about = answers_about
        self._profile = profile
        self._now = now
        self._settings = settings
        self._episodes = episodes
        self._library: Library | None = None
        self._choice: ChosenCard | None = None

    @property
    def library(self) -> Library:
        if self._library is None:
            from numbguard.store.cards.library import Library

            self._library = Library(resource("cards"), self._profile.cards)
        return self._library

    @property
    def complaints(self) -> tuple[str, ...]:
        """Sentences on faulty card files; empty until the library has been read."""
        return self._library.complaints if self._library else ()

    def card(self, slug: str) -> Card | None:
        return self.library.card(slug)

    def choose(self, shown: Sequence[str]) -> str:
        """Return the slug of the next card, given the slugs shown so far; an empty string if there is no card."""
        from numbguard.core.cards.choosing import next_card

        now = self._now()
        self._choice = next_card(
            self.library.cards(),
            shown=shown,
            now=now,
            logged=self._logged_lately(now),
            places=self._settings().places,
            advised=self._settings().advised_cards,
            favourites=self._settings().favourite_cards,
            never=self._settings().never_cards,
            spared=self._spared(now),
            seed=now.toordinal(),
        )
        return self._choice.card.slug if self._choice else ""

    def instead_of(self, slug: str) -> list[Card]:
        """The cards that a break may show now in place of this one, but for those that the person never wants."""
        from numbguard.core.cards.choosing import allowed

        settings = self._settings()
        cards = allowed(self.library.cards(), settings.places, settings.advised_cards, self._spared(self._now()))
        return [card for card in cards if card.slug != slug and card.slug not in settings.never_cards]

    def suits(self, card: Card) -> bool:
        """Whether a card needs no leg that is numb now or was weak in the last day."""
        from numbguard.core.cards.choosing import spares

        return spares(card, self._spared(self._now()))

    def still_suits(self, slug: str) -> bool:
        """The same of the card of a break; a routine, which the person asked for, stays."""
        card = next((card for card in self.library.cards() if card.slug == slug), None)
        return card is None or self.suits(card)

    def preload(self, app_snapshot: AppSnapshot) -> None:
        """Read the library while a due break is held back, so that its announcement need not wait for the disk."""
        if app_snapshot.snapshot.due and app_snapshot.snapshot.current is None:
            self.library.cards()

    def reason_for(self, slug: str) -> str:
        """Return the reason why the announced or current card was chosen, worded for the card."""
        from numbguard.wording import card_reason

        choice = self._choice
        return card_reason.on_card(choice.reason) if choice and choice.card.slug == slug else ""

    def announced_reason(self) -> str:
        """Return the same reason, worded for the announcement."""
        from numbguard.wording import card_reason

        return card_reason.in_announcement(self._choice.reason) if self._choice else ""

    def _spared(self, now: datetime) -> SparedLegs:
        from numbguard.core.log.advice.leg_limits import NONE_SPARED, WEAK_FOR, spared_legs
        from numbguard.runtime.episode_advice import answers_of

        try:
            found = tuple(self._episodes(now - WEAK_FOR))
            answers = self._answers_about([one.id for one in found]) if found else ()
        except JournalError:
            return NONE_SPARED
        return spared_legs(
            ((one, answers_of(each for each in answers if each.episode == one.id)) for one in found), now
        )

    def _logged_lately(self, now: datetime) -> Sequence[Episode]:
        from numbguard.core.cards.choosing import LOOKS_BACK

        try:
            return tuple(self._episodes(now - LOOKS_BACK))
        except JournalError:
            # The panel says what is wrong with the log; a card is chosen all the same.
            return ()
