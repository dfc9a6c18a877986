"""Stand-ins for the tests: a nudge window, mocked services, and a private bus.

The services are real processes on a real bus; only their answers are invented.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from tools.desktop.app_process import die_with_parent, end_group, wait_until
from tools.desktop.session_bus import call, has_owner

ANNOUNCEMENT = Notice(
    "Time to move",
    "You have sat for 45 minutes.",
    ((Action.START, "Start"), (Action.SNOOZE, "In 5 minutes"), (Action.SKIP, "Skip")),
)
MESSAGE = Notice("Noted", "It is in the log.")

NOTIFICATIONS = "org.freedesktop.Notifications"
MUTTER = "org.gnome.Mutter.IdleMonitor"
LOGIND = "org.freedesktop.login1"
# Debian's dbusmock works only with Debian's Python.
MOCK = ("/usr/bin/python3", "-m", "dbusmock")


class NudgeStandIn:
    """Records what a nudge window is asked to show."""

    def __init__(self) -> None:
        self.shown: Notice | None = None
        self.answer: Callable[[Action], None] = lambda action: None

    def show(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        self.shown, self.answer = notice, answered

    def close(self) -> None:
        self.shown = None


class Process:
    """A program in the background that ends with its block."""

    def __init__(self, *command: str, log: Path, **env: str) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*die_with_parent(), *command],
                env={**os.environ, **env}, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    def end(self) -> None:
        end_group(self._process)


class PrivateBus:
    """A message bus that a test can stop and restart; ``services`` is a folder of services that it may start."""

    def __init__(self, folder: Path, *, services: Path | None = None) -> None:
        self._folder = folder
        self._socket = folder / "bus"
        self.address = f"unix:path={self._socket}"
        self._daemon: Process | None = None
        (folder / "bus.conf").write_text(
            f"""<busconfig><type>session</type><listen>{self.address}</listen><auth>EXTERNAL</auth>
            {f"<servicedir>{services}</servicedir>" if services else ""}
            <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
            <allow own="*"/></policy></busconfig>""",
            encoding="utf-8",
        )

    def start(self) -> None:
        command = ("dbus-daemon", f"--config-file={self._folder / 'bus.conf'}", "--nofork")
        self._daemon = Process(*command, log=self._folder / "bus.log")
        wait_until(lambda: has_owner(self.address, "org.freedesktop.DBus"), what="the bus")

    def end(self) -> None:
        if self._daemon:
            self._daemon.end()
            self._daemon = None
        self._socket.unlink(missing_ok=True)


class Mock:
    """Controls a mocked service on a bus: what it answers and what it emits."""

    def __init__(self, bus: str, name: str, path: str, interface: str) -> None:
        self._bus, self._name, self._path, self._interface = bus, name, path, interface

    def add_method(self, member: str, takes: str, gives: str, code: str) -> None:
        self.tell("AddMethod", "sssss", self._interface, member, takes, gives, code)

    def emit(self, member: str, signature: str, *arguments: Any) -> None:
        values = [*zip(types_in(signature), arguments, strict=True)]
        self.tell("EmitSignal", "sssav", self._interface, member, signature, values)

    def add_object(self, path: str, interface: str, properties: dict[str, tuple[str, Any]]) -> None:
        """Add another object to the service, with properties and no methods."""
        self.tell("AddObject", "ssa{sv}a(ssss)", path, interface, properties, [])

    def change(self, path: str, interface: str, **properties: tuple[str, Any]) -> None:
        """Set properties of an object, and emit the signal that services emit for it."""
        mock = Mock(self._bus, self._name, path, interface)
        mock.tell("UpdateProperties", "sa{sv}", interface, properties)

    def calls(self, member: str) -> list[Any]:
        return [arguments for _when, arguments in self.tell("GetMethodCalls", "s", member)]

    def tell(self, member: str, signature: str, *arguments: Any) -> Any:
        """Call any other method of the mock's control interface."""
        where = DBusAddress(self._path, self._name, "org.freedesktop.DBus.Mock")
        return call(self._bus, where, member, signature, *arguments)


def types_in(signature: str) -> list[str]:
    """The single types of a D-Bus signature: ``sa(ss)`` is ``s`` and ``a(ss)``."""
    return re.findall(r"a*(?:\([^)]*\)|\{[^}]*\}|[a-z])", signature)


@contextmanager
def mocked(bus: str, name: str, path: str, interface: str, *, log: Path) -> Iterator[Mock]:
    """A service that owns the name and has no methods until the test adds some."""
    process = Process(*MOCK, name, path, interface, log=log, DBUS_SESSION_BUS_ADDRESS=bus)
    try:
        wait_until(lambda: has_owner(bus, name), what=f"the mocked {name}; see {log}")
        yield Mock(bus, name, path, interface)
    finally:
        process.end()


def notification_mock_command(capabilities: str) -> tuple[str, ...]:
    return (*MOCK, "--template", "notification_daemon", "--parameters", json.dumps({"capabilities": capabilities}))


@contextmanager
def mocked_notifications(bus: str, capabilities: str, *, log: Path) -> Iterator[Mock]:
    """A notification service that claims these capabilities and shows nothing."""
    process = Process(*notification_mock_command(capabilities), log=log, DBUS_SESSION_BUS_ADDRESS=bus)
    try:
        wait_until(lambda: has_owner(bus, NOTIFICATIONS), what=f"the mocked notifications; see {log}")
        yield Mock(bus, NOTIFICATIONS, "/org/freedesktop/Notifications", NOTIFICATIONS)
    finally:
        process.end()
