"""The viewer for a card outside a break: the card plays in a loop, or once; it asks nothing and is not logged.

A link in the guide or the first start opens it, on the GUI thread; the application drops it when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.ui.widgets.windows.screens import centre_on_screen
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
        self._is_once = False
        self._held_at: float | None = None
        self._is_filled = False
        self._colours = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName(_("Card preview"))
        theme.apply_theme(self, self._apply_colours)
        self._place_on_screen()

    def show_card(self, card: Card, *, once: bool = False) -> None:
        """Show a card from its beginning, in place of the one before; with ``once`` close when it has played."""
        self._card, self._is_once = card, once
        self._began, self._seconds, self._held_at = self._now(), card.seconds, None
        self._show_plan(CardPlan(card, duration_s=card.seconds))

    def _show_plan(self, plan: CardPlan) -> None:
        before = self._page
        self._page = CardPage(
            self,
            plan,
            self,
            zoom=self._zoom(),
            still=self._still,
            enlarged=self._is_filled,
            unfolded=before is not None and before.unfolded,
        )
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._page is None or not self._page.takes_key(event):
            super().keyPressEvent(event)

    # --- calls from its page (see ``page.CardHost``) ---------------------------------------------------------

    @property
    def can_read(self) -> bool:
        return True

    def read_about(self, section: GuideSection) -> None:
        self._read(section)

    def elapsed(self) -> float:
        since = (self._now() if self._held_at is None else self._held_at) - self._began
        return since if self._is_once else since % self._seconds

    def is_held(self) -> bool:
        return self._held_at is not None

    def hold(self, *, held: bool) -> None:
        if held and self._held_at is None:
            self._held_at = self._now()
        elif not held and self._held_at is not None:
            self._began += self._now() - self._held_at
            self._held_at = None

    def turn(self, page: CardPage, by: int) -> None:
        to_s = page.plan.clock.turned(self.elapsed(), by)
        if to_s is not None or by < 0:
            self._began = (self._now() if self._held_at is None else self._held_at) - (to_s or 0.0)

    def enlarge(self, page: CardPage) -> None:
        self._is_filled = not self._is_filled
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._show_plan(page.plan)
        self.setFocus()

    def _zoom(self) -> float:
        if not self._is_filled:
            return 1.0
        room, unit = self.screen().geometry(), theme.unit()
        return max(1.0, min(room.width() / (CARD_UNITS[0] * unit), room.height() / (CARD_UNITS[1] * unit), 3.0))

    def answers(self, page: CardPage) -> QHBoxLayout:
        return viewer_answers(page, close=self.close)

    def time_is_up(self, page: CardPage) -> None:
        """Close; called only where the card does not start again."""
        self.close()

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
