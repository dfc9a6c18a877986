"""Whether the desktop's portal reports high contrast: ``org.freedesktop.portal.Settings`` (XDG Desktop Portal).

Qt knows this itself on Windows, macOS and GNOME; this serves the other desktops, and a sandbox. The app makes it on the
GUI thread. The portal is not started for this: it is asked once it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_PORTAL: Final = Service(
    "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
)
_Key = tuple[str, str]
_MEANINGS: Final[Mapping[_Key, Callable[[Any], bool]]] = {
    ("org.freedesktop.appearance", "contrast"): lambda value: value == 1,
    ("org.gnome.desktop.a11y.interface", "high-contrast"): lambda value: value is True,
    # Plasma has no switch; its schemes of this kind have it in their names, such as “BreezeHighContrast”.
    ("org.kde.kdeglobals.General", "ColorScheme"): lambda value: "contrast" in str(value).lower(),
}
"""What each setting says if high contrast is wanted."""


class PortalContrast:
    def __init__(self, bus: Bus, changed: Callable[[bool], None]) -> None:
        """``changed`` is called with whether high contrast is wanted, each time that becomes another."""
        self._bus = bus
        self._changed = changed
        self._wanted: dict[_Key, bool] = {}
        self._said = False

    def start(self) -> None:
        self._bus.listen(_PORTAL, "SettingChanged", self._setting_changed)
        self._bus.watch_name(_PORTAL.name, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(self._setting_changed, self._owner_changed)

    def _owner_changed(self, owner: str | None) -> None:
        if owner is not None:
            for key in _MEANINGS:
                self._bus.call(_PORTAL, "Read", "ss", *key, done=partial(self._answered, key))

    def _answered(self, key: _Key, outcome: Outcome) -> None:
        if isinstance(outcome, Reply):
            self._keep(key, outcome.body[0])

    def _setting_changed(self, body: tuple[Any, ...]) -> None:
        if len(body) == 3 and body[:2] in _MEANINGS:
            self._keep(body[:2], body[2])

    def _keep(self, key: _Key, value: Any) -> None:
        while isinstance(value, tuple):  # a variant, or one in another: its type and its value
            value = value[1]
        self._wanted[key] = _MEANINGS[key](value)
        wanted = any(self._wanted.values())
        if wanted is not self._said:
            self._said = wanted
            self._changed(wanted)
