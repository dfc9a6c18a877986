"""The names, signatures and errors of the service on the session bus. Pure; ``service`` and ``calls`` use them.

They are a contract: scripts of other people rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from numbguard.runtime.happenings import HappeningKind

NAME = INTERFACE = "org.numbguard.NumbGuard"
PATH = "/org/numbguard/NumbGuard"

INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
PEER = "org.freedesktop.DBus.Peer"
PROPERTIES = "org.freedesktop.DBus.Properties"

Parts = tuple[tuple[str, str], ...]
"""Names and types of arguments."""

_PROFILE = ("profile", "s")


@dataclass(frozen=True, slots=True)
class BusMethod:
    """A method; ``verb`` is the request that the socket answers."""

    name: str
    verb: str
    takes: Parts = (_PROFILE,)
    gives: Parts = ()

    @property
    def signature(self) -> str:
        return "".join(kind for _name, kind in self.takes)


METHODS = (
    BusMethod("Log", "log", gives=(("id", "s"),)),
    BusMethod("BreakNow", "break start"),
    BusMethod("Snooze", "break snooze"),
    BusMethod("Skip", "break skip"),
    BusMethod("Pause", "pause", takes=(_PROFILE, ("seconds", "u"))),
    BusMethod("Resume", "resume"),
    BusMethod("Status", "status", gives=(("json", "s"),)),
    BusMethod("Show", "show", takes=(_PROFILE, ("window", "s"))),
)


@dataclass(frozen=True, slots=True)
class BusSignal:
    name: str
    carries: Parts

    @property
    def signature(self) -> str:
        return "".join(kind for _name, kind in self.carries)


SIGNALS = {
    HappeningKind.STATE: BusSignal("StateChanged", (_PROFILE, ("state", "s"))),
    HappeningKind.ANNOUNCED: BusSignal("BreakAnnounced", (_PROFILE, ("id", "s"))),
    HappeningKind.STARTED: BusSignal("BreakStarted", (_PROFILE, ("id", "s"))),
    HappeningKind.ENDED: BusSignal("BreakEnded", (_PROFILE, ("id", "s"), ("outcome", "s"))),
    HappeningKind.LOGGED: BusSignal("EpisodeLogged", (_PROFILE, ("id", "s"))),
}

READABLE = ("Profile", "State", "Version")
"""The properties, all of them texts; they describe the app that has the name. ``State`` reports its changes."""

STATUS_KEYS = (
    *("running", "version", "speed", "state", "seat", "seated_s", "interval_s", "due_in_s", "since_break_s"),
    *("suppressed", "overdue", "paused_until", "break"),
)
"""The keys of ``numbguard status --json`` that ``Status`` gives; the others may quote the log or name files."""

NOT_RUNNING = "org.numbguard.Error.NotRunning"
"""No NumbGuard runs for that profile."""
NOT_ANSWERING = "org.numbguard.Error.NotAnswering"
"""One runs for that profile and did not answer in time; it may still do what was asked."""
REFUSED = "org.numbguard.Error.Refused"
"""What was asked does not fit the moment, such as a snooze without a break, or the log could not be written."""
INVALID_ARGUMENT = "org.numbguard.Error.InvalidArgument"
"""A profile that is not a full path, or a window that does not exist."""
BUSY = "org.numbguard.Error.Busy"
"""Too many calls wait for an answer already."""
FAILED = "org.numbguard.Error.Failed"
"""A fault in NumbGuard; its log file has the details."""

ACCESS_DENIED = "org.freedesktop.DBus.Error.AccessDenied"
INVALID_ARGS = "org.freedesktop.DBus.Error.InvalidArgs"
LIMITS_EXCEEDED = "org.freedesktop.DBus.Error.LimitsExceeded"
PROPERTY_READ_ONLY = "org.freedesktop.DBus.Error.PropertyReadOnly"
UNKNOWN_INTERFACE = "org.freedesktop.DBus.Error.UnknownInterface"
UNKNOWN_OBJECT = "org.freedesktop.DBus.Error.UnknownObject"
UNKNOWN_PROPERTY = "org.freedesktop.DBus.Error.UnknownProperty"
