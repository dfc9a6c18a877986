"""Whether this process runs in Flatpak's sandbox, which shows settings of its own in place of the desktop's.

The senses of quiet and of reduced motion ask, and the notifications, on the GUI thread.
"""

from __future__ import annotations

from pathlib import Path

_INFO = Path("/.flatpak-info")


def is_sandboxed() -> bool:
    return _INFO.exists()
