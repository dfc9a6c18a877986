"""The window of the first start: three pages beside a figure, whose answers are right as they stand.

Imported and made only for a fresh profile, released when it is closed; on the GUI thread. Nothing waits for it: breaks
are timed from the start, it does not take the keyboard focus, and it closes itself when a break is announced. What the
person changed is kept however the window closes; what a page offers is done only by the buttons of the last page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from numbguard.core.breaks.messages import Phase
from numbguard.core.ports import AppSnapshot, Autostart, Controls, LauncherOffer
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.picture.frames import Frames
from numbguard.ui.relief.picture import ReliefPicture
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.windows.plain_window import PlainWindow
from numbguard.ui.widgets.windows.screens import kept_within, pointer_screen
from numbguard.wording.catalogue import _, pgettext

from .get_up_page import GetUpPage
from .one_click_page import OneClickPage
from .page import FirstStartPage
from .page_dots import PageDots
from .yours_page import YoursPage

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card

_log = logging.getLogger(__name__)

_FIGURE_WIDTH, _SMALL_FIGURE, _PAGE_WIDTH, _GAP = 22.0, 14.0, 32.0, 1.7
"""The widths of the figure, of the smallest one worth showing, of a page, and between them, in heights of a line of
text."""


class FirstStartWindow(PlainWindow):
    closed = Signal()
    hours_wanted = Signal()
    """The person wants the page of the settings window on which each day has its own hours."""
    stretch_wanted = Signal()
    """The person has answered everything and wants to try a short stretch. Follows ``closed``."""
    answered = Signal()
    """The person has answered everything. Follows ``closed``."""

    def __init__(
        self,
        controls: Controls,
        book: SettingsBook,
        autostart: Autostart,
        *,
        folder: Path,
        card_of: Callable[[str], Card | None],
        launcher: LauncherOffer | None = None,
        has_tray: bool = True,
        still: bool = False,
    ) -> None:
        """``folder``: where the log is. ``launcher``: the launcher to offer; ``None`` where the desktop has one, or
        knows none of that kind. ``still``: the figure does not move."""
        super().__init__()
        self.setWindowTitle(_("Welcome"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        get_up = GetUpPage(book, self)
        get_up.each_day_wanted.connect(self._each_day)
        self._pages: tuple[FirstStartPage, ...] = (
            get_up,
            OneClickPage(book, self, has_tray=has_tray),
            YoursPage(book, self, autostart=autostart, launcher=launcher, folder=folder, has_tray=has_tray),
        )
        self._figure = ReliefPicture(self, card_of=card_of, mirrored=False, still=still)
        self._build()
        self._frames = Frames(
            self,
            still=still,
            on_frame=self._figure.advance,
            on_shown=lambda: None,
            on_hidden=self._figure.pause,
        )
        self._starts_in: QWidget | None = None
        """The part that gets the keyboard focus, in place of the button to go on."""
        self._was_active = False
        """Whether somebody was at work in it when it was closed."""
        theme.apply_theme(self, self._apply_colours)
        self._open(0)
        self._forget: Callable[[], None] | None = controls.subscribe(self._make_room)

    def present(self) -> None:
        """Show it where new windows open, without taking the focus unless another window like it had it."""
        self.resize(self._size())
        self.show()
        if not self.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating):
            self.activateWindow()
        (self._starts_in or (self._done if self._is_last else self._next)).setFocus()

    def take_over(self, former: FirstStartWindow) -> None:
        """Be where another window was, at its page with its answers, and with the keyboard focus in the same part.

        What was answered is kept already, as far as it could be.
        """
        for page, before in zip(self._pages, former._pages, strict=True):
            page.take_over(before)
        self._open(former._page)
        room, place = former.screen().availableGeometry(), QRect(former.pos(), self._size())
        self.move(kept_within(room, place).topLeft())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not former._was_active)
        if (held := former.focusWidget()) is not None:
            # Both windows have the same parts in the same order.
            parts = zip(former.findChildren(QWidget), self.findChildren(QWidget), strict=False)
            self._starts_in = next((here for there, here in parts if there is held), None)

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        column = QVBoxLayout(self)
        edge = round(unit * 1.4)
        column.setContentsMargins(edge, edge, edge, round(unit))
        column.setSpacing(round(unit))
        self._stack = QStackedWidget(self)
        for page in self._pages:
            self._stack.addWidget(page)
        self._figure.setMinimumWidth(round(unit * _SMALL_FIGURE))
        self._figure.setMaximumWidth(round(unit * _FIGURE_WIDTH))
        body = QHBoxLayout()
        body.setSpacing(round(unit * _GAP))
        body.addWidget(self._figure, 2)
        body.addWidget(self._stack, 3)
        column.addLayout(body, 1)

        self._dots = PageDots(len(self._pages), self)
        self._back = button_for(self, _("&Back"), self._go_back, kind="plain")
        self._skip = button_for(self, pgettext("button of the first start", "&Skip"), self.close, kind="plain")
        self._try = button_for(self, _("&Try a 20-second stretch"), self._finish_with_stretch)
        self._next = button_for(self, _("&Next"), self.turn_on, kind="primary")
        self._done = button_for(self, _("&Done"), self._finish, kind="primary")
        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.6))
        answers.addWidget(self._dots)
        answers.addStretch(1)
        for button in (self._skip, self._back, self._try, self._next, self._done):
            answers.addWidget(button)
        column.addLayout(answers)

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._figure.apply_colours(colours)
        self.update()

    # --- size --------------------------------------------------------------------------------------------------------

    def _size(self) -> QSize:
        """Large enough for the largest page and the figure, or as large as the screen allows."""
        unit = theme.unit()
        layout = self.layout()
        assert layout is not None
        edges = layout.contentsMargins()
        beside = edges.left() + edges.right()
        below = edges.top() + layout.spacing() + self._done.sizeHint().height() + edges.bottom()
        room = pointer_screen().availableGeometry().size() - QSize(2, round(unit * 2))  # a title bar
        page = min(max(round(unit * _PAGE_WIDTH), self._narrowest_page()), room.width() - beside)
        height = max(one.needed_height(page) for one in self._pages) + 2  # a line of text may need a fraction more
        width = page + beside
        gap = round(unit * _GAP)
        figure = min(self._figure.maximumWidth(), room.width() - width - gap)
        if figure >= self._figure.minimumWidth():
            width += gap + figure
            height = max(height, self._figure.height_for(figure))
        return QSize(width, min(height + below, room.height()))

    def _narrowest_page(self) -> int:
        return max(one.needed_width() for one in self._pages)

    def minimumSizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(unit * 18), round(unit * 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edges = self.contentsMargins() if (layout := self.layout()) is None else layout.contentsMargins()
        room = self.width() - edges.left() - edges.right() - round(theme.unit() * _GAP)
        self._figure.setVisible(room >= self._narrowest_page() + self._figure.minimumWidth())

    # --- pages -------------------------------------------------------------------------------------------------------

    @property
    def _page(self) -> int:
        return self._stack.currentIndex()

    @property
    def _is_last(self) -> bool:
        return self._page == len(self._pages) - 1

    def _open(self, number: int) -> None:
        page = self._pages[number]
        self._stack.setCurrentIndex(number)
        is_last = self._is_last
        self._dots.show_page(number)
        self._figure.show_figure(page.figure, page.heading)
        self._back.setVisible(number > 0)
        self._skip.setVisible(not is_last)
        self._next.setVisible(not is_last)
        self._try.setVisible(is_last)
        self._done.setVisible(is_last)
        if self.isVisible():
            # So that Enter goes on through all the pages.
            (self._done if is_last else self._next).setFocus()
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, page.heading))

    def turn_on(self) -> None:
        """Go on to the next page, once what was changed on this one is kept."""
        if self._pages[self._page].keep():
            self._open(self._page + 1)

    def _go_back(self) -> None:
        if self._pages[self._page].keep():
            self._open(self._page - 1)

    # --- answering ---------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        if self._is_finished():
            self.close()
            self.answered.emit()

    def _finish_with_stretch(self) -> None:
        if self._is_finished():
            self.close()
            self.stretch_wanted.emit()

    def _is_finished(self) -> bool:
        """Whether all answers were kept; if not, open the page that says why."""
        for number, page in enumerate(self._pages):
            if not page.finish():
                if number != self._page:
                    self._open(number)
                return False
        return True

    def _each_day(self) -> None:
        if self._pages[0].keep():
            self.close()
            self.hours_wanted.emit()

    def _make_room(self, app_snapshot: AppSnapshot) -> None:
        """Close when a break is announced, unless somebody is filling the page in."""
        current = app_snapshot.snapshot.current
        if current is not None and current.phase is not Phase.NONE and self.isVisible() and not self.isActiveWindow():
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._forget is not None:
            self._forget()
            self._forget = None
            for page in self._pages:
                page.keep()  # a page that cannot keep its answers would say so, but nobody would see it
        self._was_active = self.isActiveWindow()
        self._frames.stop()
        self._figure.release()
        super().closeEvent(event)
        self.closed.emit()
