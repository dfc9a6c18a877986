"""A pointer and a keyboard on a Wayland compositor without a screen of glass, which has none itself: sway, or KWin.

Started by session.sh. It takes lines from the FIFO ``$XDG_RUNTIME_DIR/pointer``: ``to X Y``, ``by X Y`` (pixels),
``click CODE`` (of the kernel: 272 left, 274 middle) and, on KWin, ``key CODE…`` (pressed together). sway has the
protocol zwlr_virtual_pointer_v1, KWin org_kde_kwin_fake_input. Programs see a mouse as long as this runs.
"""

import os
import socket
import struct
import time
from pathlib import Path

RUNTIME = Path(os.environ["XDG_RUNTIME_DIR"])
WIDTH, HEIGHT = 1280, 800
DISPLAY, REGISTRY, DONE = 1, 2, 3


def string(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)


class Link:
    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(RUNTIME / os.environ["WAYLAND_DISPLAY"]))
        self._began = time.monotonic()
        self._last = DONE
        self.send(DISPLAY, 1, struct.pack("=I", REGISTRY))
        self.send(DISPLAY, 0, struct.pack("=I", DONE))
        self._globals = self._read_globals()

    def send(self, target: int, opcode: int, arguments: bytes = b"") -> None:
        self._socket.sendall(struct.pack("=II", target, (8 + len(arguments)) << 16 | opcode) + arguments)

    def has(self, interface: str) -> bool:
        return interface in self._globals

    def bind(self, interface: str, version: int) -> int:
        """Bind a global; numbers are used one after the other, because a compositor refuses one that leaves a gap."""
        number = self.new()
        arguments = struct.pack("=I", self._globals[interface]) + string(interface)
        self.send(REGISTRY, 0, arguments + struct.pack("=II", version, number))
        return number

    def new(self) -> int:
        self._last += 1
        return self._last

    @property
    def now_ms(self) -> int:
        return int((time.monotonic() - self._began) * 1000)

    def _read_globals(self) -> dict[str, int]:
        found: dict[str, int] = {}
        while True:
            target, word = struct.unpack("=II", self._exactly(8))
            body = self._exactly((word >> 16) - 8)
            if target == DONE:
                return found
            if target == REGISTRY and word & 0xFFFF == 0:
                name, length = struct.unpack_from("=II", body)
                found[body[8 : 8 + length - 1].decode()] = name

    def _exactly(self, count: int) -> bytes:
        raw = b""
        while len(raw) < count:
            raw += self._socket.recv(count - len(raw))
        return raw


class VirtualPointer:
    """zwlr_virtual_pointer_v1."""

    def __init__(self, link: Link) -> None:
        self._link = link
        seat = link.bind("wl_seat", 1)
        manager = link.bind("zwlr_virtual_pointer_manager_v1", 1)
        self._pointer = link.new()
        link.send(manager, 0, struct.pack("=II", seat, self._pointer))

    def to(self, x: int, y: int) -> None:
        self._event(1, "IIII", x, y, WIDTH, HEIGHT)

    def by(self, x: int, y: int) -> None:
        self._event(0, "ii", 256 * x, 256 * y)

    def button(self, code: int, state: int) -> None:
        self._event(2, "II", code, state)

    def key(self, code: int, state: int) -> None:
        raise SystemExit("This protocol has no keys.")

    def _event(self, opcode: int, form: str, *numbers: int) -> None:
        self._link.send(self._pointer, opcode, struct.pack(f"=I{form}", self._link.now_ms, *numbers))
        self._link.send(self._pointer, 4)  # the end of a frame


class FakeInput:
    """org_kde_kwin_fake_input."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._input = link.bind("org_kde_kwin_fake_input", 4)
        link.send(self._input, 0, string("desktops") + string("a hand"))

    def to(self, x: int, y: int) -> None:
        self._link.send(self._input, 9, struct.pack("=ii", 256 * x, 256 * y))

    def by(self, x: int, y: int) -> None:
        self._link.send(self._input, 1, struct.pack("=ii", 256 * x, 256 * y))

    def button(self, code: int, state: int) -> None:
        self._link.send(self._input, 2, struct.pack("=II", code, state))

    def key(self, code: int, state: int) -> None:
        self._link.send(self._input, 10, struct.pack("=II", code, state))


link = Link()
hand = FakeInput(link) if link.has("org_kde_kwin_fake_input") else VirtualPointer(link)
fifo = RUNTIME / "pointer"
fifo.unlink(missing_ok=True)
os.mkfifo(fifo)
while True:
    for line in fifo.read_text().splitlines():
        verb, *words = line.split()
        numbers = [int(word) for word in words]
        if verb == "to":
            hand.to(*numbers)
        elif verb == "by":
            hand.by(*numbers)
        elif verb == "click":
            for state in (1, 0):
                hand.button(numbers[0], state)
                time.sleep(0.1)
        else:
            for order, state in ((numbers, 1), (reversed(numbers), 0)):
                for number in order:
                    hand.key(number, state)
                    time.sleep(0.05)
