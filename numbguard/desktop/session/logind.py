"""Sleep and lock from systemd-logind (or elogind), ``org.freedesktop.login1`` on the system bus.

``session.choose`` builds it; it runs on the GUI thread. The manager's signal ``PrepareForSleep`` announces sleep. We
take no inhibitor to delay sleep, because everything that must be on disk is there already. The property ``LockedHint``
of our session shows the lock where the lock screen maintains it, as GNOME's and Plasma's do. See
org.freedesktop.login1(5).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.ports import SessionEvent
from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

NAME = "org.freedesktop.login1"
MANAGER = Service(NAME, "/org/freedesktop/login1", f"{NAME}.Manager")
PROPERTIES = "org.freedesktop.DBus.Properties"
SESSION = f"{NAME}.Session"
HINT = "LockedHint"


def session_lookups() -> list[tuple[str, str, str | int]]:
    """Calls of the manager that may return our session's object, the most reliable first: method, signature, argument.

    Only the first can tell several sessions apart; ``auto`` also works where the desktop runs us as a user service,
    outside any session.
    """
    named = os.environ.get("XDG_SESSION_ID")
    lookups: list[tuple[str, str, str | int]] = [("GetSession", "s", named)] if named else []
    return [*lookups, ("GetSession", "s", "auto"), ("GetSessionByPID", "u", os.getpid())]


class Logind:
    """Listens while the system bus and logind run, and again after either restarts."""

    name = "logind"

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no system bus, so NumbGuard can't tell when the computer sleeps."))
        self._bus = bus
        self._owned: bool | None = None
        self._session: Service | None = None
        self._lookups: list[tuple[str, str, str | int]] = []
        self._hint_known = False
        self._locked: Callable[[bool | None], None] = lambda locked: None
        self._slept: Callable[[SessionEvent], None] = lambda event: None

    @property
    def reports_sleep(self) -> bool:
        return bool(self._owned)

    @property
    def reports_lock(self) -> bool:
        return self._hint_known

    @property
    def detail(self) -> str:
        if self._owned:
            return "" if self._hint_known else N_("logind doesn't report whether this session is locked.")
        if self._owned is None and not self._bus.trouble:
            return N_("The system bus has not answered yet.")
        return self._bus.trouble or N_("There is no systemd-logind on this system.")

    def start(self, locked: Callable[[bool | None], None], slept: Callable[[SessionEvent], None]) -> None:
        self._locked, self._slept = locked, slept
        self._bus.listen(MANAGER, "PrepareForSleep", self._prepare_for_sleep)
        self._bus.watch_name(NAME, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._locked = lambda locked: None
        self._bus.forget(self._prepare_for_sleep, self._owner_changed, self._properties_changed)
        self._bus.forget(self._session_found, self._hint_replied)

    def _owner_changed(self, owner: str | None) -> None:
        self._owned = owner is not None
        self._bus.forget(self._properties_changed, self._session_found, self._hint_replied)
        self._session = None
        self._tell(None)
        if owner:
            self._lookups = session_lookups()
            self._look_for_session()

    def _prepare_for_sleep(self, body: tuple[Any, ...]) -> None:
        if len(body) == 1:
            self._slept(SessionEvent.FALLING_ASLEEP if body[0] else SessionEvent.WOKE)

    # --- the lock -------------------------------------------------------------------------------------------------

    def _look_for_session(self) -> None:
        if self._lookups:
            member, signature, word = self._lookups.pop(0)
            self._bus.call(MANAGER, member, signature, word, done=self._session_found)

    def _session_found(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Reply) or len(outcome.body) != 1 or not isinstance(outcome.body[0], str):
            self._look_for_session()
            return
        self._session = Service(NAME, outcome.body[0], PROPERTIES)
        self._bus.listen(self._session, "PropertiesChanged", self._properties_changed)
        self._ask_for_hint()

    def _ask_for_hint(self) -> None:
        if self._session:
            self._bus.call(self._session, "Get", "ss", SESSION, HINT, done=self._hint_replied)

    def _hint_replied(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reply) and len(outcome.body) == 1:
            self._tell(_truth(outcome.body[0]))

    def _properties_changed(self, body: tuple[Any, ...]) -> None:
        if len(body) != 3 or body[0] != SESSION:
            return
        if HINT in body[1]:
            self._tell(_truth(body[1][HINT]))
        elif HINT in body[2]:
            self._ask_for_hint()

    def _tell(self, locked: bool | None) -> None:
        self._hint_known = locked is not None
        self._locked(locked)


def _truth(variant: object) -> bool | None:
    """The value of a boolean variant; ``None`` for anything else."""
    match variant:
        case ("b", bool(said)):
            return said
    return None
