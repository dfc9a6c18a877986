"""The windows that ``numbguard show`` and the method ``Show`` on D-Bus can open, by their names. Pure."""

from __future__ import annotations

PANEL = "panel"
WINDOWS = (PANEL, "history", "insights", "settings", "stretches", "guide", "help")
"""``guide`` opens the guide at its first page after *When to get help*, which is ``help``."""
