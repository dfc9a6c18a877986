"""Remembers the files that were written for the person, so that *Delete everything* can find them.

Every export and report calls it, on the thread that wrote the file. A path that cannot be recorded is not an error:
the file exists, and it is the person's.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from .profile import Profile, write_whole

_MOST = 1000


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as NumbGuard wrote it. Device, inode, size and time of change show whether it is still the same."""

    path: Path
    file: tuple[int, int, int, int]

    def is_there(self) -> bool:
        """Whether the file exists and has not been changed since."""
        try:
            return _mark(self.path) == self.file
        except (OSError, ValueError):  # ValueError: a name that no file can have
            return False


def remember(profile: Profile, path: Path) -> None:
    """Record a file that was just written for the person."""
    try:
        known = [one for one in remembered(profile) if one.path != path]
        _write(profile, [*known, WrittenFile(path, _mark(path))][-_MOST:])
    except OSError:
        return


def remembered(profile: Profile) -> tuple[WrittenFile, ...]:
    """Return the recorded files, oldest first, without entries that NumbGuard cannot have written."""
    try:
        content = json.loads(profile.exports.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    files = (_read(entry) for entry in content) if isinstance(content, list) else ()
    return tuple(file for file in files if file is not None)


def _read(entry: object) -> WrittenFile | None:
    match entry:
        case {"path": str() as path, "file": [int() as device, int() as inode, int() as size, int() as changed_ns]}:
            return None if "\0" in path else WrittenFile(Path(path), (device, inode, size, changed_ns))
    return None


def _write(profile: Profile, files: list[WrittenFile]) -> None:
    plain = [{"path": os.fspath(one.path), "file": list(one.file)} for one in files]
    write_whole(profile.exports, json.dumps(plain).encode())


def _mark(path: Path) -> tuple[int, int, int, int]:
    found = path.lstat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
