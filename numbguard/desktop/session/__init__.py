"""The session: whether the screen is locked, and when the machine goes to sleep and wakes.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread. Unlike other senses,
this one listens to all its sources at once, as some report sleep, some the lock, and some both: ``logind`` on the
system bus, ``screensaver`` (the desktops' lock screens) on the session bus, ``windows`` and ``macos``.
``sense.SessionSense`` combines them. The runtime detects a sleep that no source reports, because the clocks drift
apart.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from numbguard.core.ports import SessionEvent
from numbguard.core.sentence import words_of
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from .sense import SessionSense

_log = logging.getLogger(__name__)


class SessionSource(Protocol):
    """A source that may report the lock, sleep, or both. A constructor raises ``Unavailable`` where it cannot work."""

    @property
    def name(self) -> str: ...

    @property
    def reports_lock(self) -> bool:
        """Whether it would report the lock, as far as is known now."""

    @property
    def reports_sleep(self) -> bool:
        """Whether it would report sleep, as far as is known now."""

    @property
    def detail(self) -> str:
        """Why it reports nothing, in plain words; empty if it does report."""

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        """Call ``locked`` on each change of the lock, with ``None`` when the state becomes unknown, and ``slept`` at
        each sleep and waking."""

    def stop(self) -> None: ...


def choose(session_bus: Bus | None, system_bus: Bus | None) -> SessionSense:
    """The session sense of this desktop."""
    from .sense import SessionSense

    sources: list[SessionSource] = []
    missing: list[str] = []
    for candidate in _candidates(session_bus, system_bus):
        try:
            sources.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
            missing.append(words_of(reason))
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
