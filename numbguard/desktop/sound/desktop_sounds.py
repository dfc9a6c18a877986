"""Implements ``core.ports.Sounds`` with the first player that serves. ``sound.choose`` makes it, on the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Final

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import NO_SOUND, OUR_SOUND, THEME_SOUND, SoundChoice, SoundMoment
from numbguard.core.settings.settings import Settings
from numbguard.desktop.found_candidates import FoundCandidates, Makers

from . import SILENCED, Player, our_chime

_log = logging.getLogger(__name__)

_TOO_LATE_S: Final = 1.5
"""Seconds after its moment from which a sound would only puzzle: no other player is tried then."""


class DesktopSounds:
    def __init__(
        self,
        settings: Settings,
        *,
        candidates: Callable[[], Makers[Player]],
        theme_sound: Callable[[SoundMoment], Path | None],
        now: Callable[[], float] = monotonic,
    ) -> None:
        """``now`` is a clock in seconds."""
        self._settings = settings
        self._players = FoundCandidates(candidates, now)
        self._theme_sound = theme_sound
        self._now = now
        self._playing: Player | None = None

    # --- the port ------------------------------------------------------------------------------------------------

    def play(self, moment: SoundMoment) -> None:
        self._play(moment, self._settings.sound_at(moment), self._settings.sound_volume)

    def configure(self, settings: Settings) -> None:
        self._settings = settings
        if not settings.sound_enabled:
            self.stop()

    def stop(self) -> None:
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.stop()

    def status(self) -> SenseStatus:
        return self._players.status(self._detail())

    # --- for the settings window ---------------------------------------------------------------------------------

    def try_out(self, moment: SoundMoment, choice: SoundChoice, volume: int) -> str:
        """Play a sound now, whatever holds breaks back; return a sentence where another one, or none, is heard."""
        if not self._players.serves:
            return self._players.all()[0].detail
        if choice == NO_SOUND:
            return ""
        self._play(moment, choice, volume)
        return self._why_ours(moment, choice)

    # --- playing -------------------------------------------------------------------------------------------------

    def _play(self, moment: SoundMoment, choice: SoundChoice, volume: int) -> None:
        self.stop()
        if choice == NO_SOUND:
            return
        ours = our_chime(moment)
        sound = self._file(moment, choice) or ours
        if sound.suffix == SILENCED:
            return
        players = self._players.usable()
        attempts = [(player, sound) for player in players if sound.suffix.lower() in player.kinds]
        if sound != ours:
            attempts += [(player, ours) for player in players]
        self._try(attempts, ours, volume, self._now())

    def _try(self, attempts: Sequence[tuple[Player, Path]], ours: Path, volume: int, began: float) -> None:
        """Play the first of the attempts; where it fails at once, the next."""
        if not attempts or self._now() - began > _TOO_LATE_S:
            return
        (player, sound), *rest = attempts
        self._playing = player

        def ended(well: bool) -> None:
            if self._playing is player:
                self._playing = None
            if well:
                return
            _log.info("%s could not play %s.", player.name, "our chime" if sound == ours else "the chosen sound")
            if sound == ours:
                self._players.has_failed(player)
            self._try(rest, ours, volume, began)

        player.play(sound, volume, ended)

    def _file(self, moment: SoundMoment, choice: SoundChoice) -> Path | None:
        """The file of a choice; ``None`` where the theme has none for this moment."""
        if choice == OUR_SOUND:
            return our_chime(moment)
        return self._theme_sound(moment) if choice == THEME_SOUND else Path(choice).expanduser()

    def _detail(self) -> str:
        """What plays the sounds, and the first choice that it cannot play."""
        best = self._players.all()[0]
        for moment in SoundMoment:
            if self._players.serves and (why := self._why_ours(moment, self._settings.sound_at(moment))):
                return sentence("{player} {problem}", player=best.detail, problem=why)
        return best.detail

    def _why_ours(self, moment: SoundMoment, choice: SoundChoice) -> str:
        """Why our own chime is heard in place of what was chosen; empty where it is not."""
        if choice in (OUR_SOUND, NO_SOUND):
            return ""
        sound = self._file(moment, choice)
        if sound is not None and sound.suffix == SILENCED:
            return N_("The system's sound theme is silent for this.")
        if sound is None:
            return N_("The system's sound theme has no sound for this, so you hear NumbGuard's own.")
        if not sound.is_file():
            return sentence("There is no file “{file}”, so you hear NumbGuard's own sound.", file=sound)
        if not any(sound.suffix.lower() in player.kinds for player in self._players.all()):
            return sentence("Nothing here plays “{file}”, so you hear NumbGuard's own sound.", file=sound.name)
        return ""
