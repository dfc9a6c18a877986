"""A call detected by its camera: whether another program has a ``/dev/video*`` open.

``quiet.choose`` builds it; it runs on the GUI thread. inotify reports when a camera is opened, closed or plugged in. A
moment later (programs that list cameras open each for an instant) it searches the open files of this user's processes,
a few processes at a time, for the one that has a camera open. PipeWire's daemons do not count: some versions keep every
camera open all day. A program that reads the camera through them is noticed only by its microphone.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable

_OPENED, _CLOSED_WRITING, _CLOSED = 0x20, 0x8, 0x10
_CREATED, _DELETED = 0x100, 0x200
_IGNORED = 0x8000
"""Masks of inotify(7)."""
_EVENT = struct.Struct("iIII")
"""struct inotify_event without its name."""
_QUERY_CAPABILITIES, _CAPABILITY_LENGTH, _CAPABILITIES_AT = 0x80685600, 104, 84
"""The ioctl VIDIOC_QUERYCAP, and in struct v4l2_capability its length and the offset of ``capabilities``, in bytes."""
_CAPTURES, _CONVERTS, _HAS_DEVICE_CAPS = 0x1001, 0xC000, 0x80000000
"""Capability bits of Video for Linux: capture, memory-to-memory, and "``device_caps`` is set"."""
_CAMERA = re.compile(r"video\d+")
SETTLED_MS = 1000
"""Milliseconds from the last change to the search for the program."""
_AT_ONCE = 25
"""Processes searched before control returns to the event loop."""
_DAEMONS = frozenset({"pipewire", "wireplumber"})
_COMM_LENGTH = 15
"""Characters to which Linux cuts a process's name in ``/proc/…/comm``."""


class CameraInUse:
    """Works wherever inotify does; ``available`` is false until a camera is plugged in."""

    name = "v4l2"

    def __init__(self, devices: Path = Path("/dev"), *, not_calls: Sequence[str] = ()) -> None:
        """``not_calls``: names of programs that do not count. Raises ``Unavailable``."""
        self._devices = devices
        # Cut to the length of the names that they are compared with.
        self._not_calls = frozenset(name.lower()[:_COMM_LENGTH] for name in not_calls)
        try:
            self._c = ctypes.CDLL(None, use_errno=True)
            descriptor = self._c.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        except (OSError, AttributeError):
            descriptor = -1
        if descriptor < 0:
            raise Unavailable(N_("This system doesn't report which program uses the camera."))
        self._descriptor = descriptor
        self._notifier: QSocketNotifier | None = None
        self._timer: QTimer | None = None
        self._cameras: dict[str, int] = {}
        """The number of each camera's inotify watch, by its path."""
        self._folder = -1
        self._scan: Iterator[str | None] | None = None
        self._reason: str | None = None
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        return bool(self._cameras)

    @property
    def detail(self) -> str:
        return N_("The system reports which program uses the camera.") if self._cameras else N_("There is no camera.")

    @property
    def reason(self) -> str | None:
        return self._reason

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._timer = QTimer(singleShot=True)
        self._timer.timeout.connect(self._begin_scan)
        self._notifier = QSocketNotifier(self._descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        self._folder = self._watch(self._devices, _CREATED | _DELETED)
        self._find_cameras()

    def stop(self) -> None:
        for owned in (self._notifier, self._timer):
            if owned:
                owned.deleteLater()
        if self._notifier:
            self._notifier.setEnabled(False)
        if self._timer:
            self._timer.stop()
        self._notifier = self._timer = self._scan = None
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self._cameras, self._reason = {}, None

    def _watch(self, path: Path, events: int) -> int:
        return int(self._c.inotify_add_watch(self._descriptor, os.fsencode(path), events))

    def _find_cameras(self) -> None:
        try:
            found = [one for one in self._devices.iterdir() if _CAMERA.fullmatch(one.name)]
        except OSError:
            found = []
        # Query the devices before watching them, or inotify would report our own opening.
        found = [one for one in found if is_camera(one)]
        self._cameras = {
            str(path): number
            for path in found
            if (number := self._watch(path, _OPENED | _CLOSED | _CLOSED_WRITING)) >= 0
        }
        if (self._cameras or self._reason) and self._timer:
            self._timer.start(SETTLED_MS)
        self._changed()

    def _read(self, *_: object) -> None:
        try:
            data = os.read(self._descriptor, 1 << 14) if self._descriptor >= 0 else b""
        except OSError:
            return
        plugged = used = False
        at = 0
        while at + _EVENT.size <= len(data):
            watch, mask, _cookie, length = _EVENT.unpack_from(data, at)
            name = data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0").decode("utf-8", "replace")
            at += _EVENT.size + length
            if watch == self._folder:
                plugged = plugged or bool(_CAMERA.fullmatch(name))
            else:
                used = used or not mask & _IGNORED
        if plugged:
            self._find_cameras()
        elif used and self._timer:
            self._timer.start(SETTLED_MS)

    def _begin_scan(self) -> None:
        self._scan = holders(frozenset(self._cameras))
        self._go_on()

    def _go_on(self) -> None:
        if self._scan is None:
            return
        for _ in range(_AT_ONCE):
            try:
                holder = next(self._scan)
            except StopIteration:
                self._conclude(None)
                return
            if holder is not None and holder.lower() not in self._not_calls:
                self._conclude(sentence("camera in use by {holder}", holder=holder))
                return
        QTimer.singleShot(0, self._go_on)

    def _conclude(self, reason: str | None) -> None:
        self._scan = None
        if reason != self._reason:
            self._reason = reason
            self._changed()


def is_camera(device: Path) -> bool:
    """Whether a device is a camera and not a video codec (VIDIOC_QUERYCAP); ``True`` if it cannot be queried."""
    import fcntl

    answer = bytearray(_CAPABILITY_LENGTH)
    try:
        descriptor = os.open(device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        fcntl.ioctl(descriptor, _QUERY_CAPABILITIES, answer)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    whole, device_caps = struct.unpack_from("II", answer, _CAPABILITIES_AT)
    able = device_caps if whole & _HAS_DEVICE_CAPS else whole
    return bool(able & _CAPTURES) and not able & _CONVERTS


def holders(devices: frozenset[str]) -> Iterator[str | None]:
    """For each process of this user: its name if it has one of the devices open, otherwise ``None``."""
    if not devices:
        return
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal() or int(process.name) == os.getpid():
            continue
        yield _name_if_holding(process, devices)


def _name_if_holding(process: Path, devices: frozenset[str]) -> str | None:
    folder = f"{process}/fd"
    try:
        for number in os.listdir(folder):  # noqa: PTH208  # there may be thousands, and names suffice
            try:
                held = os.readlink(f"{folder}/{number}")  # noqa: PTH115
            except OSError:
                continue
            if held in devices:
                name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
                return None if name in _DAEMONS else name
    except OSError:
        pass
    return None
