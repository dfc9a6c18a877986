"""The stage for break cards: opens the card's window when the engine asks for it, and deletes it afterwards.

Implements ``ports.CardStage``; the runtime calls it on the GUI thread. The stage is small and always exists: it imports
the windows and QtSvg when a card is first opened, and keeps no window once a card is closed.

    open   -> one CardWindow on the pointer's screen with a CardPage (firm: a ScreenCover on every other screen)
    change -> another CardPage for the rest of the break
    (for a routine the stage itself shows a CardPage for each card in turn)
    ask_after -> an AfterPage in the same window
    close  -> deletes all of them; after *Yes*, once a GotUpPage has been there for two seconds
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from numbguard.core.breaks.messages import Action
from numbguard.core.settings.choices import Style
from numbguard.wording.catalogue import _, translated

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.routines import RoutinePart
    from numbguard.core.guide.sections import GuideSection

    from .card_plan import CardPlan
    from .firm.screen_cover import ScreenCover
    from .got_up_page import BreakWord
    from .page import CardPage
    from .sound_controls import SoundControls
    from .window import CardWindow

WORD_FOR_MS = 2000
"""Milliseconds for which the word after *Yes* stays."""
WORD_WITHIN_MS = 400
"""Milliseconds for which the window waits for that word, which comes from the log."""


class BreakRun(Protocol):
    """The engine's current break and the actions it accepts. The runtime implements it."""

    def elapsed(self) -> float:
        """How far this break is, in seconds by the engine's clock; held time does not count."""

    def snooze_s(self) -> float:
        """The length of a snooze in seconds."""

    def act(self, action: Action) -> str | None:
        """Pass on the person's answer; returns a sentence if the answer is not possible now."""

    def turn_card(self, to_s: float) -> str | None:
        """Turn to ``to_s`` seconds after the beginning; returns a sentence if that is not possible now."""

    def hold_card(self, *, held: bool) -> str | None:
        """Pause the card, or go on with it; returns a sentence if that is not possible now."""

    def is_card_held(self) -> bool:
        """Whether the card is paused."""


class CardSource(Protocol):
    """The cards, and the reasons for which they are chosen."""

    def card(self, slug: str) -> Card | None:
        """A card; ``None`` or a ``CardError`` if it cannot be read, and then words are shown instead."""

    def reason_for(self, slug: str) -> str:
        """The line that says why the card was chosen; may be empty."""


