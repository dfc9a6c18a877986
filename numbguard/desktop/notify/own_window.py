"""Shows notices in a small NumbGuard window where the desktop has no notifications, or none with buttons.

``notify.choose`` builds it, with a factory for the window from the UI layer; the window is made when it is first
needed. It runs on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice

from . import OWN_WINDOW

if TYPE_CHECKING:
    from . import NoticeWindow, NotifyListener


MESSAGE_FOR_MS = 20_000
"""Milliseconds for which a message stays; the tray menu offers the same answers for longer."""


class OwnWindowBackend:
    """Can always announce. Shows messages with answers too, while no announcement occupies the window.

    ``can_say``: whether it also shows plain messages, because no other backend here would.
    """

    name = "window"
    can_announce: bool | None = True
    may_be_unseen = False
    detail = OWN_WINDOW

    def __init__(self, make_window: Callable[[], NoticeWindow], *, can_say: bool) -> None:
        self.can_say: bool | None = can_say
        self._make_window = make_window
        self._window: NoticeWindow | None = None
        self._listener: NotifyListener | None = None
        self._announcing = False
        self._shown: Notice | None = None
        self._next: Notice | None = None
        """A message to be shown once the announcement is over."""
        self._leaving: QTimer | None = None

    @property
    def awaits_answers(self) -> bool:
        return self._shown is not None

    def start(self, listener: NotifyListener) -> None:
        self._listener = listener

    def announce(self, notice: Notice) -> None:
        self._show(notice)
        self._announcing = True

    def withdraw(self) -> None:
        if self._announcing:
            self._close()
            self._go_on()

    def say(self, notice: Notice) -> None:
        if self._announcing:
            if self.can_say:
                self._next = notice
            elif self._listener:
                self._listener.not_shown(notice)
            return
        if notice != self._shown:  # otherwise the second click of a double click
            self._show(notice)
        self._stay()
        self._leaving = QTimer(singleShot=True)
        self._leaving.timeout.connect(self._close)
        self._leaving.start(MESSAGE_FOR_MS)

    def withdraw_messages(self, about: str) -> None:
        if self._next and self._next.about == about:
            self._next = None
        if self._shown and self._shown.about == about:
            self._close()

    def stop(self) -> None:
        self._next = None
        self._close()
        self._window = None

    def _show(self, notice: Notice) -> None:
        self._stay()
        if self._window is None:
            self._window = self._make_window()
        self._shown = notice
        self._window.show(notice, self._answer)

    def _stay(self) -> None:
        if self._leaving:
            self._leaving.stop()
            self._leaving.deleteLater()
            self._leaving = None

    def _close(self) -> None:
        self._stay()
        self._announcing, self._shown = False, None
        if self._window:
            self._window.close()

    def _answer(self, action: Action) -> None:
        about = self._shown.about if self._shown else None
        self._close()
        if self._listener:
            self._listener.answered(action, about)
        self._go_on()

    def _go_on(self) -> None:
        notice, self._next = self._next, None
        if notice:
            self.say(notice)
