"""Which key of GSettings is a desktop's do-not-disturb. No Qt; on any thread."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from numbguard.desktop import NotHere


@dataclass(frozen=True, slots=True)
class Key:
    """``quiet`` is the value, as ``gsettings`` writes it, that means do-not-disturb."""

    desktop: str
    schema: str
    name: str
    quiet: str


TELLS = "The desktop's settings tell of do-not-disturb."
UNREADABLE = "The desktop's switch for do-not-disturb cannot be read."

KEYS = (
    Key("GNOME", "org.gnome.desktop.notifications", "show-banners", "false"),
    Key("X-Cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false"),
    Key("MATE", "org.mate.NotificationDaemon", "do-not-disturb", "true"),
    Key("Pantheon", "io.elementary.notifications", "do-not-disturb", "true"),
)


def key_of_this_desktop() -> Key:
    """Raises ``NotHere`` on a desktop that keeps no such switch there."""
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    found = next((key for key in KEYS if key.desktop in desktops), None)
    if found is None:
        raise NotHere("This desktop keeps no do-not-disturb in GSettings.")
    if shutil.which("gsettings") is None:
        raise NotHere("The program gsettings, which reads this desktop's settings, is not installed.")
    return found
