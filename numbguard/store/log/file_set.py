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

from numbguard.core.sentence import N_
from numbguard.store.profile import alone, make_folder, open_private, replace_file, sync_folder
from numbguard.store.windows_files import refuse_used

_STILL_AT_WORK_S = 3600.0
"""A half-made log this young, in seconds, may be one that another process is making."""

FOLDER_LOCK = ".numbguard-folder"
"""The name of the file that is locked in place of the folder on Windows."""
_PATIENCE_S = 30.0
"""Seconds to wait for that lock, which is held for moments only."""

_SUFFIXES = ("-wal", "-shm", "-journal")

_HEADER, _MODES, _ROLLBACK = 20, slice(18, 20), b"\1\1"
"""The bytes of a log that say how it is written, and their value without write-ahead logging (file format, 1.3.3)."""


def beside(log: Path) -> tuple[Path, ...]:
    """Return the paths of a log's journal and shared memory, whether or not they exist.

    Of a log that is a link they lie beside the file to which it leads, as SQLite has it.
    """
    file = Path(os.path.realpath(log))
    return tuple(file.with_name(f"{file.name}{suffix}") for suffix in _SUFFIXES)


def has_journal(log: Path) -> bool:
    """Whether a journal beside the log contains entries that the log may lack."""
    return any(_is_filled(path) for path in beside(log) if not path.name.endswith("-shm"))


def foreign_journal(log: Path) -> str | None:
    """Say how the log and the ``-wal`` beside it do not belong together; ``None`` where they do, or there is none.

    To be asked before SQLite opens the log: SQLite deletes the ``-wal`` of an empty file, and replays any other into
    the file beside it. To be called with the profile folder locked.
    """
    if not _is_filled(beside(log)[0]):
        return None
    if not log.exists():
        return N_("The log {log} is missing, and only its journal is there.")
    if not log.stat().st_size:
        return N_("The log {log} is empty.")
    if read_log(log, _HEADER)[_MODES] == _ROLLBACK:
        # Write-ahead logging is on for as long as a log has a -wal, and every copy that NumbGuard makes is without.
        return N_("The log {log} was replaced by another, and the journal of the previous one is still beside it.")
    return None


def read_log(log: Path, length: int | None = None) -> bytes:
    """Read a log, or its first bytes, without releasing the locks that this process holds on it.

    On POSIX systems closing any descriptor of a file releases all locks that the process holds on it, those of SQLite's
    connections included (SQLite, "How To Corrupt An SQLite Database File", 2.2). So the descriptor stays open for the
    rest of the process, one for each file, as SQLite itself does it. Raises ``OSError``.
    """
    if sys.platform == "win32":  # locks belong to a descriptor there, and a file that is open cannot be moved
        with log.open("rb") as file:
            return file.read() if length is None else file.read(length)
    handle = _kept_open.get(identity(log) or (0, 0))
    if handle is None:
        handle = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
        found = os.fstat(handle)
        _kept_open[found.st_dev, found.st_ino] = handle
    content, left = bytearray(), os.fstat(handle).st_size if length is None else length
    while left > 0 and (piece := os.pread(handle, left, len(content))):
        content += piece
        left -= len(piece)
    return bytes(content)


_kept_open: dict[tuple[int, int], int] = {}
"""Descriptors that ``read_log`` leaves open, by device and inode."""


@contextmanager
def locked_folder(folder: Path, *, together: bool = False) -> Iterator[None]:
    """Lock the profile folder for this process alone, or shared with other readers (``together``).

    Windows cannot lock a folder, so a file in it is locked, which stays there.
    """
    if sys.platform == "win32":
        from numbguard.store.windows_locks import locked_together

        with locked_together(folder / FOLDER_LOCK, together=together, patience_s=_PATIENCE_S):
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

    for old, new in zip((log, *beside(log)), (target, *beside(target)), strict=True):
        if old.exists() and not old.name.endswith("-shm"):
            _copy_file(old, new)


def put_in_place(fresh: Path, log: Path, aside: Path) -> None:
    """Replace a log by a finished one; the former log and its journal stay, whole, under the name ``aside``.

    To be called with the profile folder locked. A crash at any point leaves the former log under both names or the new
    one in place, never none. Raises ``InUseError``, and changes nothing, while a program of Windows has the log open.
    """
    for old in (log, *beside(log)):
        refuse_used(old)
    make_folder(aside.parent)
    for old, new in zip((*beside(log), log), (*beside(aside), aside), strict=True):
        # SQLite deletes a journal when another process closes the log, at any moment. It has written it to the log.
        with suppress(FileNotFoundError):
            _link(old, new)
    sync_folder(aside.parent)
    for old in beside(log):
        old.unlink(missing_ok=True)
    replace_file(fresh, log)
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
    """Return a path for ``stem.db`` in a folder that no file has yet."""
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path


def put_journal_aside(log: Path, folder: Path) -> None:
    """Move a ``-wal`` that belongs to another log into ``folder``, and delete its shared memory.

    To be called with the profile folder locked.
    """
    journal, shared, _ = beside(log)
    if journal.exists():
        make_folder(folder)
        journal.replace(folder / f"numbguard-orphan-{time.time_ns()}-wal")
    shared.unlink(missing_ok=True)


def identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of a file; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def stamp_of(path: Path) -> tuple[int, int] | None:
    """Return length and time of change (ns) of a file; ``None`` where there is none.

    On Windows the time is always 0: a file that is being written gets its final time only when the last program closes
    it (Microsoft, "File Times").
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, 0 if sys.platform == "win32" else found.st_mtime_ns


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
        _copy_file(old, new)  # a file system without hard links, such as FAT


def _copy_file(old: Path, new: Path) -> None:
    with os.fdopen(open_private(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY), "wb") as to:
        to.write(read_log(old))
        to.flush()
        os.fsync(to.fileno())


def _is_filled(path: Path) -> bool:
    found = stamp_of(path)  # one look: another process that closes the log deletes its journal at any moment
    return found is not None and found[0] > 0
