"""Idleness from GNOME's Mutter, ``org.gnome.Mutter.IdleMonitor`` on the session bus: right under X11 and Wayland alike.

Built by ``idle.choose``; on the GUI thread. It is asked when the sense is asked, and answers a moment later. Mutter's
watches, which would tell without being asked, are not used yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import NotHere
from ..calls import Outcome, Reply, Service

if TYPE_CHECKING:
    from ..bus import Bus

_NAME = "org.gnome.Mutter.IdleMonitor"
_SERVICE = Service(_NAME, "/org/gnome/Mutter/IdleMonitor/Core", _NAME)


class GnomeIdle:
    """Serves for as long as somebody owns Mutter's name."""

    name = "gnome"
    tells = False

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise NotHere("This system has no session bus, so Mutter cannot be asked.")
        self._bus = bus
        self._owned: bool | None = None
        self._asking = False
        self._trouble = ""
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._changed: Callable[[], None] = lambda: None

    @property
    def here(self) -> bool | None:
        return self._owned

    @property
    def detail(self) -> str:
        if self._owned:
            return self._trouble or "GNOME tells how long nobody has typed or moved the pointer."
        return self._bus.trouble or "This is not a GNOME desktop."

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed
        self._bus.watch_name(_NAME, self._owner_changed)
        self._bus.open()

    def ask(self) -> None:
        # One question at a time: a Mutter that hangs is not to be buried under them.
        if not self._asking:
            self._asking = True
            self._bus.call(_SERVICE, "GetIdletime", done=self._told)

    def stop(self) -> None:
        self._bus.forget(self._owner_changed, self._told)

    def _owner_changed(self, owner: str | None) -> None:
        self._owned = owner is not None
        self._asking = False
        self._changed()

    def _told(self, outcome: Outcome) -> None:
        self._asking = False
        if isinstance(outcome, Reply):
            self._trouble = ""
            self._report(outcome.body[0] / 1000)
        else:
            self._trouble = "GNOME did not tell how long nobody has typed or moved the pointer."
            self._report(None)
