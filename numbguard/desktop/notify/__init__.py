"""Notifications: how an announcement gets its answers and a plain message gets read.

``choose`` is called by the app once the tray is shown; everything in this folder runs on the GUI thread, but for the
short threads of ``plyer``. Candidates in order, each a ``NotifyBackend``; the first that can do a thing does it:

* ``freedesktop`` asks and says, where a notification service answers on the session bus;
* ``own_window`` asks, by a small window of our own, where there is no service or it has no buttons, and says where
  plyer would not help;
* ``plyer`` says on Windows and macOS;
* ``log_only`` is the last: it says nothing, but leaves a line in the log that something was not said.

Services come and go while the app runs, so which way serves is asked anew for every notice and at every change.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.core.breaks.messages import Action
    from numbguard.core.ports import Notice
    from numbguard.desktop.dbus.bus import Bus

    from .notifier import DesktopNotifier

_log = logging.getLogger(__name__)

OWN_WINDOW = "Announcements are shown in a small window of NumbGuard's own."


class NoticeWindow(Protocol):
    """A small window that shows a notice with its answers and never takes the keyboard."""

    def show(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        """Show the notice, or put it in the place of the one that is shown."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NotifyListener:
    """Whom a way tells: of an answer; that the person put the announcement aside without one; that a message did
    not get through; that what the way can do is no longer the same."""

    answered: Callable[[Action], None]
    put_aside: Callable[[], None]
    unsaid: Callable[[Notice], None]
    changed: Callable[[], None]


class NotifyBackend(Protocol):
    """One way of telling the person something. ``asks`` and ``says``: can it show an announcement with answers, can
    it show a plain message; ``None`` is "not known yet", and ``changed`` follows soon."""

    name: str

    @property
    def asks(self) -> bool | None: ...

    @property
    def says(self) -> bool | None: ...

    @property
    def detail(self) -> str:
        """In plain words: who serves, or why nobody does."""

    def start(self, hears: NotifyListener) -> None: ...

    def announce(self, notice: Notice) -> None: ...

    def withdraw(self) -> None: ...

    def say(self, notice: Notice) -> None: ...

    def unsay(self) -> None: ...

    def stop(self) -> None: ...


def choose(bus: Bus | None, *, make_nudge: Callable[[], NoticeWindow]) -> DesktopNotifier:
    """The notifier of this desktop. ``make_nudge`` is called when a nudge window is first needed."""
    from .freedesktop import FreedesktopBackend
    from .log_only import LogOnlyBackend
    from .notifier import DesktopNotifier
    from .own_window import OwnWindowBackend
    from .plyer import SERVED, PlyerBackend

    by_plyer = sys.platform in SERVED
    ways: list[NotifyBackend] = []
    candidates: tuple[Callable[[], NotifyBackend], ...] = (
        lambda: FreedesktopBackend(bus),
        lambda: OwnWindowBackend(make_nudge, says=not by_plyer),
        *((PlyerBackend,) if by_plyer else ()),
        LogOnlyBackend,
    )
    for candidate in candidates:
        try:
            ways.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
    return DesktopNotifier(ways)
