"""Less motion on the desktops that keep it in GSettings: GNOME and those that follow it, Cinnamon and MATE.

``reduced_motion.choose`` builds it; it runs on the GUI thread. The key is read once the session bus is connected, and
again when dconf reports that it was written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.sandbox import is_sandboxed

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_SCHEMAS: Final[Mapping[str, str]] = {
    "GNOME": "org.gnome.desktop.interface",
    "Unity": "org.gnome.desktop.interface",
    "Budgie": "org.gnome.desktop.interface",
    "Pantheon": "org.gnome.desktop.interface",
    "X-Cinnamon": "org.cinnamon.desktop.interface",
    "MATE": "org.mate.interface",
}
"""By the desktop's name in ``$XDG_CURRENT_DESKTOP``."""
_KEY = "enable-animations"


class GSettingsMotion:
    """Works on these desktops, where the program ``gsettings`` is installed."""

    name = "gsettings"

    def __init__(self, bus: Bus | None, environ: Mapping[str, str] | None = None) -> None:
        """Raises ``Unavailable``."""
        desktops = (os.environ if environ is None else environ).get("XDG_CURRENT_DESKTOP", "").split(":")
        schema = next((_SCHEMAS[name] for name in desktops if name in _SCHEMAS), None)
        if schema is None or is_sandboxed():
            raise Unavailable(N_("This desktop has no setting for animations in GSettings."))
        if bus is None or shutil.which("gsettings") is None:
            raise Unavailable(N_("The program gsettings, which reads this desktop's settings, is not installed."))
        from numbguard.desktop.quiet.do_not_disturb.gsettings import GSetting

        self._animates = True
        self._setting = GSetting(bus, schema, _KEY, self._read)

    def start(self) -> None:
        self._setting.start()

    def is_wanted(self) -> bool:
        return not self._animates

    def stop(self) -> None:
        self._setting.stop()

    def _read(self, value: str | None) -> None:
        self._animates = value != "false"
