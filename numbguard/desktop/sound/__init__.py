"""Sounds of a break: our own chimes, a sound of the system's theme, or a file of the person's.

The app calls ``choose``; everything in this folder runs on the GUI thread, except for the short-lived thread of
``windows``. A sound is always a file, and a player a program of the system that plays one, so that NumbGuard loads
neither a multimedia library nor a decoder. The players are candidates in order:

* Linux and other Unixes: ``paplay`` (PulseAudio, and PipeWire in its place), ``pw-play`` (PipeWire),
  ``canberra-gtk-play``, ``aplay`` (ALSA; WAV files only);
* macOS: ``afplay``; Windows: ``winsound``, a part of Python (WAV files only);
* ``silent`` is the last: it plays nothing.

Which are there is looked up when the first sound is due, and again whenever one has failed. A sound that no player can
play gives way to our own chime, which all of them can. Why programs: ``docs/decisions/sound.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from numbguard.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from numbguard.core.settings.choices import SoundMoment
    from numbguard.core.settings.settings import Settings

    from .desktop_sounds import DesktopSounds


SILENCED = ".disabled"
"""The suffix of the file by which a sound theme silences a sound."""


class Player(Protocol):
    """One way of playing a file. A constructor raises ``Unavailable`` where it cannot work."""

    name: str
    kinds: frozenset[str]
    """The suffixes of the files that it can play: ``.wav``."""
    detail: str
    """What plays the sounds, in plain words."""

    def play(self, sound: Path, volume: int, ended: Callable[[bool], None]) -> None:
        """Play the file at 0–100 of the loudness, in place of one that is being played.

        ``ended`` is called with False where that failed.
        """

    def stop(self) -> None:
        """Stop at once."""


def choose(settings: Settings) -> DesktopSounds:
    """The sounds of this desktop. Nothing is looked for, nor imported, until one is due."""
    from .desktop_sounds import DesktopSounds

    return DesktopSounds(settings, candidates=candidates, theme_sound=theme_sound)


def candidates() -> Sequence[tuple[str, Callable[[], Player]]]:
    """The name and the maker of each player of this system, the best one first."""
    from .silent import Silent

    players: list[tuple[str, Callable[[], Player]]] = []
    if sys.platform == "win32":
        from .windows import WindowsPlayer

        players.append((WindowsPlayer.name, WindowsPlayer))
    else:
        from .programs import players_of

        players += players_of(sys.platform)
    return [*players, (Silent.name, Silent)]


def theme_sound(moment: SoundMoment) -> Path | None:
    """The sound of the system's theme for a moment; ``None`` where it has none. It may be a ``SILENCED`` file."""
    if sys.platform == "win32":
        from . import windows

        return windows.theme_sound(moment)
    if sys.platform == "darwin":
        from .programs import macos_sound

        return macos_sound(moment)
    from . import xdg_theme

    return xdg_theme.theme_sound(moment)


def our_chime(moment: SoundMoment) -> Path:
    """The chime that comes with NumbGuard."""
    return resource("sounds", f"{moment.value}.wav")
