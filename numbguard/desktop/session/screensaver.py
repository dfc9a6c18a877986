"""The lock from the desktops' lock screens and screen savers: the signal ``ActiveChanged`` on the session bus.

``session.choose`` builds one for each service that may exist; they run on the GUI thread. A screen that is only blanked
counts as locked: nobody reads it either, and the first key ends the blanking. At the start, ``GetActive`` gives the
present state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.ports import SessionEvent
from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_DESKTOPS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
SAVERS = tuple(
    Service(f"org.{desktop}.ScreenSaver", f"/org/{desktop}/ScreenSaver", f"org.{desktop}.ScreenSaver")
    for desktop in _DESKTOPS
)
"""In this order: Plasma and most lockers; GNOME (and Budgie, Pantheon …); Cinnamon; MATE; Xfce."""


class ScreenSaver:
    """Works while a process owns the service's name."""

    reports_sleep = False

    def __init__(self, bus: Bus | None, service: Service) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so no lock screen can report anything."))
        self._bus = bus
        self._service = service
        self._owned = False
        self._heard = False
        """Whether the service has given a state; some own the name only to take inhibitors against blanking."""
        self._locked: Callable[[bool | None], None] = lambda locked: None

    @property
    def name(self) -> str:
        return self._service.name

    @property
    def reports_lock(self) -> bool:
        return self._owned and self._heard

    @property
    def detail(self) -> str:
        return ""

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        self._locked = locked
        self._bus.listen(self._service, "ActiveChanged", self._active_changed)
        self._bus.watch_name(self._service.name, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._locked = lambda locked: None
        self._bus.forget(self._active_changed, self._owner_changed, self._active_replied)

    def _owner_changed(self, owner: str | None) -> None:
        self._owned, self._heard = owner is not None, False
        self._locked(None)
        if owner:
            self._bus.call(self._service, "GetActive", done=self._active_replied)

    def _active_replied(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reply):
            self._active_changed(outcome.body)

    def _active_changed(self, body: tuple[Any, ...]) -> None:
        if len(body) == 1 and isinstance(body[0], bool):
            self._heard = True
            self._locked(body[0])
