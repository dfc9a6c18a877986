"""The routines there are, on disk: the one of every day and the person's own, begun, offered and listed.

Made by the composition root, called on the GUI thread by the runtime, the tray, the card window and the command line.
Files are read when a routine is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.resources import resource

if TYPE_CHECKING:
    from numbguard.core.cards.routines import RoutinePart
    from numbguard.core.ports import Notice
    from numbguard.store.cards.library import Library
    from numbguard.store.cards.own_cards import OwnCards
    from numbguard.store.cards.routines import RoutineLibrary
    from numbguard.store.profile import Profile

log = logging.getLogger("numbguard")


class Routines:
    def __init__(
        self, profile: Profile, *, library: Callable[[], Library], start: Callable[[str, float], str | None]
    ) -> None:
        """``start`` begins a break of that name and length, or says why not."""
        self._profile = profile
        self._library = library
        self._start = start
        self._shelf: RoutineLibrary | None = None

    def start(self, slug: str | None = None) -> str | None:
        """Begin a routine, the daily one unless named; a sentence where that cannot be."""
        from numbguard.core.cards.routines import DAILY, break_name
        from numbguard.core.cards.table_reader import CardError

        slug = slug or DAILY
        try:
            parts = self._shelf_made.begin(slug)
        except CardError as error:
            return str(error)
        return self._start(break_name(slug), parts[-1].end_s)

    def parts_of(self, card: str) -> tuple[RoutinePart, ...]:
        """The cards of a break that is a routine; nothing for a card."""
        return self._shelf.parts_of(card) if self._shelf else ()

    def done(self, name: str, tick: Callable[[], None]) -> None:
        """Call ``tick`` where a routine that was played is what the habit of stretching means."""
        from numbguard.core.cards.routines import DAILY, break_name, stretches

        listed = {card.slug: card for card in self._library().cards()}
        if name == break_name(DAILY) or stretches([listed.get(part.card) for part in self.parts_of(name)]):
            tick()

    def offer(self) -> Notice | None:
        """The words that offer the daily routine; None where it cannot be played: starting it says why."""
        from numbguard.core.cards.routines import DAILY
        from numbguard.core.cards.table_reader import CardError
        from numbguard.wording import now as words

        try:
            return words.routine_offer(self._shelf_made.look_up(DAILY))
        except CardError as error:
            log.warning("the daily routine is not offered: %s", error)
            return None

    def own(self) -> tuple[tuple[str, str], ...]:
        """Name and title of each routine of the person's own, by title; not the one in the daily routine's place."""
        if not self._profile.routines.is_dir():
            return ()
        from numbguard.core.cards.routines import DAILY
        from numbguard.store.cards.routines import RoutineLibrary

        own = RoutineLibrary(self._library(), self._profile.routines).routines()
        found = ((one.slug, one.title) for one in own if one.slug != DAILY)
        return tuple(sorted(found, key=lambda one: one[1].casefold()))

    def own_shelf(self) -> OwnCards:
        """What the editor of one's own cards and routines reads and writes."""
        from numbguard.store.cards.own_cards import OwnCards

        return OwnCards(self._profile, ours=resource("cards"), our_routines=resource("routines"))

    @property
    def _shelf_made(self) -> RoutineLibrary:
        if self._shelf is None:
            from numbguard.store.cards.routines import RoutineLibrary

            self._shelf = RoutineLibrary(self._library(), resource("routines"), self._profile.routines)
        return self._shelf
