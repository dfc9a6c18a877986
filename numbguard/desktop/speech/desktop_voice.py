"""Implements ``core.ports.Voice`` with the first speaker that serves. ``speech.choose`` makes it, on the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from numbguard.core.ports import SenseStatus
from numbguard.core.settings.settings import Settings
from numbguard.desktop.found_candidates import FoundCandidates, Makers

from . import Speaker

if TYPE_CHECKING:  # the command line asks for the status, and says nothing: it needs no Qt
    from PySide6.QtCore import QTimer

_log = logging.getLogger(__name__)


class DesktopVoice:
    def __init__(
        self,
        settings: Settings,
        *,
        candidates: Callable[[], Makers[Speaker]],
        language: Callable[[], str],
        now: Callable[[], float] = monotonic,
    ) -> None:
        """``now`` is a clock in seconds."""
        self._settings = settings
        self._speakers = FoundCandidates(candidates, now)
        self._language = language
        self._speaking: Speaker | None = None
        self._words = ""
        self._wait: QTimer | None = None

    # --- the port ------------------------------------------------------------------------------------------------

    def read(self, words: str, *, after_s: float) -> None:
        self.hush()
        self._words = words
        if self._wait is None:
            from PySide6.QtCore import QTimer

            self._wait = QTimer(singleShot=True)
            self._wait.timeout.connect(self._say)
        self._wait.start(round(after_s * 1000))

    def hush(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        speaking, self._speaking = self._speaking, None
        if speaking is not None:
            speaking.hush()

    def configure(self, settings: Settings) -> None:
        self._settings = settings
        if not (settings.sound_enabled and settings.sound_read_aloud):
            self.hush()

    def status(self) -> SenseStatus:
        return self._speakers.status(self._speakers.all()[0].detail)

    def stop(self) -> None:
        self.hush()
        self._speakers.stop()

    # --- for the settings window ---------------------------------------------------------------------------------

    def try_out(self, words: str) -> str:
        """Say the words now, whatever holds breaks back; return a sentence if nothing can."""
        if not self._speakers.serves:
            return self._speakers.all()[0].detail
        self.read(words, after_s=0.0)
        return ""

    # --- speaking ------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        speaker = next(iter(self._speakers.usable()), None)
        if speaker is None:
            return
        words, self._speaking = self._words, speaker

        def failed() -> None:
            _log.info("%s could not read a step aloud.", speaker.name)
            self._speakers.has_failed(speaker)
            if self._speaking is speaker and words == self._words:
                self._speaking = None
                self._say()

        speaker.say(words, language=self._language(), volume=self._settings.sound_volume, failed=failed)
