"""Idleness: the time since the last key press or pointer movement.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread. On Linux the
candidates are, in order: ``x11``, which queries the X server; ``gnome``, to which Mutter reports over the session bus;
``wayland``, to which any other Wayland compositor reports; and ``unknown``, which reports that nothing is known.
Windows and macOS each have a module, followed by ``unknown``. A candidate may discover after its start that it cannot
work, may stop working, and may recover; ``sense.IdleSense`` then switches to the first that works. Under Wayland the X
server is XWayland, whose figure is unreliable, so ``x11`` is unavailable there.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from numbguard.core.sentence import words_of
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from .sense import IdleSense

_log = logging.getLogger(__name__)

PAUSE_S = 30.0
"""Seconds without input after which an event source reports a pause; equal to the runtime's polling interval."""


class IdleBackend(Protocol):
    """One way of sensing idleness."""

    @property
    def name(self) -> str: ...

    @property
    def event_driven(self) -> bool:
        """Whether it reports each pause of ``PAUSE_S`` and its end without being asked; if not, it has to be polled."""

    @property
    def available(self) -> bool | None:
        """Whether it works; ``None`` while unknown, in which case a call of ``changed`` follows soon."""

    @property
    def detail(self) -> str:
        """What supplies the figure, or why nothing does, in plain words."""

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None: ...

    def ask(self) -> None:
        """Have ``report`` called with the idle time in real seconds, now or once the desktop has answered."""

    def stop(self) -> None: ...


def choose(bus: Bus | None, *, scale: float = 1.0) -> IdleSense:
    """The idle sense of this desktop. ``scale`` is the speed of the app's time relative to real time."""
    from .sense import IdleSense

    backends: list[IdleBackend] = []
    missing: list[str] = []
    for candidate in _candidates(bus, scale):
        try:
            backends.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
            missing.append(words_of(reason))
    return IdleSense(backends, missing=missing, scale=scale)


def synchronous_candidate() -> Callable[[], IdleBackend]:
    """The first candidate on this system, which answers without a bus and without an event loop."""
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
        return (synchronous_candidate(), UnknownIdle)
    from .gnome import GnomeIdle
    from .x11 import X11Idle

    return (
        lambda: X11Idle(pause_s=PAUSE_S / scale),
        lambda: GnomeIdle(bus, pause_s=PAUSE_S / scale),
        lambda: _wayland_idle(scale),
        UnknownIdle,
    )


def _wayland_idle(scale: float) -> IdleBackend:
    from numbguard.desktop.wayland.wire import socket_path

    socket_path()  # raises Unavailable under X11, before anything else is imported
    from .wayland import WaylandIdle

    return WaylandIdle(pause_s=PAUSE_S / scale, scale=scale)
