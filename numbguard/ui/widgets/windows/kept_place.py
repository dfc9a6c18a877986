"""Opens a window where it was when it was last closed, and as large.

The application adds one to each window that a person arranges, on the GUI thread. A Wayland compositor places windows
itself; there only the size is restored.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from numbguard.store.profile import Profile
from numbguard.store.window_places import WindowPlace, keep_place, place_of

from .. import theme
from .screens import kept_within


class KeptPlace(QObject):
    """``window`` owns it; ``name`` is the window's name in the file."""

    def __init__(self, window: QWidget, name: str, profile: Profile) -> None:
        super().__init__(window)
        self._window = window
        self._read: Callable[[], WindowPlace | None] = lambda: place_of(profile, name)
        self._keep: Callable[[WindowPlace], None] = lambda place: keep_place(profile, name, place)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and not event.spontaneous():
            if event.type() == QEvent.Type.Show:
                self._restore()
            elif event.type() == QEvent.Type.Hide:
                self._remember()
        return False

    def _restore(self) -> None:
        """The window is about to appear, with the size that it has the first time."""
        kept, window = self._read(), self._window
        if kept is None:
            return
        # About the size of a window manager's frame, which is not known before the window is shown.
        side, top = 1, round(theme.unit() * 1.5)
        framed = QRect(kept.x, kept.y, kept.width, kept.height).adjusted(-side, -top, side, side)
        screen = QGuiApplication.screenAt(framed.center()) or QGuiApplication.primaryScreen()
        place = kept_within(screen.availableGeometry(), framed).adjusted(side, top, -side, -side)
        if QGuiApplication.platformName() == "wayland":
            window.resize(place.size())
        else:
            window.setGeometry(place)
        if kept.maximised:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def _remember(self) -> None:
        window = self._window
        maximised = window.isMaximized()
        usual = window.normalGeometry() if maximised else window.geometry()
        if usual.isValid():
            self._keep(WindowPlace(usual.x(), usual.y(), usual.width(), usual.height(), maximised))
