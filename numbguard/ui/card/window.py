"""The window around a card and its question: over everything, in nobody's way, closed with one key.

Made by ``stage`` for one break and let go of after it, on the GUI thread. The firm style makes it cover its
screen; the standard one is a plain window in the corner of the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.plain_window import PlainWindow, clear_flag
from numbguard.ui.widgets.screens import free_corner, kept_within, on_top

CARD_UNITS = (61.0, 37.5)
_AIR, _MOST_ZOOM = 1.3, 1.8
"""Having the whole screen to itself, a card is as large as leaves this much air, so that it can be read standing up."""
_FOCUS_AFTER_MS = 1200
_SCREENS_SETTLE_MS, _TRIES = 200, 3
"""A desktop that loses a screen moves windows about for a moment; put ours right after that."""


class CardWindowPage(QWidget):
    """What can be put up in the window."""

    heading: str
    units: tuple[float, float]
    """The size it would like, in heights of a line."""

    def wear(self, colours: theme.Palette) -> None:
        raise NotImplementedError

    def let_go(self) -> None:
        """Stop, and give back what is large, without waiting for the window's end."""


class CardWindow(PlainWindow):
    """``closed`` is called when the person closes it (title bar, Esc), never when the engine does.

    ``rearrange`` is called when it may no longer stand well: once after it was shown, as only then it knows its title
    bar, and after every change of the screens.
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
        self.zoom = self._zoom_on(screen) if firm else 1.0
        """How much larger than usual a page is to be made."""
        self.setWindowTitle("Break – NumbGuard")
        self.setAccessibleName("Movement break")
        # A newly shown window must leave the keyboard where it is; see also _flags.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # The window itself takes the focus first: a key meant for somewhere else must not press a button.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._may_focus = QTimer(self, singleShot=True, interval=_FOCUS_AFTER_MS)
        self._may_focus.timeout.connect(self._accept_focus)
        self._settle = QTimer(self, singleShot=True, interval=_SCREENS_SETTLE_MS)
        self._settle.timeout.connect(self._put_right)
        self._rearrange = rearrange
        self._tries = _TRIES
        self._watch_screens()
        theme.dress(self, self._wear)
        self.stand_on(screen)

    # --- pages ---------------------------------------------------------------------------------------------------

    def show_page(self, page: CardWindowPage) -> None:
        """Put a page up in place of the one before, which is let go of."""
        before, self._page = self._page, page
        self.setWindowTitle(f"{page.heading} – NumbGuard")
        page.wear(self._colours)
        self._units = page.units
        self._lay_out()
        page.show()
        if before is not None:
            # The buttons go with their page. The keyboard goes on at the same one of the next page, else at the window.
            (_twin(page, self.focusWidget()) or self).setFocus()
            before.let_go()
            before.hide()
            before.deleteLater()

    def _wear(self, colours: theme.Palette) -> None:
        self._colours = colours
        if self._page is not None:
            self._page.wear(colours)
        self.update()

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

    def _put_right(self) -> None:
        well = self.stands_well()
        self._rearrange()
        if not well and self._tries > 0:
            # A window manager that has not seen the change itself may put the window back.
            self._tries -= 1
            self._settle.start()

    def stands_well(self) -> bool:
        """Fully on its screen already; then it is better left alone."""
        screen = self.screen()
        if self._firm:
            return self.geometry() == screen.geometry()
        return screen.availableGeometry().contains(self.frameGeometry())

    def stand_on(self, screen: QScreen) -> None:
        """Fully on this screen, whatever its size: in its corner at first, later as near to where it is as can be."""
        self.setScreen(screen)
        if self._firm:
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
            place = free_corner(room, size, margin=round(unit), besides=on_top(self))
        # Qt moves a window by its frame and sizes it by what is inside.
        self.move(place.topLeft())
        self.resize(place.width() - frame.width(), place.height() - frame.height())

    def _zoom_on(self, screen: QScreen) -> float:
        wide, high = (units * self._unit * _AIR for units in CARD_UNITS)
        room = screen.availableGeometry()
        return max(1.0, min(room.width() / wide, room.height() / high, _MOST_ZOOM))

    def _frame(self) -> QSize:
        """What the title bar and borders add; a guess until the window manager has put them on."""
        outer, inner = self.frameGeometry(), self.geometry()
        if self.isVisible() and outer != inner:
            return QSize(outer.width() - inner.width(), outer.height() - inner.height())
        return QSize(2, round(self._unit * 1.6))

    def _lay_out(self) -> None:
        if self._page is None:
            return
        if not self._firm:
            self._page.setGeometry(self.rect())
            return
        unit = self._unit * self.zoom
        room = self.rect().adjusted(round(unit), round(unit), -round(unit), -round(unit))
        wide, high = (round(units * unit) for units in self._units)
        size = QSize(min(wide, room.width()), min(high, room.height()))
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        self._page.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.window))

    # --- keyboard ------------------------------------------------------------------------------------------------

    def appear(self) -> None:
        if self._firm:
            # Not showFullScreen: that asks for the keyboard as well.
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()
        self._may_focus.start()
        self._settle.start()

    def _accept_focus(self) -> None:
        """From now on the window may be given the focus; nothing here asks for it."""
        self._may_focus.stop()
        clear_flag(Qt.WindowType.WindowDoesNotAcceptFocus, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._accept_focus()
        self.activateWindow()

    # --- its end -------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        closed, self._closed = self._closed, None
        if closed is not None:
            closed()

    def let_go(self) -> None:
        """Close without a word to anybody, and give back what it holds."""
        self._closed = None
        self._may_focus.stop()
        self._settle.stop()
        page, self._page = self._page, None
        if page is not None:
            page.let_go()
        self.close()
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._page is not None:
            self._lay_out()


def _twin(page: QWidget, held: QWidget | None) -> QWidget | None:
    """The button of a page that says what the one that holds the focus says."""
    if not isinstance(held, QPushButton):
        return None
    return next((each for each in page.findChildren(QPushButton) if each.text() == held.text()), None)


def _flags(*, firm: bool) -> Qt.WindowType:
    # Window managers that give every new window the keyboard leave alone one that says it takes none. It is allowed
    # to take it a moment after it has been shown.
    flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
    if firm:
        return flags | Qt.WindowType.FramelessWindowHint
    return (
        flags
        | Qt.WindowType.CustomizeWindowHint
        | Qt.WindowType.WindowTitleHint
        | Qt.WindowType.WindowSystemMenuHint
        | Qt.WindowType.WindowMinimizeButtonHint
        | Qt.WindowType.WindowCloseButtonHint
    )
