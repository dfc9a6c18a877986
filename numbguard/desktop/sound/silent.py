"""The last player: it plays nothing, because nothing on this desktop plays sounds. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from numbguard.core.sentence import N_


class Silent:
    name = "none"
    kinds: frozenset[str] = frozenset({".wav"})
    detail = N_("No program here plays sounds, so breaks are silent.")

    def play(self, sound: Path, volume: int, ended: Callable[[bool], None]) -> None:
        ended(True)

    def stop(self) -> None:
        pass
