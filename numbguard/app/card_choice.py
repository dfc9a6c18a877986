"""Which card comes next, out of the library on disk, and the words on why it was chosen.

Made by the composition root, called on the GUI thread by the engine, the notification and the card window. The library
is read when the first card is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.core.log.records import Episode
from numbguard.resources import resource

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.choosing import ChosenCard
    from numbguard.core.ports import AppSnapshot
    from numbguard.core.settings.settings import Settings
    from numbguard.store.cards.library import Library
    from numbguard.store.profile import Profile


class CardChoice:
    """The card library, and the last card chosen from it."""

    def __init__(
        self,
        profile: Profile,
        *,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        episodes: Callable[[datetime], Iterable[Episode]],
    ) -> None:
        """``episodes`` gives those since a moment; raises ``JournalError`` where the log cannot be read."""
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
        """What was wrong with card files, once the library has been read."""
        return self._library.complaints if self._library else ()

    def card(self, slug: str) -> Card | None:
        return self.library.card(slug)

    def choose(self, shown: Sequence[str]) -> str:
        """The slug of the next card, given those shown so far; empty where there is none."""
        from numbguard.core.cards.choosing import next_card

        now = self._now()
        self._choice = next_card(
            self.library.cards(),
            shown=shown,
            now=now,
            logged=self._logged_lately(now),
            places=self._settings().places,
            seed=now.toordinal(),
        )
        return self._choice.card.slug if self._choice else ""

    def foresee(self, app_snapshot: AppSnapshot) -> None:
        """A break is due and held back: its card's library is read now, not at the second in which it is announced."""
        if app_snapshot.snapshot.due and app_snapshot.snapshot.current is None:
            self.library.cards()

    def because(self, slug: str) -> str:
        """Why the card that is announced or on was chosen, for the card."""
        from numbguard.wording import card_reason

        choice = self._choice
        return card_reason.on_card(choice.reason) if choice and choice.card.slug == slug else ""

    def because_announced(self) -> str:
        """The same for the announcement."""
        from numbguard.wording import card_reason

        return card_reason.in_announcement(self._choice.reason) if self._choice else ""

    def _logged_lately(self, now: datetime) -> Sequence[Episode]:
        from numbguard.core.cards.choosing import LOOKS_BACK

        try:
            return tuple(self._episodes(now - LOOKS_BACK))
        except JournalError:
            # The panel says what is wrong with the log; a card comes all the same.
            return ()
