"""A voice that reads the steps of a card aloud, in the person's language, by whatever speech the system has.

The app calls ``choose``; everything in this folder runs on the GUI thread and waits for nothing. The speakers are
candidates in order:

* Linux and other Unixes: ``speech_dispatcher``, which speaks with the voice that the person has set for their screen
  reader, then the programs ``espeak-ng`` and ``espeak``;
* macOS: ``say``; Windows: its speech interface (SAPI), by PowerShell;
* ``mute`` is the last: it says nothing.

They are looked for when the first step is to be read. Plyer's ``tts`` is not among them: on each of these systems it
starts ``espeak``, ``flite`` or ``say`` and waits for its end (``docs/decisions/sound.md``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings

    from .desktop_voice import DesktopVoice


class Speaker(Protocol):
    """One way of speaking. A constructor raises ``Unavailable`` where it cannot work."""

    name: str
    detail: str
    """What speaks, in plain words."""

    def say(self, words: str, *, language: str, volume: int, failed: Callable[[], None]) -> None:
        """Say the words in place of any others, at a volume of 0–100. ``failed`` is called where that is not possible.

        ``language``: ``de``, ``pt_BR``.
        """

    def hush(self) -> None:
        """Stop at once."""

    def stop(self) -> None:
        """Stop at once, and release what it holds."""


def choose(settings: Settings, *, language: Callable[[], str]) -> DesktopVoice:
    """The voice of this desktop; ``language`` returns the person's. Nothing is looked for before it has to read."""
    from .desktop_voice import DesktopVoice

    return DesktopVoice(settings, candidates=candidates, language=language)


def candidates() -> Sequence[tuple[str, Callable[[], Speaker]]]:
    """The name and the maker of each speaker of this system, the best one first."""
    from .mute import Mute
    from .programs import speakers_of

    speakers: list[tuple[str, Callable[[], Speaker]]] = []
    if sys.platform not in ("win32", "darwin"):
        from .speech_dispatcher import SpeechDispatcher

        speakers.append((SpeechDispatcher.name, SpeechDispatcher))
    return [*speakers, *speakers_of(sys.platform), (Mute.name, Mute)]
