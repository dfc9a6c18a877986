"""Idleness: how long no key was pressed and no pointer moved.

``choose`` is called by the app once the tray is shown; everything in this folder runs on the GUI thread. Candidates in
order: ``x11`` asks the X server, ``gnome`` is told by Mutter over the session bus, ``wayland`` by any other Wayland
compositor, ``unknown`` is the last and says so. A candidate can find out only later that it does not serve, or stop
serving, or come back; ``sense.IdleSense`` then turns to the next. Under Wayland the X server is XWayland, whose figure
is not to be believed: ``x11`` is not here then.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from .sense import IdleSense

_log = logging.getLogger(__name__)

GRAIN_S = 30.0
"""A pause of this length is told of by event; as fine as the samples of what has to be asked."""


class IdleBackend(Protocol):
    """One way of sensing idleness."""

    @property
    def name(self) -> str: ...

    @property
    def tells(self) -> bool:
        """It reports by itself that nobody typed for ``GRAIN_S``, and the return. Else it has to be asked."""

    @property
    def here(self) -> bool | None:
        """Whether it serves; ``None`` is "not known yet", and ``changed`` follows soon."""

    @property
    def detail(self) -> str:
        """In plain words: who serves, or why nobody does."""

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None: ...

    def ask(self) -> None:
        """Have the figure reported, in seconds."""

    def stop(self) -> None: ...


def choose(bus: Bus | None, *, scale: float = 1.0) -> IdleSense:
    """The idle sense of this desktop. ``scale`` is how many times as fast as real time the app lives."""
    from .sense import IdleSense

    backends: list[IdleBackend] = []
    missing: list[str] = []
    for candidate in _candidates(bus, scale):
        try:
            backends.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
            missing.append(str(reason))
    return IdleSense(backends, missing=missing, scale=scale)


def answering_at_once() -> Callable[[], IdleBackend]:
    """The first candidate here: the one that needs neither a bus nor an event loop to answer."""
    if sys.platform == "win32":
        from .windows import WindowsIdle

        return WindowsIdle
    if sys.platform == "darwin":
        from .macos import MacIdle

        return MacIdle
    from .x11 import X11Idle

    return X11Idle


def _candidates(bus: Bus | None, scale: float) -> tuple[Callable[[], IdleBackend], ...]:
    from .unknown import UnknownIdle

    if sys.platform in ("win32", "darwin"):
        return (answering_at_once(), UnknownIdle)
    from .gnome import GnomeIdle
    from .wayland import WaylandIdle
    from .x11 import X11Idle

    return (
        lambda: X11Idle(grain_s=GRAIN_S / scale),
        lambda: GnomeIdle(bus, grain_s=GRAIN_S / scale),
        lambda: WaylandIdle(grain_s=GRAIN_S / scale, scale=scale),
        UnknownIdle,
    )
