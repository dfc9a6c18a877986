"""Idleness from GNOME's Mutter, ``org.gnome.Mutter.IdleMonitor`` on the session bus; correct under X11 and Wayland.

``idle.choose`` builds it; it runs on the GUI thread. Mutter reports by event: one watch fires after a pause, another at
the first input after it. A Mutter that refuses the watches is polled every 30 s. While something keeps the screen awake
(a film), Mutter's watches do not fire, but ``GetIdletime`` stays correct; the runtime asks for it before announcing a
break.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

from .idle_spell import IdleSpell

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_NAME = "org.gnome.Mutter.IdleMonitor"
_SERVICE = Service(_NAME, "/org/gnome/Mutter/IdleMonitor/Core", _NAME)
TELLS = N_("GNOME reports how long the keyboard and mouse have been idle.")
FAILED = N_("GNOME didn't report how long the keyboard and mouse have been idle.")
_SLACK_S = 1.0
"""Seconds. If a spell exceeds Mutter's figure by more than this, input occurred in between and the spell has ended."""


class GnomeIdle:
    """Works while a process owns Mutter's bus name; sets its watches again whenever Mutter returns."""

    name = "gnome"

    def __init__(self, bus: Bus | None, *, pause_s: float) -> None:
        """``pause_s``: the pause after which Mutter is to report, in real seconds. Raises ``Unavailable``."""
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't ask Mutter."))
        self._bus = bus
        self._pause_ms = max(1, round(pause_s * 1000))
        self._owned: bool | None = None
        self._was_available = False
        self._asking = self._setting = False
        self._idle_watch: int | None = None
        self._return_watch: int | None = None
        self._trouble = ""
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._changed: Callable[[], None] = lambda: None
        self._spell = IdleSpell(lambda seconds: self._report(seconds))

    @property
    def event_driven(self) -> bool:
        return self._idle_watch is not None

    @property
    def available(self) -> bool | None:
        return self._owned

    @property
    def detail(self) -> str:
        if self._owned:
            return self._trouble or TELLS
        gone = (
            N_("GNOME Shell isn't running at the moment.")
            if self._was_available
            else N_("This is not a GNOME desktop.")
        )
        return self._bus.trouble or gone

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed
        self._bus.listen(_SERVICE, "WatchFired", self._watch_fired)
        self._bus.watch_name(_NAME, self._owner_changed)
        self._bus.open()

    def ask(self) -> None:
        # One question at a time, so that they do not pile up at a Mutter that hangs.
        if not self._asking:
            self._asking = True
            self._bus.call(_SERVICE, "GetIdletime", done=self._idletime_replied)
        self._set_watch()

    def stop(self) -> None:
        self._bus.forget(
            self._owner_changed, self._watch_fired, self._idletime_replied, self._watch_set, self._return_watch_set
        )

    def _owner_changed(self, owner: str | None) -> None:
        self._bus.forget(self._idletime_replied, self._watch_set, self._return_watch_set)
        self._owned = owner is not None
        self._was_available = self._was_available or self._owned
        self._asking = self._setting = False
        self._idle_watch = self._return_watch = None
        self._spell.forget()
        self._changed()

    def _set_watch(self) -> None:
        """Repeated with every question: a Mutter that has just started may own its name before it answers calls."""
        if self._idle_watch is None and not self._setting:
            self._setting = True
            self._bus.call(_SERVICE, "AddIdleWatch", "t", self._pause_ms, done=self._watch_set)

    def _watch_set(self, outcome: Outcome) -> None:
        self._setting = False
        self._idle_watch = _number(outcome)
        if self.event_driven:
            # The report of this figure lets the runtime notice that polling is no longer needed.
            self.ask()

    def _watch_fired(self, body: tuple[Any, ...]) -> None:
        if body == (self._idle_watch,):
            if self._return_watch is None:
                self._bus.call(_SERVICE, "AddUserActiveWatch", done=self._return_watch_set)
            self._spell.lasts(self._pause_ms / 1000)
        elif body == (self._return_watch,):
            self._return_watch = None  # It fires once.
            self._spell.ends()

    def _return_watch_set(self, outcome: Outcome) -> None:
        self._return_watch = _number(outcome)
        # The person may have returned before the watch was set; the figure shows that.
        self.ask()

    def _idletime_replied(self, outcome: Outcome) -> None:
        self._asking = False
        seconds = _number(outcome)
        if seconds is None:
            self._trouble = FAILED
            self._report(None)
            return
        self._trouble = ""
        if self._spell.seconds > seconds / 1000 + _SLACK_S:
            self._spell.ends()
        self._report(seconds / 1000)


def _number(outcome: Outcome) -> int | None:
    """The number in a reply that consists of one; otherwise ``None``."""
    if isinstance(outcome, Reply) and len(outcome.body) == 1 and isinstance(outcome.body[0], int):
        return int(outcome.body[0])
    return None
