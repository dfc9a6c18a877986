"""Makes NumbGuard's own chimes, ``resources/sounds/*.wav``: ``python -m tools.chimes [FOLDER]``.

Each is one to three notes of a struck bar (a sine with two quieter, shorter overtones), so that it is soft and ends by
itself. The standard library alone, no random numbers: the same files each time, which a test compares.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RATE: Final = 22_050
"""Samples per second; mono, 16 bits each."""
PEAK: Final = 0.7
"""The greatest amplitude, as a share of full scale."""
_ATTACK_S: Final = 0.012
"""Seconds in which a note swells: anything shorter is heard as a click."""
_RELEASE_S: Final = 0.06
"""Seconds in which the whole chime fades to silence at its end."""
_OVERTONES: Final = ((1.0, 1.0, 1.0), (2.0, 0.22, 0.55), (3.01, 0.08, 0.3))
"""Of each partial: its frequency, its amplitude and its length, as multiples of the note's own."""
_D5, _G5, _A5, _B5, _D6 = 587.33, 783.99, 880.0, 987.77, 1174.66
"""Frequencies in hertz, equal temperament at A4 = 440 Hz."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note that begins ``at_s`` seconds into the chime and falls to a third in ``fall_s`` seconds."""

    hertz: float
    at_s: float
    fall_s: float
    loudness: float = 1.0


@dataclass(frozen=True, slots=True)
class ChimeNotes:
    notes: tuple[Note, ...]
    length_s: float


CHIMES: Final = {
    # A question: two notes that rise.
    "announcement": ChimeNotes((Note(_D5, 0.0, 0.20), Note(_A5, 0.16, 0.24)), 0.8),
    # Let's go: two quick notes upwards.
    "start": ChimeNotes((Note(_G5, 0.0, 0.14), Note(_D6, 0.11, 0.17, 0.8)), 0.6),
    # A single light note, for it comes most often.
    "step": ChimeNotes((Note(_B5, 0.0, 0.10, 0.7),), 0.35),
    # Done: three notes that come down to rest.
    "end": ChimeNotes((Note(_A5, 0.0, 0.15), Note(_G5, 0.14, 0.16), Note(_D5, 0.29, 0.20)), 0.8),
}
"""Each chime by the moment at which it is heard."""


def samples(chime: ChimeNotes) -> list[float]:
    """The chime as amplitudes between -1 and 1."""
    count = round(chime.length_s * RATE)
    sums = [_at(chime, place / RATE) for place in range(count)]
    loudest = max(abs(one) for one in sums)
    loudness = PEAK * max(note.loudness for note in chime.notes) / loudest
    return [one * loudness for one in sums]


def _at(chime: ChimeNotes, seconds: float) -> float:
    fade = min(1.0, (chime.length_s - seconds) / _RELEASE_S)
    return fade * sum(_note_at(note, seconds - note.at_s) for note in chime.notes if seconds >= note.at_s)


def _note_at(note: Note, seconds: float) -> float:
    swell = min(1.0, seconds / _ATTACK_S)
    return (
        note.loudness
        * swell
        * sum(
            amplitude
            * math.exp(-seconds / (note.fall_s * length))
            * math.sin(math.tau * note.hertz * multiple * seconds)
            for multiple, amplitude, length in _OVERTONES
        )
    )


def wav(chime: ChimeNotes) -> bytes:
    """The chime as a WAV file."""
    numbers = array("h", (round(one * 32_767) for one in samples(chime)))
    if sys.byteorder == "big":
        numbers.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(numbers.tobytes())
    return file.getvalue()


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "resources/sounds")
    folder.mkdir(parents=True, exist_ok=True)
    for name, chime in CHIMES.items():
        (folder / f"{name}.wav").write_bytes(wav(chime))


if __name__ == "__main__":
    main()
