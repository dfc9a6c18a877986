"""Finds out once, without an event loop, how hot keys would be had on this desktop.

Called by ``desktop.probe`` in the command line's own process. It tries the same candidates in the same order as
``choose``, grabs no key, and starts no portal.
"""

from __future__ import annotations

import sys

from numbguard.core.ports import SenseStatus
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.blocking import BlockingBus

from .words import BY_PORTAL, BY_WINDOWS, BY_X11, PORTAL_NOT_ASKED, how_to_bind

_PORTAL, _PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


def survey(session: BlockingBus, *, program: str) -> SenseStatus:
    """The backend that would serve; ``program`` is the command of this installation."""
    unserved = SenseStatus("none", False, how_to_bind(program))
    if sys.platform == "win32":
        from .windows_table import WindowsHotKeyTable

        try:
            WindowsHotKeyTable()
        except Unavailable:
            return unserved
        return SenseStatus("windows", True, BY_WINDOWS)
    if sys.platform == "darwin":
        return unserved
    from .x11_keyboard import open_keyboard

    try:
        open_keyboard().close()
    except Unavailable:
        pass
    else:
        return SenseStatus("x11", True, BY_X11)
    if session.has(_PORTAL):
        properties = (_PORTAL, _PORTAL_PATH, "org.freedesktop.DBus.Properties")
        if session.ask(*properties, "Get", "org.freedesktop.portal.GlobalShortcuts", "version"):
            return SenseStatus("portal", True, BY_PORTAL)
    elif session.has(_PORTAL, startable=True):
        return SenseStatus("portal", True, PORTAL_NOT_ASKED)
    return unserved
