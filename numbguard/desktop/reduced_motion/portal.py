"""Less motion as the desktop's portal reports it: ``org.freedesktop.portal.Settings`` (XDG Desktop Portal).

``reduced_motion.choose`` builds it; it runs on the GUI thread. The portal is not started for this: it is asked once it
runs. It passes on the settings of the desktop by their own names, and newer ones also a common ``reduced-motion``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_PORTAL = Service(
    "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
)
_Key = tuple[str, str]
_MEANINGS: Final[Mapping[_Key, Callable[[Any], bool]]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: value == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): lambda value: isinstance(value, str) and float(value) == 0.0,
}
"""What each setting says if less motion is wanted."""


class PortalMotion:
    """Works where there is a session bus."""

    name = "portal"

    def __init__(self, bus: Bus | None) -> None:
        """Raises ``Unavailable``."""
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't see changes to this desktop's settings."))
        self._bus = bus
        self._wanted: dict[_Key, bool] = {}

    def start(self) -> None:
        self._bus.listen(_PORTAL, "SettingChanged", self._changed)
        self._bus.watch_name(_PORTAL.name, self._owner_changed)
        self._bus.open()

    def is_wanted(self) -> bool:
        return any(self._wanted.values())

    def stop(self) -> None:
        self._bus.forget(self._changed, self._owner_changed)

    def _owner_changed(self, owner: str | None) -> None:
        if owner is None:
            return
        for key in _MEANINGS:
            self._bus.call(_PORTAL, "Read", "ss", *key, done=partial(self._answered, key))

    def _answered(self, key: _Key, outcome: Outcome) -> None:
        if isinstance(outcome, Reply):
            self._keep(key, outcome.body[0])

    def _changed(self, body: tuple[Any, ...]) -> None:
        if len(body) == 3 and body[:2] in _MEANINGS:
            self._keep(body[:2], body[2])

    def _keep(self, key: _Key, value: Any) -> None:
        while isinstance(value, tuple):  # a variant, or one in another: its type and its value
            value = value[1]
        try:
            self._wanted[key] = _MEANINGS[key](value)
        except (TypeError, ValueError):
            self._wanted.pop(key, None)
