"""A break window as its tests see it: the clock of its break, what it shows, and what was said to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from numbguard.core.cards import Card, Section
from numbguard.core.model import Action, Style
from numbguard.core.routines import Part, Routine, parts
from numbguard.store.library import Library
from numbguard.ui.break_window import BreakWindow
from numbguard.ui.card_page import CardPage
from numbguard.ui.card_window import CardWindow
from numbguard.ui.step_list import Mark, StepList

CARDS = Library(Path(__file__).parents[2] / "resources" / "cards")


class Stage:
    """A break window, the clock of its break, and what was said to it."""

    def __init__(self, *, still: bool = False) -> None:
        self.elapsed = 0.0
        self._looks = 0
        self.said: list[Action] = []
        self.card_of: Callable[[str], Card | None] = CARDS.card
        self.because = ""
        self.read: list[Section] = []
        """What of the guide was asked for."""
        self.parts: tuple[Part, ...] = ()
        self.on_action: Callable[[Action], None] = lambda _action: None
        self.window = BreakWindow(
            card_of=lambda slug: self.card_of(slug),
            say=self._hear,
            elapsed=self._read_the_clock,
            snooze_s=lambda: 300.0,
            because=lambda _slug: self.because,
            parts_of=lambda _slug: self.parts,
            skip=self._skip,
            read=self.read.append,
            still=still,
        )

    def _hear(self, action: Action) -> None:
        self.said.append(action)
        self.on_action(action)

    def _skip(self, seconds: float) -> None:
        self.elapsed += seconds

    def open(self, slug: str = "seated-hamstring", *, style: Style = Style.STANDARD, can_snooze: bool = True) -> None:
        self.window.open(slug, duration_s=80.0, style=style, can_snooze=can_snooze)
        QTest.qWait(80)

    def open_routine(self, *slugs: str) -> None:
        listed = {card.slug: card for card in CARDS.cards()}
        self.parts = parts(Routine("mine", "My routine", "", slugs), listed.get)
        end_s = self.parts[-1].end_s
        self.window.open("routine:mine", duration_s=end_s, style=Style.STANDARD, can_snooze=False)
        QTest.qWait(80)

    def on_screen(self) -> list[CardWindow]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, CardWindow) and one.isVisible()]

    def shown(self) -> CardWindow:
        (window,) = self.on_screen()
        return window

    def page(self) -> CardPage:
        page = self.shown().findChild(CardPage)
        assert isinstance(page, CardPage)
        return page

    def buttons(self) -> dict[str, QPushButton]:
        return {one.text().replace("&", ""): one for one in self.shown().findChildren(QPushButton) if one.isVisible()}

    def marks(self) -> list[Mark]:
        steps = self.shown().findChild(StepList)
        assert isinstance(steps, StepList)
        return steps.marks()

    def words(self) -> list[str]:
        return [one.text() for one in self.shown().findChildren(QLabel) if one.isVisible()]

    def wait_until(self, elapsed: float) -> None:
        """It is that late; what is on screen has looked at the clock since, twice, on however busy a machine."""
        self.elapsed, self._looks = elapsed, 0
        QTest.qWait(350)
        for _ in range(25):
            if self._looks >= 2:
                return
            QTest.qWait(50)

    def _read_the_clock(self) -> float:
        self._looks += 1
        return self.elapsed
