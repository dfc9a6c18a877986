"""Do-not-disturb from a property of the notification service on the session bus.

KDE has ``Inhibited`` on ``org.freedesktop.Notifications``, dunst ``paused`` on ``org.dunstproject.cmd0``, and mako the
mode ``do-not-disturb`` (the name in its manual) among ``Modes`` on ``fr.emersion.Mako``. Each announces its changes.
Mako before 1.8 has only the method ``ListModes`` and announces nothing, so it alone is asked again and again: every
``ASK_EVERY_S`` seconds, and when somebody needs to know now (``catch_up``). ``quiet.choose`` builds the switch; it runs
on the GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:  # the probe imports no Qt
    from PySide6.QtCore import QTimer

    from numbguard.desktop.dbus.bus import Bus

NAME = "org.freedesktop.Notifications"
_PROPERTIES = "org.freedesktop.DBus.Properties"
ON = N_("Do Not Disturb is on")


@dataclass(frozen=True, slots=True)
class ServiceProperty:
    """A property of the notification service; ``on`` says whether a value means do-not-disturb."""

    backend: str
    path: str
    interface: str
    property: str
    on: Callable[[Any], bool] = bool


MAKO = Service(NAME, "/fr/emersion/Mako", "fr.emersion.Mako")
LIST_MODES = "ListModes"
_MODE = "do-not-disturb"
ASK_EVERY_S = 30.0
"""Seconds between two questions to a service that announces nothing."""
ASK_APART_S = 2.0
"""Seconds that lie at least between two such questions, however often somebody needs to know."""

SWITCHES = (
    ServiceProperty("kde", "/org/freedesktop/Notifications", NAME, "Inhibited"),
    ServiceProperty("dunst", "/org/freedesktop/Notifications", "org.dunstproject.cmd0", "paused"),
    ServiceProperty("mako", MAKO.path, MAKO.interface, "Modes", lambda modes: _MODE in modes),
)


class ServiceSwitch:
    """Works while the service that owns the notifications' bus name has one of the properties."""

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't ask the notification service."))
        self._bus = bus
        self._owner: str | None = None
        self._known: dict[ServiceProperty, bool] = {}
        self._asked = False
        self._listed: bool | None = None
        """What ``ListModes`` said last; ``None`` unless it is the only way to know."""
        self._listed_at = 0.0
        self._again: QTimer | None = None
        self._changed: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        known = next((switch.backend for switch in self._known), "freedesktop")
        return known if self._listed is None else "mako"

    @property
    def available(self) -> bool | None:
        return self._tells if self._tells or self._asked else None

    @property
    def _tells(self) -> bool:
        return bool(self._known) or self._listed is not None

    @property
    def detail(self) -> str:
        if self._tells:
            return N_("The notification service reports Do Not Disturb.")
        if self._owner:
            return N_("The notification service doesn't report Do Not Disturb.")
        return self._bus.trouble or N_("No notification service is running on this desktop.")

    @property
    def reason(self) -> str | None:
        return ON if self._listed or any(self._known.values()) else None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        for path in dict.fromkeys(switch.path for switch in SWITCHES):
            self._bus.listen(Service(NAME, path, _PROPERTIES), "PropertiesChanged", self._properties_changed)
        self._bus.watch_name(NAME, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(self._properties_changed, self._owner_changed)
        self._changed = lambda: None
        self._owner = None
        self._stop_asking()

    def catch_up(self) -> None:
        """Ask a service that announces nothing; it answers within a moment."""
        if self._listed is not None and time.monotonic() - self._listed_at >= ASK_APART_S:
            self._list_modes()

    def _owner_changed(self, owner: str | None) -> None:
        self._owner, self._known, self._asked = owner, {}, owner is None
        self._stop_asking()
        if owner:
            for switch in SWITCHES:
                service = Service(NAME, switch.path, _PROPERTIES)
                words = (switch.interface, switch.property)
                self._bus.call(service, "Get", "ss", *words, done=partial(self._answered, owner, switch))
        self._changed()

    def _answered(self, owner: str, switch: ServiceProperty, outcome: Outcome) -> None:
        if owner != self._owner:
            return
        self._asked = True
        if isinstance(outcome, Reply):
            self._take(switch, outcome.body[0])
        elif switch.interface == MAKO.interface:
            self._list_modes()
        self._changed()

    def _list_modes(self) -> None:
        self._listed_at = time.monotonic()
        self._bus.call(MAKO, LIST_MODES, done=partial(self._modes_listed, self._owner))

    def _modes_listed(self, owner: str | None, outcome: Outcome) -> None:
        if owner != self._owner or not isinstance(outcome, Reply):
            return
        before, self._listed = self._listed, _MODE in outcome.body[0]
        if self._again is None:
            from PySide6.QtCore import QTimer

            self._again = QTimer(interval=int(ASK_EVERY_S * 1000))
            self._again.timeout.connect(self._list_modes)
            self._again.start()
        if self._listed is not before:
            self._changed()

    def _stop_asking(self) -> None:
        self._listed = None
        if self._again:
            self._again.stop()
            self._again.deleteLater()
            self._again = None

    def _properties_changed(self, body: tuple[Any, ...]) -> None:
        if len(body) != 3 or not isinstance(body[1], dict):
            return
        for switch in SWITCHES:
            if body[0] == switch.interface and switch.property in body[1]:
                self._take(switch, body[1][switch.property])
                self._changed()

    def _take(self, switch: ServiceProperty, variant: Any) -> None:
        _signature, value = variant
        if isinstance(value, bool | list):
            self._known[switch] = switch.on(value)
