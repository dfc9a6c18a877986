"""Starts and offers the routines on disk: the daily routine and the person's own.

The composition root creates it; the runtime, the editor, the card window and the command line call it on the GUI
thread. It reads the files when a routine is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from numbguard.resources import resource

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.routines import RoutinePart
    from numbguard.core.ports import Notice
    from numbguard.store.cards.library import Library
    from numbguard.store.cards.own_cards import OwnCards
    from numbguard.store.cards.routines import RoutineLibrary
    from numbguard.store.profile import Profile

log = logging.getLogger("numbguard")


class Routines:
    def __init__(
        self,
        profile: Profile,
        *,
        library: Callable[[], Library],
        start: Callable[[str, float], str | None],
        advised: Callable[[], Collection[str]] = tuple,
        suits: Callable[[Card], bool] = lambda _card: True,
    ) -> None:
        """``start`` begins a break with a name and a length in seconds, or returns a sentence on why it cannot.

        ``advised`` returns the slugs of the cards that a therapist has advised; ``suits`` says of a card whether it
        needs no leg that is numb or weak.
        """
        self._suits = suits
        self._advised = advised
        self._profile = profile
        self._library = library
        self._start = start
        self._shelf: RoutineLibrary | None = None

    def start(self, slug: str | None = None) -> str | None:
        """Start a routine, by default the daily one; returns a sentence if that is not possible."""
        from numbguard.core.cards.routines import DAILY, break_name
        from numbguard.core.cards.table_reader import CardError

        slug = slug or DAILY
        try:
            parts = self._shelf_made.begin(slug)
        except CardError as error:
            refusal: str = error.args[0]  # the sentence itself: the window that shows it translates it
            return refusal
        return self._start(break_name(slug), parts[-1].end_s)

    def parts_of(self, card: str) -> tuple[RoutinePart, ...]:
        """Return the parts of the routine with this break name; an empty tuple if it names a single card."""
        return self._shelf.parts_of(card) if self._shelf else ()

    def done(self, name: str, tick: Callable[[], None]) -> None:
        """Call ``tick`` if the finished routine counts for the stretching habit."""
        from numbguard.core.cards.routines import DAILY, break_name, stretches

        listed = {card.slug: card for card in self._library().cards()}
        if name == break_name(DAILY) or stretches([listed.get(part.card) for part in self.parts_of(name)]):
            tick()

    def offer(self) -> Notice | None:
        """Return the notice that offers the daily routine, or ``None`` if it cannot be played; starting it says why."""
        from numbguard.core.cards.routines import DAILY
        from numbguard.core.cards.table_reader import CardError
        from numbguard.wording import now as words

        try:
            return words.routine_offer(self._shelf_made.look_up(DAILY))
        except CardError as error:
            log.warning("the daily routine is not offered: %s", error)
            return None

    def own_shelf(self) -> OwnCards:
        """Return the person's own cards and routines, for the editor to read and write."""
        from numbguard.store.cards.own_cards import OwnCards

        return OwnCards(self._profile, ours=resource("cards"), our_routines=resource("routines"))

    @property
    def _shelf_made(self) -> RoutineLibrary:
        if self._shelf is None:
            from numbguard.core.cards.choosing import is_on
            from numbguard.store.cards.routines import RoutineLibrary

            self._shelf = RoutineLibrary(
                self._library(),
                resource("routines"),
                self._profile.routines,
                is_on=lambda card: is_on(card, self._advised()) and self._suits(card),
            )
        return self._shelf
