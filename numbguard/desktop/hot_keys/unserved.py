"""The last candidate: NumbGuard gets no hot keys here, and says how the person can bind the verbs themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from numbguard.core.sentence import N_
from numbguard.core.settings.choices import KeyCombination

from .words import how_to_bind


class UnservedHotKeys:
    name = "none"
    available: bool | None = False
    can_suspend = False
    notes: Mapping[str, str] = {}

    def __init__(self, program: str) -> None:
        self.detail = how_to_bind(program)
        self.troubles: Mapping[str, str] = {}

    def start(self, pressed: Callable[[str], None], changed: Callable[[], None]) -> None:
        """Nothing is ever pressed."""

    def bind(self, keys: Mapping[str, KeyCombination]) -> None:
        self.troubles = dict.fromkeys(keys, N_("These keys don't work on this desktop."))

    def stop(self) -> None:
        """Nothing was started."""
