"""The viewer for a card outside a break: the card plays in a loop, asks nothing and is not logged.

A link in the guide opens it, on the GUI thread; the application drops it when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.plain_window import PlainWindow, to_front
from numbguard.ui.widgets.screens import centre_on_screen
from numbguard.wording.catalogue import _

from .answers import viewer_answers
from .card_plan import CardPlan
from .page import CardPage
from .window import CARD_UNITS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from numbguard.core.cards.cards import Card
    from numbguard.core.guide.sections import GuideSection


class CardViewer(PlainWindow):
    """A window with one card, and the ``CardHost`` of its page."""

    closed = Signal()

    def __init__(
        self, *, read: Callable[[GuideSection], None], now: Callable[[], float] = monotonic, still: bool = False
    ) -> None:
        """``read`` opens the guide at a section; ``now`` is a clock in seconds; ``still`` stops the picture moving."""
        super().__init__()
        self._read = read
        self._now = now
        self._still = still
        self._page: CardPage | None = None
        self._card: Card | None = None
        self._began = self._seconds = 0.0
        self._colours = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName(_("Card preview"))
        theme.apply_theme(self, self._apply_colours)
        self._place_on_screen()

    def show_card(self, card: Card) -> None:
        """Show a card from its beginning, in place of the one before."""
        self._card = card
        before, self._began, self._seconds = self._page, self._now(), card.seconds
        plan = CardPlan(card, duration_s=card.seconds)
        self._page = CardPage(self, plan, self, zoom=1.0, still=self._still)
        self._page.apply_colours(self._colours)
        self._page.setGeometry(self.rect())
        self._page.show()
        self.setWindowTitle(_("{title} – NumbGuard").format(title=plan.title))
        if before is not None:
            before.release()
            before.hide()
            before.deleteLater()

    def take_over(self, former: CardViewer) -> None:
        """Show the card of another viewer, at the same place in it."""
        if former._card is not None:
            self.show_card(former._card)
            self._began = former._began

    def present(self) -> None:
        """Show the window and bring it to the front, because the person asked for it."""
        to_front(self)
        self.setFocus()

    # --- calls from its page (see ``page.CardHost``) ---------------------------------------------------------

    @property
    def can_read(self) -> bool:
        return True

    def read_about(self, section: GuideSection) -> None:
        self._read(section)

    def elapsed(self) -> float:
        return (self._now() - self._began) % self._seconds

    def answers(self, page: CardPage) -> QHBoxLayout:
        return viewer_answers(page, close=self.close)

    def time_is_up(self, page: CardPage) -> None:
        """Never called, because the card starts again."""

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        if self._page is not None:
            self._page.apply_colours(colours)

    def _place_on_screen(self) -> None:
        unit = theme.unit()
        size = QSize(*(round(units * unit) for units in CARD_UNITS))
        centre_on_screen(self, size, least=QSize(round(unit * 18), round(unit * 13)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._page is not None:
            self._page.release()
        self.closed.emit()
