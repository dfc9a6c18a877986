"""Whether the person has asked the system for less motion; figures then stand still.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread. On Linux the
candidates are, in order: ``kde``, which reads Plasma's settings file; ``gsettings``, for GNOME and the desktops that
keep their settings as GNOME does; ``portal``, for the other desktops and within a sandbox; and ``unknown``, which takes
motion to be welcome. Windows and macOS each have a module, followed by ``unknown``.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_log = logging.getLogger(__name__)


class ReducedMotion(Protocol):
    """One way of asking the system."""

    @property
    def name(self) -> str: ...

    def start(self) -> None:
        """Begin to follow the setting, where the system reports it by an event."""

    def is_wanted(self) -> bool:
        """Whether less motion is wanted; false while the system has not answered. Takes no time worth mentioning."""

    def stop(self) -> None: ...


def choose(bus: Bus | None) -> ReducedMotion:
    """The first candidate that works on this system, started."""
    for candidate in _candidates(bus):
        try:
            sense = candidate()
        except Unavailable as reason:
            _log.info("%s", reason)
            continue
        sense.start()
        return sense
    raise AssertionError("the last candidate always works")


def _candidates(bus: Bus | None) -> tuple[Callable[[], ReducedMotion], ...]:
    from .unknown import UnknownMotion

    if sys.platform == "win32":
        from .windows import WindowsMotion

        return WindowsMotion, UnknownMotion
    if sys.platform == "darwin":
        from .macos import MacMotion

        return MacMotion, UnknownMotion
    from .gsettings import GSettingsMotion
    from .kde import KdeMotion
    from .portal import PortalMotion

    return KdeMotion, lambda: GSettingsMotion(bus), lambda: PortalMotion(bus), UnknownMotion
