"""The reader window: the pages of the guide, with contents, search and links; *When to get help* is the first.

Made by the app when it is first opened and released when it is closed; on the GUI thread. Nothing may hide or delay
the first page: it needs neither the log nor the cards, and each other page is read only when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numbguard.core.guide.pages import (
    FIRST,
    GuidePage,
    GuidePassage,
    GuidePlace,
    SearchHit,
    card_from_link,
    place_from_link,
    query_words,
    search,
    unlink_cards,
)
from numbguard.store.cards.guide_pages import GuidePages
from numbguard.ui.widgets import roles, theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.windows.plain_window import to_front
from numbguard.wording import formats
from numbguard.wording.catalogue import _, translated

from .contents import ReaderContents
from .page import PageView

SCALES: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_PAGES: Final = tuple(GuidePage)


def _no_card(_slug: str) -> bool:
    return False


def _pages_from(start: int, by: int) -> list[GuidePage]:
    return [_PAGES[(start + by * away) % len(_PAGES)] for away in range(1, len(_PAGES) + 1)]


class ReaderWindow(QWidget):
    card_wanted = Signal(str)
    """The slug of a card to show."""
    closed = Signal()

    def __init__(
        self, *, folder: Path | None = None, has_card: Callable[[str], bool] = _no_card, number: str = ""
    ) -> None:
        """`has_card` says whether a card can be shown: pages link only to those. `number` is the emergency number that
        the person has set."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._pages = GuidePages(folder, number=number)
        self._passages: tuple[GuidePassage, ...] = ()
        self._has_card = has_card
        self._scale = SCALES.index(1.0)
        self._trail: list[tuple[GuidePage, int]] = []
        self._hits: tuple[SearchHit, ...] = ()
        self._open: GuidePage | None = None
        self._narrow = self._browsing = False
        self._side = ReaderContents(self)
        self._pane = QWidget(self)
        self._view = PageView(self._pane)
        self._side.search_edited.connect(self._search)
        self._side.entry_reached.connect(self._show_entry)
        self._side.entry_chosen.connect(self._open_chosen)
        self._view.followed.connect(self._follow)
        self._view.zoom_wanted.connect(self._zoom)
        self._lay_out()
        self._make_shortcuts()
        theme.apply_theme(self, self._apply_colours)
        self.resize(self._comfortable())
        self._side.show_pages(FIRST)
        self._go(GuidePlace(FIRST))

    # --- for the app ----------------------------------------------------------------------------------------------

    def open_at(self, page: GuidePage, anchor: str = "") -> None:
        """Show a page, at a heading if one is named. A search in progress ends."""
        self._end_search()
        self._browsing = False
        self._arrange()
        self._go(GuidePlace(page, anchor))

    def open_link(self, link: str) -> None:
        """Follow a `page:` link from a card or from advice; any other link opens nothing."""
        if place := place_from_link(link):
            self.open_at(place.page, place.anchor)

    def take_over(self, former: ReaderWindow) -> None:
        """Show the page of another window; a search that went on there ends."""
        self.open_at(former._here)

    def present(self) -> None:
        """Show it and bring it to the front."""
        to_front(self)
        self._view.setFocus()

    # --- pages ----------------------------------------------------------------------------------------------------

    def _go(self, place: GuidePlace) -> None:
        if place.page is not self._open:
            self._open = place.page
            text = unlink_cards(self._pages.text(place.page), self._has_card)
            self._view.show_text(text, following=self._beside(1))
            self._view.setAccessibleName(translated(place.page.title))
            self._pane.setAccessibleName(translated(place.page.title))
            is_urgent = place.page is FIRST
            roles.set_role(self._pane, roles.Role.AlertMessage if is_urgent else roles.Role.Document)
            self.setWindowTitle(translated(place.page.title))
            if not self._hits:
                self._side.choose(GuidePlace(place.page))
        if not place.anchor or not self._view.go_to_heading(place.anchor):
            self._view.go_to(0)

    def _beside(self, by: int) -> GuidePlace | None:
        """The page `by` places after this one (before it, if negative); None beyond either end."""
        at = _PAGES.index(self._here) + by
        return GuidePlace(_PAGES[at]) if 0 <= at < len(_PAGES) else None

    def _follow(self, link: str) -> None:
        """Open another page or a card; a link to anywhere else is not followed."""
        if place := place_from_link(link):
            self._trail.append((self._here, self._view.place))
            self._back.setEnabled(True)
            self._end_search()
            self._go(place)
        elif (slug := card_from_link(link)) and self._has_card(slug):
            self.card_wanted.emit(slug)

    def _go_back(self) -> None:
        if not self._trail:
            return
        page, place = self._trail.pop()
        self._back.setEnabled(bool(self._trail))
        self._end_search()
        self._go(GuidePlace(page))
        self._view.go_to(place)

    def _turn(self, by: int) -> None:
        if beside := self._beside(by):
            self._end_search()
            self._go(beside)

    @property
    def _here(self) -> GuidePage:
        return self._open or FIRST

    # --- contents and search --------------------------------------------------------------------------------------

    def _search(self, query: str) -> None:
        words = query_words(query)
        self._view.mark(words)
        if not words:
            self._hits = ()
            self._side.show_pages(self._here)
            return
        self._passages = self._passages or self._pages.passages()
        self._hits = search(self._passages, query)
        self._side.show_hits(self._hits, query.strip())

    def _end_search(self) -> None:
        self._side.field.clear()

    def _show_entry(self, place: GuidePlace) -> None:
        self._go(place)
        if self._hits:
            self._view.step_below(place.anchor)

    def _open_chosen(self) -> None:
        self._browsing = False
        self._arrange()
        self._view.setFocus()

    def _step(self, by: int) -> None:
        """Go to the next word that was found, on the next page that has one if need be."""
        if not self._hits:
            return
        if not self._view.step(by):
            found = {hit.passage.page for hit in self._hits}
            here = _PAGES.index(self._here)
            # Round the guide in the order of its pages, and back to this one if no other has a hit.
            following = next(page for page in _pages_from(here, by) if page in found)
            self._go(GuidePlace(following))
            self._view.mark(query_words(self._side.field.text()))
            self._view.step(by)
        self._side.choose(GuidePlace(self._here, self._view.heading))

    def _seek(self) -> None:
        self._browsing = True
        self._arrange()
        self._side.field.setFocus()
        self._side.field.selectAll()

    def _browse(self) -> None:
        self._browsing = not self._browsing
        self._arrange()
        (self._side.list if self._browsing else self._view).setFocus()

    # --- size -----------------------------------------------------------------------------------------------------

    def _zoom(self, by: int) -> None:
        self._scale = min(max(self._scale + by, 0), len(SCALES) - 1)
        self._show_scale()

    def _usual_size(self) -> None:
        self._scale = SCALES.index(1.0)
        self._show_scale()

    def _show_scale(self) -> None:
        scale = SCALES[self._scale]
        self._view.scale_to(scale)
        self._usual.setText(formats.percent(scale))
        self._usual.setAccessibleName(_("Text at {scale}; back to normal size").format(scale=formats.percent(scale)))
        self._smaller.setEnabled(self._scale > 0)
        self._larger.setEnabled(self._scale < len(SCALES) - 1)

    # --- looks ----------------------------------------------------------------------------------------------------

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._side.apply_colours(colours)
        self._view.apply_colours(colours)

    def _lay_out(self) -> None:
        unit = theme.unit()
        self._contents = button_for(self, _("C&ontents"), self._browse, name=_("Contents and search"))
        self._back = button_for(self, _("&Back"), self._go_back, name=_("Back to the page you came from"))
        self._back.setEnabled(False)
        self._smaller = button_for(self, "A−", lambda: self._zoom(-1), name=_("Smaller text"), kind="plain")
        self._usual = button_for(self, formats.percent(1), self._usual_size, name=_("Normal text size"), kind="plain")
        self._larger = button_for(self, "A+", lambda: self._zoom(1), name=_("Larger text"), kind="plain")
        self._close = button_for(self, _("&Close"), self.close, name=_("Close"))
        both, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        both.setSpacing(0)
        both.addWidget(self._side)
        beside = QVBoxLayout(self._pane)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._view)
        both.addWidget(self._pane, 1)
        margin = round(unit * 0.7)
        foot.setContentsMargins(margin, round(margin * 0.7), margin, round(margin * 0.7))
        foot.setSpacing(round(unit * 0.3))
        foot.addWidget(self._contents)
        foot.addWidget(self._back)
        foot.addStretch()
        for one in (self._smaller, self._usual, self._larger):
            foot.addWidget(one)
        foot.addSpacing(round(unit * 0.5))
        foot.addWidget(self._close)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(both, 1)
        column.addLayout(foot)
        self.setMinimumSize(round(unit * 20), round(unit * 14))

    def _make_shortcuts(self) -> None:
        for keys, call in (
            ((QKeySequence.StandardKey.ZoomIn, "Ctrl+="), lambda: self._zoom(1)),
            ((QKeySequence.StandardKey.ZoomOut,), lambda: self._zoom(-1)),
            (("Ctrl+0",), self._usual_size),
            ((QKeySequence.StandardKey.Find, "/"), self._seek),
            (("F3", "Ctrl+G"), lambda: self._step(1)),
            (("Shift+F3", "Ctrl+Shift+G"), lambda: self._step(-1)),
            (("Alt+Left",), self._go_back),
            (("Ctrl+PgDown",), lambda: self._turn(1)),
            (("Ctrl+PgUp",), lambda: self._turn(-1)),
            (("Ctrl+W",), self.close),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(call)

    def _arrange(self) -> None:
        """Show contents and page side by side, or one at a time where there is no room for both."""
        unit = theme.unit()
        self._narrow = self.width() < unit * 40
        alone = self._narrow and self._browsing
        if self._narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(round(unit * 16))
        self._pane.setVisible(not alone)
        self._side.setVisible(alone or not self._narrow)
        self._contents.setVisible(self._narrow)
        self._usual.setVisible(not self._narrow)
        self._close.setVisible(not self._narrow)

    @staticmethod
    def _comfortable() -> QSize:
        """Wide enough for the contents beside a full line of text, but no larger than the screen."""
        unit = theme.unit()
        room = QGuiApplication.primaryScreen().availableSize()
        return QSize(min(round(unit * 58), room.width()), min(round(unit * 44), room.height() - round(unit * 3)))

    # --- Qt's events ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._side.field.text():
            self._end_search()
        elif self._narrow and self._browsing:
            self._browse()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
