"""Hot keys: keys that log numbness or start a break while any program is in front.

The composition root calls ``choose`` once a hot key is set or its settings are looked at; everything in this folder
runs on the GUI thread. The candidates are, in order: ``x11``, which grabs the keys at the X server; ``portal``, which
asks the desktop for them (Wayland); and ``unserved``, which says how to bind the verbs of the command line in the
desktop's own settings. Windows has a module of its own; macOS has ``unserved`` alone.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from numbguard.core.settings.choices import KeyCombination
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from .keys import HotKeys

_log = logging.getLogger(__name__)

LOG, BREAK_NOW = "log", "break_now"
"""The names of the hot keys, as in the settings file."""


class HotKeyBackend(Protocol):
    """One way of getting hot keys."""

    @property
    def name(self) -> str: ...

    @property
    def available(self) -> bool | None:
        """Whether it works; ``None`` while unknown, in which case a call of ``changed`` follows soon."""

    @property
    def detail(self) -> str:
        """How it gets the keys, or why it does not, in plain words."""

    @property
    def can_suspend(self) -> bool:
        """Whether the keys can be given back for a moment without a question to the person."""

    @property
    def troubles(self) -> Mapping[str, str]:
        """A sentence for each hot key that does not work, by its name."""

    @property
    def notes(self) -> Mapping[str, str]:
        """A sentence about some of the hot keys that work, by their names."""

    def start(self, pressed: Callable[[str], None], changed: Callable[[], None]) -> None:
        """Begin; ``pressed`` gets the name of each hot key that is pressed, once however long it is held."""

    def bind(self, keys: Mapping[str, KeyCombination]) -> None:
        """Have these keys and no others."""

    def stop(self) -> None: ...


def choose(bus: Bus | None, *, titles: Mapping[str, str], program: str) -> HotKeys:
    """The hot keys of this desktop.

    ``titles`` say what each does, for the desktop to show; ``program`` is the command of this installation.
    """
    from .keys import HotKeys

    backends: list[HotKeyBackend] = []
    for candidate in candidates(bus, titles, program):
        try:
            backends.append(candidate())
        except Unavailable as reason:
            _log.info("%s", reason)
    return HotKeys(backends)


def candidates(bus: Bus | None, titles: Mapping[str, str], program: str) -> tuple[Callable[[], HotKeyBackend], ...]:
    from .unserved import UnservedHotKeys

    last = lambda: UnservedHotKeys(program)  # noqa: E731
    if sys.platform == "win32":
        from .windows import WindowsHotKeys

        return WindowsHotKeys, last
    if sys.platform == "darwin":
        return (last,)
    from .portal import PortalHotKeys
    from .x11 import X11HotKeys

    return X11HotKeys, lambda: PortalHotKeys(bus, titles), last
