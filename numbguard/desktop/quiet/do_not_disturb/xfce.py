"""Do-not-disturb of Xfce: the property ``/do-not-disturb`` of the Xfconf channel ``xfce4-notifyd``.

``quiet.choose`` builds the switch; it runs on the GUI thread. Xfconf announces changes; it is not started for this.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

from .notification_service import NAME, ON

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

XFCONF = Service("org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf")
SWITCH = ("xfce4-notifyd", "/do-not-disturb")
NOTIFIER = Service(NAME, "/org/freedesktop/Notifications", NAME)
GET_SERVER, XFCE_SERVER = "GetServerInformation", "Xfce Notify Daemon"
"""The method that asks the notification service for its name, and the name that Xfce's service returns first."""


class XfceSwitch:
    """Works while Xfconf runs, if this is Xfce, Xfce's service shows the notifications, or the switch has been set."""

    name = "xfce"

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't read Xfce's settings."))
        self._bus = bus
        self._is_xfce = "XFCE" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
        self._owned: bool | None = None
        self._notifyd = False
        self._value: bool | None = None
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        if self._owned is None:
            return None
        return self._owned and (self._is_xfce or self._notifyd or self._value is not None)

    @property
    def detail(self) -> str:
        return N_("Xfce reports Do Not Disturb.") if self.available else N_("This is not an Xfce desktop.")

    @property
    def reason(self) -> str | None:
        return ON if self._value else None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._bus.listen(XFCONF, "PropertyChanged", self._set)
        self._bus.listen(XFCONF, "PropertyRemoved", self._reset)
        self._bus.watch_name(NAME, self._notifier_changed)
        self._bus.watch_name(XFCONF.name, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(
            self._set,
            self._reset,
            self._notifier_changed,
            self._server_replied,
            self._owner_changed,
            self._value_replied,
        )

    def _notifier_changed(self, owner: str | None) -> None:
        self._notifyd = False
        if owner:
            self._bus.call(NOTIFIER, GET_SERVER, done=self._server_replied)
        self._changed()

    def _server_replied(self, outcome: Outcome) -> None:
        self._notifyd = isinstance(outcome, Reply) and outcome.body[:1] == (XFCE_SERVER,)
        self._changed()

    def _owner_changed(self, owner: str | None) -> None:
        self._owned, self._value = owner is not None, None
        if owner:
            self._bus.call(XFCONF, "GetProperty", "ss", *SWITCH, done=self._value_replied)
        self._changed()

    def _value_replied(self, outcome: Outcome) -> None:
        # The call fails if the switch has never been set, which means off.
        self._take(outcome.body[0] if isinstance(outcome, Reply) else None)

    def _set(self, body: tuple[Any, ...]) -> None:
        if body[:2] == SWITCH:
            self._take(body[2])

    def _reset(self, body: tuple[Any, ...]) -> None:
        if body[:2] == SWITCH:
            self._take(None)

    def _take(self, variant: Any) -> None:
        self._value = bool(variant[1]) if variant else None
        self._changed()
