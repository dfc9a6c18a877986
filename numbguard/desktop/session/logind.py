"""Sleep and waking as systemd-logind tells them: ``PrepareForSleep`` of ``org.freedesktop.login1`` on the system bus.

Built by ``session.choose``; on the GUI thread. It delays no sleep (no inhibitor is taken): what has to be on disk is
there already. Locking would come by the session object's ``LockedHint``; nothing listens to that yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.ports import SenseStatus, SessionEvent

from .. import NotHere
from ..calls import Service
from .none import SLEEP_IS_STILL_NOTICED

if TYPE_CHECKING:
    from ..bus import Bus

_NAME = "org.freedesktop.login1"
_MANAGER = Service(_NAME, "/org/freedesktop/login1", f"{_NAME}.Manager")


class LogindWatch:
    """Listens for as long as the system bus and logind are there, and again when they come back."""

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise NotHere("This system has no system bus, so nobody tells when the machine goes to sleep.")
        self._bus = bus
        self._owned: bool | None = None
        self._report: Callable[[SessionEvent], None] = lambda event: None

    def start(self, report: Callable[[SessionEvent], None]) -> None:
        self._report = report
        self._bus.listen(_MANAGER, "PrepareForSleep", self._prepare_for_sleep)
        self._bus.watch_name(_NAME, self._owner_changed)
        self._bus.open()

    def status(self) -> SenseStatus:
        if self._owned:
            return SenseStatus("logind", works=True, detail="The system tells when it goes to sleep and wakes.")
        if self._owned is None and not self._bus.trouble:
            return SenseStatus("logind", works=False, detail="The system bus has not answered yet.")
        why = self._bus.trouble or "There is no systemd-logind on this system."
        return SenseStatus("none", works=False, detail=f"{why} {SLEEP_IS_STILL_NOTICED}")

    def stop(self) -> None:
        self._bus.forget(self._prepare_for_sleep, self._owner_changed)

    def _owner_changed(self, owner: str | None) -> None:
        self._owned = owner is not None

    def _prepare_for_sleep(self, body: tuple[Any, ...]) -> None:
        self._report(SessionEvent.FALLING_ASLEEP if body[0] else SessionEvent.WOKE)
