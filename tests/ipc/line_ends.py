"""The two ends of this system's line, for tests: a Unix socket, or on Windows a named pipe.

A raw client that says what it likes, an impostor in the app's place, and a minimal event loop in place of Qt's.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol

from numbguard.store.profile import Profile

if sys.platform == "win32":
    import _winapi

    from numbguard.store.windows_rights import attributes_of_the_persons_own

    _BUSY = 231

    def ready(events: list[int], patience_s: float) -> list[int]:
        """Wait for one of the events; Windows tells of one at a time."""
        if not events:
            time.sleep(patience_s)
            return []
        found = _winapi.WaitForMultipleObjects(events[:64], False, int(patience_s * 1000))
        return [] if found == _winapi.WAIT_TIMEOUT else [events[found]]

    class RawClient:
        """A client of the pipe that says what it likes."""

        def __init__(self, profile: Profile) -> None:
            while True:
                try:
                    self._pipe = open(profile.pipe, "r+b", buffering=0)  # noqa: PTH123, SIM115
                    return
                except OSError as error:
                    if error.winerror != _BUSY and error.errno != 22:  # EINVAL: what C makes of it
                        raise
                    time.sleep(0.005)

        def say(self, words: bytes) -> None:
            while words:
                words = words[self._pipe.write(words) :]

        def hear(self) -> bytes:
            try:
                return self._pipe.read(65536)
            except OSError:
                return b""

        def close(self) -> None:
            self._pipe.close()

        def __enter__(self) -> RawClient:
            return self

        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            self.close()

    @contextmanager
    def impostor(profile: Profile, talk: Callable[[Talker], None]) -> Iterator[None]:
        """Let another program of this user listen in the app's place, and talk to the first client."""
        with attributes_of_the_persons_own() as attributes:
            pipe = _winapi.CreateNamedPipe(profile.pipe, 3, 0, 2, 65536, 65536, 0, attributes)

        class Client:
            def recv(self, most: int) -> bytes:
                return _winapi.ReadFile(pipe, most)[0]

            def sendall(self, words: bytes) -> None:
                _winapi.WriteFile(pipe, words)

        def serve() -> None:
            _winapi.ConnectNamedPipe(pipe)
            try:
                talk(Client())
            except OSError:
                pass
            finally:
                _winapi.CloseHandle(pipe)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join()

else:
    import select
    import socket

    def ready(descriptors: list[int], patience_s: float) -> list[int]:
        """Wait for descriptors that can be read."""
        return select.select(descriptors, [], [], patience_s)[0]

    class RawClient:
        """A client of the socket that says what it likes."""

        def __init__(self, profile: Profile) -> None:
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.connect(str(profile.socket))

        def say(self, words: bytes) -> None:
            self._socket.sendall(words)

        def hear(self) -> bytes:
            try:
                return self._socket.recv(65536)
            except OSError:
                return b""

        def close(self) -> None:
            self._socket.close()

        def __enter__(self) -> RawClient:
            return self

        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            self.close()

    @contextmanager
    def impostor(profile: Profile, talk: Callable[[Talker], None]) -> Iterator[None]:
        """Let another program of this user listen in the app's place, and talk to the first client."""
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(profile.socket))
            listener.listen()

            def serve() -> None:
                client, _ = listener.accept()
                with client:
                    try:
                        talk(client)
                    except OSError:
                        pass

            thread = threading.Thread(target=serve)
            thread.start()
            yield
            thread.join()


class Talker(Protocol):
    """The impostor's end of a connection."""

    def recv(self, most: int, /) -> bytes: ...

    def sendall(self, words: bytes, /) -> None: ...


class Loop:
    """A minimal event loop in a thread, in place of Qt's."""

    def __init__(self) -> None:
        self.watched: dict[int, Callable[[], None]] = {}
        self.ends = False

    def watch(self, descriptor: int, call: Callable[[], None]) -> Callable[[], None]:
        self.watched[descriptor] = call
        return lambda: self.watched.pop(descriptor, None)

    def turn(self) -> None:
        while not self.ends:
            for descriptor in ready(list(self.watched), 0.02):
                if call := self.watched.get(descriptor):
                    call()
