"""A call on macOS: polls CoreAudio for whether any program uses the default microphone.

``quiet.choose`` builds it; it runs on the GUI thread. Written from Apple's documentation of AudioObjectGetPropertyData,
kAudioHardwarePropertyDefaultInputDevice and kAudioDevicePropertyDeviceIsRunningSomewhere; not yet run on macOS.
CoreAudio does not say which program it is. No documented interface tells programs of Focus, full screens or shared
screens, so these are not noticed.
"""

from __future__ import annotations

import ctypes
from typing import Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

from .polled import PolledSource

_SYSTEM = 1
"""kAudioObjectSystemObject."""


def code(letters: str) -> int:
    """The number of a four-character code, as CoreAudio names its properties."""
    return int.from_bytes(letters.encode("ascii"), "big")


def _core_audio() -> Any:
    """The library CoreAudio. Raises ``Unavailable``."""
    try:
        return ctypes.CDLL("/System/Library/Frameworks/CoreAudio.framework/CoreAudio")
    except OSError:
        raise Unavailable(
            N_("macOS' CoreAudio is missing, so NumbGuard can't tell when the microphone is in use.")
        ) from None


class _Address(ctypes.Structure):
    _fields_ = [("selector", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("element", ctypes.c_uint32)]


class MacCall(PolledSource):
    """Asks for quiet while any program uses the default microphone."""

    name = "macos"
    words = N_("macOS reports when the microphone is in use.")

    def __init__(self, audio: Any = None) -> None:
        """``audio`` replaces the library CoreAudio in tests. Raises ``Unavailable``."""
        super().__init__()
        self._audio = _core_audio() if audio is None else audio

    def _look(self) -> str | None:
        microphone = self._number(_SYSTEM, "dIn ")
        if not microphone:
            return None
        return N_("microphone in use") if self._number(microphone, "gone") else None

    def _number(self, object: int, property: str) -> int:
        address = _Address(code(property), code("glob"), 0)
        value, size = ctypes.c_uint32(0), ctypes.c_uint32(4)
        failed = self._audio.AudioObjectGetPropertyData(
            ctypes.c_uint32(object), ctypes.byref(address), 0, None, ctypes.byref(size), ctypes.byref(value)
        )
        if failed:
            raise OSError(f"CoreAudio gave no answer ({failed})")
        return value.value
