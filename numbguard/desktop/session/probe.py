"""Finds out once, without an event loop, which sources would report lock and sleep on this desktop.

Called by ``desktop.probe`` in the command line's own process. It tries the same sources as ``choose``.
"""

from __future__ import annotations

import sys

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_
from numbguard.desktop.dbus.blocking import BlockingBus

from . import choose
from .logind import HINT, MANAGER, PROPERTIES, SESSION, session_lookups
from .screensaver import SAVERS
from .sense import session_status

_LOGIND = "org.freedesktop.login1"


def survey(session: BlockingBus, system: BlockingBus) -> SenseStatus:
    """The sources that would serve; on Linux the first lock screen that answers, and logind for sleep."""
    if sys.platform in ("win32", "darwin"):
        return _of_this_system()
    lock: str | None = None
    logind = system.has(_LOGIND, startable=True)
    if system.has(_LOGIND):
        for member, _signature, word in session_lookups():
            if found := system.ask(_LOGIND, MANAGER.path, MANAGER.interface, member, word):
                lock = "logind" if system.ask(_LOGIND, found[0], PROPERTIES, "Get", SESSION, HINT) else None
                break
    for saver in SAVERS:
        if not lock and session.has(saver.name) and session.ask(saver.name, saver.path, saver.interface, "GetActive"):
            lock = saver.name
    why = (
        ""
        if logind
        else N_("There is no systemd-logind on this system.")
        if system.alive
        else N_("There is no system bus.")
    )
    return session_status(lock=lock, sleep="logind" if logind else None, why=[why] if why else [])


def _of_this_system() -> SenseStatus:
    """On Windows and macOS: the sources known to work there, without starting any."""
    sense = choose(None, None)
    names = sense.names
    return session_status(
        lock=names[0] if names else None, sleep=names[0] if names == ("windows",) else None, why=sense.missing
    )
