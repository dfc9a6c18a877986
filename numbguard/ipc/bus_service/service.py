"""NumbGuard on the session bus: takes the name, sends the signals, and lets each call be answered.

The composition root creates ``BusService`` on the GUI thread. One app a login session has the name
``org.numbguard.NumbGuard``; an app of another profile waits in line for it, and the first passes calls on to that app.
Each app sends its own signals, which name its profile. The answers are in ``calls``, which is imported at the first
call, so that the resident process has no more than this while nobody calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numbguard import __version__
from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_
from numbguard.runtime.happenings import HappeningKind

from .names import INTERFACE, NAME, PATH, PROPERTIES, SIGNALS

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus
    from numbguard.desktop.dbus.incoming import IncomingCall
    from numbguard.runtime.happenings import Happening, Happenings
    from numbguard.store.profile import Profile

    from .calls import Answer, BusCalls, InBackground

SERVES = N_("Scripts reach NumbGuard on the session bus, as org.numbguard.NumbGuard.")
PASSES_ON = N_(
    "Another NumbGuard of this login session has the name org.numbguard.NumbGuard, and passes calls on to this one."
)
BACKEND = "session-bus"


class BusService:
    """Implements ``BusFacts`` for ``calls``."""

    def __init__(
        self, bus: Bus, profile: Profile, happenings: Happenings, answer: Answer, *, in_background: InBackground
    ) -> None:
        self.bus = bus
        self.profile = profile
        self.answer = answer
        self.in_background = in_background
        self._happenings = happenings
        self._has_name = False
        self._calls: BusCalls | None = None
        bus.serve(self._called)
        bus.own_name(NAME, self._name_changed)
        bus.open()
        happenings.subscribe(self._tell)

    def properties(self) -> dict[str, str]:
        return {"Profile": str(self.profile.folder), "State": self._happenings.state, "Version": __version__}

    def status(self) -> SenseStatus:
        """Whether scripts can call this app, for ``numbguard check``."""
        if not self.bus.connected:
            return SenseStatus(BACKEND, False, self.bus.trouble)
        return SenseStatus(BACKEND, True, SERVES if self._has_name else PASSES_ON)

    def _name_changed(self, ours: bool) -> None:
        self._has_name = ours

    def _called(self, call: IncomingCall) -> None:
        if self._calls is None:
            from .calls import BusCalls

            self._calls = BusCalls(self)
        self._calls.take(call)

    def _tell(self, happening: Happening) -> None:
        signal = SIGNALS[happening.kind]
        values = [str(self.profile.folder), happening.id or happening.state]
        if happening.kind is HappeningKind.ENDED:
            values.append(happening.outcome)
        self.bus.emit(PATH, INTERFACE, signal.name, signal.signature, *values)
        if happening.kind is HappeningKind.STATE:
            changed = {"State": ("s", happening.state)}
            self.bus.emit(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", INTERFACE, changed, [])
