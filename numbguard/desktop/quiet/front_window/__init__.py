"""Two reasons to keep quiet, from the window in front: it fills the screen, or its program is named in the settings.

``quiet.choose`` builds the sources; they run on the GUI thread. Both share one ``FrontWindowSource``, from ``x11`` or
``wayland``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable

_COMM_LENGTH = 15
"""Characters to which Linux cuts a process's name in ``/proc/…/comm``."""


@dataclass(frozen=True, slots=True)
class FrontWindow:
    """What is known of the window in front."""

    program: str
    """Name of its program, for a sentence; may be empty."""
    names: frozenset[str]
    """Names of its program in lower case, to compare with those in the settings."""
    fills_screen: bool


@dataclass(frozen=True, slots=True)
class FrontReports:
    """What a source of the window in front reports, in sentences for the status."""

    full_screen: str
    program: str


X11_REPORTS = FrontReports(
    full_screen=N_("The window manager reports when the active window fills the screen."),
    program=N_("The window manager reports which window is active."),
)
WAYLAND_REPORTS = FrontReports(
    full_screen=N_("The Wayland compositor reports when the active window fills the screen."),
    program=N_("The Wayland compositor reports which window is active."),
)


class FrontWindowSource(Protocol):
    """A source that follows the window in front. A constructor raises ``Unavailable`` where it cannot work."""

    name: str
    reports: FrontReports
    window: FrontWindow | None
    """The window in front; ``None`` for no window, for one of ours, and for the desktop."""

    @property
    def available(self) -> bool | None:
        """Whether it works; ``None`` while unknown."""

    @property
    def trouble(self) -> str:
        """Why it does not work, as a sentence."""

    def follow(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever ``window`` or ``available`` changes. May raise ``Unavailable``."""

    def unfollow(self, changed: Callable[[], None]) -> None: ...

    def catch_up(self) -> None:
        """Process changes that were left unread for a while."""


class _FollowsFront:
    """The common part of the two sources below."""

    @staticmethod
    def told(reports: FrontReports) -> str:
        """What is noticed while it works, as a sentence."""
        raise NotImplementedError

    def __init__(self, windows: FrontWindowSource) -> None:
        self._windows = windows
        self._changed: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        return self._windows.name

    @property
    def available(self) -> bool | None:
        return self._windows.available

    @property
    def detail(self) -> str:
        return self.told(self._windows.reports) if self._windows.available else self._windows.trouble

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        try:
            self._windows.follow(self._window_changed)
        except Unavailable:
            changed()

    def stop(self) -> None:
        self._windows.unfollow(self._window_changed)

    def _window_changed(self) -> None:
        self._changed()


class FullScreen(_FollowsFront):
    """Asks for quiet while the window in front fills the screen."""

    @staticmethod
    def told(reports: FrontReports) -> str:
        return reports.full_screen

    @property
    def reason(self) -> str | None:
        window = self._windows.window
        if window is None or not window.fills_screen:
            return None
        if window.program:
            return sentence("{program} fills the screen", program=window.program)
        return N_("a window fills the screen")


class ListedProgram(_FollowsFront):
    """Asks for quiet while the window in front belongs to a program named in the settings."""

    @staticmethod
    def told(reports: FrontReports) -> str:
        return reports.program

    def __init__(self, windows: FrontWindowSource, programs: Sequence[str]) -> None:
        super().__init__(windows)
        self._programs = tuple(programs)

    @property
    def reason(self) -> str | None:
        window = self._windows.window
        if window is None:
            return None
        found = next((one for one in self._programs if _is_called(window, one.lower())), None)
        return sentence("{program} is in front", program=found) if found else None


def _is_called(window: FrontWindow, name: str) -> bool:
    return name in window.names or (len(name) > _COMM_LENGTH and name[:_COMM_LENGTH] in window.names)
