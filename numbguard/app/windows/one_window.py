"""Keeps at most one window of a kind: created on request, released when closed.

``app_windows.py`` and ``log_windows.py`` use it on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, Protocol, TypeVar


class Window(Protocol):
    """The interface of every window that a person can ask for."""

    def present(self) -> None:
        """Show the window in front of all others."""

    def close(self) -> bool: ...

    def deleteLater(self) -> None: ...


W = TypeVar("W", bound=Window)


class OneWindow(Generic[W]):
    """The one window of a kind, while it exists.

    The ``make`` function of a window connects the window's ``closed`` or ``finished`` signal to ``release``.
    """

    released: ClassVar[list[Callable[[], None]]] = []
    """Called after a window of any kind was released."""

    def __init__(self) -> None:
        self._window: W | None = None

    @property
    def now(self) -> W | None:
        return self._window

    def get(self, make: Callable[[], W]) -> W:
        """Return the existing window, or create one."""
        if self._window is None:
            self._window = make()
        return self._window

    def renew(self, make: Callable[[], W]) -> W:
        """Close the existing window, if any, and create a new one."""
        self.close()
        return self.get(make)

    def reopen(self, make: Callable[[], W], *, carry: Callable[[W, W], None] | None = None) -> W | None:
        """Show a new window in place of the existing one, if there is one, and return it.

        ``carry`` gets the new window and the former one, which is closed but still there, to take what was entered.
        """
        former = self._window
        if former is None:
            return None
        former.close()
        self.release()
        window = self.get(make)
        if carry is not None:
            carry(window, former)
        window.present()
        return window

    def close(self) -> None:
        if self._window is not None:
            self._window.close()

    def release(self) -> W | None:
        """Forget the window, let Qt delete it once its current event is handled, and return it."""
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()
            for tell in self.released:
                tell()
        return window
