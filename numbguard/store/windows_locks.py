"""File locks on Windows, by ``msvcrt.locking``: on one byte far behind the end of a file.

A lock of Windows keeps others from reading and writing the bytes that it covers, so it covers none that anybody uses.
It is released when the handle is closed or its process ends. The store and the profile's lock use it, on any thread.
"""

from __future__ import annotations

import os
import time
from importlib import import_module
from typing import Any

_FAR = 0x7FFF0000
"""The locked byte; ``msvcrt.locking`` takes offsets of 31 bits."""
_AGAIN_AFTER_S = 0.01


def lock_file(handle: int, *, patience_s: float = 0.0) -> bool:
    """Lock an open file for this handle alone; ``False`` if another has it for longer than ``patience_s``."""
    msvcrt = _c_library()
    until = time.monotonic() + patience_s
    at = os.lseek(handle, 0, os.SEEK_CUR)
    while True:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
        finally:
            os.lseek(handle, at, os.SEEK_SET)
        time.sleep(_AGAIN_AFTER_S)


def unlock_file(handle: int) -> None:
    """Release the lock of an open file, if it has one."""
    msvcrt = _c_library()
    at = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, _FAR, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    except OSError:  # it was entered without the lock
        pass
    finally:
        os.lseek(handle, at, os.SEEK_SET)


def _c_library() -> Any:
    """The module ``msvcrt``, which only Windows has."""
    return import_module("msvcrt")
