"""The window in front: whether it fills the screen, and whether it is of a program that means "not now".

Built by ``quiet.choose``; on the GUI thread. Who tells of it is ``x11_windows`` or ``wayland``, one for both of
the sources here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from numbguard.desktop import Unavailable

_COMM_LENGTH = 15
"""Of a process's name, so much is in ``/proc/…/comm``."""


@dataclass(frozen=True, slots=True)
class FrontWindow:
    """What is read of the window in front."""

    program: str
    names: frozenset[str]
    """In lower case: what its program may be called by."""
    fills_screen: bool


class FrontWindowSource(Protocol):
    """Who tells of the window in front. A constructor raises ``Unavailable`` where it cannot serve."""

    name: str
    teller: str
    """Who that is, at the beginning of a sentence."""
    window: FrontWindow | None
    """The one in front; ``None``: none, or one of our own, or the desktop."""

    @property
    def here(self) -> bool | None:
        """Whether it tells; ``None`` is "not known yet"."""

    @property
    def trouble(self) -> str:
        """Why nobody tells."""

    def follow(self, changed: Callable[[], None]) -> None:
        """``changed`` is called when the window or ``here`` is another. May raise ``Unavailable``."""

    def unfollow(self, changed: Callable[[], None]) -> None: ...

    def catch_up(self) -> None:
        """Look now at what was let lie."""


class _FollowsFront:
    """What both sources below share."""

    what = ""
    """What is noticed while it serves."""

    def __init__(self, windows: FrontWindowSource) -> None:
        self._windows = windows
        self._changed: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        return self._windows.name

    @property
    def here(self) -> bool | None:
        return self._windows.here

    @property
    def detail(self) -> str:
        return f"{self._windows.teller} {self.what}" if self._windows.here else self._windows.trouble

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        try:
            self._windows.follow(self._told)
        except Unavailable:
            changed()

    def stop(self) -> None:
        self._windows.unfollow(self._told)

    def _told(self) -> None:
        self._changed()


class FullScreen(_FollowsFront):
    """A window in front that fills the screen."""

    what = "tells when the window in front fills the screen."

    @property
    def reason(self) -> str | None:
        window = self._windows.window
        if window is None or not window.fills_screen:
            return None
        return f"{window.program or 'a window'} fills the screen"


class ListedProgram(_FollowsFront):
    """A window in front of one of the programs named in the settings."""

    what = "tells which window is in front."

    def __init__(self, windows: FrontWindowSource, programs: Sequence[str]) -> None:
        super().__init__(windows)
        self._programs = tuple(programs)

    @property
    def reason(self) -> str | None:
        window = self._windows.window
        if window is None:
            return None
        found = next((one for one in self._programs if _is_called(window, one.lower())), None)
        return f"{found} is in front" if found else None


def _is_called(window: FrontWindow, name: str) -> bool:
    return name in window.names or (len(name) > _COMM_LENGTH and name[:_COMM_LENGTH] in window.names)
