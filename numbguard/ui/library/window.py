"""*Stretches*: the library of cards on its first tab, the person's own cards and routines on its second.

*Another* on a break's card opens it to choose from: then it has no tabs, and closes once a card was chosen.

The application imports and creates the window when it is first opened, on the GUI thread, and drops it when it is
closed. The second tab is made when it is first opened; it can hold the window open while something in it is unsaved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from numbguard.core.cards.body_areas import BodyArea
from numbguard.core.cards.cards import Card
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.notice_bar import NoticeBar
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.wording import labels
from numbguard.wording.catalogue import _, translated

from .page import StretchesPage, StretchSettings

if TYPE_CHECKING:
    from numbguard.ui.editor.window import EditorWindow


class StretchShelf(Protocol):
    """What the window needs: the cards, and what becomes of a click on one."""

    def all_cards(self) -> Sequence[Card]:
        """The text of every usable card."""

    def card(self, slug: str) -> Card | None:
        """A card with its motions."""

    def start_card(self, slug: str) -> str | None:
        """Begin a break with a card, or go on with it; returns a sentence if that is not possible."""


class LibraryWindow(PlainWindow):
    look_wanted = Signal(str)
    """The slug of a card to show without a break."""
    closed = Signal()

    def __init__(
        self,
        shelf: StretchShelf,
        *,
        settings: StretchSettings,
        make_editor: Callable[[], EditorWindow] | None = None,
        choose_from: Sequence[Card] | None = None,
        still: bool = False,
    ) -> None:
        """``make_editor`` makes the second tab, which is there without ``choose_from``.

        ``choose_from``: the cards that the current break can go on with; ``None`` shows all cards.
        """
        super().__init__()
        assert (make_editor is None) is (choose_from is not None)
        self._shelf, self._settings, self._make_editor, self._still = shelf, settings, make_editor, still
        self._choose_from = choose_from
        self._editor: EditorWindow | None = None
        self._handed: EditorWindow | None = None
        """The editor whose unsaved work another window takes over."""
        self._closing = False
        self.setWindowTitle(_(labels.STRETCHES) if choose_from is None else _("Choose a different card"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        unit = theme.unit()
        self._tabs = QTabBar(self)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.addTab(_("All stretches"))
        self._tabs.addTab(_(labels.OWN))
        self._tabs.setAccessibleName(_(labels.STRETCHES))
        self._notice = NoticeBar(self)
        self.page = self._make_page()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.page)
        column = QVBoxLayout(self)
        edge = round(unit * 0.9)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.6))
        if choose_from is None:
            column.addWidget(self._tabs)
        else:
            self._tabs.hide()
            words = _("The break goes on with it. Close this window to keep the card you have.")
            column.addWidget(label_for(self, _("Choose a different card"), scale=1.4, bold=True))
            column.addWidget(label_for(self, words, role="quiet"))
        column.addWidget(self._pages, 1)
        column.addWidget(self._notice)
        self._tabs.currentChanged.connect(self._turn)
        for keys in (QKeySequence.StandardKey.NextChild, QKeySequence.StandardKey.PreviousChild):
            if choose_from is not None:
                break
            QShortcut(QKeySequence(keys), self, lambda: self._tabs.setCurrentIndex(1 - self._tabs.currentIndex()))
        theme.apply_theme(self, self._apply_colours)
        room = QGuiApplication.primaryScreen().availableSize()
        wanted = QSize(round(unit * 66), round(unit * 42))  # the parts of the body in one row
        self.resize(wanted.boundedTo(room - QSize(round(unit * 2), round(unit * 3))))

    def _make_page(self) -> StretchesPage:
        cards = self._shelf.all_cards() if self._choose_from is None else self._choose_from
        page = StretchesPage(
            cards,
            whole=self._shelf.card,
            settings=self._settings,
            choosing=self._choose_from is not None,
            still=self._still,
        )
        page.start_wanted.connect(self._start)
        page.look_wanted.connect(self.look_wanted)
        page.refused.connect(self._notice.say)
        return page

    def present(self) -> None:
        """Show it and bring it to the front."""
        to_front(self)

    def keep_above(self, other: QWidget) -> None:
        """Keep the window above another one that stays on top; call it before it is shown."""
        # Wayland compositors keep a window above its parent. On X11, of two that stay on top, the latest is above.
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.winId()  # creates the handle
        handle = self.windowHandle()
        if handle is not None:
            handle.setTransientParent(other.windowHandle())

    def show_area(self, area: BodyArea | None) -> None:
        """Turn to the cards for one part of the body; ``None``: to all."""
        self._tabs.setCurrentIndex(0)
        self.page.show_area(area)

    def show_own(self) -> None:
        """Turn to the person's own cards and routines."""
        self._tabs.setCurrentIndex(1)

    def hand_over(self) -> None:
        """Let the window close without a question: another one takes over what is open in it."""
        self._handed = self._editor
        if self._editor is not None:
            self._editor.hand_over()

    def take_over(self, former: LibraryWindow) -> None:
        """Show the tab that was shown in another library, and what was open in it."""
        if former._handed is not None:
            self.show_own()
            assert self._editor is not None
            self._editor.take_over(former._handed)
        self._tabs.setCurrentIndex(former._tabs.currentIndex())

    def _apply_colours(self, colours: theme.Palette) -> None:
        self.setStyleSheet(theme.style_sheet(colours) + _sheet(colours))
        self.page.apply_colours(colours)

    def _turn(self, tab: int) -> None:
        if tab == 1 and self._editor is None and self._make_editor is not None:
            self._editor = self._make_editor()
            self._editor.closed.connect(self._editor_closed)
            if (layout := self._editor.layout()) is not None:
                layout.setContentsMargins(0, 0, 0, 0)  # the window has its own
            self._pages.addWidget(self._editor)
        if tab == 0 and self._editor is not None:
            # A card of one's own may be new, changed or gone.
            page, self.page = self.page, self._make_page()
            self.page.apply_colours(theme.current())
            self._pages.insertWidget(0, self.page)
            self._pages.removeWidget(page)
            page.release()
            page.deleteLater()
        self._pages.setCurrentIndex(tab)
        self.setWindowTitle(_(labels.OWN) if tab == 1 else _(labels.STRETCHES))

    def _start(self, slug: str) -> None:
        refusal = self._shelf.start_card(slug)
        if refusal:
            self._notice.say(translated(refusal))
        elif self._choose_from is not None:
            self.close()

    # --- closing -----------------------------------------------------------------------------------------------------

    def _editor_closed(self) -> None:
        """The editor may close after all, now that its changes are saved or given up."""
        self._editor = None
        if not self._closing:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._editor is not None:
            self._closing = True
            may_close = self._editor.close()
            self._closing = False
            if not may_close:
                self.show_own()
                event.ignore()
                return
        super().closeEvent(event)
        self.page.release()
        self.closed.emit()


def _sheet(colours: theme.Palette) -> str:
    c = colours
    return f"""
    QFrame#tile {{ background: {c.surface}; border: {c.outline}px solid {c.line}; border-radius: 10px; }}
    QFrame#tile:focus {{ border: {c.focus_outline}px solid {c.accent}; }}
    QTabBar::tab {{
        background: transparent; color: {c.quiet}; border: none; border-bottom: 3px solid transparent;
        padding: 0.35em 0.9em;
    }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:focus {{ color: {c.text}; background: {c.hover}; }}
    """
