"""The two Wayland protocols that report idleness. No Qt, any thread; used by ``idle.wayland`` and the command line."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from numbguard.core.sentence import N_
from numbguard.desktop.wayland.wire import SEAT, request

TELLS = N_("The Wayland compositor reports when the keyboard and mouse are idle, and when you use them again.")
LACKS = N_("The Wayland compositor doesn't report idle time: it lacks ext_idle_notify_v1.")


@dataclass(frozen=True, slots=True)
class IdleProtocol:
    """The numbers of one protocol: https://wayland.app/protocols/ext-idle-notify-v1, or KWin's predecessor of it."""

    name: str
    interface: str
    version: int
    """The newest version supported here."""
    watch: int
    """Opcode of the manager's request for a notification object."""
    seat_first: bool
    """Whether the seat precedes the timeout in that request."""
    unwatch: int = 0
    """Opcode of the request that destroys a notification object."""
    idled: int = 0
    """Number of the event that reports a pause."""
    resumed: int = 1
    """Number of the event that reports the next input."""


EXT = IdleProtocol("ext-idle-notify", "ext_idle_notifier_v1", 2, watch=1, seat_first=False)
KWIN = IdleProtocol("kwin-idle", "org_kde_kwin_idle", 1, watch=0, seat_first=True)
PROTOCOLS = (EXT, KWIN)
"""In order of preference."""
_WATCH_INPUT = 2
"""Opcode in version 2 of ext-idle-notify: only input counts, so a film that inhibits idleness does not hide a pause."""


def watch_request(protocol: IdleProtocol, *, version: int, manager: int, seat: int, new: int, after_ms: int) -> bytes:
    """The request that makes object ``new`` report ``after_ms`` milliseconds without input, and the next input."""
    number = _WATCH_INPUT if protocol is EXT and version >= 2 else protocol.watch
    return request(manager, number, new, *((seat, after_ms) if protocol.seat_first else (after_ms, seat)))


def best_of(offered: Container[str]) -> IdleProtocol | None:
    """The preferred protocol among the interfaces that a compositor offers, or ``None``."""
    return next((one for one in PROTOCOLS if one.interface in offered and SEAT in offered), None)
