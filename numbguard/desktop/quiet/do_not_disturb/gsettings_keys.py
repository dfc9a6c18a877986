"""Which key of GSettings is a desktop's do-not-disturb. No Qt; on any thread."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from numbguard.desktop import Unavailable


@dataclass(frozen=True, slots=True)
class GSettingsKey:
    """``quiet`` is the value, as ``gsettings`` writes it, that means do-not-disturb."""

    desktop: str
    schema: str
    name: str
    quiet: str


TELLS = "The desktop's settings tell of do-not-disturb."
UNREADABLE = "The desktop's switch for do-not-disturb cannot be read."

KEYS = (
    GSettingsKey("GNOME", "org.gnome.desktop.notifications", "show-banners", "false"),
    GSettingsKey("X-Cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false"),
    GSettingsKey("MATE", "org.mate.NotificationDaemon", "do-not-disturb", "true"),
    GSettingsKey("Pantheon", "io.elementary.notifications", "do-not-disturb", "true"),
)


def key_of_this_desktop() -> GSettingsKey:
    """Raises ``Unavailable`` on a desktop that keeps no such switch there."""
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    found = next((key for key in KEYS if key.desktop in desktops), None)
    if found is None:
        raise Unavailable("This desktop keeps no do-not-disturb in GSettings.")
    if shutil.which("gsettings") is None:
        raise Unavailable("The program gsettings, which reads this desktop's settings, is not installed.")
    return found
