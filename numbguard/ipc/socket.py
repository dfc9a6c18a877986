"""One app a profile, and the line by which the command line talks to it: a lock file and a Unix socket, owner-only.

The app holds an advisory lock for as long as it runs, so a socket left by a crash is known for what it is. A request
and its answer are one JSON document each, a line long. No Qt: whoever runs a loop hands in ``watch``. The command line
uses ``ask`` (blocking, in its own process); the app uses ``Server`` on the GUI thread, which never blocks.
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

if TYPE_CHECKING:  # most verbs find no app to talk to, and do without
    import socket

Answerer = Callable[[Mapping[str, object]], Mapping[str, object]]
Watch = Callable[[int, Callable[[], None]], Callable[[], None]]
"""Call back whenever a descriptor can be read; gives what ends the watch."""

NO_LINE = "On this system the command line and hot keys cannot reach a running NumbGuard yet. All else works."
"""Where there are no Unix sockets, as in Python for Windows."""
LONGEST = 256 * 1024
"""Bytes of a request; a note is text a person typed."""
LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes."""
MOST_TALKERS = 16


class NotRunning(Exception):
    """No app answers for this profile."""


class NoLine(NotRunning):
    """This system has nothing that a running app could be asked through: whether one runs is not known."""


class NotAnswering(NotRunning):
    """An app holds the profile, but has not answered in time; it may still do what it was asked."""


class NotUnderstood(NotAnswering):
    """What answers does not do so as this NumbGuard does; what it made of the request is not known."""


class AlreadyRunning(Exception):
    """Another app holds this profile."""


class NoFileLocks(Exception):
    """The file system of the profile knows no locks, by which one app could be told from two."""


def has_line() -> bool:
    """Whether the command line can reach a running app on this system."""
    import socket

    return hasattr(socket, "AF_UNIX")


@contextlib.contextmanager
def _short_path(path: Path) -> Iterator[str]:
    """A name for the socket that fits into ``sockaddr_un`` (108 bytes), however deep the profile lies."""
    if len(os.fsencode(path)) < 100 or sys.platform != "linux":
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def ask(profile: Profile, request: Mapping[str, object], *, patience_s: float = 10.0) -> Mapping[str, object]:
    """Send one request to the app of this profile and give its answer.

    The answer has a ``status`` and, where that is 0, a ``document``, else an ``error``. Raises ``NotRunning``,
    ``NotAnswering``, ``NotUnderstood``, ``NoLine``.
    """
    # Where there is nothing to connect to, the command line does not pay for importing what connects.
    if sys.platform != "win32" and not os.access(profile.socket, os.F_OK):
        raise NotRunning
    if not has_line():
        raise NoLine
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
    """What comes until the other end hangs up, however slowly that drips."""
    answer = bytearray()
    while chunk := line.recv(65536):
        answer += chunk
        if len(answer) > LONGEST_ANSWER:
            raise NotUnderstood
        line.settimeout(max(0.001, until - time.monotonic()))
    return bytes(answer)


def _is_ours(line: socket.socket) -> bool:
    """Whether the other end is a process of this user's; the kernel says so where it can (SO_PEERCRED, unix(7))."""
    import socket
    import struct

    credentials = getattr(socket, "SO_PEERCRED", None)
    if credentials is None:
        return True
    _, user, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, credentials, struct.calcsize("3i")))
    return bool(user == os.geteuid())


def _connect(line: socket.socket, path: str, patience_s: float) -> None:
    """Connect; a Unix socket whose queue is full says "try again" at once instead of waiting (connect(2))."""
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
    """The app's end: holds the profile and answers requests, each on its own connection."""

    def __init__(self, profile: Profile) -> None:
        """Take the profile. Raises ``AlreadyRunning`` when another app has it, ``NoFileLocks``, and ``OSError``."""
        self._profile = profile
        self._lock = _held_lock(profile)
        self.trouble = ""
        """Why nobody can talk to the app, as a sentence."""
        self._listener: socket.socket | None = None
        self._unwatch: dict[socket.socket, Callable[[], None]] = {}
        self._heard: dict[socket.socket, bytes] = {}

    def open(self, answer: Answerer, watch: Watch) -> None:
        """Begin to listen. A socket that an earlier app left behind is taken away: the lock says nobody uses it."""
        self._answer, self._watch = answer, watch
        if not has_line():
            self._is_cut_off(NO_LINE)
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
        listener.listen(MOST_TALKERS)
        self._listener = listener
        self._unwatch[listener] = watch(listener.fileno(), self._accept)

    def _is_cut_off(self, why: str) -> None:
        import logging

        self.trouble = why
        logging.getLogger(__name__).warning("%s", why)

    def close(self) -> None:
        """Stop listening and let go of the profile; closing again does nothing."""
        for talker in list(self._unwatch):
            self._hang_up(talker)
        if self._listener:
            self._listener = None
            self._profile.socket.unlink(missing_ok=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _accept(self) -> None:
        if self._listener is None:
            return
        try:
            talker, _ = self._listener.accept()
        except OSError:  # gone again before it was let in
            return
        if not _is_ours(talker):
            talker.close()
            return
        talker.setblocking(False)
        if len(self._heard) >= MOST_TALKERS:
            self._hang_up(next(iter(self._heard)))
        self._heard[talker] = b""
        self._unwatch[talker] = self._watch(talker.fileno(), lambda: self._listen(talker))

    def _listen(self, talker: socket.socket) -> None:
        try:
            chunk = talker.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        heard = self._heard.get(talker, b"") + chunk
        if not chunk or len(heard) > LONGEST:
            self._hang_up(talker)
        elif not heard.endswith(b"\n"):
            self._heard[talker] = heard
        else:
            self._reply(talker, heard)

    def _reply(self, talker: socket.socket, heard: bytes) -> None:
        import json

        try:
            request = json.loads(heard, parse_constant=_no_number)
            if not isinstance(request, dict):
                raise ValueError
        except (ValueError, RecursionError):
            self._hang_up(talker)
            return
        # Nothing more is expected from it; a second readable event must not ask twice.
        self._unwatch.pop(talker)()
        try:
            answer = self._answer(request)
        except Exception:  # a bug: whoever asked shall not wait for nothing, and the app goes on
            import logging

            logging.getLogger(__name__).critical("a bug, at %r", request.get("verb"), exc_info=True)
            answer = {"status": 1, "error": "That failed by a fault of NumbGuard's own; its log file says more."}
        reply = json.dumps(answer).encode()
        try:
            talker.settimeout(0.5)  # the reader is a verb that waits for just this
            talker.sendall(reply)
        except OSError:
            pass
        self._hang_up(talker)

    def _hang_up(self, talker: socket.socket) -> None:
        self._heard.pop(talker, None)
        unwatch = self._unwatch.pop(talker, None)
        if unwatch:
            unwatch()
        talker.close()


def _held_lock(profile: Profile) -> int:
    """The lock file, open and locked. One that was deleted under a running app is not taken for a free profile."""
    path = profile.folder / "numbguard.lock"
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
        os.close(lock)  # deleted in this very moment: what lies there now is the lock


def _is_listened_to(profile: Profile) -> bool:
    """Whether an app of this user's has the socket open."""
    if not has_line() or not profile.socket.exists():
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
    """Take the advisory lock, which ends with the process however that ends. ``False``: another process has it."""
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
