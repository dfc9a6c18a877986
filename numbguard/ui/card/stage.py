"""The stage for break cards: opens the card's window when the engine asks, and lets all of it go afterwards.

Implements ``ports.CardStage``; the runtime calls it on the GUI thread. Small and always there: the windows themselves
and QtSvg are imported when a card is first opened, and nothing of them is kept once it is closed.

    open   -> one CardWindow on the pointer's screen with a CardPage (firm: a BreakCover on every other screen)
    change -> another CardPage for what is left of the break
    (a routine puts up a CardPage for each of its cards in turn by itself)
    ask_after -> an AfterPage in the same window
    close  -> everything gone
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
    """The break that is on, as the engine has it, and what may be said to it; the runtime."""

    def elapsed(self) -> float:
        """Seconds of this break on the engine's clock."""

    def snooze_s(self) -> float:
        """How long a break is put off."""

    def act(self, action: Action) -> str | None:
        """Take the person's answer; gives a sentence when it does not fit the moment."""

    def skip_ahead(self, by_s: float) -> str | None:
        """Leave out the next seconds of a routine."""


class CardSource(Protocol):
    """The cards, and why one was chosen."""

    def card(self, slug: str) -> Card | None:
        """``None``, or a ``CardError``, for a card that cannot be read: words stand in for it."""

    def because(self, slug: str) -> str:
        """The line that says why the card was chosen; empty where there is none."""


class RoutineParts(Protocol):
    """The routines, as far as they have been begun."""

    def parts_of(self, card: str) -> Sequence[RoutinePart]:
        """The cards of a break that is a routine; nothing for a card."""


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
        """The firm style covers the other screens while the card runs, not for the question after it."""
        self._duration_s = 0.0
        self._can_snooze = True

    def prepare(self) -> None:
        """Import what a card needs, for whoever knows that one is coming: with its announcement, say."""
        from numbguard.figure import svg as figure_svg  # noqa: F401

    # --- what the engine asks for --------------------------------------------------------------------------------

    def open(self, card: str, *, duration_s: float, style: Style, can_snooze: bool) -> None:
        began = perf_counter()
        self.close()
        self._style, self._duration_s, self._can_snooze = style, duration_s, can_snooze
        self._covering = style is Style.FIRM
        self._open_window()
        # Shown first: while the window manager frames it, the picture is made. Nothing is painted before that is done.
        self._appear()
        self._parts = self._routines.parts_of(card)
        script = self._script_of(self._parts[0]) if self._parts else self._script(card, start_s=0.0)
        self._show_card(script, painted=_trace(began))

    def change(self, card: str) -> None:
        if self._window is not None:
            self._show_card(self._script(card, start_s=self.elapsed()))

    def _go_on(self) -> None:
        """The next card of a routine, or a later one when nobody could see the last ones."""
        from numbguard.core.cards.routines import part_at

        if self._window is not None:
            self._show_card(self._script_of(part_at(self._parts, self.elapsed())))

    def _skip_card(self, part: RoutinePart) -> None:
        """Leave out what remains of a routine's card."""
        # A hair more, so that no rounding leaves the last of it on.
        self._run.skip_ahead(part.end_s - self.elapsed() + 0.01)
        self._go_on()

    def ask_after(self) -> None:
        from .after_page import AfterPage

        asked = self._window
        if asked is None:
            # Closed by the person, and yet there is something to ask.
            self._style = Style.STANDARD
            asked = self._open_window()
        self._covering = False
        self._uncover()
        asked.show_page(AfterPage(asked, zoom=asked.zoom, say=self._say))
        if asked.isVisible():
            asked.stand_on(self._home_screen(asked))
        else:
            self._appear()

    def close(self) -> None:
        self._uncover()
        window, self._window = self._window, None
        if window is not None:
            window.let_go()

    # --- the window ----------------------------------------------------------------------------------------------

    def _open_window(self) -> CardWindow:
        from numbguard.ui.widgets.screens import pointer_screen

        from .window import CardWindow

        window = CardWindow(
            firm=self._style is Style.FIRM,
            screen=pointer_screen(),
            closed=self._closed_by_person,
            rearrange=self._stand_again,
        )
        self._window = window
        return window

    def _appear(self) -> None:
        window = self._window
        assert window is not None
        window.appear()
        self._cover()

    def _script_of(self, part: RoutinePart) -> CardPlan:
        return self._script(part.card, start_s=part.start_s, part=part)

    def _script(self, card: str, *, start_s: float, part: RoutinePart | None = None) -> CardPlan:
        from numbguard.core.cards.table_reader import CardError

        from .card_plan import CardPlan

        found, problem = None, f"The card “{card}” cannot be read; “numbguard check” says why."
        try:
            found = self._cards.card(card)
        except CardError as error:
            problem = str(error)
        return CardPlan(
            found,
            duration_s=self._duration_s,
            start_s=start_s,
            problem=None if found else problem,
            because=self._cards.because(card) if found and part is None else "",
            part=part,
        )

    def _show_card(self, script: CardPlan, *, painted: Callable[[], None] | None = None) -> None:
        from .page import CardPage

        window = self._window
        assert window is not None
        window.show_page(CardPage(window, script, self, zoom=window.zoom, still=self._still, painted=painted))

    # --- what its pages ask for (see ``page.CardHost``) ------------------------------------------------------

    def elapsed(self) -> float:
        return self._run.elapsed()

    def answers(self, page: CardPage) -> QHBoxLayout:
        from numbguard.ui.widgets.buttons import snooze_words

        from .answers import break_answers, routine_answers

        part = page.script.part
        if part is None:
            snooze = snooze_words(self._run.snooze_s()) if self._can_snooze else None
            return break_answers(page, say=self._say, snooze=snooze)
        skip = None if part is self._parts[-1] else partial(self._skip_card, part)
        return routine_answers(page, say=self._say, skip=skip)

    @property
    def can_read(self) -> bool:
        """Not while a card covers the screen, and the guide with it."""
        return self._read is not None and not self._covering

    def read_about(self, section: GuideSection) -> None:
        if self._read is not None:
            self._read(section)

    def time_is_up(self, page: CardPage) -> None:
        """The next card of a routine takes its place; the end of a break is the engine's to say."""
        part = page.script.part
        if part is not None and part is not self._parts[-1]:
            self._go_on()

    def _say(self, action: Action) -> None:
        self._run.act(action)

    def _closed_by_person(self) -> None:
        # Away first: whatever the engine answers finds the stage as it looks.
        self.close()
        self._say(Action.CLOSE)

    # --- screens -------------------------------------------------------------------------------------------------

    def _home_screen(self, window: CardWindow) -> QScreen:
        from numbguard.ui.widgets.screens import pointer_screen

        screen = window.screen()
        return screen if screen in QGuiApplication.screens() else pointer_screen()

    def _stand_again(self) -> None:
        """After a screen came, went or changed its size: the card fully on one, the covers on the others."""
        window = self._window
        if window is None:
            return
        home = self._home_screen(window)
        if home is not window.screen() or not window.stands_well():
            window.stand_on(home)
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
            cover.let_go()


def _trace(began: float) -> Callable[[], None] | None:
    """For the bench: with NUMBGUARD_TRACE=1, say how long a card took from asked for to painted."""
    if os.environ.get("NUMBGUARD_TRACE") != "1":
        return None

    def painted() -> None:
        print(f"trace: card-painted {(perf_counter() - began) * 1000:.1f}", file=sys.stderr, flush=True)  # noqa: T201

    return painted
