"""The app's quiet sense: runs the sources of those reasons that the settings ask for, and no others.

``quiet.choose`` builds it; the runtime calls it on the GUI thread. Implements ``core.ports.QuietWatch``. A source is
created when its setting is switched on and stopped when it is switched off, so that unwanted sources cost nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, PROGRAM, SHARING
from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, enumerated, passage, sentence, words_of
from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable

from . import QuietSource

_log = logging.getLogger(__name__)

Candidates = Mapping[str, Sequence[Callable[[Settings], QuietSource]]]
"""The factories of each reason's sources, by the id of the reason."""

NOTICED = {
    DND: N_("do-not-disturb"),
    FULLSCREEN: N_("full screens"),
    CALL: N_("calls"),
    SHARING: N_("shared screens"),
    PROGRAM: N_("the programs you named"),
}
"""What each reason is called in the status, by its id."""


def wanted(settings: Settings) -> Mapping[str, object]:
    """Each reason's setting, by its id: sources are created again when it changes, and not at all if it is falsy."""
    return {
        DND: settings.quiet_dnd,
        FULLSCREEN: settings.quiet_fullscreen,
        CALL: settings.quiet_call and (True, settings.quiet_not_calls),
        SHARING: settings.quiet_sharing,
        PROGRAM: settings.quiet_programs,
    }


@dataclass(slots=True)
class _Watched:
    """One reason: the sources that report it, and the last report to the runtime."""

    setting: object = None
    sources: list[QuietSource] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    reported: str | None = None


class QuietSense:
    """Runs the wanted sources and reports each change of a reason."""

    def __init__(
        self, candidates: Candidates, settings: Settings, *, catch_up: Callable[[], None] = lambda: None
    ) -> None:
        """``catch_up`` makes sources that leave changes unread for a while process them."""
        self._candidates = candidates
        self._catch_up = catch_up
        self._settings = settings
        self._report: Callable[[str, str | None], None] = lambda id, reason: None
        self._reasons = {id: _Watched() for id in candidates}

    def start(self, report: Callable[[str, str | None], None]) -> None:
        self._report = report
        self.configure(self._settings)

    def configure(self, settings: Settings) -> None:
        for id, setting in wanted(settings).items():
            one = self._reasons.get(id)
            if one is None or one.setting == setting:
                continue
            self._release(one)
            one.setting = setting
            if setting:
                self._begin(id, one, settings)
            self._look(id)

    def catch_up(self) -> None:
        self._catch_up()

    def stop(self) -> None:
        for one in self._reasons.values():
            self._release(one)

    def status(self) -> SenseStatus:
        parts = {id: self._status_of(id, one) for id, one in self._reasons.items()}
        return summary(parts)

    # --- internals ----------------------------------------------------------------------------------------------

    def _begin(self, id: str, one: _Watched, settings: Settings) -> None:
        for candidate in self._candidates[id]:
            try:
                one.sources.append(candidate(settings))
            except Unavailable as reason:
                _log.info("%s", reason)
                one.missing.append(words_of(reason))
        for source in one.sources:
            source.start(partial(self._look, id))

    def _release(self, one: _Watched) -> None:
        for source in one.sources:
            source.stop()
        one.sources, one.missing, one.setting = [], [], None

    def _look(self, id: str) -> None:
        one = self._reasons[id]
        reason = next((source.reason for source in one.sources if source.reason), None)
        if reason != one.reported:
            one.reported = reason
            self._report(id, reason)

    def _status_of(self, id: str, one: _Watched) -> SenseStatus:
        if not one.setting:
            return off(id)
        serving = [source for source in one.sources if source.available]
        if serving:
            return SenseStatus(
                ", ".join(source.name for source in serving),
                works=True,
                detail=passage(source.detail for source in serving),
            )
        return SenseStatus(
            "none",
            works=False,
            detail=passage(dict.fromkeys([*(source.detail for source in one.sources), *one.missing]))
            or N_("This system doesn't report it to programs."),
        )


def off(id: str) -> SenseStatus:
    """The status of a reason that the settings do not ask for."""
    why = N_("You named no programs in the settings.") if id == PROGRAM else N_("Turned off in the settings.")
    return SenseStatus("off", works=False, detail=why)


def summary(parts: Mapping[str, SenseStatus]) -> SenseStatus:
    """The status of the whole sense, from the status of each reason by its id."""
    serving = dict.fromkeys(name for one in parts.values() if one.works for name in one.backend.split(", "))
    unnoticed = [NOTICED[id] for id, one in parts.items() if one.backend == "none"]
    noticed = [NOTICED[id] for id, one in parts.items() if one.works]
    words = [sentence("Detected: {noticed}.", noticed=enumerated(noticed))] if noticed else []
    if unnoticed:
        words.append(sentence("Not detected here: {unnoticed}.", unnoticed=enumerated(unnoticed)))
    return SenseStatus(", ".join(serving) or "none", works=bool(serving), detail=passage(words), sources=dict(parts))
