"""Writes a file of the person's whole or not at all, owner-only, and leaves nothing of it behind, however that ends.

Called by exports and reports, on whichever thread. Where the system has files without a name (``O_TMPFILE``, open(2)),
the file gets its name once it is whole. Elsewhere, and where another file has to be replaced, it goes by a hidden name
for a while, which is noted in the profile beforehand: ``sweep`` takes away what a killed writer left.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from .profile import Profile, alone, open_private, sync_folder, write_whole

HIDDEN: Final = ".numbguard-export-"
"""What the hidden name begins with."""

_NO_NAMELESS: Final = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT})


@contextmanager
def fresh_file(profile: Profile, target: Path) -> Iterator[BinaryIO]:
    """A file to write into, which is ``target`` when the block ends; after an error, all is as it was.

    Raises ``OSError``.
    """
    handle = _nameless(target.parent)
    if handle is None:
        with _hidden(profile, target) as hidden, _opened(hidden) as file:
            yield file
            _force(file)
            hidden.replace(target)
    else:
        with os.fdopen(handle, "wb") as file:
            yield file
            _force(file)
            try:
                _give_name(file, target)
            except FileExistsError:
                with _hidden(profile, target) as hidden:
                    _give_name(file, hidden)
                    hidden.replace(target)
    sync_folder(target.parent)


def left_behind(profile: Profile) -> tuple[Path, ...]:
    """Files that a killed writer left under a hidden name; not those that are being written now."""
    return tuple(path for path in _noted(profile) if _is_left(path))


def sweep(profile: Profile) -> None:
    """Write over and delete what a killed writer left; what cannot be deleted stays noted."""
    noted = _noted(profile)
    if not noted:
        return
    for path in noted:
        if _is_left(path):
            with suppress(OSError):
                write_over(path)
                path.unlink()
    with suppress(OSError):
        _note(profile, [path for path in noted if os.path.lexists(path)])


def write_over(path: Path) -> None:
    """Zeros in the place of what a file holds; not through a link, nor where the file has another name too."""
    if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:
        return
    with path.open("r+b", buffering=0) as file, alone(file.fileno(), if_possible=True):
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1024 * 1024))) or left
        os.fsync(file.fileno())
        file.truncate(0)


def _nameless(folder: Path) -> int | None:
    """A file that nobody finds, and that is gone with this process; ``None`` where there are no such files."""
    if sys.platform != "linux":
        return None
    try:
        return open_private(folder, os.O_TMPFILE | os.O_WRONLY)
    except OSError as error:
        if error.errno in _NO_NAMELESS:
            return None
        raise


def _give_name(file: BinaryIO, path: Path) -> None:
    # ``os.link`` follows a link in /proc (linkat(2), AT_SYMLINK_FOLLOW) only where it is given a folder, too.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


@contextmanager
def _hidden(profile: Profile, target: Path) -> Iterator[Path]:
    path = target.with_name(f"{HIDDEN}{uuid4().hex[:12]}")
    with suppress(OSError):  # a profile that can only be read: the file is written all the same
        _note(profile, [*_noted(profile), path])
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            _note(profile, [one for one in _noted(profile) if one != path])


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Locked for as long as it is written, so that it is not taken for one that was left behind."""
    handle = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with os.fdopen(handle, "wb") as file, alone(file.fileno(), if_possible=True):
        yield file


def _force(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _is_left(path: Path) -> bool:
    if not path.name.startswith(HIDDEN) or path.is_symlink() or not path.is_file():
        return False
    if sys.platform == "win32":  # a file that is open cannot be deleted there
        return True
    import fcntl

    try:
        with path.open("r+b") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # no locks here, or not ours to open: deleting says more
        return True
    return True


def _noted(profile: Profile) -> list[Path]:
    try:
        told = json.loads(profile.unfinished.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return [Path(one) for one in told if isinstance(one, str)] if isinstance(told, list) else []


def _note(profile: Profile, paths: list[Path]) -> None:
    if paths:
        write_whole(profile.unfinished, json.dumps([os.fspath(path) for path in paths]).encode())
    else:
        profile.unfinished.unlink(missing_ok=True)
