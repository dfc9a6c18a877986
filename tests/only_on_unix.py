"""What Windows does not have, or has otherwise: marks and checks of tests. `./dev windows` lists the reasons."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

ON_WINDOWS = sys.platform == "win32"

has_modes = pytest.mark.skipif(ON_WINDOWS, reason="Windows has lists of rights instead of modes")
has_links = pytest.mark.skipif(ON_WINDOWS, reason="an ordinary user of Windows may not make links")
has_homes = pytest.mark.skipif(ON_WINDOWS, reason="Windows takes ~name for a folder beside one's own")
has_a_disk_without_locks = pytest.mark.skipif(ON_WINDOWS, reason="every file system of Windows has locks")

KILL_NOW = "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
"""Python by which a process ends itself at once: on Windows SIGTERM cannot be handled either (TerminateProcess)."""
KILLED = int(signal.SIGTERM) if ON_WINDOWS else -9
"""The exit status of a process that was ended so."""


def is_private(path: Path) -> bool:
    """Whether the mode of a file or folder gives nobody but its owner a right.

    On Windows it has none; there a file inherits the rights of its folder.
    """
    return ON_WINDOWS or not stat.S_IMODE(path.stat().st_mode) & 0o077
