"""Whether D-Bus can be used here, and the addresses of the session bus and the system bus from the environment.

The composition root asks once, ``bus`` on each attempt to connect, and so does the survey of the command line. Any
thread.
"""

from __future__ import annotations

import os
import socket
from importlib.util import find_spec
from pathlib import Path

NO_DBUS = "Nothing here speaks D-Bus: this Python has no Unix sockets, or the library jeepney is not installed."


def dbus_available() -> bool:
    """Whether D-Bus can be used: Windows and macOS have no bus, and jeepney is installed on Linux only."""
    return hasattr(socket, "AF_UNIX") and find_spec("jeepney") is not None


def session_address() -> str | None:
    """The address of the session bus, or ``None`` where the environment and the runtime folder give none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return f"unix:path={place}" if place.is_socket() else None


def system_address() -> str | None:
    """The address of the system bus."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"
