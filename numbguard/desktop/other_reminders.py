"""Detects the desktop's own break reminders, which would compete with NumbGuard's; GNOME has had them since version 48.

The app creates the watch on the GUI thread; it does nothing unless GNOME runs. The key ``selected-breaks`` of
``org.gnome.desktop.break-reminders`` lists the reminders that are on: ``movement``, ``eyesight``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus
    from numbguard.desktop.quiet.do_not_disturb.gsettings import GSetting


class OtherReminders:
    """Calls ``found`` with the names of GNOME's active reminders, at the start and after each change of the setting.

    It makes no call while none is active.
    """

    def __init__(self, bus: Bus | None, found: Callable[[frozenset[str]], None]) -> None:
        self._found = found
        self._setting: GSetting | None = None
        if bus and "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":") and shutil.which("gsettings"):
            from numbguard.desktop.quiet.do_not_disturb.gsettings import GSetting

            self._setting = GSetting(bus, "org.gnome.desktop.break-reminders", "selected-breaks", self._value_read)
            self._setting.start()

    def stop(self) -> None:
        if self._setting:
            self._setting.stop()
            self._setting = None

    def _value_read(self, value: str | None) -> None:
        names = frozenset(name for name in ("movement", "eyesight") if value and f"'{name}'" in value)
        if names:
            self._found(names)
