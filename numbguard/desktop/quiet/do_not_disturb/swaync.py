"""Do-not-disturb of SwayNotificationCenter, the notification service with a panel that many use on sway and Hyprland.

It has no property for it, but a question (``GetDnd``) and a signal that brings the whole state on each change
(``SubscribeV2``, and ``Subscribe`` before that; https://github.com/ErikReider/SwayNotificationCenter). A program may
inhibit its notifications, for a shared screen say, which means the same. Built by ``quiet.choose``; on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

from .notification_service import ON

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

SWAYNC = Service("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc", "org.erikreider.swaync.cc")
QUESTION = "GetDnd"
TELLS = "SwayNotificationCenter tells of do-not-disturb."


class SwayncSwitch:
    """Serves while SwayNotificationCenter runs; it is not started for this."""

    name = "swaync"

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable("This system has no session bus, so SwayNotificationCenter cannot be asked.")
        self._bus = bus
        self._here: bool | None = None
        self._on = False
        self._changed: Callable[[], None] = lambda: None

    @property
    def here(self) -> bool | None:
        return self._here

    @property
    def detail(self) -> str:
        return TELLS if self._here else ""

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
        self._bus.forget(self._heard, self._owner_changed, self._told)
        self._changed = lambda: None

    def _owner_changed(self, owner: str | None) -> None:
        self._here, self._on = None if owner else False, False
        if owner:
            self._bus.call(SWAYNC, QUESTION, done=self._told)
        self._changed()

    def _told(self, outcome: Outcome) -> None:
        self._here = isinstance(outcome, Reply)
        self._on = isinstance(outcome, Reply) and outcome.body[:1] == (True,)
        self._changed()

    def _heard(self, body: tuple[Any, ...]) -> None:
        """How many notices there are, do-not-disturb, whether the panel is open, whether somebody inhibits."""
        on = True in (*body[1:2], *body[3:4])
        if on is not self._on:
            self._on = on
            self._changed()
