"""Whether this desktop lists minimised windows somewhere, so that a window may start minimised and still be found.

The app asks when no tray shows its icon; no Qt, any thread.
"""

from __future__ import annotations

import os
import sys

_WITH_DASH_OR_TASKBAR = frozenset(
    {
        *("Budgie", "COSMIC", "Cinnamon", "Deepin", "DDE", "ENLIGHTENMENT", "GNOME", "GNOME-Classic", "KDE", "LXDE"),
        *("LXQt", "MATE", "Pantheon", "UKUI", "Unity", "X-Cinnamon", "XFCE"),
    }
)
"""Names in ``$XDG_CURRENT_DESKTOP``. Sway, Hyprland and bare window managers are not among them: most people there have
no list of windows, and some of these cannot minimise one."""


def lists_minimised_windows() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return not _WITH_DASH_OR_TASKBAR.isdisjoint(os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"))
