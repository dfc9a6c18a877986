"""Renaming on Windows, where a file that a program has open can be neither moved, nor replaced, nor deleted.

A virus scanner, an indexer or a backup opens a new file for moments. The functions of ``store.profile`` that put a
file in place call it, on any thread.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

_PATIENCE_S: Final = 0.5
"""Seconds to try again; the GUI thread may be the one that waits."""
_AGAIN_AFTER_S: Final = 0.02
_DRIVE_REMOTE: Final = 4
"""What GetDriveType returns for a drive on another computer."""


class InUseError(PermissionError):
    """A file that was to be moved or replaced is open, here or in another program."""


def refuse_used(path: Path) -> None:
    """Raise ``InUseError`` while a program of Windows has a file open, after half a second in which it may close it.

    Found by opening the file for this process alone (CreateFile without a share mode). Does nothing on other systems.
    """
    if sys.platform == "win32":
        import _winapi

        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                handle = _winapi.CreateFile(str(path), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0)
            except FileNotFoundError:
                return
            except PermissionError as error:
                if time.monotonic() >= until:
                    raise InUseError(error.errno, error.strerror) from error
            else:
                _winapi.CloseHandle(handle)
                return
            time.sleep(_AGAIN_AFTER_S)


def replace_patiently(fresh: Path, target: Path) -> None:
    """``Path.replace``, tried again for half a second while another program has one of the two files open.

    Raises ``OSError``, and leaves both files as they are.
    """
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fresh.replace(target)
            return
        except PermissionError:  # a sharing violation is one
            if time.monotonic() >= until:
                raise
        time.sleep(_AGAIN_AFTER_S)


def is_on_network(path: Path) -> bool:
    """Whether a file of Windows lies on another computer: by its name, or by the kind of its drive (GetDriveType).

    ``False`` on other systems.
    """
    if sys.platform == "win32":
        import ctypes

        anchor = path.absolute().anchor
        if anchor.startswith("\\\\") and not anchor.startswith("\\\\?\\"):
            return True
        try:
            return bool(ctypes.CDLL("kernel32").GetDriveTypeW(ctypes.c_wchar_p(anchor)) == _DRIVE_REMOTE)
        except OSError:  # a simulated Windows
            return False
    return False
