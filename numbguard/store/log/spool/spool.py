"""The spool, ``unwritten.jsonl``: entries that could not be written to the log, one version a line.

``safe_journal`` calls it on its thread. Usually the file does not exist or is empty, and every verb looks: the modules
that read and write its lines are imported only when needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from numbguard.core.sentence import counted
from numbguard.store.profile import alone, make_folder, open_private, sync_folder

from ..journal import RecordVersion


class Spool:
    """The file beside the log: lines are only ever appended, and it is emptied once the log has them all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0
        self._broken: list[bytes] = []
        self._put_aside = 0

    @property
    def has_broken(self) -> bool:
        """Whether lines that could not be read wait to be put aside."""
        return bool(self._broken)

    def note(self) -> str | None:
        """Return a sentence where this process has put lines aside that it could not read."""
        if not self._put_aside:
            return None
        return counted(
            "A line of {path} could not be understood, so an entry may be missing from the log. What could not be read "
            "is kept in {aside}.",
            "{count} lines of {path} could not be understood, so an entry may be missing from the log. What could not "
            "be read is kept in {aside}.",
            self._put_aside,
            path=self._path.name,
            aside=_aside(self._path).name,
        )

    def forget(self) -> None:
        """Forget the position: the file was removed, and a new one is read from its beginning."""
        self._read_to, self._broken = 0, []

    def add(self, version: RecordVersion) -> bool:
        """Append a version, synced to the disk; return ``False`` where that fails too."""
        from .line_format import write_line

        line = write_line(version)
        try:
            make_folder(self._path.parent)
            handle = open_private(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            with os.fdopen(handle, "rb+", buffering=0) as file, alone(file.fileno(), if_possible=True):
                size = file.seek(0, os.SEEK_END)
                if size:
                    file.seek(size - 1)
                    # A line that a crash or a full disk cut short must not spoil this one.
                    line = line if file.read(1) == b"\n" else b"\n" + line
                try:
                    written = 0
                    while written < len(line):
                        written += file.write(line[written:]) or 0
                    os.fsync(file.fileno())
                    if not size:  # a new file's name has to survive a power cut too
                        sync_folder(self._path.parent)
                except OSError:
                    file.truncate(size)
                    raise
        except OSError:
            return False
        return True

    def news(self) -> Iterator[RecordVersion]:
        """Yield the versions that any process has appended since the last call."""
        try:
            size = self._path.stat().st_size
            if size < self._read_to:  # another process emptied it
                self.forget()
            if size == self._read_to:
                return
            with self._path.open("rb") as file:
                file.seek(self._read_to)
                content = file.read()
        except FileNotFoundError:
            self.forget()
            return
        except OSError:
            return
        from .line_format import read_line

        # A line without an end is still being written, or torn: read it again with what follows.
        whole = content.rfind(b"\n") + 1
        if read_line(content[whole:]) is not None:
            whole = len(content)
        self._read_to += whole
        for line in content[:whole].split(b"\n"):
            if not line.strip():
                continue
            version = read_line(line)
            if version is None:
                self._broken.append(line)
            else:
                yield version

    def empty(self) -> None:
        """Empty the file, all of which the log has now; move lines that could not be read to a file beside it."""
        if not self._read_to:
            return
        from .line_format import read_line

        try:
            with (
                os.fdopen(open_private(self._path, os.O_RDWR), "rb+", buffering=0) as file,
                alone(file.fileno(), if_possible=True),
            ):
                file.seek(self._read_to)
                rest = file.read()
                if b"\n" in rest or read_line(rest) is not None:
                    return  # another process has appended something: try later
                if rest:  # a torn line: its writer has ended, or it would hold the lock
                    self._broken.append(rest)
                if self._broken:
                    aside = _aside(self._path)
                    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
                    with os.fdopen(open_private(aside, flags), "ab") as broken:
                        broken.write(b"\n".join(self._broken) + b"\n")
                    import logging

                    self._put_aside += len(self._broken)
                    logging.getLogger(__name__).warning(
                        "Lines of %s made no sense (%d); they were kept in %s.",
                        *(self._path.name, len(self._broken), aside.name),
                    )
                file.truncate(0)
        except OSError:
            return
        self.forget()


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.broken")
