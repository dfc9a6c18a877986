"""Notifications: shows announcements and collects their answers, and shows plain messages.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread, except for the
short-lived threads of ``plyer``. An announcement needs a backend that can show its answers; a plain message does not.
The candidates, each a ``NotifyBackend``, are in order, and the first that can show a notice does so:

* ``freedesktop`` shows messages where a notification service runs on the session bus, and announcements if that service
  has buttons;
* ``own_window`` shows announcements in a small NumbGuard window where no service can, and messages where plyer is not
  used: on Windows both, for nobody has yet seen a toast of ours on a real Windows;
* ``plyer`` shows messages on macOS;
* ``log_only`` is the last: it shows nothing, but logs that a message was not shown.

Notification services start and stop while the app runs, so the choice is made afresh for every notice and after every
change.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.core.breaks.messages import Action
    from numbguard.core.ports import Notice
    from numbguard.desktop.dbus.bus import Bus

    from .notifier import DesktopNotifier

_log = logging.getLogger(__name__)

OWN_WINDOW = N_("Reminders appear in a small window of NumbGuard's own.")


class NoticeWindow(Protocol):
    """A small window that shows a notice with its answers and never takes the keyboard."""

    def show(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        """Show the notice, replacing any that is shown."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NotifyListener:
    """The callbacks of a backend into the notifier."""

    answered: Callable[[Action, str | None], None]
    """The person gave this answer, to a notice about that episode."""
    dismissed: Callable[[], None]
    """The person dismissed the announcement without an answer."""
    not_shown: Callable[[Notice], None]
    """This message could not be shown."""
    changed: Callable[[], None]
    """``can_announce`` or ``can_say`` may have changed."""


class NotifyBackend(Protocol):
    """One way of showing notices. A constructor raises ``Unavailable`` where the backend cannot work."""

    name: str

    @property
    def can_announce(self) -> bool | None:
        """Whether it can show an announcement with answers; ``None`` while unknown, and ``changed`` follows soon."""

    @property
    def can_say(self) -> bool | None:
        """Whether it can show a plain message; ``None`` while unknown, and ``changed`` follows soon."""

    @property
    def may_be_unseen(self) -> bool:
        """Whether the announcement may have been held back, and nobody would say so."""

    @property
    def awaits_answers(self) -> bool:
        """Whether a notice with answers is on the screen or in the desktop's list."""

    @property
    def detail(self) -> str:
        """What shows notices, or why nothing does, in plain words."""

    def start(self, listener: NotifyListener) -> None: ...

    def announce(self, notice: Notice) -> None:
        """Show the announcement, replacing any former one."""

    def withdraw(self) -> None:
        """Take the announcement down."""

    def say(self, notice: Notice) -> None:
        """Show a message, with its answers where that is possible, in place of one about the same episode."""

    def withdraw_messages(self, about: str) -> None:
        """Take down the messages about that episode."""

    def stop(self) -> None: ...


def choose(
    bus: Bus | None,
    *,
    make_nudge: Callable[[], NoticeWindow],
    in_words: Callable[[Notice], Notice] = lambda notice: notice,
) -> DesktopNotifier:
    """The notifier of this desktop.

    ``make_nudge`` makes the nudge window when it is first needed; ``in_words`` returns a notice in the person's
    language.
    """
    from .freedesktop import FreedesktopBackend
    from .log_only import LogOnlyBackend
    from .notifier import DesktopNotifier
    from .own_window import OwnWindowBackend
    from .plyer import SERVED, PlyerBackend

    by_plyer = sys.platform in SERVED
    backends: list[NotifyBackend] = []
    candidates: tuple[Callable[[], NotifyBackend], ...] = (
        lambda: FreedesktopBackend(bus),
        lambda: OwnWindowBackend(make_nudge, can_say=not by_plyer),
        *((PlyerBackend,) if by_plyer else ()),
        LogOnlyBackend,
    )
    for candidate in candidates:
        try:
            backends.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
    return DesktopNotifier(backends, in_words=in_words)
