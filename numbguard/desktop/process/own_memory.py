"""How much memory this process has in use, on Linux; elsewhere nobody asks.

``app.process.renewal`` calls it on the GUI thread.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
"""The second number is the resident set in pages (proc(5))."""


def resident_bytes() -> int | None:
    """Return the resident set in bytes, with the pages of libraries; ``None`` where the system does not say."""
    if sys.platform != "linux":
        return None
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):  # a sandbox without /proc
        return None
