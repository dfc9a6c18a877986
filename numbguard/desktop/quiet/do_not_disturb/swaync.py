"""Do-not-disturb of SwayNotificationCenter, a notification service with a panel, common on sway and Hyprland.

The service has no property for it, but a method (``GetDnd``) and a signal with the whole state after each change
(``SubscribeV2``, in older versions ``Subscribe``; https://github.com/ErikReider/SwayNotificationCenter). A program may
also inhibit its notifications, for example while the screen is shared, which counts as the same. ``quiet.choose``
builds the switch; it runs on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

from .notification_service import ON

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

SWAYNC = Service("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc", "org.erikreider.swaync.cc")
GET_DND = "GetDnd"
TELLS = N_("SwayNotificationCenter reports Do Not Disturb.")


class SwayncSwitch:
    """Works while SwayNotificationCenter runs; does not start it."""

    name = "swaync"

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't ask SwayNotificationCenter."))
        self._bus = bus
        self._available: bool | None = None
        self._on = False
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        return TELLS if self._available else ""

    @property
    def reason(self) -> str | None:
        return ON if self._on else None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        for signal in ("Subscribe", "SubscribeV2"):
            self._bus.listen(SWAYNC, signal, self._heard)
        self._bus.watch_name(SWAYNC.name, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(self._heard, self._owner_changed, self._dnd_replied)
        self._changed = lambda: None

    def _owner_changed(self, owner: str | None) -> None:
        self._available, self._on = None if owner else False, False
        if owner:
            self._bus.call(SWAYNC, GET_DND, done=self._dnd_replied)
        self._changed()

    def _dnd_replied(self, outcome: Outcome) -> None:
        self._available = isinstance(outcome, Reply)
        self._on = isinstance(outcome, Reply) and outcome.body[:1] == (True,)
        self._changed()

    def _heard(self, body: tuple[Any, ...]) -> None:
        """Handle the state: the number of notices, do-not-disturb, panel open, inhibited (not in ``Subscribe``)."""
        on = True in (*body[1:2], *body[3:4])
        if on is not self._on:
            self._on = on
            self._changed()
