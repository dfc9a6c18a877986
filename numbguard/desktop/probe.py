"""Surveys once, without an event loop, what this desktop offers: for ``numbguard check`` while no app runs.

The command line calls it in its own process, where blocking calls do no harm. Each capability has a ``probe`` of its
own, which tries the same backends in the same order as the app does; the tray and the session bus are here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_
from numbguard.desktop.dbus.addresses import NO_DBUS, dbus_available, session_address, system_address

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings
    from numbguard.desktop.dbus.blocking import BlockingBus

_TRAY = "org.kde.StatusNotifierWatcher"
_PROPERTIES = "org.freedesktop.DBus.Properties"


def survey(settings: Settings) -> dict[str, SenseStatus]:
    """The backend that would serve each sense with these settings, by the name of the sense."""
    from numbguard.desktop import sound, speech
    from numbguard.desktop.dbus.blocking import BlockingBus
    from numbguard.desktop.hot_keys.probe import survey as hot_keys
    from numbguard.desktop.idle.probe import survey as idle
    from numbguard.desktop.installations import this_program
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
            "sound": sound.choose(settings).status(),
            "speech": speech.choose(settings, language=lambda: "en").status(),
            "tray": _tray(session),
            "dbus": _bus(session),
            "hot_keys": hot_keys(session, program=this_program()),
        }
    finally:
        session.close()
        system.close()


def _bus(session: BlockingBus) -> SenseStatus:
    """Whether scripts could call NumbGuard on the session bus."""
    if session.alive:
        return SenseStatus("session-bus", True, ONCE_RUNNING)
    return SenseStatus("session-bus", False, N_("There is no session bus here.") if dbus_available() else NO_DBUS)


ONCE_RUNNING = N_("While NumbGuard is running, scripts reach it on the session bus, as org.numbguard.NumbGuard.")

_TRAYS = {
    "win32": ("windows", N_("The Windows notification area shows NumbGuard's icon.")),
    "darwin": ("macos", N_("The menu bar shows NumbGuard's icon.")),
}
"""Systems that always have a tray: the backend's name and its description."""


def _tray(session: BlockingBus) -> SenseStatus:
    """The tray that Qt would use: a StatusNotifierItem where a panel shows those, otherwise XEmbed on X11."""
    if sys.platform in _TRAYS:
        return tray_status(True)
    if session.has(_TRAY):
        watcher = (_TRAY, "/StatusNotifierWatcher", _PROPERTIES)
        shows = session.ask(*watcher, "Get", _TRAY, "IsStatusNotifierHostRegistered")
        if shows and shows[0][1]:
            return tray_status(True)
    return tray_status(_has_xembed_tray(), is_xembed=True)


def _has_xembed_tray() -> bool:
    from numbguard.desktop import Unavailable
    from numbguard.desktop.quiet.front_window.xcb import XServer

    try:
        server = XServer()
    except Unavailable:
        return False
    try:
        return server.selection_owner("_NET_SYSTEM_TRAY_S0") != 0
    finally:
        server.close()


def tray_status(present: bool, *, is_xembed: bool = False) -> SenseStatus:
    if present and sys.platform in _TRAYS:
        name, detail = _TRAYS[sys.platform]
        return SenseStatus(name, True, detail)
    if present and is_xembed:
        return SenseStatus("xembed", True, N_("This desktop's tray shows NumbGuard's icon, as a window inside it."))
    if present:
        return SenseStatus("statusnotifier", True, N_("This desktop's panel shows NumbGuard's icon."))
    return SenseStatus(
        "window",
        False,
        N_("This desktop has no tray, so NumbGuard's panel is an ordinary window. Start NumbGuard again to see it."),
    )
