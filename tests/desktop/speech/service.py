"""A stand-in for Speech Dispatcher that speaks its protocol, SSIP, at a Unix socket."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread


class Service:
    """It answers each line as SSIP wants it, and keeps what was said to it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self.lines: list[str] = []
        self.refuses = ""
        """A command that it refuses."""
        self._path = path
        self._links: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._start(self._serve)

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(Thread(target=work, daemon=True))
        self._threads[-1].start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            self._links.append(link)
            self._start(partial(self._talk, link))

    def _talk(self, link: socket.socket) -> None:
        with suppress(OSError), link:
            takes_words = False
            for line in _lines(link):
                self.lines.append(line)
                if takes_words:
                    if line != ".":
                        continue
                    takes_words = False
                    answer = "225-7\r\n225 OK MESSAGE QUEUED"
                elif self.refuses and line.startswith(self.refuses):
                    answer = "300-no\r\n301 ERR NO"
                elif line == "SPEAK":
                    takes_words, answer = True, "230 OK RECEIVING DATA"
                else:
                    answer = "208 OK"
                with suppress(OSError):  # it has hung up, but what it said before is still to be heard
                    link.sendall(f"701-an event\r\n701 BEGIN\r\n{answer}\r\n".encode())

    def said(self) -> list[str]:
        """What was asked for but for the greetings."""
        return [line for line in self.lines if not line.startswith("SET SELF")]

    def drop(self) -> None:
        """End, as the service does when it is stopped."""
        self._path.unlink(missing_ok=True)
        for one in (self._listener, *self._links):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()


def _lines(link: socket.socket) -> Iterator[str]:
    """The lines that arrive, without their ends, until the other side has hung up."""
    received = b""
    while True:
        try:
            data = link.recv(1 << 14)
        except ConnectionResetError:  # said once where an answer was left unread; the last lines come after it
            continue
        if not data:
            return
        *lines, received = (received + data).split(b"\r\n")
        yield from (line.decode() for line in lines)
