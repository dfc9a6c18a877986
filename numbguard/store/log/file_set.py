"""A log and its journal as one: the paths that belong to a log, and how they are linked aside, copied and deleted.

SQLite finds a journal by its name: it replays a ``-wal`` into whatever file it lies beside, and deletes an orphan. So
nothing else in NumbGuard may move, copy or delete a log. The repair, the restore and *Delete everything* call it, on
any thread.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from numbguard.store.profile import alone, make_folder, open_private, sync_folder

_STILL_AT_WORK_S = 3600.0
"""A half-made log this young, in seconds, may be one that another process is making."""

_SUFFIXES = ("-wal", "-shm", "-journal")


def beside(log: Path) -> tuple[Path, ...]:
    """The paths of a log's journal and shared memory, whether or not they exist."""
    return tuple(log.with_name(f"{log.name}{suffix}") for suffix in _SUFFIXES)


def has_journal(log: Path) -> bool:
    """Whether a journal beside the log contains entries that the log may lack."""
    return any(path.exists() and path.stat().st_size > 0 for path in beside(log) if not path.name.endswith("-shm"))


@contextmanager
def locked_folder(folder: Path, *, together: bool = False) -> Iterator[None]:
    """Lock the profile folder for this process alone, or shared with other readers (``together``).

    Not on Windows, which cannot lock a folder and does not let a file in use be moved.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with ExitStack() as lock:
            try:
                lock.enter_context(alone(handle, together=together))
            except OSError as error:
                if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                    raise  # some network file systems have no such locks; NumbGuard must work there
            yield
    finally:
        os.close(handle)


def copy_set(log: Path, target: Path) -> None:
    """Copy a log and its journal, owner-only; the shared memory is made anew by SQLite."""
    import shutil

    for old, new in zip((log, *beside(log)), (target, *beside(target)), strict=True):
        if old.exists() and not old.name.endswith("-shm"):
            with (
                old.open("rb") as source,
                os.fdopen(open_private(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY), "wb") as to,
            ):
                shutil.copyfileobj(source, to)


def put_in_place(fresh: Path, log: Path, aside: Path) -> None:
    """Replace a log by a finished one; the former log and its journal stay, whole, under the name ``aside``.

    To be called with the profile folder locked. A crash at any point leaves the former log under both names or the new
    one in place, never none.
    """
    make_folder(aside.parent)
    former = [(old, new) for old, new in zip((*beside(log), log), (*beside(aside), aside), strict=True) if old.exists()]
    for old, new in former:
        _link(old, new)
    sync_folder(aside.parent)
    for old, _ in former:
        if old != log:
            old.unlink()
    fresh.replace(log)
    sync_folder(log.parent)


def tidy(folder: Path) -> None:
    """Delete half-made logs that a killed process left in the profile more than an hour ago."""
    import shutil

    with suppress(OSError):
        for left in (*folder.glob(".numbguard-new-*"), *folder.glob(".numbguard-mend-*")):
            if time.time() - left.stat().st_mtime < _STILL_AT_WORK_S:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def free_path(folder: Path, stem: str) -> Path:
    """A path for ``stem.db`` in a folder that no file has yet."""
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path


def identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class NameWatch:
    """Shows whether a file that is open elsewhere in this process still has a name, on systems that can tell."""

    def __init__(self, path: Path) -> None:
        # Closing a descriptor of this kind releases none of SQLite's locks, unlike an ordinary one.
        kind = getattr(os, "O_PATH", None)
        self._handle: int | None = None
        if kind is not None:
            with suppress(OSError):
                self._handle = os.open(path, kind | os.O_CLOEXEC)

    def is_deleted(self) -> bool:
        return self._handle is not None and os.fstat(self._handle).st_nlink == 0

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _link(old: Path, new: Path) -> None:
    try:
        new.hardlink_to(old)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV):
            raise
        # A file system without hard links, such as FAT.
        import shutil

        with old.open("rb") as source, os.fdopen(open_private(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY), "wb") as to:
            shutil.copyfileobj(source, to)
            to.flush()
            os.fsync(to.fileno())
