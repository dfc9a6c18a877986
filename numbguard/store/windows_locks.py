"""File locks on Windows, by ``msvcrt.locking``: on one byte far behind the end of a file.

A lock of Windows keeps others from reading and writing the bytes that it covers, so it covers none that anybody uses.
It is released when the handle is closed or its process ends. The store and the profile's lock use it, on any thread.
"""

from __future__ import annotations

import ctypes
import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

_FAR = 0x7FFF0000
"""The locked byte; ``msvcrt.locking`` takes offsets of 31 bits."""
_AGAIN_AFTER_S = 0.01
_AT_ONCE, _ALONE = 1, 2
"""LOCKFILE_FAIL_IMMEDIATELY, LOCKFILE_EXCLUSIVE_LOCK."""


class _Overlapped(ctypes.Structure):
    """The structure OVERLAPPED, of which a lock uses the offset."""

    _fields_ = [
        ("internal", ctypes.c_void_p),
        ("internal_high", ctypes.c_void_p),
        ("offset", ctypes.c_uint32),
        ("offset_high", ctypes.c_uint32),
        ("event", ctypes.c_void_p),
    ]


@contextmanager
def locked_together(path: Path, *, together: bool, patience_s: float) -> Iterator[None]:
    """Hold a lock on a file of its own, made if need be; ``together``: others may hold it, too, in the same way.

    Enters the block without the lock where the file cannot be made or has no locks. Raises ``OSError`` if somebody
    else has it for longer than ``patience_s``.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError:  # a folder that may only be read
        yield
        return
    try:
        if not _lock_shared(handle, together=together, patience_s=patience_s):
            raise OSError(errno.EACCES, "another program has locked it")
        yield
    finally:
        os.close(handle)  # releases the lock


def _lock_shared(handle: int, *, together: bool, patience_s: float) -> bool:
    """``lock_file`` by LockFileEx, which ``msvcrt`` does not offer: only that can lock a file for several at a time."""
    try:
        kernel = ctypes.CDLL("kernel32")
    except OSError:  # a simulated Windows
        return True
    kernel.LockFileEx.argtypes = (ctypes.c_void_p, *[ctypes.c_uint32] * 4, ctypes.c_void_p)
    system_handle, flags = _c_library().get_osfhandle(handle), _AT_ONCE | (0 if together else _ALONE)
    until = time.monotonic() + patience_s
    while not kernel.LockFileEx(system_handle, flags, 0, 1, 0, ctypes.byref(_Overlapped(offset=_FAR))):
        if time.monotonic() >= until:
            return False
        time.sleep(_AGAIN_AFTER_S)
    return True


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
