"""A blocking connection to a message bus, for the command line: ``numbguard check`` asks while no app runs.

Called by the ``probe`` modules of ``desktop``, in the command line's own process, where waiting does no harm.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from .addresses import dbus_available

PATIENCE_S = 1.0
"""Seconds to wait for each answer."""


class BlockingBus:
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
