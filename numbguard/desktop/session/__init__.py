"""The session: that the screen is locked, and that the machine goes to sleep and wakes.

``choose`` is called by the app once the tray is shown; everything in this folder runs on the GUI thread. Unlike other
senses this one listens to all its sources at once, for one tells of sleep, another of the lock, and some of both:
``logind`` on the system bus, ``screensaver`` (the lock screens of the desktops) on the session bus, ``windows``,
``macos``. ``sense.SessionSense`` joins them. A sleep that nobody tells of is still noticed: the runtime sees the clocks
drift apart.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from numbguard.core.ports import SessionEvent
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from .sense import SessionSense

_log = logging.getLogger(__name__)


class SessionSource(Protocol):
    """One who may tell of the lock, of sleep, or of both."""

    @property
    def name(self) -> str: ...

    @property
    def tells_lock(self) -> bool:
        """Whether it would tell, as far as is known now."""

    @property
    def tells_sleep(self) -> bool: ...

    @property
    def detail(self) -> str:
        """In plain words: why it tells nothing. Empty when it does."""

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        """``locked`` hears of each change, and ``None`` when the source does not know any longer."""

    def stop(self) -> None: ...


def choose(session_bus: Bus | None, system_bus: Bus | None) -> SessionSense:
    """The session watch of this desktop."""
    from .sense import SessionSense

    sources: list[SessionSource] = []
    missing: list[str] = []
    for candidate in _candidates(session_bus, system_bus):
        try:
            sources.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
            missing.append(str(reason))
    return SessionSense(sources, missing=missing)


def _candidates(session_bus: Bus | None, system_bus: Bus | None) -> tuple[Callable[[], SessionSource], ...]:
    if sys.platform == "win32":
        from .windows import WindowsSession

        return (WindowsSession,)
    if sys.platform == "darwin":
        from .macos import MacSession

        return (MacSession,)
    from .logind import Logind
    from .screensaver import SAVERS, ScreenSaver

    savers = [lambda service=service: ScreenSaver(session_bus, service) for service in SAVERS]
    return (lambda: Logind(system_bus), *savers)
