"""Sounds on Windows: ``winsound``, a part of Python, which plays WAV files alone and has no volume.

``sound.candidates`` makes the player, on the GUI thread. The file is made quieter first and played from memory, which
``winsound`` does only while its caller waits: so each sound has a short-lived thread of its own.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Final

from numbguard import collector
from numbguard.core.sentence import N_
from numbguard.core.settings.choices import SoundMoment
from numbguard.desktop import Unavailable

from .wav_volume import at_volume

_log = logging.getLogger(__name__)


class WindowsPlayer:
    name = "winsound"
    kinds = frozenset({".wav"})
    detail = N_("Windows plays the sounds.")

    def __init__(self) -> None:
        if sys.platform != "win32":
            raise Unavailable(N_("This system is not Windows."))

    def play(self, sound: Path, volume: int, ended: Callable[[bool], None]) -> None:
        self.stop()
        try:
            content = at_volume(sound, volume)
        except (OSError, ValueError):
            ended(False)
            return
        collector.suspend()
        Thread(target=_play, args=(content,), name="sound", daemon=True).start()
        ended(True)

    def stop(self) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, 0)


def _play(content: bytes) -> None:
    try:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(content, winsound.SND_MEMORY | winsound.SND_NODEFAULT)
    except RuntimeError as error:  # as where no sound device is there
        _log.info("A sound was not played: %s", error)
    finally:
        collector.resume()


_EVENTS: Final = {
    SoundMoment.ANNOUNCEMENT: "Notification.Reminder",
    SoundMoment.START: "SystemNotification",
    SoundMoment.STEP: "Notification.Default",
    SoundMoment.END: "SystemAsterisk",
}
"""The events of the person's sound scheme, as the registry names them."""


def theme_sound(moment: SoundMoment) -> Path | None:
    """The file of the person's sound scheme for a moment; ``None`` where they have chosen none."""
    if sys.platform == "win32":
        import os
        import winreg

        key = rf"AppEvents\Schemes\Apps\.Default\{_EVENTS[moment]}\.Current"
        try:
            named = winreg.QueryValue(winreg.HKEY_CURRENT_USER, key)
        except OSError:
            return None
        found = Path(os.path.expandvars(named)) if named else None
        return found if found and found.is_file() else None
    return None
