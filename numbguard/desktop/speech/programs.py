"""Voices that are programs of the system. ``speech.candidates`` makes them, on the GUI thread.

Each sentence is a process of its own, and killing it stops the voice. The words go through its standard input, so that
no list of processes shows them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable

if TYPE_CHECKING:  # the command line asks which voices there are, and says nothing: it needs no Qt
    from numbguard.desktop.short_program import ShortProgram

LONGEST_S: Final = 60.0
"""Seconds after which a program that still speaks, or hangs, is killed."""


@dataclass(frozen=True, slots=True)
class _Program:
    name: str
    """Of the program."""
    detail: str
    words: Callable[[str, int], Sequence[str]]
    """The words after the program's name, from the language and the volume (0–100)."""


class ProgramSpeaker:
    """Speaks by one program. Raises ``Unavailable``."""

    def __init__(self, program: _Program) -> None:
        path = shutil.which(program.name)
        if path is None:
            raise Unavailable(sentence("The program {program} isn't installed.", program=program.name))
        self._path, self._program = path, program
        self._process: ShortProgram | None = None
        self.name, self.detail = program.name, program.detail

    def say(self, words: str, *, language: str, volume: int, failed: Callable[[], None]) -> None:
        if self._process is None:
            from numbguard.desktop.short_program import ShortProgram

            self._process = ShortProgram()
        self._process.run(
            self._path,
            self._program.words(language.partition("_")[0], volume),
            limit_s=LONGEST_S,
            given=words.encode() + b"\n",
            ended=lambda well: None if well else failed(),
        )

    def hush(self) -> None:
        if self._process is not None:
            self._process.stop()

    def stop(self) -> None:
        self.hush()


def speakers_of(platform: str) -> list[tuple[str, Callable[[], ProgramSpeaker]]]:
    """The programs of a value of ``sys.platform``, the best one first."""
    programs = {"darwin": (_SAY,), "win32": (_POWERSHELL,)}.get(platform, (_ESPEAK_NG, _ESPEAK))
    return [(program.name, partial(ProgramSpeaker, program)) for program in programs]


def _espeak(language: str, volume: int) -> list[str]:
    # Its amplitude goes up to 200, and 100 is what it speaks with unless asked otherwise.
    return ["-v", language, "-a", str(volume), "--stdin"]


_SAPI: Final = (
    "[Console]::InputEncoding = [Text.Encoding]::UTF8;"
    "Add-Type -AssemblyName System.Speech;"
    "$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
    "$voice.Volume = {volume};"
    "try {{ $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, [Globalization.CultureInfo]'{language}') }} catch {{ }};"
    "$voice.Speak([Console]::In.ReadToEnd())"
)
"""``language`` is made of letters alone, and ``volume`` is a number."""

_ESPEAK_NG: Final = _Program("espeak-ng", N_("The program espeak-ng reads the steps."), _espeak)
_ESPEAK: Final = _Program("espeak", N_("The program espeak reads the steps."), _espeak)
_SAY: Final = _Program("say", N_("The voice of macOS reads the steps."), lambda _language, _volume: ["-f", "-"])
_POWERSHELL: Final = _Program(
    "powershell",
    N_("The voice of Windows reads the steps."),
    lambda language, volume: [
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        _SAPI.format(volume=volume, language="".join(one for one in language if one.isalpha())),
    ],
)
