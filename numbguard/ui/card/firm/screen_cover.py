"""The calm cover that the firm style puts over every screen except the card's.

``stage`` creates one for each screen, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _

from .leave_bar import LeaveBar


class ScreenCover(QWidget):
    """A cover over one screen. ``leave`` is called when the person leaves the break here: no cover may be a trap."""

    def __init__(self, screen: QScreen, *, leave: Callable[[], None]) -> None:
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self._leave: Callable[[], None] | None = leave
        self.setWindowTitle(_("Break – NumbGuard"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.apply_theme(self)  # first, because the foot measures its styled buttons
        unit = theme.unit()
        words = QLabel(_("Your break is on the other screen."), self)
        words.setFont(theme.font(1.35))
        words.setProperty("role", "quiet")
        self._bar = LeaveBar(self, leave=self._go)
        column = QVBoxLayout(self)
        column.setSpacing(round(unit))
        column.addStretch(1)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._bar)
        column.addStretch(1)
        # The cover takes the focus, not the button, so that a key meant for another window cannot press it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())

    def appear(self) -> None:
        # Not showFullScreen, which also requests the keyboard focus.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def _go(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._bar.toggle()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self._go()

    def release(self) -> None:
        self._leave = None
        self.close()
        self.deleteLater()
