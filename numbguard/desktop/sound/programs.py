"""Players that are programs of the system: those of the sound servers and of ALSA, and macOS's own.

``sound.candidates`` makes them, on the GUI thread; each sound is a process of its own for as long as it lasts. A volume
of 70 is as loud in each of them: it is a share of the perceived loudness, and the amplitude is its third power, as in
PulseAudio.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import SoundMoment
from numbguard.desktop import Unavailable

from .wav_volume import at_volume, loudness

if TYPE_CHECKING:  # the command line asks which players there are, and plays nothing: it needs no Qt
    from numbguard.desktop.short_program import ShortProgram

CARDS: Final = Path("/dev/snd")
"""Linux's folder of sound cards; a file ``pcm…p`` in it is one that plays."""
LONGEST_S: Final = 10.0
"""Seconds after which a sound is cut off: a file of the person's may be a whole song, and a player may hang."""

_SNDFILE: Final = frozenset({".wav", ".oga", ".ogg", ".flac", ".aiff", ".aif", ".au", ".opus", ".mp3"})
"""What libsndfile reads; MP3 and Opus only in later versions, and where that fails our own chime is heard."""
_OF_MACOS: Final = frozenset({".wav", ".aiff", ".aif", ".au", ".caf", ".m4a", ".mp3", ".flac"})


@dataclass(frozen=True, slots=True)
class _Program:
    name: str
    kinds: frozenset[str]
    words: Callable[[Path, int], Sequence[str]]
    """The words after the program's name, from the file and the volume (0–100)."""
    needs: Callable[[], str | None]
    """Why it would not work here, in a sentence; ``None`` where it may."""
    takes_wav: bool = False
    """It has no volume of its own: it gets the file on its standard input, made quieter."""


class ProgramPlayer:
    """Plays files by one program. Raises ``Unavailable``."""

    def __init__(self, program: _Program) -> None:
        path = shutil.which(program.name)
        if path is None:
            raise Unavailable(sentence("The program {program} isn't installed.", program=program.name))
        if why := program.needs():
            raise Unavailable(why)
        self._path = path
        self._program = program
        self._process: ShortProgram | None = None
        self.name = program.name
        self.kinds = program.kinds
        self.detail: str = sentence("The program {program} plays the sounds.", program=program.name)

    def play(self, sound: Path, volume: int, ended: Callable[[bool], None]) -> None:
        given = b""
        if self._program.takes_wav:
            try:
                given = at_volume(sound, volume)
            except (OSError, ValueError):
                ended(False)
                return
        if self._process is None:
            from numbguard.desktop.short_program import ShortProgram

            self._process = ShortProgram()
        words = self._program.words(sound, volume)
        self._process.run(self._path, words, limit_s=LONGEST_S, given=given, ended=ended)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()


def players_of(platform: str) -> list[tuple[str, Callable[[], ProgramPlayer]]]:
    """The players of a value of ``sys.platform``, the best one first."""
    programs = (_AFPLAY,) if platform == "darwin" else (_PAPLAY, _PW_PLAY, _CANBERRA, _APLAY)
    return [(program.name, partial(ProgramPlayer, program)) for program in programs]


def macos_sound(moment: SoundMoment) -> Path | None:
    """The alert sound that comes with macOS for a moment."""
    found = Path("/System/Library/Sounds", f"{_MACOS_SOUNDS[moment]}.aiff")
    return found if found.exists() else None


_MACOS_SOUNDS: Final = {
    SoundMoment.ANNOUNCEMENT: "Glass",
    SoundMoment.START: "Purr",
    SoundMoment.STEP: "Tink",
    SoundMoment.END: "Blow",
}


# --- what each of them needs -----------------------------------------------------------------------------------------


def _sound_server() -> str | None:
    from numbguard.desktop.quiet.call import media_sockets

    try:
        there = media_sockets.sound_server().exists()
    except Unavailable:
        return None  # It is on another computer: the program knows how to reach that.
    return None if there else N_("No sound server runs in this session.")


def _pipewire() -> str | None:
    from numbguard.desktop.quiet.call import media_sockets

    try:
        there = media_sockets.pipewire().exists()
    except Unavailable:
        there = False
    return None if there else N_("PipeWire doesn't run in this session.")


def _sound_card() -> str | None:
    if sys.platform.startswith("linux") and not any(CARDS.glob("pcm*p")):
        return N_("This computer has no sound card that ALSA can play on.")
    return None


def _decibels(volume: int) -> float:
    return -96.0 if volume <= 0 else 20 * math.log10(loudness(volume))


_PAPLAY: Final = _Program(
    "paplay",
    _SNDFILE,
    # Its volume, up to 65536, is a share of the perceived loudness already.
    lambda sound, volume: [
        f"--volume={round(65536 * volume / 100)}",
        "--client-name=NumbGuard",
        "--property=media.role=event",
        "--",
        str(sound),
    ],
    _sound_server,
)
_PW_PLAY: Final = _Program(
    "pw-play",
    _SNDFILE,
    lambda sound, volume: [f"--volume={loudness(volume):.4f}", "--media-role=Notification", str(sound)],
    _pipewire,
)
_CANBERRA: Final = _Program(
    "canberra-gtk-play",
    frozenset({".wav", ".oga", ".ogg"}),
    lambda sound, volume: [f"--volume={_decibels(volume):.1f}", f"--file={sound}"],
    lambda: None,
)
_APLAY: Final = _Program("aplay", frozenset({".wav"}), lambda _sound, _volume: ["-q", "-"], _sound_card, takes_wav=True)
_AFPLAY: Final = _Program(
    "afplay",
    _OF_MACOS,
    lambda sound, volume: ["-v", f"{loudness(volume):.4f}", str(sound)],
    lambda: None,
)
