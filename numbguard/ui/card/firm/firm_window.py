"""The card's window in the firm style: it covers its screen, takes the keyboard, and asks before it is left.

``stage`` creates it for one break and deletes it afterwards, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent, QScreen

from numbguard.ui.widgets import theme

from ..window import CardWindow, CardWindowPage
from .keyboard_hold import KeyboardHold
from .leave_bar import LeaveBar

_LARGEST_FOOT = 1.25
"""The greatest factor by which the foot is enlarged; it stays smaller than the card."""

_ROOMY = 26.0
"""The height of a screen, in heights of a line of text, from which the foot has margins."""


class FirmCardWindow(CardWindow):
    """Nobody is locked in: by mouse, keyboard and screen reader the foot leads out, and to *When to get help*.

    ``get_help`` ends the break and shows that page.
    """

    _hold: KeyboardHold | None = None  # Qt sends the first events before the window is whole.

    def __init__(
        self,
        *,
        screen: QScreen,
        closed: Callable[[], None],
        get_help: Callable[[], None],
        rearrange: Callable[[], None],
    ) -> None:
        super().__init__(firm=True, screen=screen, closed=closed, rearrange=rearrange)
        self._hold = KeyboardHold(self)
        self._get_help = get_help
        self._bar = self._new_bar()

    def _new_bar(self) -> LeaveBar:
        return LeaveBar(self, zoom=min(self.zoom, _LARGEST_FOOT), leave=self.close, get_help=self._get_help)

    def renew(self) -> None:
        """Follow another language and text size, at the foot too; the question there stays open.

        The keyboard comes back from the other windows, which are opened again.
        """
        super().renew()
        former, self._bar = self._bar, self._new_bar()
        if former.asks:
            self._bar.ask()
        self._bar.setVisible(not former.isHidden())
        former.hide()
        former.deleteLater()
        if self._hold is not None:
            self._hold.take()

    def appear(self) -> None:
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        super().appear()
        assert self._hold is not None
        self._hold.take()

    def show_page(self, page: CardWindowPage) -> None:
        if page.is_question:
            self._free_keyboard()
            self._bar.stay()
        self._bar.setVisible(not page.is_question)
        super().show_page(page)
        self._bar.raise_()
        if self._bar.asks:
            self._bar.ask()  # the new page has taken the focus from the question

    def _foot(self) -> int:
        return 0 if self._bar.isHidden() else self._bar.height() + 2 * self._foot_margin()

    def _foot_margin(self) -> int:
        unit = theme.unit()
        return round(unit * (0.6 if self.height() >= _ROOMY * unit else 0.15))

    def _lay_out(self) -> None:
        super()._lay_out()
        foot = self.rect()
        foot.setTop(foot.bottom() + 1 - self._bar.height() - self._foot_margin())
        foot.setHeight(self._bar.height())
        self._bar.setGeometry(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hold is not None:
            self._hold.painted()

    def event(self, event: QEvent) -> bool:
        if self._hold is not None:
            if self._hold.swallows(event):
                event.accept()
                return True
            if event.type() is QEvent.Type.WindowDeactivate:
                self._hold.lost()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._bar.isHidden():
            self._bar.toggle()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._free_keyboard()
        super().closeEvent(event)

    def release(self) -> None:
        self._free_keyboard()
        super().release()

    def _free_keyboard(self) -> None:
        hold, self._hold = self._hold, None
        if hold is not None:
            hold.release()
