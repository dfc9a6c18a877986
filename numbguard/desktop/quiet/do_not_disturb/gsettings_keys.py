"""The GSettings key of each desktop's do-not-disturb, for ``gsettings`` and the command line. No Qt, any thread."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.sandbox import is_sandboxed


@dataclass(frozen=True, slots=True)
class GSettingsKey:
    """A key of GSettings; ``quiet`` is the value, as ``gsettings`` prints it, that means do-not-disturb."""

    desktop: str
    """The desktop's name in ``$XDG_CURRENT_DESKTOP``."""
    schema: str
    name: str
    quiet: str


TELLS = N_("The desktop's settings report Do Not Disturb.")
UNREADABLE = N_("The desktop's Do Not Disturb setting can't be read.")

KEYS = (
    GSettingsKey("GNOME", "org.gnome.desktop.notifications", "show-banners", "false"),
    GSettingsKey("X-Cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false"),
    GSettingsKey("MATE", "org.mate.NotificationDaemon", "do-not-disturb", "true"),
    GSettingsKey("Pantheon", "io.elementary.notifications", "do-not-disturb", "true"),
)


def key_of_this_desktop() -> GSettingsKey:
    """The key of the running desktop.

    Raises ``Unavailable`` if it has none, without the program ``gsettings``, and within Flatpak's sandbox, where that
    program reads settings of the sandbox's own.
    """
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    found = next((key for key in KEYS if key.desktop in desktops), None)
    if found is None:
        raise Unavailable(N_("This desktop has no Do Not Disturb setting in GSettings."))
    if is_sandboxed():
        raise Unavailable(UNREADABLE)
    if shutil.which("gsettings") is None:
        raise Unavailable(N_("The program gsettings, which reads this desktop's settings, is not installed."))
    return found