class StretchChooser(Protocol):
    """The library, in which the person chooses a different card for the break."""

    def choose_stretch(self, above: QWidget) -> None:
        """Show the cards that the break may go on with, above the card's window."""

    def end_choosing(self) -> None:
        """Close it: the card is over."""


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
        still: Callable[[], bool] = lambda: False,
        word: Callable[[QObject, Callable[[BreakWord | None], object]], object] | None = None,
        sound: SoundControls | None = None,
        chooser: StretchChooser | None = None,
    ) -> None:
        """``read`` opens the guide at a section. ``still``, asked for each card, says that pictures do not move.

        ``word`` finds the word after *Yes* for an asker and passes it on, on the GUI thread; ``None`` closes at once.
        ``sound`` mutes breaks. ``chooser``: without one, *Another* shows the next card in turn.
        """
        self._run = run
        self._cards = cards
        self._routines = routines
        self._read = read
        self._parts: Sequence[RoutinePart] = ()
        self._still = still
        self._word = word
        self._says_word = False
        """The break is over, and the window is there for the word after *Yes* alone."""
        self.on_step: Callable[[str, str], None] = lambda _step, _words: None
        """Called with each step that a card shows, from the first on: what tells it apart from the others of the break,
        and its words. A page that is made anew, because the card is enlarged, says the same step again."""
        self._sound = sound
        self._chooser = chooser
        self._asks_sound = False
        """Whether the open card asks if sound is wanted."""
        self._window: CardWindow | None = None
        self._page: CardPage | None = None
        self._card = ""
        """The card that is shown, or the routine whose cards are."""
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
        self._card = card
        self._covering = style is Style.FIRM
        self._asks_sound = self._sound is not None and self._sound.may_ask()
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
        if self._window is not None and not self._says_word:
            self._card = card
            self._show_card(self._plan(card, start_s=self.elapsed()))

    def _go_on(self) -> None:
        """Show the next card of a routine, or a later one if the last ones passed while nobody could see them."""
        from numbguard.core.cards.routines import part_at

        if self._window is not None:
            self._show_card(self._plan_of(part_at(self._parts, self.elapsed())))

    def _skip_card(self, part: RoutinePart) -> None:
        """Skip the rest of a routine's card."""
        # Slightly more than the rest, so that rounding cannot leave the card on.
        self._run.turn_card(part.end_s + 0.01)
        self._go_on()

    def ask_after(self) -> None:
        from .after_page import AfterPage

        self._end_choosing()
        asked = self._window
        if asked is None:
            # The person has closed the window, but the question remains.
            self._style = Style.STANDARD
            asked = self._open_window()
        self._covering = False
        self._uncover()
        self._page = None
        asked.fill_screen(fill=False)
        asked.enlarge_for(AfterPage.units)
        asked.show_page(AfterPage(asked, zoom=asked.zoom, say=self._say))
        asked.place_on(self._home_screen(asked))
        if not asked.isVisible():
            self._appear()

    def renew(self) -> None:
        """Show the card or the question in another language or text size, and the covers of the other screens."""
        from .after_page import AfterPage

        window, page = self._window, self._page
        if window is None or self._says_word:
            return
        window.renew()
        if page is None:
            window.enlarge_for(AfterPage.units)
            window.show_page(AfterPage(window, zoom=window.zoom, say=self._say))
        elif page.plan.part is not None:
            self._show_card(self._plan_of(page.plan.part))
        else:
            self._show_card(self._plan(self._card, start_s=page.plan.clock.start_s))
        window.place_on(self._home_screen(window))
        covers, self._covers = self._covers, []
        self._cover()  # before the former ones go, so that no screen is uncovered meanwhile
        for cover in covers:
            cover.release()

    def close(self, *, got_up: bool = False) -> None:
        self._end_choosing()
        self._uncover()
        self._page = None
        window = self._window
        if window is not None and got_up and self._word is not None:
            self._says_word = True
            window.setEnabled(False)  # its buttons have nothing left to answer
            # Not at once: the break is written to the log after this.
            QTimer.singleShot(0, window, partial(self._word, window, partial(self._show_word, window)))
            QTimer.singleShot(WORD_WITHIN_MS, window, partial(self._end_word, window, unless_shown=True))
            return
        self._window, self._says_word = None, False
        if window is not None:
            window.release()

    def _show_word(self, window: CardWindow, word: BreakWord | None) -> None:
        from .got_up_page import GotUpPage

        if window is not self._window or not self._says_word:
            return
        if word is None:
            self.close()
            return
        window.setEnabled(True)
        window.show_page(GotUpPage(window, word, zoom=window.zoom))
        QTimer.singleShot(WORD_FOR_MS, window, partial(self._end_word, window))

    def _end_word(self, window: CardWindow, *, unless_shown: bool = False) -> None:
        if window is self._window and self._says_word and not (unless_shown and window.isEnabled()):
            self.close()

    # --- the window ----------------------------------------------------------------------------------------------

    def _open_window(self) -> CardWindow:
        from numbguard.ui.widgets.windows.screens import pointer_screen

        window: CardWindow
        if self._style is Style.FIRM:
            from .firm.firm_window import FirmCardWindow

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

        window, before = self._window, self._page
        assert window is not None
        page = self._page = CardPage(
            window,
            plan,
            self,
            zoom=window.zoom,
            still=self._still(),
            enlarged=window.is_filled,
            unfolded=before is not None and before.unfolded,
            painted=painted,
        )
        window.show_page(page)
        self.on_step(*page.step)
        page.step_changed.connect(lambda step, words: self.on_step(step, words))

    # --- calls from its pages (see ``page.CardHost``) --------------------------------------------------------

    def elapsed(self) -> float:
        return self._run.elapsed()

    def is_held(self) -> bool:
        return self._run.is_card_held()

    def hold(self, *, held: bool) -> None:
        self._run.hold_card(held=held)

    def turn(self, page: CardPage, by: int) -> None:
        """Turn to another step, in a routine also to one of the card before or after."""
        plan, elapsed = page.plan, self.elapsed()
        to_s = plan.clock.turned(elapsed, by)
        if to_s is not None:
            self._run.turn_card(to_s)
            return
        part = plan.part
        if part is None:
            if by < 0:
                self._run.turn_card(plan.clock.start_s)
        elif by > 0 and part is not self._parts[-1]:
            self._skip_card(part)
        elif by < 0 and part is not self._parts[0]:
            before = self._plan_of(self._parts[self._parts.index(part) - 1]).clock
            self._run.turn_card(before.last_step_s)
            self._go_on()

    def enlarge(self, page: CardPage) -> None:
        window = self._window
        if window is not None:
            window.fill_screen(fill=not window.is_filled)
            self._show_card(page.plan)

    def answers(self, page: CardPage) -> QHBoxLayout:
        row = self._answers_of(page)
        if self._sound is None:
            return row
        from .sound_controls import with_sound

        return with_sound(page, row, self._sound, asks=self._asks_sound, answered=self._sound_answered)

    def _sound_answered(self) -> None:
        self._asks_sound = False

    def _answers_of(self, page: CardPage) -> QHBoxLayout:
        from numbguard.ui.widgets.buttons import snooze_words

        from .answers import break_answers, routine_answers

        part = page.plan.part
        if part is None:
            snooze = snooze_words(self._run.snooze_s()) if self._can_snooze else None
            # Firm covers the screen, and a window to browse in would uncover it: there, a different card comes at once.
            choose = None
            if self._chooser is not None and self._style is not Style.FIRM:
                choose = partial(self._chooser.choose_stretch, page.window())
            return break_answers(page, say=self._say, choose=choose, snooze=snooze, way_out=self._way_out)
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

    def _end_choosing(self) -> None:
        if self._chooser is not None:
            self._chooser.end_choosing()

    def _closed_by_person(self) -> None:
        # Close first, so that the stage is already empty when the engine responds.
        is_over = self._says_word
        self.close()
        if not is_over:
            self._say(Action.CLOSE)

    def _get_help(self) -> None:
        """End a firm break, which would cover the page, and show *When to get help*."""
        self._closed_by_person()
        self._say(Action.HELP)

    # --- screens -------------------------------------------------------------------------------------------------

    def _home_screen(self, window: CardWindow) -> QScreen:
        from numbguard.ui.widgets.windows.screens import pointer_screen

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
        from .firm.screen_cover import ScreenCover

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
