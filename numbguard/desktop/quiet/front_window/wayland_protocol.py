"""The Wayland protocol that reports windows, ``zwlr_foreign_toplevel_management_unstable_v1``.

Compositors based on wlroots and some others offer it (sway, Hyprland, labwc, niri, river, Wayfire …;
https://wayland.app/protocols/wlr-foreign-toplevel-management-unstable-v1); GNOME and Plasma do not. No Qt: ``wayland``
uses it on the GUI thread, and the command line without an app.
"""

from __future__ import annotations

from collections.abc import Iterable

from numbguard.core.sentence import sentence
from numbguard.desktop.wayland.wire import WaylandEvent

from . import FrontWindow

NAME = "wlr-foreign-toplevel"
MANAGER = "zwlr_foreign_toplevel_manager_v1"
LACKS = sentence("The Wayland compositor doesn't report windows: it lacks {manager}.", manager=MANAGER)
OLDEST, NEWEST = 2, 3
"""Versions supported here. Version 1 does not report which windows fill the screen."""

TOPLEVEL, FINISHED = 0, 1
"""Events of the manager: a new window; the manager sends nothing more."""
_APP_ID, _STATE, _DONE, _CLOSED = 1, 4, 5, 6
"""Events of a window."""
DESTROY = 7
"""The request that releases a window's object."""
_ACTIVATED, _FULLSCREEN = 2, 3
"""Values in the array of the event ``state``."""


class Toplevel:
    """One window. Its properties take effect at the event ``done``; its title is not read."""

    def __init__(self) -> None:
        self._pending: tuple[str, tuple[int, ...]] = ("", ())
        self._current: tuple[str, tuple[int, ...]] = ("", ())
        self.closed = False

    def receive(self, event: WaylandEvent) -> bool:
        """Process an event; return whether it was more than a title. Raises ``WaylandError``."""
        app_id, states = self._pending
        if event.number == _APP_ID:
            self._pending = event.text(0), states
        elif event.number == _STATE:
            self._pending = app_id, event.numbers()
        elif event.number == _CLOSED:
            self.closed = True
        elif event.number == _DONE and self._current != self._pending:
            self._current = self._pending
        else:
            return False
        return True

    @property
    def app_id(self) -> str:
        return self._current[0]

    @property
    def active(self) -> bool:
        return _ACTIVATED in self._current[1]

    @property
    def fills_screen(self) -> bool:
        return _FULLSCREEN in self._current[1]


def in_front(toplevels: Iterable[Toplevel], *, ours: str) -> FrontWindow | None:
    """The active window, unless its app id is ``ours``.

    If several seats have an active window each, one that fills the screen is preferred.
    """
    active = [one for one in toplevels if one.active and not (one.app_id and one.app_id == ours)]
    if not active:
        return None
    one = next((one for one in active if one.fills_screen), active[0])
    name = _name_in(one.app_id)
    title = " ".join(name.split())[:60]
    names = frozenset(word.lower() for word in (one.app_id, name) if word)
    return FrontWindow(title[:1].upper() + title[1:], names, one.fills_screen)


def _name_in(app_id: str) -> str:
    """The last part of a reverse domain name such as ``org.mozilla.firefox``; otherwise the whole app id."""
    name = app_id.removesuffix(".desktop")
    return name.rsplit(".", 1)[-1] if name.count(".") >= 2 else name
