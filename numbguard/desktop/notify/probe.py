"""Finds out once, without an event loop, which backend would show notifications on this desktop.

Called by ``desktop.probe`` in the command line's own process. It tries the same backends in the same order as
``choose``.
"""

from __future__ import annotations

import sys

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, passage, sentence
from numbguard.desktop.dbus.addresses import NO_DBUS, dbus_available
from numbguard.desktop.dbus.blocking import BlockingBus

from . import OWN_WINDOW
from .plyer import SERVED, PlyerBackend

_NOTIFICATIONS = "org.freedesktop.Notifications"
NO_ANSWER = N_("This desktop's notification service is running, but did not answer.")
NOT_ASKED = N_(
    "A notification service will start when there is something to show. NumbGuard has not asked what it supports."
)


def survey(session: BlockingBus) -> SenseStatus:
    """The backend that would serve, with what the notification service says of itself."""
    service = (_NOTIFICATIONS, "/org/freedesktop/Notifications", _NOTIFICATIONS)
    if session.has(_NOTIFICATIONS):
        able = session.ask(*service, "GetCapabilities")
        reply = session.ask(*service, "GetServerInformation") if able else None
        server = f"{reply[0]} {reply[2]}" if reply else sentence("The notification service")
        if able and "actions" in able[0]:
            return SenseStatus("freedesktop", True, sentence("{server} shows notifications.", server=server))
        why = sentence("{server} shows notifications, but without buttons.", server=server) if able else NO_ANSWER
    elif session.has(_NOTIFICATIONS, startable=True):
        # To ask it would start it, at log-in perhaps before the desktop's own.
        return SenseStatus("freedesktop", True, NOT_ASKED)
    else:
        why = N_("No notification service is running on this desktop.")
        if sys.platform in SERVED:
            why = PlyerBackend.detail
        elif sys.platform == "win32":
            return SenseStatus("window", True, OWN_WINDOW)
        elif not dbus_available():
            why = NO_DBUS
    return SenseStatus("window", True, passage((why, OWN_WINDOW)))
