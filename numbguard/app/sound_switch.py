"""Switches the sounds of breaks on and off for the card's window, and lets the first break ask whether they are wanted.

The composition root creates it; the card's stage calls it on the GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from numbguard.core.settings.choices import SoundMoment
from numbguard.store.settings.file import SettingsError

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings
    from numbguard.runtime.runtime import Runtime

_ASKED = "sound"
"""The question, among what a profile has shown once."""


class SoundApp(Protocol):
    """The parts of the app that it needs."""

    runtime: Runtime

    @property
    def settings(self) -> Settings: ...

    def switch_sound(self, on: bool) -> None: ...

    def once(self, what: str) -> bool: ...

    def refuse(self, sentence: str) -> None: ...

    def try_sound(self, moment: SoundMoment) -> str: ...


class SoundSwitch:
    """Implements ``ui.card.sound_controls.SoundControls``."""

    def __init__(self, app: SoundApp) -> None:
        self._app = app

    @property
    def is_on(self) -> bool:
        return self._app.settings.sound_enabled

    def may_ask(self) -> bool:
        """Whether to ask now whether sounds are wanted: once in the life of a profile, unless they are on already."""
        return not self.is_on and self._app.once(_ASKED)

    def switch(self, on: bool) -> None:
        """Switch sounds on or off; once they are on, let the person hear what they are like, unless that disturbs."""
        self._app.once(_ASKED)
        try:
            self._app.switch_sound(on)
        except SettingsError as error:
            self._app.refuse(str(error))
            return
        if on and not self._app.runtime.moment().suppressed:
            self._app.try_sound(SoundMoment.START)
