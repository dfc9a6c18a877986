"""How Wayland compositors are asked to tell of idleness. No Qt; used by ``idle.wayland`` and by the command line."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from numbguard.desktop.wayland.wire import SEAT, request

TELLS = "The Wayland compositor tells when nobody types or moves the pointer, and when somebody does again."
LACKS = "The Wayland compositor does not tell of idleness: it lacks ext_idle_notify_v1."


@dataclass(frozen=True, slots=True)
class IdleProtocol:
    """A way of being told of idleness: https://wayland.app/protocols/ext-idle-notify-v1 or what KWin had before it."""

    name: str
    interface: str
    version: int
    """The newest that we can speak."""
    watch: int
    """The number of the request for a notification."""
    seat_first: bool
    unwatch: int = 0
    idled: int = 0
    resumed: int = 1


EXT = IdleProtocol("ext-idle-notify", "ext_idle_notifier_v1", 2, watch=1, seat_first=False)
KWIN = IdleProtocol("kwin-idle", "org_kde_kwin_idle", 1, watch=0, seat_first=True)
PROTOCOLS = (EXT, KWIN)
"""The better one first."""
_WATCH_INPUT = 2
"""From version 2 on, ext-idle-notify tells of input alone, whatever a film player wants of the screen."""


def watch_request(protocol: IdleProtocol, *, version: int, manager: int, seat: int, new: int, after_ms: int) -> bytes:
    """Have object ``new`` tell when there was no input for ``after_ms`` milliseconds, and when there is again."""
    number = _WATCH_INPUT if protocol is EXT and version >= 2 else protocol.watch
    return request(manager, number, new, *((seat, after_ms) if protocol.seat_first else (after_ms, seat)))


def best_of(offered: Container[str]) -> IdleProtocol | None:
    """Of what a compositor offers, the way in which it would tell."""
    return next((one for one in PROTOCOLS if one.interface in offered and SEAT in offered), None)
