"""Asks by a small window of our own, where the desktop's notifications have no buttons or there are none.

The window is the windows layer's; it is handed in as a factory and made when it is first needed. On the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.core.model import Action
from numbguard.core.ports import Notice

if TYPE_CHECKING:
    from . import Hears, NudgeWindow


class NudgeWay:
    """Always able to ask; plain messages are not its business."""

    name = "window"
    asks: bool | None = True
    says: bool | None = False
    detail = "Announcements are shown in a small window of NumbGuard's own."

    def __init__(self, make_window: Callable[[], NudgeWindow]) -> None:
        self._make_window = make_window
        self._window: NudgeWindow | None = None
        self._hears: Hears | None = None

    def start(self, hears: Hears) -> None:
        self._hears = hears

    def announce(self, notice: Notice) -> None:
        if self._window is None:
            self._window = self._make_window()
        self._window.show(notice, self._answer)

    def withdraw(self) -> None:
        if self._window:
            self._window.close()

    def say(self, notice: Notice) -> None:
        pass

    def stop(self) -> None:
        self.withdraw()
        self._window = None

    def _answer(self, action: Action) -> None:
        self.withdraw()
        if self._hears:
            self._hears.answered(action)
