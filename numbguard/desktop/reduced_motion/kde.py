"""Less motion on Plasma: *Animation speed* at *Instant*, which is ``AnimationDurationFactor=0`` in ``kdeglobals``.

``reduced_motion.choose`` builds it; it runs on the GUI thread. The file is a few hundred lines and is read whenever a
figure is about to be shown, so nothing has to be watched.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.sandbox import is_sandboxed

_GROUP, _KEY = "[KDE]", "AnimationDurationFactor"


class KdeMotion:
    """Works on Plasma."""

    name = "kde"

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        """Raises ``Unavailable``."""
        self._environ = os.environ if environ is None else environ
        if "KDE" not in self._environ.get("XDG_CURRENT_DESKTOP", "").split(":") or is_sandboxed():
            raise Unavailable(N_("This is not a Plasma desktop."))

    def start(self) -> None:
        pass

    def is_wanted(self) -> bool:
        for folder in self._folders():
            factor = _factor(folder / "kdeglobals")
            if factor is not None:
                return factor == 0.0
        return False

    def stop(self) -> None:
        pass

    def _folders(self) -> list[Path]:
        """The person's own folder of settings, then the system's."""
        own = self._environ.get("XDG_CONFIG_HOME") or Path(self._environ.get("HOME", "~")).expanduser() / ".config"
        system = self._environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        return [Path(own), *map(Path, system.split(":"))]


def _factor(file: Path) -> float | None:
    """The factor by which this file sets the length of animations; ``None`` if it does not."""
    with suppress(OSError, ValueError):
        group = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                group = line.strip()
            key, equals, value = line.partition("=")
            # “[$i]” after a key means that the administrator has fixed it.
            if group == _GROUP and equals and key.partition("[")[0].strip() == _KEY:
                return float(value)
    return None
