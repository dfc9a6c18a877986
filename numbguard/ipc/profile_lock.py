"""The lock of a profile: an advisory lock on a file in it, which the app holds while it runs.

A socket left by a crash is recognised by it. ``server`` takes the lock before the app starts; a second start reads from
the file where the first app runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.store.profile import Profile, open_private

from .line import Unreachable
from .platform_line import line_of

if TYPE_CHECKING:
    from .whereabouts import Whereabouts


class AlreadyRunning(Exception):
    """Another app has this profile."""


class NoFileLocks(Exception):
    """The file system of the profile has no locks, so NumbGuard cannot tell whether another app has the profile."""


def held_lock(profile: Profile) -> int:
    """Open and lock the lock file. If it was deleted under a running app, the profile still counts as taken.

    Raises ``AlreadyRunning``, ``NoFileLocks``, ``OSError``.
    """
    path = _lock_file(profile)
    while True:
        was_there = path.exists()
        lock = open_private(path, os.O_RDWR | os.O_CREAT)
        try:
            if not _lock(lock) or (not was_there and _is_listened_to(profile)):
                raise AlreadyRunning
            try:
                if os.path.samestat(os.fstat(lock), path.stat()):
                    return lock
            except FileNotFoundError:
                pass
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)  # it was deleted meanwhile: try the file that is there now


def hold(profile: Profile, lock: int) -> int | None:
    """Return the held lock, made again if somebody has deleted its file; ``None`` if another app has the profile.

    Raises ``OSError``, ``NoFileLocks``.
    """
    path, found = _lock_file(profile), os.fstat(lock)
    try:
        if os.path.samestat(found, path.lstat()):
            return lock
    except FileNotFoundError:
        pass
    if not profile.folder.is_dir():
        return lock
    fresh = open_private(path, os.O_RDWR | os.O_CREAT)
    if not _lock(fresh):
        os.close(fresh)
        return None
    os.close(lock)
    write_whereabouts(fresh)
    return fresh


def write_whereabouts(lock: int) -> None:
    """Write into the lock file where this app runs. Only a second start needs it, so a full disk does not matter."""
    from datetime import datetime

    from .whereabouts import Whereabouts

    try:
        os.ftruncate(lock, 0)
        os.write(lock, Whereabouts.here(since=datetime.now().astimezone()).written())
    except OSError:
        pass


def whereabouts(profile: Profile) -> Whereabouts | None:
    """Return where the app of this profile runs; ``None`` where that is not known."""
    from .whereabouts import LONGEST, Whereabouts

    try:
        with _lock_file(profile).open("rb") as file:
            return Whereabouts.read(file.read(LONGEST))
    except OSError:
        return None


def _lock_file(profile: Profile) -> Path:
    return profile.folder / "numbguard.lock"


def _is_listened_to(profile: Profile) -> bool:
    try:
        return line_of(profile).is_listened_to()
    except Unreachable:
        return False


def _lock(descriptor: int) -> bool:
    """Take the advisory lock, which the system releases however the process ends. ``False``: another process has it."""
    if sys.platform == "win32":
        from numbguard.store.windows_locks import lock_file

        return lock_file(descriptor)
    import errno
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise NoFileLocks from error
    return True
