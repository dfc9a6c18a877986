"""Finds out once, without an event loop, which backend would sense idleness on this desktop.

Called by ``desktop.probe`` in the command line's own process. It tries the same backends in the same order as
``choose``.
"""

from __future__ import annotations

import sys

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, passage, words_of
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.blocking import PATIENCE_S, BlockingBus
from numbguard.desktop.wayland import wire as wayland_wire

from . import synchronous_candidate
from .gnome import FAILED, TELLS
from .unknown import UnknownIdle
from .wayland_protocols import LACKS, best_of
from .wayland_protocols import TELLS as WAYLAND_TELLS

_MUTTER = "org.gnome.Mutter.IdleMonitor"


def survey(session: BlockingBus) -> SenseStatus:
    """The backend that would serve, with its present figure in seconds."""
    try:
        backend = synchronous_candidate()()
    except Unavailable as reason:
        missing = words_of(reason)
    else:
        seen: list[float | None] = []
        backend.start(seen.append, lambda: None)
        backend.ask()
        detail = backend.detail
        backend.stop()
        if seen:
            return SenseStatus(backend.name, seen[0] is not None, detail, seen[0])
        missing = detail
    if sys.platform in ("win32", "darwin"):
        return SenseStatus("unknown", False, passage((UnknownIdle.detail, missing)))
    if session.has(_MUTTER):
        reply = session.ask(_MUTTER, "/org/gnome/Mutter/IdleMonitor/Core", _MUTTER, "GetIdletime")
        return SenseStatus("gnome", bool(reply), TELLS if reply else FAILED, reply[0] / 1000 if reply else None)
    wayland = _by_wayland()
    if isinstance(wayland, SenseStatus):
        return wayland
    reasons = (UnknownIdle.detail, missing, N_("This is not a GNOME desktop."), wayland)
    return SenseStatus("unknown", False, passage(reasons))


def _by_wayland() -> SenseStatus | str:
    """The idle protocol that the Wayland compositor offers, or a sentence saying why there is none."""
    try:
        protocol = best_of(wayland_wire.offered(wayland_wire.socket_path(), patience_s=PATIENCE_S))
    except Unavailable as reason:
        return words_of(reason)
    except (OSError, wayland_wire.WaylandError) as error:
        return wayland_wire.unreachable(error)
    return SenseStatus(protocol.name, True, WAYLAND_TELLS) if protocol else LACKS
