"""Reads from the kernel what a process has used, and from the bus when its tray icon was there.

`tools.bench.__main__` calls it, on one thread. Linux only, as the bench is.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.low_level import HeaderFields
from jeepney.wrappers import unwrap_msg

from tools.desktop.session_bus import TRAY_WATCHER, BusFailure, process_of

_THE_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


@dataclass(frozen=True)
class Use:
    """What a process had used at one moment."""

    at: float
    cpu_s: float
    switches: int


def use(pid: int) -> Use:
    """Processor time of the whole process, and how often its threads went to sleep by themselves."""
    switches = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        found = re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read_text(encoding="ascii"), re.MULTILINE)
        assert found is not None
        switches += int(found[1])
    return Use(time.monotonic(), cpu_seconds(pid), switches)


def cpu_seconds(pid: int) -> float:
    """Processor time so far, ended threads included, to the nanosecond.

    The kernel has a clock for each process; its number is made of the process id (see clock_getcpuclockid).
    """
    return time.clock_gettime((~pid << 3) | 2)


def memory_mb(pid: int) -> float:
    """Proportional set size: its own memory, and its share of what it shares with others."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s*(\d+) kB", rollup, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


class TrayWatch:
    """Waits for tray icons to be registered; it has to listen before the program is started."""

    def __init__(self, bus: str) -> None:
        self._bus = bus
        self._connection = open_dbus_connection(bus)
        rule = f"type='signal',interface='{TRAY_WATCHER.interface}',member='StatusNotifierItemRegistered'"
        message = new_method_call(_THE_BUS, "AddMatch", "s", (rule,))
        unwrap_msg(self._connection.send_and_get_reply(message, timeout=5))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def registered(self, pid: int, timeout: float = 30.0) -> Use:
        """What the process had used when its icon was there; `at` is the moment of it."""
        deadline = time.monotonic() + timeout
        while True:
            message = self._connection.receive(timeout=max(deadline - time.monotonic(), 0))
            seen = use(pid)
            if (
                message.header.message_type is MessageType.signal
                and message.header.fields.get(HeaderFields.member) == "StatusNotifierItemRegistered"
                and self._is_of(pid, message.body[0])
            ):
                return seen

    def _is_of(self, pid: int, registered: str) -> bool:
        try:
            return process_of(self._bus, registered.partition("/")[0]) == pid
        except BusFailure:
            return False
