"""The window around a card and its question: it stays on top, takes no focus, and one key closes it.

``stage`` creates it for one break and deletes it afterwards, on the GUI thread. In the standard style it is an ordinary
window in the corner of the screen. In the firm style it covers its screen; ``firm_window`` has what else differs then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.windows.plain_window import PlainWindow, clear_flag
from numbguard.ui.widgets.windows.screens import frames_on_top, free_corner, kept_within
from numbguard.wording.catalogue import _, translated

CARD_UNITS = (64.0, 41.0)
"""The preferred width and height of a card, in heights of a line of text."""
_FILLED_ZOOM = 3.0
"""The most by which the card is enlarged that the person lets fill the screen."""
_AIR, _MAX_ZOOM = 1.3, 1.8
"""On a covered screen the card is enlarged, so that it can be read standing up, until the screen is ``_AIR`` times its
size, but at most by ``_MAX_ZOOM``."""
_QUESTION_ZOOM = 1.7
"""The most by which the question on a covered screen is enlarged more than the card."""
_FOCUS_AFTER_MS = 1200
"""Milliseconds after the window was shown from which it accepts the keyboard focus."""
_SCREENS_SETTLE_MS, _TRIES = 200, 3
"""A desktop that loses a screen moves windows about for a moment. The window's place is checked after this many
milliseconds, and while it is wrong, again up to ``_TRIES`` times."""


class CardWindowPage(QWidget):
    """A page that the window can show."""

    heading: str
    """The title of the window; the catalogue may have it."""
    units: tuple[float, float]
    """The preferred width and height, in heights of a line of text."""
    is_question = False
    """Whether the break is over: then Esc leaves at once, in the firm style too."""

    def apply_colours(self, colours: theme.Palette) -> None:
        raise NotImplementedError

    def takes_key(self, event: QKeyEvent) -> bool:
        """Use a key that no button has used; returns whether the page has a use for it."""
        return False

    def release(self) -> None:
        """Stop, and free large resources at once instead of when the window is deleted."""


class CardWindow(PlainWindow):
    """The card's window. ``closed`` is called when the person closes it (title bar, Esc), never when the engine does.

    ``rearrange`` is called when its place may no longer be right: once after it was shown, because only then the size
    of its title bar is known, and after every change of the screens.
    """

    def __init__(
        self, *, firm: bool, screen: QScreen, closed: Callable[[], None], rearrange: Callable[[], None]
    ) -> None:
        super().__init__(None, _flags(firm=firm))
        self._firm = firm
        self._closed: Callable[[], None] | None = closed
        self._colours = theme.current()
        self._page: CardWindowPage | None = None
        self._units = CARD_UNITS
        self._unit = theme.unit()
        self.is_filled = False
        """Whether the person lets the card fill the screen."""
        self.zoom = self._zoom_on(screen) if firm else 1.0
        """The factor by which a page is enlarged."""
        self.setWindowTitle(_("Break – NumbGuard"))
        self._name()
        # A newly shown window must not take the keyboard focus, except in the firm style; see also _flags.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not firm)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # The window itself takes the focus first, so that a key meant for another window cannot press a button.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._may_focus = QTimer(self, singleShot=True, interval=_FOCUS_AFTER_MS)
        self._may_focus.timeout.connect(self._accept_focus)
        self._settle = QTimer(self, singleShot=True, interval=_SCREENS_SETTLE_MS)
        self._settle.timeout.connect(self._check_place)
        self._rearrange = rearrange
        self._tries = _TRIES
        self._watch_screens()
        theme.apply_theme(self, self._apply_colours)
        self.place_on(screen)

    # --- pages ---------------------------------------------------------------------------------------------------

    def show_page(self, page: CardWindowPage) -> None:
        """Show a page in place of the one before, which is deleted."""
        before, self._page = self._page, page
        self.setWindowTitle(_("{heading} – NumbGuard").format(heading=translated(page.heading)))
        page.apply_colours(self._colours)
        self._units = page.units
        self._lay_out()
        page.show()
        if before is not None:
            # The old page's buttons disappear: move the focus to the same button of the new page, or else the window.
            (_twin(page, self.focusWidget()) or self).setFocus()
            before.release()
            before.hide()
            before.deleteLater()

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        if self._page is not None:
            self._page.apply_colours(colours)
        self.update()

    def fill_screen(self, *, fill: bool) -> None:
        """Let the card fill the screen, or no longer, without asking for the keyboard focus.

        The page must then be shown anew, with the new ``zoom``.
        """
        if fill == self.is_filled:
            return
        self.is_filled = fill
        screen = self.screen()
        self.zoom = self._zoom_on(screen) if fill or self._firm else 1.0
        if not self._firm:
            # Not showFullScreen, which also requests the keyboard focus.
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            self._settle.start()

    def renew(self) -> None:
        """Follow another language and text size. The page must then be shown anew."""
        self._unit = theme.unit()
        self.zoom = self._zoom_on(self.screen()) if self._firm or self.is_filled else 1.0
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(_("Movement break"))

    # --- place ---------------------------------------------------------------------------------------------------

    def _watch_screens(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._screen_added)
        app.screenRemoved.connect(self._screens_changed)
        for screen in app.screens():
            screen.availableGeometryChanged.connect(self._screens_changed)

    def _screen_added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._screens_changed)
        self._screens_changed(screen)

    def _screens_changed(self, _what: object) -> None:
        self._tries = _TRIES
        self._settle.start()

    def _check_place(self) -> None:
        well = self.is_well_placed()
        self._rearrange()
        if not well and self._tries > 0:
            # A window manager that has not yet noticed the change may move the window back.
            self._tries -= 1
            self._settle.start()

    def is_well_placed(self) -> bool:
        """Whether the window is already fully on its screen, and is better left alone."""
        screen = self.screen()
        if self._firm or self.is_filled:
            return self.geometry() == screen.geometry()
        return screen.availableGeometry().contains(self.frameGeometry())

    def place_on(self, screen: QScreen) -> None:
        """Put the window fully on a screen of any size: first in a corner, later as near to its place as possible."""
        self.setScreen(screen)
        if self._firm or self.is_filled:
            self.setGeometry(screen.geometry())
            return
        frame, room, unit = self._frame(), screen.availableGeometry(), self._unit
        wide, high = (round(units * unit) for units in self._units)
        size = QSize(wide + frame.width(), high + frame.height())
        if self.isVisible():
            place = QRect(QPoint(0, 0), size)
            place.moveBottomRight(self.frameGeometry().bottomRight())
            place = kept_within(room, place)
        else:
            place = free_corner(room, size, margin=round(unit), avoiding=frames_on_top(self))
        # Qt moves a window with its frame, but resizes it without.
        self.move(place.topLeft())
        self.resize(place.width() - frame.width(), place.height() - frame.height())

    def _zoom_on(self, screen: QScreen) -> float:
        air, most = (1.0, _FILLED_ZOOM) if self.is_filled else (_AIR, _MAX_ZOOM)
        wide, high = (units * self._unit * air for units in CARD_UNITS)
        room = screen.geometry() if self.is_filled else screen.availableGeometry()
        return max(1.0, min(room.width() / wide, room.height() / high, most))

    def enlarge_for(self, units: tuple[float, float]) -> None:
        """Enlarge the next pages, of this size, more than the card: alone on a covered screen they would be lost."""
        if self._firm:
            room = self.screen().availableGeometry()
            fits = min(room.width() / units[0], room.height() / units[1]) / (self._unit * _AIR)
            self.zoom = max(self.zoom, min(fits, self.zoom * _QUESTION_ZOOM))

    def _frame(self) -> QSize:
        """The size that title bar and borders add; an estimate until the window manager has added them."""
        outer, inner = self.frameGeometry(), self.geometry()
        if self.isVisible() and outer != inner:
            return QSize(outer.width() - inner.width(), outer.height() - inner.height())
        return QSize(2, round(self._unit * 1.6))

    def _foot(self) -> int:
        """The height in pixels that the page leaves free at the lower edge."""
        return 0

    def _lay_out(self) -> None:
        if self._page is None:
            return
        if not self._firm or self.is_filled:
            self._page.setGeometry(self.rect().adjusted(0, 0, 0, -self._foot()))
            return
        unit = self._unit * self.zoom
        room = self.rect().adjusted(round(unit), round(unit), -round(unit), -max(round(unit), self._foot()))
        wide, high = (round(units * unit) for units in self._units)
        size = QSize(min(wide, room.width()), min(high, room.height()))
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        if place.bottom() > room.bottom():
            place.moveBottom(room.bottom())
        self._page.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.window))

    # --- keyboard ------------------------------------------------------------------------------------------------

    def appear(self) -> None:
        self.show()
        self._may_focus.start()
        self._settle.start()

    def _accept_focus(self) -> None:
        """Allow the window to be given the focus from now on, without requesting it."""
        self._may_focus.stop()
        clear_flag(Qt.WindowType.WindowDoesNotAcceptFocus, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._accept_focus()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._page is None or not self._page.takes_key(event):
            super().keyPressEvent(event)

    # --- closing -------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        closed, self._closed = self._closed, None
        if closed is not None:
            closed()

    def release(self) -> None:
        """Close without calling ``closed``, and free its resources."""
        self._closed = None
        self._may_focus.stop()
        self._settle.stop()
        page, self._page = self._page, None
        if page is not None:
            page.release()
        self.close()
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._page is not None:
            self._lay_out()


def _twin(page: QWidget, held: QWidget | None) -> QWidget | None:
    """The button of ``page`` with the same words as the focused button ``held``, or with the same name."""
    if not isinstance(held, QPushButton):
        return None
    return next((each for each in page.findChildren(QPushButton) if _words_of(each) == _words_of(held)), None)


def _words_of(button: QPushButton) -> str:
    return button.text() or button.accessibleName()


def _flags(*, firm: bool) -> Qt.WindowType:
    # Window managers that focus every new window skip one that says it accepts no focus. The window accepts it a
    # moment after it has been shown.
    flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
    if firm:
        return flags | Qt.WindowType.FramelessWindowHint
    return (
        flags
        | Qt.WindowType.WindowDoesNotAcceptFocus
        | Qt.WindowType.CustomizeWindowHint
        | Qt.WindowType.WindowTitleHint
        | Qt.WindowType.WindowSystemMenuHint
        | Qt.WindowType.WindowMinimizeButtonHint
        | Qt.WindowType.WindowCloseButtonHint
    )
