"""Power cuts at every write: replays what a process wrote, up to any moment, as the disk may have it after a power cut.

A load runs under strace(1), which notes each of its writes, syncs, renames and acknowledgements. A disk keeps what was
synced. Of the rest it may keep all, nothing, or some of it, in pieces of a sector; names of files keep their order, as
journalling file systems have it. The fault tool calls it.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SECTOR = 512
_CALLS = (
    "openat,close,write,pwrite64,writev,pwritev,lseek,fsync,fdatasync,ftruncate,fallocate,copy_file_range,sendfile,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,dup,dup2,dup3"
)
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_SHARED_MEMORY = "-shm"
"""SQLite makes it anew after a power cut."""


class TraceError(Exception):
    """The load cannot be traced here, or did what the replay does not know. The message is a sentence."""


@dataclass(slots=True, eq=False)
class _File:
    """A file, by whatever name. ``unsynced``: writes (offset, bytes) and new lengths (length, ``None``)."""

    synced: bytes = b""
    unsynced: tuple[tuple[int, bytes | None], ...] = ()

    def sync(self) -> None:
        self.synced, self.unsynced = _applied(self.synced, self.unsynced), ()

    def change(self, at: int, content: bytes | None) -> None:
        self.unsynced = (*self.unsynced, (at, content))

    def length(self) -> int:
        return len(_applied(self.synced, self.unsynced))


Name = tuple[Path, _File | None]
"""A change of a name: the file that it stands for from then on, if any."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The disk at one moment of the load, and what had been acknowledged by then."""

    names: dict[Path, _File]
    files: dict[_File, tuple[bytes, tuple[tuple[int, bytes | None], ...]]]
    renames: tuple[Name, ...]
    """Changes of names that no folder was synced after."""
    acknowledged: tuple[str, ...]

    def lay_out(self, source: Path, target: Path, chance: random.Random, *, kept: str) -> None:
        """Write the profile ``source`` as a disk has it after a power cut. ``kept``: ``all``, ``nothing``, ``some``."""
        share = {"all": 1.0, "nothing": 0.0, "some": chance.random()}[kept]
        names = dict(self.names)
        for path, file in self.renames[: round(len(self.renames) * share)]:
            _rename(names, path, file)
        target.mkdir(mode=0o700)
        for path, file in names.items():
            place = target / path.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            synced, unsynced = self.files[file]
            place.write_bytes(_applied(synced, _torn(unsynced, share, chance)))
            place.chmod(0o600)


def moments(load: str, profile: Path, trace: Path) -> Iterator[Moment]:
    """Run a load, Python source that gets the profile as its argument, and yield the disk before each of its writes.

    The load acknowledges an id by writing it to standard output, alone on a line. Raises ``TraceError``.
    """
    command = ["strace", "-o", str(trace), "-xx", "-s", "10000000", "-e", f"trace={_CALLS}"]
    try:
        run = subprocess.run([*command, sys.executable, "-c", load, str(profile)], capture_output=True, text=True)
    except OSError as error:
        raise TraceError(f"strace is not here ({error.strerror})") from error
    if run.returncode:
        raise TraceError(f"the load ended with {run.returncode}: {run.stderr.strip()[-300:]}")
    return _Replay(profile).moments(trace)


