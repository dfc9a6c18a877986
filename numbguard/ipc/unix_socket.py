"""The line on Linux and macOS: a Unix socket in the profile folder, owner-only.

``platform_line`` chooses it. The command line's end blocks; the app's end runs on the GUI thread, where only sending an
answer can block, for half a second at most.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.sentence import sentence
from numbguard.store.profile import reason

from .line import CHUNK, LONGEST_ANSWER, MAX_CLIENTS, CannotListen, Hearer, NotUnderstood, Watch

if TYPE_CHECKING:  # most verbs find no app and need no socket
    import socket


class UnixSocket:
    """Implements ``Line``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listener: socket.socket | None = None
        self._bound: tuple[int, int] | None = None
        """Which file the socket is: another app's may lie at its path later."""
        self._end_watch: Callable[[], None] | None = None
        self._connections: set[_Connection] = set()

    @property
    def address(self) -> str:
        return str(self._path)

    def may_be_listened_to(self) -> bool:
        return os.access(self._path, os.F_OK)

    def is_listened_to(self) -> bool:
        if not self._path.exists():
            return False
        import socket

        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.setblocking(False)
            try:
                with _short_path(self._path) as path:
                    line.connect(path)
            except BlockingIOError:  # its queue is full
                return True
            except OSError:
                return False
            return _is_ours(line)

    def exchange(self, request: bytes, *, until: float) -> bytes:
        import socket

        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_left(until))
            with _short_path(self._path) as path:
                _connect(line, path, until)
            if not _is_ours(line):
                raise NotUnderstood
            line.sendall(request)
            return _all_of(line, until)

    def listen(self, hearer: Hearer, watch: Watch) -> None:
        """Also removes a socket left by an earlier app: the lock proves that no app uses it."""
        import socket

        self.close()
        self._hearer, self._watch = hearer, watch
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)
        try:
            self._path.unlink(missing_ok=True)
            with _short_path(self._path) as path:
                mask = os.umask(0o177)
                try:
                    listener.bind(path)
                finally:
                    os.umask(mask)
        except OSError as error:
            listener.close()
            raise CannotListen(
                sentence("{path} cannot be made ({reason})", path=self._path, reason=reason(error))
            ) from error
        listener.listen(MAX_CLIENTS)
        self._listener, self._bound = listener, _identity(self._path)
        self._end_watch = watch(listener.fileno(), self._accept)

    def is_lost(self) -> bool:
        return self._listener is not None and _identity(self._path) is None

    def close(self) -> None:
        for connection in list(self._connections):
            connection.close()
        if self._end_watch:
            self._end_watch()
            self._end_watch = None
        if self._listener:
            self._listener.close()
            self._listener = None
            if _identity(self._path) == self._bound:
                self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        if self._listener is None:
            return
        try:
            client, _ = self._listener.accept()
        except OSError:  # the client has gone already
            return
        if not _is_ours(client):
            client.close()
            return
        client.setblocking(False)
        connection = _Connection(client, self._hearer, self._watch, self._connections)
        self._hearer.connected(connection)


class _Connection:
    """Implements ``Connection``."""

    def __init__(self, client: socket.socket, hearer: Hearer, watch: Watch, among: set[_Connection]) -> None:
        self._client = client
        self._hearer = hearer
        self._among = among
        among.add(self)
        self._end_watch: Callable[[], None] | None = watch(client.fileno(), self._receive)

    def send(self, answer: bytes) -> None:
        self._unwatch()  # the request is complete; another readable event must not answer it twice
        try:
            self._client.settimeout(0.5)  # the client is a verb that waits for this answer
            self._client.sendall(answer)
        except OSError:
            pass
        self.close()
        self._hearer.ended(self)

    def close(self) -> None:
        self._unwatch()
        self._among.discard(self)
        self._client.close()

    def _unwatch(self) -> None:
        if self._end_watch:
            self._end_watch()
            self._end_watch = None

    def _receive(self) -> None:
        try:
            chunk = self._client.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if chunk:
            self._hearer.received(self, chunk)
        else:
            self.close()
            self._hearer.ended(self)


@contextlib.contextmanager
def _short_path(path: Path) -> Iterator[str]:
    """Give a name for the socket that fits into ``sockaddr_un``, however long the profile's path is.

    That has room for 108 bytes on Linux and for 104 on macOS, which has no names for open folders: there a link in a
    temporary folder leads to the profile.
    """
    if len(os.fsencode(path)) < 100:
        yield str(path)
        return
    if sys.platform != "linux":
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="numbguard-") as short:
            link = Path(short) / "profile"
            link.symlink_to(path.parent)
            yield str(link / path.name)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _left(until: float) -> float:
    return max(0.001, until - time.monotonic())


def _connect(line: socket.socket, path: str, until: float) -> None:
    """Connect, retrying: a Unix socket whose queue is full fails at once with EAGAIN (connect(2))."""
    while True:
        try:
            line.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise TimeoutError from None
            time.sleep(0.02)


def _all_of(line: socket.socket, until: float) -> bytes:
    """Return what arrives until the other end hangs up or the time is over, even if it arrives a byte at a time."""
    answer = bytearray()
    while chunk := line.recv(CHUNK):
        answer += chunk
        if len(answer) > LONGEST_ANSWER:
            raise NotUnderstood
        line.settimeout(_left(until))
    return bytes(answer)


def _is_ours(line: socket.socket) -> bool:
    """Whether the other end is a process of this user; true where the kernel cannot tell (SO_PEERCRED, unix(7))."""
    import socket
    import struct

    credentials = getattr(socket, "SO_PEERCRED", None)
    if credentials is None:
        return True
    _, user, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, credentials, struct.calcsize("3i")))
    return bool(user == os.geteuid())


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file; ``None`` where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
