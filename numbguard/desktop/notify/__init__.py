"""Notifications: shows announcements and collects their answers, and shows plain messages.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread, except for the
short-lived threads of ``plyer``. The candidates, each a ``NotifyBackend``, are in order; a backend ``asks`` if it can
show an announcement with answers, and ``says`` if it can show a plain message. The first that can do what a notice
needs shows it:

* ``freedesktop`` asks and says where a notification service runs on the session bus;
* ``own_window`` asks with a small NumbGuard window where there is no service or the service has no buttons, and says
  where plyer is not used;
* ``plyer`` says on Windows and macOS;
* ``log_only`` comes last: it shows nothing, but logs that a message was not shown.

Notification services start and stop while the app runs, so the choice is made afresh for every notice and after every
change.
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
        """Show the notice, replacing any that is shown."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NotifyListener:
    """The callbacks of a backend into the notifier."""

    answered: Callable[[Action], None]
    """The person gave this answer."""
    put_aside: Callable[[], None]
    """The person dismissed the announcement without an answer."""
    unsaid: Callable[[Notice], None]
    """This message could not be shown."""
    changed: Callable[[], None]
    """``asks`` or ``says`` may have changed."""


class NotifyBackend(Protocol):
    """One way of showing notices. A constructor raises ``Unavailable`` where the backend cannot work."""

    name: str

    @property
    def asks(self) -> bool | None:
        """Whether it can show an announcement with answers; ``None`` while unknown, and ``changed`` follows soon."""

    @property
    def says(self) -> bool | None:
        """Whether it can show a plain message; ``None`` while unknown, and ``changed`` follows soon."""

    @property
    def detail(self) -> str:
        """What shows notices, or why nothing does, in plain words."""

    def start(self, hears: NotifyListener) -> None: ...

    def announce(self, notice: Notice) -> None:
        """Show the announcement, replacing any former one."""

    def withdraw(self) -> None:
        """Take the announcement down."""

    def say(self, notice: Notice) -> None:
        """Show a message, with its answers where that is possible."""

    def unsay(self) -> None:
        """Take down the messages that have answers."""

    def stop(self) -> None: ...


def choose(bus: Bus | None, *, make_nudge: Callable[[], NoticeWindow]) -> DesktopNotifier:
    """The notifier of this desktop. ``make_nudge`` makes the nudge window when it is first needed."""
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
