"""Ensures one app for each profile and connects the command line to it: a lock file and a Unix socket, owner-only.

The app holds an advisory lock while it runs, so a socket left by a crash is recognised. A request is one JSON document
on one line; so is its answer, which ends with the connection. No Qt: the owner of the event loop passes in ``watch``.
The command line uses ``ask``, which blocks, in its own process; the app uses ``Server`` on the GUI thread, where only
sending an answer can block, for half a second at most.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from numbguard.store.profile import Profile, open_private, reason

if TYPE_CHECKING:  # most verbs find no app and need no socket
    import socket

    from .whereabouts import Whereabouts

Answerer = Callable[[Mapping[str, object]], Mapping[str, object]]
Watch = Callable[[int, Callable[[], None]], Callable[[], None]]
"""Calls back whenever a descriptor is readable; returns a function that ends the watch."""

UNREACHABLE = "On this system the command line and hot keys cannot reach a running NumbGuard yet. All else works."
"""Shown where Python has no Unix sockets, as on Windows."""
LONGEST_REQUEST = 256 * 1024
"""Greatest length of a request in bytes, ample for a note that a person typed."""
LONGEST_ANSWER = 16 * 1024 * 1024
"""Greatest length of an answer in bytes."""
MAX_CLIENTS = 16
"""Connections at a time; one more drops the oldest."""


class NotRunning(Exception):
    """No app answers for this profile."""


class Unreachable(NotRunning):
    """This system has no Unix sockets, so whether an app runs is not known."""


class NotAnswering(NotRunning):
    """An app has the profile but has not answered in time; it may still carry out the request."""


class NotUnderstood(NotAnswering):
    """The answer is not one of this NumbGuard; whether the request was carried out is not known."""


class AlreadyRunning(Exception):
    """Another app has this profile."""


class NoFileLocks(Exception):
    """The file system of the profile has no locks, so NumbGuard cannot tell whether another app has the profile."""


def can_reach_app() -> bool:
    """Whether the command line can reach a running app on this system."""
    import socket

    return hasattr(socket, "AF_UNIX")


@contextlib.contextmanager
def _short_path(path: Path) -> Iterator[str]:
    """Give a name for the socket that fits into ``sockaddr_un`` (108 bytes), however long the profile's path is."""
    if len(os.fsencode(path)) < 100 or sys.platform != "linux":
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def ask(profile: Profile, request: Mapping[str, object], *, patience_s: float = 10.0) -> Mapping[str, object]:
    """Send one request to the app of this profile and return its answer, waiting up to ``patience_s`` seconds.

    The answer has a ``status`` and, if that is 0, a ``document``, else an ``error``. Raises ``NotRunning``,
    ``NotAnswering``, ``NotUnderstood``, ``Unreachable``.
    """
    # Without a socket file, the command line skips importing ``socket``, to save time.
    if sys.platform != "win32" and not os.access(profile.socket, os.F_OK):
        raise NotRunning
    if not can_reach_app():
        raise Unreachable
    import json
    import socket

    until = time.monotonic() + patience_s
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(patience_s)
        try:
            with _short_path(profile.socket) as path:
                _connect(line, path, patience_s)
            if not _is_ours(line):
                raise NotUnderstood
            line.sendall(json.dumps(request).encode() + b"\n")
            answer = _all_of(line, until)
        except TimeoutError as error:
            raise NotAnswering from error
        except OSError as error:
            raise NotRunning from error
    if not answer:
        raise NotRunning
    try:
        given = json.loads(answer, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(given, dict) or type(given.get("status")) is not int or not 0 <= given["status"] <= 3:
        raise NotUnderstood
    if not isinstance(given.get("error"), str) if given["status"] else not isinstance(given.get("document"), dict):
        raise NotUnderstood
    return given


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _all_of(line: socket.socket, until: float) -> bytes:
    """Return what arrives until the other end hangs up or the time is over, even if it arrives a byte at a time."""
    answer = bytearray()
    while chunk := line.recv(65536):
        answer += chunk
        if len(answer) > LONGEST_ANSWER:
            raise NotUnderstood
        line.settimeout(max(0.001, until - time.monotonic()))
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


def _connect(line: socket.socket, path: str, patience_s: float) -> None:
    """Connect, retrying: a Unix socket whose queue is full fails at once with EAGAIN (connect(2))."""
    until = time.monotonic() + patience_s
    while True:
        try:
            line.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise TimeoutError from None
            time.sleep(0.02)


class Server:
    """The app's end of the connection: keeps the profile locked and answers requests, each on its own connection."""

    def __init__(self, profile: Profile) -> None:
        """Take the profile. Raises ``AlreadyRunning`` if another app has it, ``NoFileLocks`` and ``OSError``."""
        self._profile = profile
        self._lock = _held_lock(profile)
        _write_whereabouts(self._lock)
        self.trouble = ""
        """A sentence on why the command line cannot reach the app; empty if it can."""
        self._listener: socket.socket | None = None
        self._bound: tuple[int, int] | None = None
        """Which file the socket is: another app's may lie at its path later."""
        self._unwatch: dict[socket.socket, Callable[[], None]] = {}
        self._received: dict[socket.socket, bytes] = {}

    def open(self, answer: Answerer, watch: Watch) -> None:
        """Start to listen. Removes a socket left by an earlier app: the lock proves that no app uses it."""
        self._answer, self._watch = answer, watch
        if not can_reach_app():
            self._is_cut_off(UNREACHABLE)
            return
        import socket

        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)
        try:
            self._profile.socket.unlink(missing_ok=True)
            with _short_path(self._profile.socket) as path:
                mask = os.umask(0o177)
                try:
                    listener.bind(path)
                finally:
                    os.umask(mask)
        except OSError as error:
            listener.close()
            self._is_cut_off(
                f"The command line and hot keys cannot reach NumbGuard: {self._profile.socket} cannot be made "
                f"({reason(error)}). All else works. Make way for it and start NumbGuard again."
            )
            return
        listener.listen(MAX_CLIENTS)
        self._listener, self._bound = listener, _identity(self._profile.socket)
        self._unwatch[listener] = watch(listener.fileno(), self._accept)

    def hold(self) -> bool:
        """Make the lock file and the socket again if somebody has deleted them, so that no second app can start.

        Returns ``False`` if another app has the profile already. To be called when something in its folder changes.
        """
        if self._lock < 0:
            return True
        path = _lock_file(self._profile)
        try:
            found = os.fstat(self._lock)
            if _identity(path) != (found.st_dev, found.st_ino) and self._profile.folder.is_dir():
                lock = open_private(path, os.O_RDWR | os.O_CREAT)
                if not _lock(lock):
                    os.close(lock)
                    return False
                os.close(self._lock)
                self._lock = lock
                _write_whereabouts(lock)
        except (OSError, NoFileLocks):  # a folder that cannot be used now: nobody else can start there either
            return True
        if self._listener is not None and _identity(self._profile.socket) is None and self._profile.folder.is_dir():
            self._hang_up(self._listener)
            self._listener = None
            self.open(self._answer, self._watch)
        return True

    def _is_cut_off(self, why: str) -> None:
        import logging

        self.trouble = why
        logging.getLogger(__name__).warning("%s", why)

    def close(self) -> None:
        """Stop listening and release the profile; a second call does nothing."""
        for client in list(self._unwatch):
            self._hang_up(client)
        if self._listener:
            self._listener = None
            if _identity(self._profile.socket) == self._bound:
                self._profile.socket.unlink(missing_ok=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

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
        if len(self._received) >= MAX_CLIENTS:
            self._hang_up(next(iter(self._received)))
        self._received[client] = b""
        self._unwatch[client] = self._watch(client.fileno(), lambda: self._receive(client))

    def _receive(self, client: socket.socket) -> None:
        try:
            chunk = client.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        received = self._received.get(client, b"") + chunk
        if not chunk or len(received) > LONGEST_REQUEST:
            self._hang_up(client)
        elif not received.endswith(b"\n"):
            self._received[client] = received
        else:
            self._reply(client, received)

    def _reply(self, client: socket.socket, received: bytes) -> None:
        import json

        try:
            request = json.loads(received, parse_constant=_no_number)
            if not isinstance(request, dict):
                raise ValueError
        except (ValueError, RecursionError):
            self._hang_up(client)
            return
        # The request is complete; another readable event must not answer it twice.
        self._unwatch.pop(client)()
        try:
            answer = self._answer(request)
        except Exception:  # a bug: the client gets an answer all the same, and the app goes on
            import logging

            logging.getLogger(__name__).critical("a bug, at %r", request.get("verb"), exc_info=True)
            answer = {"status": 1, "error": "That failed by a fault of NumbGuard's own; its log file says more."}
        reply = json.dumps(answer).encode()
        try:
            client.settimeout(0.5)  # the client is a verb that waits for this answer
            client.sendall(reply)
        except OSError:
            pass
        self._hang_up(client)

    def _hang_up(self, client: socket.socket) -> None:
        self._received.pop(client, None)
        unwatch = self._unwatch.pop(client, None)
        if unwatch:
            unwatch()
        client.close()


def _write_whereabouts(lock: int) -> None:
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


def _held_lock(profile: Profile) -> int:
    """Open and lock the lock file. If it was deleted under a running app, the profile still counts as taken."""
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


def _lock_file(profile: Profile) -> Path:
    return profile.folder / "numbguard.lock"


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file; ``None`` where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_listened_to(profile: Profile) -> bool:
    """Whether an app of this user has the socket open."""
    if not can_reach_app() or not profile.socket.exists():
        return False
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.setblocking(False)
        try:
            with _short_path(profile.socket) as path:
                line.connect(path)
        except BlockingIOError:  # its queue is full
            return True
        except OSError:
            return False
        return _is_ours(line)


def _lock(descriptor: int) -> bool:
    """Take the advisory lock, which the system releases however the process ends. ``False``: another process has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import errno
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise NoFileLocks from error
    return True
