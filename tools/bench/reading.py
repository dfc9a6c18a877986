"""Reads a process's resource use from the kernel, and the time of its tray icon's registration from the bus.

`tools.bench.__main__` calls it on one thread. It works on Linux only, as does the bench.
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
    """The resources that a process had used by one moment; `at` is on the monotonic clock, in seconds."""

    at: float
    cpu_s: float
    switches: int


def use(pid: int) -> Use:
    """Return the processor time of the whole process and the number of voluntary context switches of its threads."""
    switches = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        found = re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read_text(encoding="ascii"), re.MULTILINE)
        assert found is not None
        switches += int(found[1])
    return Use(time.monotonic(), cpu_seconds(pid), switches)


def cpu_seconds(pid: int) -> float:
    """Return the processor time so far in seconds, with ended threads, to the nanosecond.

    The kernel has a clock for each process; its number derives from the process id (see clock_getcpuclockid).
    """
    return time.clock_gettime((~pid << 3) | 2)


def memory_mb(pid: int) -> float:
    """Return the proportional set size in MiB: private memory and a share of shared memory."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s*(\d+) kB", rollup, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


class TrayWatch:
    """Waits for the registration of tray icons; create it before starting the program."""

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
        """Wait up to `timeout` seconds for the icon and return what the process had used by then.

        Raises `TimeoutError`.
        """
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
