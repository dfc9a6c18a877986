"""The person's hooks: programs that run when a break is announced, starts or ends, and when an episode is logged.

The composition root creates ``Hooks`` on the GUI thread and passes it each happening; the settings window tries one. A
hook learns what happened, the state and an id, never a word of an episode. Of each kind one runs at a time; while it
runs, further events of that kind are passed over. The log file gets how each ended, and not the command.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.runtime.happenings import Happening, HappeningKind

if TYPE_CHECKING:
    from numbguard.core.settings.choices import HookCommand
    from numbguard.core.settings.settings import Settings
    from numbguard.desktop.hook_run import HookResult, HookRun
    from numbguard.store.profile import Profile

_log = logging.getLogger(__name__)

TRIED_ID = "test"
"""The id that a hook gets when somebody tries it."""
_TRIED = {
    HappeningKind.ANNOUNCED: Happening(HappeningKind.ANNOUNCED, "announced", TRIED_ID),
    HappeningKind.STARTED: Happening(HappeningKind.STARTED, "break", TRIED_ID),
    HappeningKind.ENDED: Happening(HappeningKind.ENDED, "sitting", TRIED_ID, "moved"),
    HappeningKind.LOGGED: Happening(HappeningKind.LOGGED, "sitting", TRIED_ID),
}


class Hooks:
    """Implements ``HookTrial`` for the settings window."""

    def __init__(self, profile: Profile, settings: Callable[[], Settings]) -> None:
        self._profile = profile
        self._settings = settings
        self._running: dict[HappeningKind, HookRun] = {}
        self._tried: HookRun | None = None

    def happened(self, happening: Happening) -> None:
        """Run the hook for this event, if the person has set one and it is not running still."""
        command = self._command(happening.kind)
        if not command:
            return
        kind = happening.kind
        if kind in self._running:
            _log.warning("the hook on_%s is still running; it missed an event", kind.value)
            return

        def done(result: HookResult) -> None:
            self._running.pop(kind, None)
            _report(kind, result)

        self._running[kind] = self._run(command, happening, done)

    def try_hook(self, name: str, command: HookCommand, done: Callable[[HookResult], None]) -> None:
        """Run a command as the hook of that name (``on_log`` …) would; ``done`` gets its result.

        A trial that still runs is ended without a result.
        """
        kind = HappeningKind(name.removeprefix("on_"))
        if self._tried is not None and self._tried.running:
            self._tried.end()
        self._tried = self._run(command, _TRIED[kind], done)

    @property
    def running(self) -> bool:
        return bool(self._running) or (self._tried is not None and self._tried.running)

    def end(self) -> None:
        """End the hooks that run: the app quits."""
        for run in self._running.values():
            run.end()
        if self._tried is not None and self._tried.running:
            self._tried.end()
        self._running.clear()

    def _command(self, kind: HappeningKind) -> HookCommand | None:
        settings = self._settings()
        return {
            HappeningKind.ANNOUNCED: settings.hook_announcement,
            HappeningKind.STARTED: settings.hook_start,
            HappeningKind.ENDED: settings.hook_end,
            HappeningKind.LOGGED: settings.hook_log,
        }.get(kind)

    def _run(self, command: HookCommand, happening: Happening, done: Callable[[HookResult], None]) -> HookRun:
        from numbguard.desktop.hook_run import HookRun

        told = {
            "NUMBGUARD_EVENT": happening.kind.value,
            "NUMBGUARD_STATE": happening.state,
            "NUMBGUARD_ID": happening.id,
            "NUMBGUARD_OUTCOME": happening.outcome,
            "NUMBGUARD_PROFILE": str(self._profile.folder),
        }
        return HookRun(command, told, done)


def _report(kind: HappeningKind, result: HookResult) -> None:
    from numbguard.desktop.hook_run import HookEnd

    if result.end is HookEnd.ENDED:
        level = logging.INFO if result.status == 0 else logging.WARNING
        _log.log(level, "the hook on_%s ended with %d after %.1f s", kind.value, result.status, result.seconds)
    else:
        _log.warning("the hook on_%s: %s", kind.value, result.end.value)
