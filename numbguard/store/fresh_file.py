"""Writes a file for the person, owner-only: whole or not at all, even if the process is killed.

Exports and reports call it, on any thread. Where the system has files without a name (``O_TMPFILE``, open(2)), the file
gets its name once it is whole. Elsewhere, and where it replaces another file, it has a hidden name for a while. That
name is noted in the profile beforehand, so that ``sweep`` can delete the file of a writer that was killed.
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

from .profile import Profile, alone, open_private, replace_file, sync_folder, write_whole

HIDDEN: Final = ".numbguard-export-"
"""The beginning of the hidden name."""

_NO_NAMELESS: Final = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT})


@contextmanager
def fresh_file(profile: Profile, target: Path) -> Iterator[BinaryIO]:
    """Give a file to write into, which becomes ``target`` when the block ends; an error leaves ``target`` unchanged.

    Raises ``OSError``.
    """
    handle = _nameless(target.parent)
    if handle is None:
        with _hidden(profile, target) as hidden:
            with _opened(hidden) as file:
                yield file
                _force(file)
                if sys.platform != "win32":  # as long as it is locked, nobody takes it for one of a killed writer
                    replace_file(hidden, target)
            if sys.platform == "win32":  # there an open file cannot be renamed
                replace_file(hidden, target)
    else:
        with os.fdopen(handle, "wb") as file:
            yield file
            _force(file)
            try:
                _give_name(file, target)
            except FileExistsError:
                with _hidden(profile, target) as hidden:
                    _give_name(file, hidden)
                    replace_file(hidden, target)
    sync_folder(target.parent)


def left_behind(profile: Profile) -> tuple[Path, ...]:
    """Return the files that killed writers left under hidden names, without those that are being written now."""
    return tuple(path for path in _noted(profile) if _is_left(path))


def sweep(profile: Profile) -> None:
    """Overwrite and delete the files of killed writers; one that cannot be deleted stays noted."""
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
    """Overwrite a file with zeros and empty it, unless it is a link or has another name. Raises ``OSError``."""
    if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:
        return
    with path.open("r+b", buffering=0) as file, alone(file.fileno(), if_possible=True):
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1024 * 1024))) or left
        os.fsync(file.fileno())
        file.truncate(0)


def _nameless(folder: Path) -> int | None:
    """Open a file without a name, which vanishes with this process; return ``None`` where the system has none."""
    if sys.platform != "linux":
        return None
    try:
        return open_private(folder, os.O_TMPFILE | os.O_WRONLY)
    except OSError as error:
        if error.errno in _NO_NAMELESS:
            return None
        raise


def _give_name(file: BinaryIO, path: Path) -> None:
    # ``os.link`` follows a link in /proc (linkat(2), AT_SYMLINK_FOLLOW) only if it is given a folder as well.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


@contextmanager
def _hidden(profile: Profile, target: Path) -> Iterator[Path]:
    path = target.with_name(f"{HIDDEN}{os.urandom(6).hex()}")
    with suppress(OSError):  # a read-only profile: write the file all the same
        _note(profile, [*_noted(profile), path])
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            _note(profile, [one for one in _noted(profile) if one != path])


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a new file and keep it locked while it is written, which tells it from one of a killed writer."""
    handle = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with os.fdopen(handle, "wb") as file, alone(file.fileno(), if_possible=True):
        yield file


def _force(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _is_left(path: Path) -> bool:
    if not path.name.startswith(HIDDEN) or path.is_symlink() or not path.is_file():
        return False
    if sys.platform == "win32":
        from .windows_locks import lock_file

        try:
            with path.open("r+b") as file:
                return lock_file(file.fileno())
        except OSError:  # a file that another program holds: the attempt to delete it will show
            return True
    import fcntl

    try:
        with path.open("r+b") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # no locks here, or a file of somebody else: the attempt to delete it will show
        return True
    return True


def _noted(profile: Profile) -> list[Path]:
    try:
        content = json.loads(profile.unfinished.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return [Path(one) for one in content if isinstance(one, str)] if isinstance(content, list) else []


def _note(profile: Profile, paths: list[Path]) -> None:
    if paths:
        write_whole(profile.unfinished, json.dumps([os.fspath(path) for path in paths]).encode())
    else:
        profile.unfinished.unlink(missing_ok=True)
