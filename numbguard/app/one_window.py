"""At most one window of a kind: made when it is asked for, and let go of when it is closed.

Used by what opens windows (``windows.py``, ``log_windows.py``), on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Window(Protocol):
    """What every window that a person can ask for offers."""

    def present(self) -> None:
        """Show it in front of all others."""

    def close(self) -> bool: ...

    def deleteLater(self) -> None: ...


W = TypeVar("W", bound=Window)


class OneWindow(Generic[W]):
    """The window of one kind, while there is one.

    Whatever makes a window connects its signal of being closed to ``let_go``.
    """

    def __init__(self) -> None:
        self._window: W | None = None

    @property
    def now(self) -> W | None:
        return self._window

    def made(self, make: Callable[[], W]) -> W:
        """The window that is there, or one made now."""
        if self._window is None:
            self._window = make()
        return self._window

    def anew(self, make: Callable[[], W]) -> W:
        """A window made now; one that is there is closed first."""
        self.close()
        return self.made(make)

    def close(self) -> None:
        if self._window is not None:
            self._window.close()

    def let_go(self) -> W | None:
        """Have Qt delete the window once it has ended what it is at; gives that window."""
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()
        return window
