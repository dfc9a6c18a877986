"""The line on Windows: a named pipe, this user's alone. ``platform_line`` imports it on Windows only.

The name comes from the profile's path, so each profile has one. Its owner and its access-control list keep other users
out. The first instance is made with FILE_FLAG_FIRST_PIPE_INSTANCE, and its owner is looked at, so that no app serves a
name that somebody else has taken. The command line talks to no pipe of another owner, and lets no server act in its
name. Other computers are refused. ``docs/decisions/windows.md`` says why these are calls of Windows and not a library.

The app's end runs on the GUI thread and waits for nothing: every call is overlapped, and ``watch`` calls back when its
event is set. The command line's end waits, in its own process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from numbguard.core.sentence import sentence
from numbguard.store.windows_rights import attributes_of_the_persons_own, owner_of_handle, user_sid

from .line import CHUNK, LONGEST_ANSWER, CannotListen, Hearer, NotUnderstood, Watch

assert sys.platform == "win32"
import _winapi  # noqa: E402  # mypy knows what is in it only after this assertion

_REJECT_REMOTE_CLIENTS: Final = 0x8
_ANONYMOUS_TO_THE_SERVER: Final = 0x00100000
"""SECURITY_SQOS_PRESENT with SECURITY_ANONYMOUS: the server of the pipe cannot act as its client."""
_NO_SUCH_PIPE, _ALL_BUSY, _TIME_IS_OVER, _ABORTED = 2, 231, 121, 995
_BROKEN, _CLOSING, _NOT_CONNECTED = 109, 232, 233
"""How Windows says that the other end has hung up."""


class NamedPipe:
    """Implements ``Line``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._next: int | None = None
        """The instance to which the next client connects."""
        self._calls: set[_Call] = set()
        self._connections: set[_Connection] = set()

    @property
    def address(self) -> str:
        return self._name

    def may_be_listened_to(self) -> bool:
        try:
            _winapi.WaitNamedPipe(self._name, 1)
        except OSError as error:
            return error.winerror != _NO_SUCH_PIPE
        return True

    def is_listened_to(self) -> bool:
        return False  # nobody can delete the lock file under a running app, so nobody needs to ask

    def exchange(self, request: bytes, *, until: float) -> bytes:
        handle = self._connected(until)
        try:
            if owner_of_handle(handle) != user_sid():
                raise NotUnderstood
            sent = 0
            while sent < len(request):
                call, _ = _winapi.WriteFile(handle, request[sent:], overlapped=True)
                sent += _finished(call, until)
            answer = bytearray()
            while chunk := _read(handle, until):
                answer += chunk
                if len(answer) > LONGEST_ANSWER:
                    raise NotUnderstood
            return bytes(answer)
        finally:
            _winapi.CloseHandle(handle)

    def listen(self, hearer: Hearer, watch: Watch) -> None:
        self.close()
        self._hearer, self._watch = hearer, watch
        try:
            self._await_client(first=True)
            assert self._next is not None
            if owner_of_handle(self._next) != user_sid():
                raise OSError("another program has the name")
        except OSError as error:
            self.close()
            raise CannotListen(
                sentence("the pipe {name} cannot be made ({reason})", name=self._name, reason=error.strerror or error)
            ) from error

    def is_lost(self) -> bool:
        return False  # a pipe has no name that others could delete

    def close(self) -> None:
        for connection in list(self._connections):
            connection.close()
        for call in list(self._calls):
            call.cancel()
        if self._next is not None:
            _winapi.CloseHandle(self._next)
            self._next = None

    def _connected(self, until: float) -> int:
        """Open the pipe, waiting for a free instance."""
        access = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        how = _winapi.FILE_FLAG_OVERLAPPED | _ANONYMOUS_TO_THE_SERVER
        while True:
            try:
                return _winapi.CreateFile(self._name, access, 0, 0, _winapi.OPEN_EXISTING, how, 0)
            except OSError as error:
                if error.winerror != _ALL_BUSY:
                    raise
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                _winapi.WaitNamedPipe(self._name, max(1, int(left * 1000)))
            except OSError as error:
                if error.winerror != _TIME_IS_OVER:
                    raise
                raise TimeoutError from error

    def _instance(self, *, first: bool = False) -> int:
        mode = _winapi.PIPE_ACCESS_DUPLEX | _winapi.FILE_FLAG_OVERLAPPED
        with attributes_of_the_persons_own() as attributes:
            return _winapi.CreateNamedPipe(
                self._name,
                mode | (_winapi.FILE_FLAG_FIRST_PIPE_INSTANCE if first else 0),
                _winapi.PIPE_WAIT | _REJECT_REMOTE_CLIENTS,  # a stream of bytes
                _winapi.PIPE_UNLIMITED_INSTANCES,
                CHUNK,
                CHUNK,
                0,
                attributes,
            )

    def _await_client(self, *, first: bool = False) -> None:
        """Make an instance for the next client. Raises ``OSError``."""
        self._next = self._instance(first=first)
        while True:
            try:
                call = _winapi.ConnectNamedPipe(self._next, overlapped=True)
                break
            except OSError as error:
                if error.winerror != _CLOSING:
                    raise
            # A client has come and gone already. The next instance comes first, so that the name stays ours.
            spent, self._next = self._next, self._instance()
            _winapi.CloseHandle(spent)
        _Call(call, self._accept, self._watch, self._calls)

    def _accept(self, _count: int, failed: int) -> None:
        """Pass on the instance that has a client, or had one, and make another before anything else is done."""
        handle, self._next = self._next, None
        try:
            self._await_client()
        except OSError:  # no memory: those who are connected are served all the same
            import logging

            logging.getLogger(__name__).warning("The pipe %s takes no more clients.", self._name, exc_info=True)
        if handle is None:
            return
        if failed:
            _winapi.CloseHandle(handle)
            return
        connection = _Connection(handle, self._hearer, self._watch, self._connections)
        self._hearer.connected(connection)
        connection.read()


