"""A WAV file made quieter, for players that have no volume of their own. Pure but for reading the file; any thread."""

from __future__ import annotations

import io
import sys
import wave
from array import array
from pathlib import Path
from typing import Final

_LARGEST: Final = 8 << 20
"""Bytes. Ten seconds of a CD are 1.8 MB."""


def loudness(volume: int) -> float:
    """The amplitude for a volume of 0–100, between 0 and 1: its third power, which sounds like an even scale."""
    return float((min(100, max(0, volume)) / 100) ** 3)


def at_volume(sound: Path, volume: int) -> bytes:
    """The file at 0–100 of its loudness. Samples that are not of 16 bits stay as loud as they are.

    Raises ``OSError`` where it cannot be read, and ``ValueError`` where it is no WAV file or far too long.
    """
    with sound.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("a sound of more than 8 MB")
    try:
        with wave.open(io.BytesIO(content)) as reader:
            parameters, frames = reader.getparams(), reader.readframes(reader.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError("not a WAV file that can be read") from error
    if parameters.sampwidth != 2:
        return content
    numbers = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        numbers.byteswap()
    factor = loudness(volume)
    quieter = array("h", (round(one * factor) for one in numbers))
    if sys.byteorder == "big":
        quieter.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as writer:
        writer.setparams(parameters)
        writer.writeframes(quieter.tobytes())
    return made.getvalue()
