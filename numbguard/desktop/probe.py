"""Surveys once, without an event loop, what this desktop offers: for ``numbguard check`` while no app runs.

The command line calls it in its own process, where blocking calls do no harm. Each capability has a ``probe`` of its
own, which tries the same backends in the same order as the app does; the tray is here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from numbguard.core.ports import SenseStatus
from numbguard.desktop.dbus.addresses import session_address, system_address

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings

_TRAY = "org.kde.StatusNotifierWatcher"


def survey(settings: Settings) -> dict[str, SenseStatus]:
    """The backend that would serve each sense with these settings, by the name of the sense."""
    from numbguard.desktop.dbus.blocking import BlockingBus
    from numbguard.desktop.idle.probe import survey as idle
    from numbguard.desktop.notify.probe import survey as notify
    from numbguard.desktop.quiet.probe import survey as quiet
    from numbguard.desktop.session.probe import survey as lock_and_sleep

    session, system = BlockingBus(session_address()), BlockingBus(system_address())
    try:
        return {
            "idle": idle(session),
            "session": lock_and_sleep(session, system),
            "quiet": quiet(session, system, settings),
            "notify": notify(session),
            "tray": tray_status(sys.platform in _TRAYS or session.has(_TRAY)),
        }
    finally:
        session.close()
        system.close()


_TRAYS = {
    "win32": ("windows", "The notification area of Windows shows NumbGuard's icon."),
    "darwin": ("macos", "The menu bar shows NumbGuard's icon."),
}
"""Systems that always have a tray: the backend's name and its description."""


def tray_status(present: bool) -> SenseStatus:
    if present and sys.platform in _TRAYS:
        name, detail = _TRAYS[sys.platform]
        return SenseStatus(name, True, detail)
    if present:
        return SenseStatus("statusnotifier", True, "The panel of this desktop shows NumbGuard's icon.")
    return SenseStatus("window", False, "This desktop has no tray, so NumbGuard's panel is an ordinary window.")