class _Connection:
    """Implements ``Connection``."""

    def __init__(self, handle: int, hearer: Hearer, watch: Watch, among: set[_Connection]) -> None:
        self._handle: int | None = handle
        self._hearer = hearer
        self._watch = watch
        self._among = among
        self._calls: set[_Call] = set()
        among.add(self)

    def read(self) -> None:
        if self._handle is None:
            return
        try:
            call, _ = _winapi.ReadFile(self._handle, CHUNK, overlapped=True)
        except OSError:  # the client has hung up
            self._end()
            return

        def arrived(count: int, failed: int) -> None:
            if failed or not count:
                self._end()
                return
            self._hearer.received(self, bytes(call.getbuffer() or b"")[:count])
            # While an answer is being sent, nothing more is read; the next call of ``read`` would find the end only.
            if not self._calls:
                self.read()

        _Call(call, arrived, self._watch, self._calls)

    def send(self, answer: bytes) -> None:
        if self._handle is None:
            return
        try:
            call, _ = _winapi.WriteFile(self._handle, answer, overlapped=True)
        except OSError:  # the client has hung up
            self._end()
            return
        # What the client has not read yet stays readable for it after the handle is closed.
        _Call(call, lambda _count, _failed: self._end(), self._watch, self._calls)

    def close(self) -> None:
        self._among.discard(self)
        handle, self._handle = self._handle, None
        for call in list(self._calls):
            call.cancel()
        if handle is not None:
            _winapi.CloseHandle(handle)

    def _end(self) -> None:
        if self._handle is not None:
            self.close()
            self._hearer.ended(self)


class _Call:
    """An overlapped call that is under way: reports its result once, unless it is cancelled."""

    def __init__(
        self, call: _winapi.Overlapped, done: Callable[[int, int], None], watch: Watch, among: set[_Call]
    ) -> None:
        """``done`` gets the number of bytes and Windows' error number, 0 for none."""
        self._call = call
        self._done = done
        self._among = among
        self._end_watch: Callable[[], None] | None = watch(call.event, self._finish)
        among.add(self)

    def cancel(self) -> None:
        if self._stop():
            _cancel(self._call)

    def _finish(self) -> None:
        if not self._stop():
            return
        try:
            count, failed = self._call.GetOverlappedResult(True)
        except OSError as error:
            count, failed = 0, error.winerror or _ABORTED
        self._done(count, failed)

    def _stop(self) -> bool:
        end, self._end_watch = self._end_watch, None
        self._among.discard(self)
        if end is None:
            return False
        end()
        return True


def _cancel(call: _winapi.Overlapped) -> None:
    """Cancel a call for good: its handle may be closed afterwards, and its number given to another."""
    with suppress(OSError):
        call.cancel()
        call.GetOverlappedResult(True)  # at once, for the call is cancelled


def _finished(call: _winapi.Overlapped, until: float) -> int:
    """Wait for a call and return how many bytes it moved."""
    left = max(0, int((until - time.monotonic()) * 1000))
    if _winapi.WaitForSingleObject(call.event, left) != _winapi.WAIT_OBJECT_0:
        _cancel(call)
        raise TimeoutError
    count, _ = call.GetOverlappedResult(True)
    return count


def _read(handle: int, until: float) -> bytes:
    """Read what is there, waiting for it; nothing means that the other end has hung up."""
    try:
        call, _ = _winapi.ReadFile(handle, CHUNK, overlapped=True)
        count = _finished(call, until)
    except TimeoutError:
        raise
    except OSError as error:
        if error.winerror in (_BROKEN, _CLOSING, _NOT_CONNECTED):
            return b""
        raise
    return bytes(call.getbuffer() or b"")[:count]
