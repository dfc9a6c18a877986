"""Remembers which episode the last bare log of a profile wrote, and when.

The running app uses it on the GUI thread, ``numbguard log`` in its own process; a lock on the file keeps them apart.
The file says nothing that the log does not; *Delete everything* deletes it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator

from ..profile import Profile, open_private

_PATIENCE_S = 0.2
"""Seconds to wait for another process that is just writing a click; the click is then logged without the lock."""


class LastClick:
    """Implements ``runtime.one_numbness.ClickMemory``. Where the file cannot be used, only this process remembers."""

    def __init__(self, profile: Profile) -> None:
        self._path = profile.last_click
        self._handle: int | None = None
        self._known: tuple[str, float] | None = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        try:
            self._handle = open_private(self._path, os.O_RDWR | os.O_CREAT)
        except OSError:  # a full or read-only disk
            self._handle = None
        try:
            if self._handle is not None:
                _lock(self._handle)
            yield
        finally:
            handle, self._handle = self._handle, None
            if handle is not None:
                os.close(handle)  # releases the lock

    def read(self) -> tuple[str, float] | None:
        """Return the id and the moment of the last bare log, from this process if the file does not say."""
        if self._handle is None:
            return self._known
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            id, at = os.read(self._handle, 4096).decode().split()
            return id, float(at)
        except (OSError, ValueError):  # an empty file on a full disk, or one that makes no sense
            return self._known

    def write(self, id: str, at: float) -> None:
        self._known = (id, at)
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
                os.lseek(self._handle, 0, os.SEEK_SET)
                os.write(self._handle, f"{id} {at!r}\n".encode())


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        from ..windows_locks import lock_file

        lock_file(handle, patience_s=_PATIENCE_S)
        return
    import fcntl

    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(0.005)
        except OSError:  # a file system without locks
            return
