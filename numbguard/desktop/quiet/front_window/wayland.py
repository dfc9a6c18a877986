"""The window in front under Wayland, for ``front_window``, where the compositor reports windows.

``quiet.choose`` builds it; it runs on the GUI thread over its own connection (``desktop.wayland.link``). The compositor
also sends the title of every window, which is not needed here and which a terminal may change ten times a second. While
only titles arrive, the socket is left unread for up to 16 s at a time, so that they do not wake the process.
``catch_up`` reads the waiting events, because the window in front must be known before a break is announced or the
present state is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from numbguard.desktop.wayland.link import WaylandLink
from numbguard.desktop.wayland.wire import WaylandEvent, request, socket_path

from . import WAYLAND_REPORTS, FrontWindow
from .wayland_protocol import (
    DESTROY,
    FINISHED,
    LACKS,
    MANAGER,
    NAME,
    NEWEST,
    OLDEST,
    TOPLEVEL,
    Toplevel,
    in_front,
)

_SHORTEST_REST_S, _LONGEST_REST_S = 1.0, 16.0
"""Seconds for which the socket is left unread."""
_FEW, _MANY = 80, 200
"""Events read after one rest, two per title: at most ``_FEW`` double the next rest, and more than ``_MANY`` make it the
shortest. A socket buffers about three hundred; beyond that the compositor would close the connection."""
_AT_PEACE_S = 60.0
"""Seconds without a title after which the next title is again followed by the shortest rest."""


class WaylandWindows:
    """Opens one connection for the first follower and closes it after the last."""

    name = NAME
    reports = WAYLAND_REPORTS

    def __init__(self) -> None:
        """Raises ``Unavailable`` outside a Wayland session."""
        self._path = socket_path()
        self._link: WaylandLink | None = None
        self._followers: list[Callable[[], None]] = []
        self._available: bool | None = None
        self._why: str = LACKS
        self._disturbed_at = 0.0
        self._forget_all()

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def trouble(self) -> str:
        return self._why

    def follow(self, changed: Callable[[], None]) -> None:
        self._followers.append(changed)
        if self._link is None:
            self._link = WaylandLink(self._path, offers=self._follow_offers, received=self._receive, lost=self._lost)
            self._link.start()

    def unfollow(self, changed: Callable[[], None]) -> None:
        if changed in self._followers:
            self._followers.remove(changed)
        if not self._followers and self._link:
            self._link.stop()
            self._link = self._available = None
            self._forget_all()

    def catch_up(self) -> None:
        if self._link:
            self._link.catch_up()

    def _forget_all(self) -> None:
        self._manager = self._manager_name = 0
        self._toplevels: dict[int, Toplevel] = {}
        self._rest_s = _SHORTEST_REST_S
        self.window: FrontWindow | None = None

    def _lost(self, why: str) -> None:
        before = self.window, self._available
        self._forget_all()
        self._available, self._why = False, why
        self._tell(before)

    def _follow_offers(self) -> None:
        """Bind the manager of windows when it appears; forget all windows when it disappears."""
        link, before = self._link, (self.window, self._available)
        if link is None or (self._manager_name and self._manager_name in link.globals):
            return
        self._forget_all()
        for name, (interface, version) in link.globals.items():
            if interface == MANAGER and version >= OLDEST:
                self._manager_name, self._manager = name, link.bind(name, min(version, NEWEST))
                link.reset_retries()
                break
        self._available, self._why = bool(self._manager), LACKS
        self._tell(before)

    def _receive(self, events: Sequence[WaylandEvent]) -> None:
        before = self.window, self._available
        titles_alone = True
        for event in events:
            if event.target in self._toplevels:
                titles_alone = not self._hear_of_one(event) and titles_alone
            elif event.target == self._manager and self._manager:
                titles_alone = False
                if event.number == TOPLEVEL:
                    self._toplevels[event.uint()] = Toplevel()
                elif event.number == FINISHED:
                    self._forget_all()
                    self._available = False
        self.window = in_front(self._toplevels.values(), ours=QGuiApplication.desktopFileName())
        if titles_alone:
            self._rest(len(events))
        else:
            self._rest_s = _SHORTEST_REST_S
        self._tell(before)

    def _hear_of_one(self, event: WaylandEvent) -> bool:
        one = self._toplevels[event.target]
        of_interest = one.receive(event)
        if one.closed:
            del self._toplevels[event.target]
            if self._link:
                self._link.send(request(event.target, DESTROY))
        return of_interest

    def _rest(self, events: int) -> None:
        """Leave the socket unread for a while: the fewer events arrive, the longer."""
        now = time.monotonic()
        if now - self._disturbed_at > _AT_PEACE_S or events > _MANY:
            self._rest_s = _SHORTEST_REST_S
        elif events <= _FEW:
            self._rest_s = min(2 * self._rest_s, _LONGEST_REST_S)
        self._disturbed_at = now
        if self._link:
            self._link.rest(self._rest_s)

    def _tell(self, before: tuple[FrontWindow | None, bool | None]) -> None:
        if (self.window, self._available) != before:
            for changed in tuple(self._followers):
                changed()
