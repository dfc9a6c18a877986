"""Whether a message bus can be spoken to, and where the session's and the system's are, as the environment has it.

Asked by the composition root once, by ``bus`` on each attempt to connect, and by the survey of the command
line.
"""

from __future__ import annotations

import os
import socket
from importlib.util import find_spec
from pathlib import Path

SPEECHLESS = "Nothing here speaks D-Bus: this Python has no Unix sockets, or the library jeepney is not installed."


def speaks_dbus() -> bool:
    """Windows and macOS have no bus, so that jeepney is installed on Linux alone."""
    return hasattr(socket, "AF_UNIX") and find_spec("jeepney") is not None


def session_address() -> str | None:
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return f"unix:path={place}" if place.is_socket() else None


def system_address() -> str | None:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"
