"""Whether this process runs in Flatpak's sandbox, which shows settings of its own in place of the desktop's."""

from __future__ import annotations

from pathlib import Path

_INFO = Path("/.flatpak-info")


def is_sandboxed() -> bool:
    return _INFO.exists()
