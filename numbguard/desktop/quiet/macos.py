"""A call on macOS: whether any program runs the default microphone, as CoreAudio tells.

Built by ``quiet.choose``; on the GUI thread. Written from Apple's documentation of AudioObjectGetPropertyData,
kAudioHardwarePropertyDefaultInputDevice and kAudioDevicePropertyDeviceIsRunningSomewhere; it has not run on macOS yet.
CoreAudio does not say which program it is. Focus, full screens and shared screens are told to no program by a
documented way, so they are not noticed.
"""

from __future__ import annotations

import ctypes
from typing import Any

from numbguard.desktop import Unavailable

from .polled import PolledSource

_SYSTEM = 1


def code(letters: str) -> int:
    """One of CoreAudio's names of four letters."""
    return int.from_bytes(letters.encode("ascii"), "big")


def _core_audio() -> Any:
    """Raises ``Unavailable``."""
    try:
        return ctypes.CDLL("/System/Library/Frameworks/CoreAudio.framework/CoreAudio")
    except OSError:
        raise Unavailable("macOS' CoreAudio is not there, so nobody tells when the microphone is in use.") from None


class _Address(ctypes.Structure):
    _fields_ = [("selector", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("element", ctypes.c_uint32)]


class MacCall(PolledSource):
    """The default microphone runs for somebody."""

    name = "macos"
    words = "macOS tells when the microphone is in use."

    def __init__(self, audio: Any = None) -> None:
        """``audio`` stands in for the library CoreAudio."""
        super().__init__()
        self._audio = _core_audio() if audio is None else audio

    def _look(self) -> str | None:
        microphone = self._number(_SYSTEM, "dIn ")
        if not microphone:
            return None
        return "microphone in use" if self._number(microphone, "gone") else None

    def _number(self, object: int, property: str) -> int:
        address = _Address(code(property), code("glob"), 0)
        value, size = ctypes.c_uint32(0), ctypes.c_uint32(4)
        failed = self._audio.AudioObjectGetPropertyData(
            ctypes.c_uint32(object), ctypes.byref(address), 0, None, ctypes.byref(size), ctypes.byref(value)
        )
        if failed:
            raise OSError(f"CoreAudio did not tell ({failed})")
        return value.value
