"""Surveys once, without an event loop, what this desktop offers: for ``numbguard check`` while no app runs.

The command line calls it in its own process, where blocking calls do no harm. It tries the same backends in the same
order as ``idle``, ``session`` and ``notify`` do in the app.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from numbguard.core.ports import SenseStatus
from numbguard.desktop.dbus.addresses import NO_DBUS, dbus_available, session_address, system_address

from . import Unavailable

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings

PATIENCE_S = 1.0
"""Seconds to wait for each answer."""
_NOTIFICATIONS = "org.freedesktop.Notifications"
_TRAY = "org.kde.StatusNotifierWatcher"
_MUTTER = "org.gnome.Mutter.IdleMonitor"
_LOGIND = "org.freedesktop.login1"


class _Bus:
    """A blocking connection to a message bus; ``ask`` returns ``None`` for anything it cannot find out."""

    def __init__(self, address: str | None) -> None:
        self._connection: Any = None
        if address and dbus_available():
            from jeepney.io.blocking import open_dbus_connection

            with suppress(Exception):  # an unreachable bus is simply absent, whatever the cause
                self._connection = open_dbus_connection(bus=address)

    @property
    def alive(self) -> bool:
        return self._connection is not None

    def ask(self, name: str, path: str, interface: str, member: str, *words: str | int) -> Any:
        if not self._connection:
            return None
        from jeepney import DBusAddress, MessageType, new_method_call

        signature = "".join("s" if isinstance(word, str) else "u" for word in words)
        call = new_method_call(DBusAddress(path, bus_name=name, interface=interface), member, signature or None, words)
        with suppress(Exception):
            reply = self._connection.send_and_get_reply(call, timeout=PATIENCE_S)
            if reply.header.message_type is MessageType.method_return:
                return reply.body
        return None

    def has(self, name: str, *, startable: bool = False) -> bool:
        """Whether a process owns the name or, with ``startable``, the bus could start one that would."""
        bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        owned = self.ask(*bus, "NameHasOwner", name)
        if owned and owned[0]:
            return True
        names = self.ask(*bus, "ListActivatableNames") if startable else None
        return bool(names and name in names[0])

    def close(self) -> None:
        if self._connection:
            self._connection.close()


def survey(settings: Settings) -> dict[str, SenseStatus]:
    """The backend that would serve each sense with these settings, by the name of the sense."""
    from numbguard.desktop.quiet.probe import survey as quiet

    session, system = _Bus(session_address()), _Bus(system_address())
    try:
        return {
            "idle": _idle(session),
            "session": _session(session, system),
            "quiet": quiet(session, system, settings),
            "notify": _notify(session),
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


def _idle(session: _Bus) -> SenseStatus:
    from numbguard.desktop.idle.gnome import FAILED, TELLS
    from numbguard.desktop.idle.unknown import UnknownIdle

    from .idle import synchronous_candidate

    try:
        backend = synchronous_candidate()()
    except Unavailable as reason:
        missing = str(reason)
    else:
        seen: list[float | None] = []
        backend.start(seen.append, lambda: None)
        backend.ask()
        detail = backend.detail
        backend.stop()
        if seen:
            return SenseStatus(backend.name, seen[0] is not None, detail, seen[0])
        missing = detail
    if sys.platform in ("win32", "darwin"):
        return SenseStatus("unknown", False, f"{UnknownIdle.detail} {missing}")
    if session.has(_MUTTER):
        reply = session.ask(_MUTTER, "/org/gnome/Mutter/IdleMonitor/Core", _MUTTER, "GetIdletime")
        return SenseStatus("gnome", bool(reply), TELLS if reply else FAILED, reply[0] / 1000 if reply else None)
    wayland = _idle_by_wayland()
    if isinstance(wayland, SenseStatus):
        return wayland
    reasons = (UnknownIdle.detail, missing, "This is not a GNOME desktop.", wayland)
    return SenseStatus("unknown", False, " ".join(reasons))


def _idle_by_wayland() -> SenseStatus | str:
    """The idle protocol that the Wayland compositor offers, or a sentence saying why there is none."""
    from numbguard.desktop.idle.wayland_protocols import LACKS, TELLS, best_of

    from .wayland import wire as wayland_wire

    try:
        protocol = best_of(wayland_wire.offered(wayland_wire.socket_path(), patience_s=PATIENCE_S))
    except Unavailable as reason:
        return str(reason)
    except (OSError, wayland_wire.WaylandError) as error:
        return f"The Wayland compositor cannot be reached: {getattr(error, 'strerror', None) or error}."
    return SenseStatus(protocol.name, True, TELLS) if protocol else LACKS


def _session(session: _Bus, system: _Bus) -> SenseStatus:
    if sys.platform in ("win32", "darwin"):
        return _session_of_this_system()
    from numbguard.desktop.session.logind import HINT, MANAGER, PROPERTIES, SESSION, session_lookups
    from numbguard.desktop.session.screensaver import SAVERS
    from numbguard.desktop.session.sense import session_status

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
    why = "" if logind else "There is no systemd-logind on this system." if system.alive else "There is no system bus."
    return session_status(lock=lock, sleep="logind" if logind else None, why=[why] if why else [])


def _session_of_this_system() -> SenseStatus:
    """On Windows and macOS: the sources known to work there, without starting any."""
    from numbguard.desktop.session.sense import session_status

    from .session import choose

    sense = choose(None, None)
    names = sense.names
    return session_status(
        lock=names[0] if names else None, sleep=names[0] if names == ("windows",) else None, why=sense.missing
    )


def _notify(session: _Bus) -> SenseStatus:
    from numbguard.desktop.notify.plyer import SERVED, PlyerBackend

    from .notify import OWN_WINDOW

    service = (_NOTIFICATIONS, "/org/freedesktop/Notifications", _NOTIFICATIONS)
    if session.has(_NOTIFICATIONS, startable=True):
        able = session.ask(*service, "GetCapabilities")
        reply = session.ask(*service, "GetServerInformation")
        server = f"{reply[0]} {reply[2]}" if reply else "The notification service"
        if able and "actions" in able[0]:
            return SenseStatus("freedesktop", True, f"{server} shows notifications.")
        why = f"{server} shows notifications, but without answers."
    else:
        why = "No notification service runs on this desktop."
        if sys.platform in SERVED:
            why = PlyerBackend.detail
        elif not dbus_available():
            why = NO_DBUS
    return SenseStatus("window", True, f"{why} {OWN_WINDOW}")