class _Replay:
    """Follows a trace. Only files in the profile count."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._names: dict[Path, _File] = {}
        self._renames: list[Name] = []
        self._open: dict[int, _File | Path] = {}
        self._at: dict[int, int] = {}
        self._appends: set[int] = set()
        self._acknowledged: list[str] = []
        self._now: dict[Path, _File] = {}
        """The names as the process sees them."""

    def moments(self, trace: Path) -> Iterator[Moment]:
        with trace.open(encoding="ascii") as lines:
            for line in lines:
                found = _CALL.match(line)
                if found is None or int(found[3]) < 0:
                    continue
                if self._follow(found[1], found[2].split(", "), int(found[3])):
                    yield self._moment()

    def _moment(self) -> Moment:
        known = {*self._names.values(), *self._now.values(), *(file for _, file in self._renames if file)}
        files = {file: (file.synced, file.unsynced) for file in known}
        return Moment(dict(self._names), files, tuple(self._renames), tuple(self._acknowledged))

    def _follow(self, call: str, words: list[str], result: int) -> bool:
        """Apply one call; return whether it changed what is on the disk or what has been acknowledged."""
        match call:
            case "openat":
                return self._opened(words, result)
            case "close":
                self._open.pop(int(words[0]), None)
                return False
            case "lseek":
                self._at[int(words[0])] = result
                return False
            case "write" | "pwrite64":
                return self._wrote(call, words, result)
            case "fsync" | "fdatasync":
                return self._synced(int(words[0]))
            case "ftruncate":
                if isinstance(file := self._open.get(int(words[0])), _File):
                    file.change(int(words[1]), None)
                    return True
                return False
            case "rename" | "link" | "unlink":
                return self._renamed(call, [_path(word) for word in words])
            case "linkat" | "renameat" | "renameat2":
                return self._renamed(call, [_path(words[1]), _path(words[3])])
            case "unlinkat":
                return self._renamed(call, [_path(words[1])])
            case "mkdir" | "mkdirat" | "rmdir":
                return False
        if any(isinstance(self._open.get(int(word)), _File) for word in words[:2] if word.isdigit()):
            raise TraceError(f"the replay does not know the call {call}")
        return False

    def _opened(self, words: list[str], handle: int) -> bool:
        path = _path(words[1])
        self._open.pop(handle, None)
        self._at[handle] = 0
        self._appends.discard(handle)
        if not self._is_ours(path):
            return False
        if "O_DIRECTORY" in words[2] or path == self._profile or (path not in self._now and "O_CREAT" not in words[2]):
            self._open[handle] = path
            return False
        made = path not in self._now
        if made:
            self._name(path, _File())
        file = self._open[handle] = self._now[path]
        if "O_APPEND" in words[2]:
            self._appends.add(handle)
        if "O_TRUNC" in words[2] and file.length():
            file.change(0, None)
            return True
        return made

    def _wrote(self, call: str, words: list[str], length: int) -> bool:
        handle, content = int(words[0]), _bytes(words[1])[:length]
        file = self._open.get(handle)
        if handle == 1:
            self._acknowledged += content.decode().split()
            return False
        if not isinstance(file, _File):
            return False
        if call == "pwrite64":
            at = int(words[3])
        else:
            at = file.length() if handle in self._appends else self._at.get(handle, 0)
            self._at[handle] = at + length
        file.change(at, content)
        return True

    def _synced(self, handle: int) -> bool:
        found = self._open.get(handle)
        if isinstance(found, _File):
            found.sync()
        elif isinstance(found, Path):
            for path, file in self._renames:
                _rename(self._names, path, file)
            self._renames = []
        return found is not None

    def _renamed(self, call: str, paths: list[Path]) -> bool:
        if not self._is_ours(paths[0]):
            return False
        file = self._now.get(paths[0])
        if file is None:
            return False
        if len(paths) == 2:
            self._name(paths[1], file)
        if not call.startswith("link"):
            self._name(paths[0], None)
        return True

    def _name(self, path: Path, file: _File | None) -> None:
        _rename(self._now, path, file)
        self._renames.append((path, file))

    def _is_ours(self, path: Path) -> bool:
        return path.is_relative_to(self._profile) and not path.name.endswith(_SHARED_MEMORY)


def _rename(names: dict[Path, _File], path: Path, file: _File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _torn(
    unsynced: tuple[tuple[int, bytes | None], ...], share: float, chance: random.Random
) -> Iterator[tuple[int, bytes | None]]:
    """Yield that share of the writes, in pieces of a sector, in their order."""
    for at, content in unsynced:
        if content is None:
            if chance.random() < share or share == 1:
                yield at, None
            continue
        for start in range(0, len(content), _SECTOR):
            if share == 1 or chance.random() < share:
                yield at + start, content[start : start + _SECTOR]


def _applied(content: bytes, changes: Iterable[tuple[int, bytes | None]]) -> bytes:
    result = bytearray(content)
    for at, piece in changes:
        end = at if piece is None else at + len(piece)
        if len(result) < end:
            result += bytes(end - len(result))
        if piece is None:
            del result[at:]
        else:
            result[at:end] = piece
    return bytes(result)


def _bytes(word: str) -> bytes:
    if word.endswith("..."):
        raise TraceError("a write was too long for the trace")
    return bytes.fromhex(word.strip('"').replace("\\x", ""))


def _path(word: str) -> Path:
    return Path(os.fsdecode(_bytes(word)))
