"""The stage for break cards: opens the card's window when the engine asks for it, and deletes it afterwards.

Implements ``ports.CardStage``; the runtime calls it on the GUI thread. The stage is small and always exists: it imports
the windows and QtSvg when a card is first opened, and keeps no window once a card is closed.

    open   -> one CardWindow on the pointer's screen with a CardPage (firm: a ScreenCover on every other screen)
    change -> another CardPage for the rest of the break
    (for a routine the stage itself shows a CardPage for each card in turn)
    ask_after -> an AfterPage in the same window
    close  -> deletes all of them
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication, QScreen

from numbguard.core.breaks.messages import Action
from numbguard.core.settings.choices import Style
from numbguard.wording.catalogue import _, translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.routines import RoutinePart
    from numbguard.core.guide.sections import GuideSection

    from .card_plan import CardPlan
    from .page import CardPage
    from .screen_cover import ScreenCover
    from .window import CardWindow


class BreakRun(Protocol):
    """The engine's current break and the actions it accepts. The runtime implements it."""

    def elapsed(self) -> float:
        """Seconds since this break began, by the engine's clock."""

    def snooze_s(self) -> float:
        """The length of a snooze in seconds."""

    def act(self, action: Action) -> str | None:
        """Pass on the person's answer; returns a sentence if the answer is not possible now."""

    def skip_ahead(self, by_s: float) -> str | None:
        """Skip the next ``by_s`` seconds of a routine; returns a sentence if that is not possible now."""


class CardSource(Protocol):
    """The cards, and the reasons for which they are chosen."""

    def card(self, slug: str) -> Card | None:
        """A card; ``None`` or a ``CardError`` if it cannot be read, and then words are shown instead."""

    def reason_for(self, slug: str) -> str:
        """The line that says why the card was chosen; may be empty."""


class RoutineParts(Protocol):
    """The routines that have been started."""

    def parts_of(self, card: str) -> Sequence[RoutinePart]:
        """The cards of a routine with their times; empty if ``card`` is a single card."""


