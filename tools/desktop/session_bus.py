"""Makes calls on the private bus of a virtual desktop and records the notifications that pass over it.

Tests, `tools.desktop.virtual_desktop` and `tools.desktop.tray_menu` call it on the test's thread; `NoticeTap` listens
on a thread of its own. Calls block: a test has nothing better to do than to wait for the answer.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, Message, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from tools.desktop.app_process import PATIENCE_S

_NOTIFICATIONS = "org.freedesktop.Notifications"
_THE_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")

TRAY_WATCHER = DBusAddress("/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher")

BusFailure = (DBusErrorResponse, OSError, TimeoutError)
"""The exceptions that a call raises if the bus or the addressee is missing."""


def call(bus: str, where: DBusAddress, member: str, signature: str = "", *arguments: Any) -> Any:
    """Call one method and return its result: None, one value, or a tuple of several."""
    with open_dbus_connection(bus) as connection:
        message = new_method_call(where, member, signature or None, arguments)
        values = unwrap_msg(connection.send_and_get_reply(message, timeout=PATIENCE_S))
    return values[0] if len(values) == 1 else (values or None)


def get_property(bus: str, where: DBusAddress, name: str) -> Any:
    """Return the value of a property, without its variant wrapper."""
    properties = DBusAddress(where.object_path, where.bus_name, "org.freedesktop.DBus.Properties")
    _signature, value = call(bus, properties, "Get", "ss", where.interface, name)
    return value


def has_owner(bus: str, name: str) -> bool:
    """Return whether a client of the bus owns the name; False without a bus."""
    try:
        return bool(call(bus, _THE_BUS, "NameHasOwner", "s", name))
    except BusFailure:
        return False


def process_of(bus: str, name: str) -> int:
    """Return the process id of a bus name's owner."""
    return int(call(bus, _THE_BUS, "GetConnectionUnixProcessID", "s", name))


@dataclass
class Notice:
    """One notification as the app requested it, and what happened to it."""

    app: str
    replaces: int
    summary: str
    body: str
    actions: dict[str, str]
    hints: dict[str, Any]
    timeout: int
    id: int | None = None
    invoked: list[str] = field(default_factory=list)
    withdrawn: bool = False
    closed: bool = False


class NoticeTap:
    """Records every notification that passes over a bus from now on, whatever daemon shows it."""

    def __init__(self, bus: str) -> None:
        self._notices: list[Notice] = []
        self._waiting: dict[tuple[str, int], Notice] = {}
        self._lock = threading.Lock()
        self._connection = open_dbus_connection(bus)
        rules = [
            f"type='method_call',interface='{_NOTIFICATIONS}'",
            f"type='signal',interface='{_NOTIFICATIONS}'",
            "type='method_return'",
        ]
        monitoring = DBusAddress(_THE_BUS.object_path, _THE_BUS.bus_name, "org.freedesktop.DBus.Monitoring")
        message = new_method_call(monitoring, "BecomeMonitor", "asu", (rules, 0))
        unwrap_msg(self._connection.send_and_get_reply(message, timeout=PATIENCE_S))
        self._thread = threading.Thread(target=self._listen, args=(self._connection,), daemon=True)
        self._thread.start()

    def notices(self) -> list[Notice]:
        """Return all notifications requested so far, oldest first."""
        with self._lock:
            return list(self._notices)

    def close(self) -> None:
        """Stop listening; recorded notifications can still be read."""
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(2)
        self._thread.join(timeout=5)
        self._connection.close()

    def _listen(self, connection: DBusConnection) -> None:
        while True:
            try:
                message = connection.receive()
            except (OSError, ValueError):
                return
            with self._lock:
                self._hear(message)

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        kind, member = message.header.message_type, fields.get(HeaderFields.member)
        if kind is MessageType.method_call and member == "Notify":
            app, replaces, _icon, summary, body, actions, hints, timeout = message.body
            notice = Notice(
                app=app,
                replaces=replaces,
                summary=summary,
                body=body,
                actions=dict(zip(actions[::2], actions[1::2], strict=False)),
                hints={name: value for name, (_signature, value) in hints.items()},
                timeout=timeout,
            )
            self._notices.append(notice)
            self._waiting[fields.get(HeaderFields.sender, ""), message.header.serial] = notice
        elif kind is MessageType.method_return:
            asked = (fields.get(HeaderFields.destination, ""), fields.get(HeaderFields.reply_serial, 0))
            answered = self._waiting.pop(asked, None)
            if answered is not None:
                answered.id = message.body[0]
        elif kind is MessageType.method_call and member == "CloseNotification":
            for notice in self._latest(message.body[0]):
                notice.withdrawn = True
        elif kind is MessageType.signal and member == "ActionInvoked":
            for notice in self._latest(message.body[0]):
                notice.invoked.append(message.body[1])
        elif kind is MessageType.signal and member == "NotificationClosed":
            for notice in self._latest(message.body[0]):
                notice.closed = True

    def _latest(self, notice_id: int) -> list[Notice]:
        return [notice for notice in self._notices if notice.id == notice_id][-1:]
