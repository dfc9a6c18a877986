"""A pointer on a Wayland compositor that knows zwlr_virtual_pointer_v1, such as sway: a headless one has none itself.

Started by session.sh. It takes lines from the FIFO ``$XDG_RUNTIME_DIR/pointer``: ``to X Y``, ``by X Y`` (pixels) and
``click CODE`` (of the kernel: 272 left, 274 middle). Programs see a mouse as long as this runs.
"""

import os
import socket
import struct
import time
from pathlib import Path

RUNTIME = Path(os.environ["XDG_RUNTIME_DIR"])
WIDTH, HEIGHT = 1280, 800
DISPLAY, REGISTRY, DONE, SEAT, MANAGER, POINTER = range(1, 7)
WANTED = {"wl_seat": SEAT, "zwlr_virtual_pointer_manager_v1": MANAGER}


def string(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)


class Link:
    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(RUNTIME / os.environ["WAYLAND_DISPLAY"]))
        self._began = time.monotonic()

    def send(self, target: int, opcode: int, arguments: bytes = b"") -> None:
        self._socket.sendall(struct.pack("=II", target, (8 + len(arguments)) << 16 | opcode) + arguments)

    def bind(self) -> None:
        """Bind what is wanted, in the order of its numbers: a compositor refuses a number that leaves a gap."""
        globals_ = self._globals()
        for interface, number in WANTED.items():
            arguments = struct.pack("=I", globals_[interface]) + string(interface) + struct.pack("=II", 1, number)
            self.send(REGISTRY, 0, arguments)

    def _globals(self) -> dict[str, int]:
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

    def pointer(self, opcode: int, form: str, *numbers: int) -> None:
        now = int((time.monotonic() - self._began) * 1000)
        self.send(POINTER, opcode, struct.pack(f"=I{form}", now, *numbers))
        self.send(POINTER, 4)  # the end of a frame


link = Link()
link.send(DISPLAY, 1, struct.pack("=I", REGISTRY))
link.send(DISPLAY, 0, struct.pack("=I", DONE))
link.bind()
link.send(MANAGER, 0, struct.pack("=II", SEAT, POINTER))
fifo = RUNTIME / "pointer"
fifo.unlink(missing_ok=True)
os.mkfifo(fifo)
while True:
    for line in fifo.read_text().splitlines():
        verb, *words = line.split()
        numbers = [int(word) for word in words]
        if verb == "to":
            link.pointer(1, "IIII", *numbers, WIDTH, HEIGHT)
        elif verb == "by":
            link.pointer(0, "ii", *(256 * number for number in numbers))
        else:
            for state in (1, 0):
                link.pointer(2, "II", *numbers, state)
                time.sleep(0.1)
