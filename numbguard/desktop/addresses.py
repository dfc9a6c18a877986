"""Where the session's and the system's bus are, as the environment has it; asked by ``desktop.bus`` on each attempt."""

from __future__ import annotations

import os
from pathlib import Path


def session_address() -> str | None:
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return f"unix:path={place}" if place.is_socket() else None


def system_address() -> str | None:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"
