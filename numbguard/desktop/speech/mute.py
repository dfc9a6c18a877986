"""The last speaker: it says nothing, because nothing on this desktop speaks. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from numbguard.core.sentence import N_


class Mute:
    name = "none"
    detail = N_("This computer has no voice, so steps aren't read aloud. On Linux, install speech-dispatcher.")

    def say(self, words: str, *, language: str, volume: int, failed: Callable[[], None]) -> None:
        pass

    def hush(self) -> None:
        pass

    def stop(self) -> None:
        pass