class BreakCardStage:
    """Implements ``core.ports.CardStage``, and is the ``CardHost`` of its pages."""

    def __init__(
        self,
        run: BreakRun,
        cards: CardSource,
        routines: RoutineParts,
        *,
        read: Callable[[GuideSection], None] | None = None,
        still: bool = False,
    ) -> None:
        """``read`` opens the guide at a section; ``still`` shows pictures that do not move."""
        self._run = run
        self._cards = cards
        self._routines = routines
        self._read = read
        self._parts: Sequence[RoutinePart] = ()
        self._still = still
        self._window: CardWindow | None = None
        self._covers: list[ScreenCover] = []
        self._style = Style.STANDARD
        self._covering = False
        """Whether other screens are covered: in the firm style while the card runs, not for the question after it."""
        self._duration_s = 0.0
        self._can_snooze = True
        self._way_out: Action | None = Action.SKIP

    def prepare(self) -> None:
        """Import the modules a card needs. Called when a card is about to open, for example with its announcement."""
        from numbguard.figure import svg as figure_svg  # noqa: F401

    # --- calls from the engine -----------------------------------------------------------------------------------

    def open(
        self, card: str, *, duration_s: float, style: Style, can_snooze: bool, way_out: Action | None = Action.SKIP
    ) -> None:
        began = perf_counter()
        self.close()
        self._style, self._duration_s, self._can_snooze, self._way_out = style, duration_s, can_snooze, way_out
        self._covering = style is Style.FIRM
        self._open_window()
        # Show the window first, so that the window manager frames it while the picture is created. Nothing is painted
        # until the picture is ready.
        self._appear()
        self._parts = self._routines.parts_of(card)
        try:
            plan = self._plan_of(self._parts[0]) if self._parts else self._plan(card, start_s=0.0)
            self._show_card(plan, painted=_trace(began))
        except Exception:
            self.close()  # An empty window must not cover the screens and keep the keyboard.
            raise

    def change(self, card: str) -> None:
        if self._window is not None:
            self._show_card(self._plan(card, start_s=self.elapsed()))

    def _go_on(self) -> None:
        """Show the next card of a routine, or a later one if the last ones passed while nobody could see them."""
        from numbguard.core.cards.routines import part_at

        if self._window is not None:
            self._show_card(self._plan_of(part_at(self._parts, self.elapsed())))

    def _skip_card(self, part: RoutinePart) -> None:
        """Skip the rest of a routine's card."""
        # Slightly more than the rest, so that rounding cannot leave the card on.
        self._run.skip_ahead(part.end_s - self.elapsed() + 0.01)
        self._go_on()

    def ask_after(self) -> None:
        from .after_page import AfterPage

        asked = self._window
        if asked is None:
            # The person has closed the window, but the question remains.
            self._style = Style.STANDARD
            asked = self._open_window()
        self._covering = False
        self._uncover()
        asked.show_page(AfterPage(asked, zoom=asked.zoom, say=self._say))
        if asked.isVisible():
            asked.place_on(self._home_screen(asked))
        else:
            self._appear()

    def close(self) -> None:
        self._uncover()
        window, self._window = self._window, None
        if window is not None:
            window.release()

    # --- the window ----------------------------------------------------------------------------------------------

    def _open_window(self) -> CardWindow:
        from numbguard.ui.widgets.screens import pointer_screen

        window: CardWindow
        if self._style is Style.FIRM:
            from .firm_window import FirmCardWindow

            window = FirmCardWindow(
                screen=pointer_screen(),
                closed=self._closed_by_person,
                get_help=self._get_help,
                rearrange=self._rearrange,
            )
        else:
            from .window import CardWindow

            window = CardWindow(
                firm=False, screen=pointer_screen(), closed=self._closed_by_person, rearrange=self._rearrange
            )
        self._window = window
        return window

    def _appear(self) -> None:
        window = self._window
        assert window is not None
        window.appear()
        self._cover()

    def _plan_of(self, part: RoutinePart) -> CardPlan:
        return self._plan(part.card, start_s=part.start_s, part=part)

    def _plan(self, card: str, *, start_s: float, part: RoutinePart | None = None) -> CardPlan:
        from numbguard.core.cards.table_reader import CardError

        from .card_plan import CardPlan

        found = None
        problem = _("The card “{card}” can't be read. Run “numbguard check” to see why.").format(card=card)
        try:
            found = self._cards.card(card)
        except CardError as error:
            problem = translated(error)
        return CardPlan(
            found,
            duration_s=self._duration_s,
            start_s=start_s,
            problem=None if found else problem,
            reason=self._cards.reason_for(card) if found and part is None else "",
            part=part,
        )

    def _show_card(self, plan: CardPlan, *, painted: Callable[[], None] | None = None) -> None:
        from .page import CardPage

        window = self._window
        assert window is not None
        window.show_page(CardPage(window, plan, self, zoom=window.zoom, still=self._still, painted=painted))

    # --- calls from its pages (see ``page.CardHost``) --------------------------------------------------------

    def elapsed(self) -> float:
        return self._run.elapsed()

    def answers(self, page: CardPage) -> QHBoxLayout:
        from numbguard.ui.widgets.buttons import snooze_words

        from .answers import break_answers, routine_answers

        part = page.plan.part
        if part is None:
            snooze = snooze_words(self._run.snooze_s()) if self._can_snooze else None
            return break_answers(page, say=self._say, snooze=snooze, way_out=self._way_out)
        skip = None if part is self._parts[-1] else partial(self._skip_card, part)
        return routine_answers(page, say=self._say, skip=skip)

    @property
    def can_read(self) -> bool:
        """False while the card covers the screen, because it would also cover the guide."""
        return self._read is not None and not self._covering

    def read_about(self, section: GuideSection) -> None:
        if self._read is not None:
            self._read(section)

    def time_is_up(self, page: CardPage) -> None:
        """Show the next card of a routine. The engine, not the page, decides when the break ends."""
        part = page.plan.part
        if part is not None and part is not self._parts[-1]:
            self._go_on()

    def _say(self, action: Action) -> None:
        self._run.act(action)

    def _closed_by_person(self) -> None:
        # Close first, so that the stage is already empty when the engine responds.
        self.close()
        self._say(Action.CLOSE)

    def _get_help(self) -> None:
        """End a firm break, which would cover the page, and show *When to get help*."""
        self._closed_by_person()
        self._say(Action.HELP)

    # --- screens -------------------------------------------------------------------------------------------------

    def _home_screen(self, window: CardWindow) -> QScreen:
        from numbguard.ui.widgets.screens import pointer_screen

        screen = window.screen()
        return screen if screen in QGuiApplication.screens() else pointer_screen()

    def _rearrange(self) -> None:
        """After a screen was added, removed or resized, put the card fully on one screen and covers on the others."""
        window = self._window
        if window is None:
            return
        home = self._home_screen(window)
        if home is not window.screen() or not window.is_well_placed():
            window.place_on(home)
        if [cover.geometry() for cover in self._covers] != [one.geometry() for one in self._others(window)]:
            self._uncover()
            self._cover()

    def _cover(self) -> None:
        window = self._window
        if window is None or not self._covering:
            return
        from .screen_cover import ScreenCover

        for screen in self._others(window):
            cover = ScreenCover(screen, leave=self._closed_by_person)
            cover.appear()
            self._covers.append(cover)

    def _others(self, window: CardWindow) -> list[QScreen]:
        home = self._home_screen(window)
        return [one for one in QGuiApplication.screens() if one != home] if self._covering else []

    def _uncover(self) -> None:
        covers, self._covers = self._covers, []
        for cover in covers:
            cover.release()


def _trace(began: float) -> Callable[[], None] | None:
    """For the benchmark: with NUMBGUARD_TRACE=1, print the milliseconds from the request for a card to its painting."""
    if os.environ.get("NUMBGUARD_TRACE") != "1":
        return None

    def painted() -> None:
        print(f"trace: card-painted {(perf_counter() - began) * 1000:.1f}", file=sys.stderr, flush=True)  # noqa: T201

    return painted
