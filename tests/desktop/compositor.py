"""A stand-in for a Wayland compositor: it reports windows, and idleness by a protocol that Debian's sway still lacks.

It listens on a real socket and implements only the requests that the senses send; any other is an error, as in a real
compositor. Its thread ends with the ``with`` block.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

NOTIFIER, SEAT = "ext_idle_notifier_v1", "wl_seat"
THE_SEAT = 7
WINDOWS = {"zwlr_foreign_toplevel_manager_v1": 3}


def message(target: int, number: int, body: bytes = b"") -> bytes:
    return struct.pack("=II", target, (8 + len(body)) << 16 | number) + body


def text(words: str) -> bytes:
    raw = words.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")


class Compositor:
    """Serves one client at a time at ``path``. ``offers``: the interfaces in its registry with their versions."""

    def __init__(self, path: Path, **offers: int) -> None:
        self._path = path
        self._offers = offers or {NOTIFIER: 2, SEAT: 7}
        self._client: socket.socket | None = None
        self.watches: dict[int, tuple[str, int]] = {}
        """The notification objects that exist, by their ids: the kind of input and the milliseconds."""
        self.windows: set[int] = set()
        """The windows announced and not yet released by the client, by our ids for them."""
        self._manager = 0
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, name="compositor", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in (self._listener, self._client):
            if one:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=10)
        self._listener.close()
        self._path.unlink()
        assert not self.complaints, self.complaints

    # For the tests

    def idled(self, after_ms: int) -> None:
        self._tell(after_ms, 0)

    def resumed(self) -> None:
        for after_ms in {one for _, one in self.watches.values()}:
            self._tell(after_ms, 1)

    @property
    def tells_windows(self) -> bool:
        """Whether a client has bound the manager of windows."""
        return bool(self._manager)

    def window(self, id: int, app_id: str, *states: int) -> None:
        """Announce a new window, or a change of an existing one, in two pieces."""
        new = b"" if id in self.windows else message(self._manager, 0, struct.pack("=I", id))
        self.windows.add(id)
        self._objects[id] = "window"
        told = struct.pack(f"={1 + len(states)}I", 4 * len(states), *states)
        self.send(new + message(id, 0, text("never read")) + message(id, 1, text(app_id)))
        self.send(message(id, 4, told) + message(id, 5))

    def title(self, id: int, title: str) -> None:
        self.send(message(id, 0, text(title)) + message(id, 5))

    def closed(self, id: int) -> None:
        self.send(message(id, 6))

    def tells_no_more(self) -> None:
        self.send(message(self._manager, 1))

    def take_seat(self) -> None:
        self.send(message(2, 1, struct.pack("=I", THE_SEAT)))

    def give_seat(self) -> None:
        self.send(message(2, 0, struct.pack("=I", THE_SEAT) + text(SEAT) + struct.pack("=I", 7)))

    def send(self, data: bytes) -> None:
        assert self._client
        self._client.sendall(data)

    # The protocol

    def _tell(self, after_ms: int, number: int) -> None:
        for watch, (_, length) in list(self.watches.items()):
            if length == after_ms:
                self.send(message(watch, number))

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._client, _ = self._listener.accept()
                self._objects = {1: "wl_display"}
                self.watches.clear()
                self.windows.clear()
                self._manager = 0
                with self._client, contextlib.suppress(ConnectionError):
                    self._serve_one(self._client)

    def _serve_one(self, client: socket.socket) -> None:
        rest = b""
        while data := client.recv(4096):
            rest += data
            while len(rest) >= 8 and len(rest) >= (size := struct.unpack_from("=I", rest, 4)[0] >> 16):
                target, head = struct.unpack_from("=II", rest)
                self._take(target, head & 0xFFFF, rest[8:size])
                rest = rest[size:]

    def _take(self, target: int, number: int, body: bytes) -> None:
        words = struct.unpack(f"={len(body) // 4}I", body)
        match self._objects.get(target), number:
            case "wl_display", 1:
                self._objects[words[0]] = "wl_registry"
                for name, (interface, version) in enumerate(self._offers.items(), start=THE_SEAT - 1):
                    # In two pieces, as may happen on a stream.
                    whole = message(words[0], 0, struct.pack("=I", name) + text(interface) + struct.pack("=I", version))
                    self.send(whole[:11])
                    self.send(whole[11:])
            case "wl_display", 0:
                self.send(message(words[0], 0, struct.pack("=I", 1)) + message(1, 1, struct.pack("=I", words[0])))
            case "wl_registry", 0:
                interface = body[8 : 8 + words[1]].rstrip(b"\0").decode()
                if self._offers[interface] < words[-2]:
                    self.complaints.append(f"{interface} is not that new")
                self._objects[words[-1]] = interface
                if interface in WINDOWS:
                    self._manager = words[-1]
            case "ext_idle_notifier_v1", (1 | 2):
                kind = "input" if number == 2 else "any"
                if self._objects.get(words[2]) != SEAT:
                    self.complaints.append("that is no seat")
                self._objects[words[0]] = "watch"
                self.watches[words[0]] = (kind, words[1])
            case "window", 7:
                del self._objects[target]
                self.windows.remove(target)
            case "watch", 0:
                del self._objects[target], self.watches[target]
                self.send(message(1, 1, struct.pack("=I", target)))
            case interface, _:
                self.complaints.append(f"{interface} has no request {number}")
