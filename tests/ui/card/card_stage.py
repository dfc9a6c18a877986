"""The break window for tests: with a clock that the test sets, its visible words, and the answers given to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from numbguard.core.breaks.messages import Action
from numbguard.core.cards.cards import Card
from numbguard.core.cards.routines import Routine, RoutinePart, parts
from numbguard.core.guide.sections import GuideSection
from numbguard.core.settings.choices import Style
from numbguard.store.cards.library import Library
from numbguard.ui.card.controls import GlyphButton
from numbguard.ui.card.got_up_page import BreakWord
from numbguard.ui.card.page import CardPage
from numbguard.ui.card.stage import BreakCardStage
from numbguard.ui.card.window import CardWindow
from numbguard.ui.widgets.step_list import StepList, StepMark

CARDS = Library(Path(__file__).parents[3] / "resources" / "cards")


class Run:
    """The current break: its clock, and the answers given to it."""

    def __init__(self) -> None:
        self.at = 0.0
        self.looks = 0
        self.held = False
        self.said: list[Action] = []
        self.on_action: Callable[[Action], None] = lambda _action: None

    def elapsed(self) -> float:
        self.looks += 1
        return self.at

    def snooze_s(self) -> float:
        return 300.0

    def act(self, action: Action) -> str | None:
        self.said.append(action)
        self.on_action(action)
        return None

    def turn_card(self, to_s: float) -> str | None:
        self.at = to_s
        return None

    def hold_card(self, *, held: bool) -> str | None:
        self.held = held
        return None

    def is_card_held(self) -> bool:
        return self.held


class Deck:
    """The cards and routines that the test provides."""

    def __init__(self) -> None:
        self.card_of: Callable[[str], Card | None] = CARDS.card
        self.why = ""
        self.parts: Sequence[RoutinePart] = ()

    def card(self, slug: str) -> Card | None:
        return self.card_of(slug)

    def reason_for(self, slug: str) -> str:
        return self.why

    def parts_of(self, card: str) -> Sequence[RoutinePart]:
        return self.parts


class Stage:
    """A break window, the clock of its break, and the answers given to it."""

    def __init__(self, *, still: bool = False) -> None:
        self.run, self.deck = Run(), Deck()
        self.said = self.run.said
        self.read: list[GuideSection] = []
        """The guide sections that the page asked for."""
        self.word: BreakWord | None = None
        """The word after *Yes*; ``None`` where the log has none."""
        self.answers_about_word = True
        self.library: list[str] = []
        """What became of the library that *Another* opens."""
        self.window = BreakCardStage(
            self.run,
            self.deck,
            self.deck,
            read=self.read.append,
            still=lambda: still,
            word=self._find_word,
            chooser=self,
        )

    def choose_stretch(self, above: QWidget) -> None:
        assert above is self.shown()
        self.library.append("opened")

    def end_choosing(self) -> None:
        self.library.append("closed")

    def _find_word(self, _asker: QObject, done: Callable[[BreakWord | None], object]) -> None:
        if self.answers_about_word:
            done(self.word)

    def open(self, slug: str = "seated-hamstring", *, style: Style = Style.STANDARD, can_snooze: bool = True) -> None:
        self.window.open(slug, duration_s=80.0, style=style, can_snooze=can_snooze)
        QTest.qWait(80)

    def open_routine(self, *slugs: str) -> None:
        listed = {card.slug: card for card in CARDS.cards()}
        self.deck.parts = parts(Routine("mine", "My routine", "", slugs), listed.get)
        end_s = self.deck.parts[-1].end_s
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
        return {
            one.text().replace("&", ""): one
            for one in self.shown().findChildren(QPushButton)
            if one.isVisible() and one.text()
        }

    def glyphs(self) -> list[str]:
        """The names of the buttons with a symbol."""
        return [one.accessibleName() for one in self.shown().findChildren(GlyphButton) if one.isVisible()]

    def enough_room(self) -> None:
        """Make the window large enough for everything that the card has to say."""
        self.resize(1200, 760)

    def resize(self, width: int, height: int) -> None:
        while self.shown()._settle.isActive():  # until the window has looked whether it is well placed
            QTest.qWait(50)
        self.shown().resize(width, height)
        QTest.qWait(30)

    def marks(self) -> list[StepMark]:
        """The marks in the list of all steps, which this opens."""
        if not self.page().unfolded:
            self.page()._fold.click()
        steps = self.shown().findChild(StepList)
        assert isinstance(steps, StepList)
        return steps.marks()

    def words(self) -> list[str]:
        return [one.text() for one in self.shown().findChildren(QLabel) if one.isVisible()]

    def wait_until(self, elapsed: float) -> None:
        """Set the clock, and wait until the page has read it twice, however busy the machine is."""
        self.run.at, self.run.looks = elapsed, 0
        QTest.qWait(350)
        for _ in range(25):
            if self.run.looks >= 2:
                return
            QTest.qWait(50)
