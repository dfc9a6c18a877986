"""Answers the calls that arrive on the session bus.

``service`` creates ``BusCalls`` at the first call; all of it runs on the GUI thread, except the question to another
app, which has a thread of its own. A caller may be any process of this user, as at the socket: the same limits hold.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from numbguard.desktop.dbus.bus import THE_BUS, THE_BUS_PATH
from numbguard.desktop.dbus.incoming import UNKNOWN_METHOD, IncomingCall
from numbguard.desktop.dbus.messages import Outcome, Reply, Service
from numbguard.store.profile import Profile, ProfileError

from ..client import ask
from ..line import LONGEST_REQUEST, MAX_CLIENTS, NotAnswering, NotRunning
from . import names
from .introspection import description_of
from .names import INTERFACE, INTROSPECTABLE, METHODS, PATH, PEER, PROPERTIES, BusMethod

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

Answer = Callable[[Mapping[str, object]], Mapping[str, object]]
"""Answers a request as the socket does (``ipc.requests.RequestHandler``)."""
InBackground = Callable[[Callable[[], Mapping[str, object]], Callable[[Mapping[str, object]], None]], None]
"""Does a piece of work on a thread of its own and passes its result to a callback on the GUI thread."""

_log = logging.getLogger(__name__)

_BUS_ITSELF = Service(THE_BUS, THE_BUS_PATH, THE_BUS)
_MOST_KNOWN = 64
"""The most callers that are remembered as this user's."""
_MOST_UNKNOWN = 256
"""The most calls that wait until it is known who makes them: less than a millisecond."""
_PATIENCE_S = 10.0
"""Seconds to wait for the app of another profile, as the command line does."""
_BY_NAME = {method.name: method for method in METHODS}


class BusFacts(Protocol):
    """What the answers need of the service."""

    bus: Bus
    profile: Profile
    answer: Answer
    in_background: InBackground

    def properties(self) -> dict[str, str]: ...


class BusCalls:
    """Answers each call once: at once, or when the app of another profile has answered."""

    def __init__(self, facts: BusFacts) -> None:
        self._facts = facts
        self._waiting = 0
        """Calls that wait for the app of another profile."""
        self._ours: set[str] = set()
        """Callers that are processes of this user."""
        self._unknown: dict[str, list[IncomingCall]] = {}
        """The calls of those who are not known yet, in the order in which they came."""

    def take(self, call: IncomingCall) -> None:
        """Answer a call, after making sure that a process of this user makes it."""
        if call.length > LONGEST_REQUEST:
            call.fail(names.LIMITS_EXCEEDED, "The call is too long.")
        elif call.sender in self._ours:
            self._answer(call)
        elif sum(map(len, self._unknown.values())) >= _MOST_UNKNOWN:
            call.fail(names.BUSY, "NumbGuard is busy with other calls. Try again.")
        elif call.sender in self._unknown:
            self._unknown[call.sender].append(call)
        else:
            self._unknown[call.sender] = [call]
            self._ask_who_is(call.sender)

    def _ask_who_is(self, sender: str) -> None:
        def told(outcome: Outcome) -> None:
            calls = self._unknown.pop(sender)
            if not isinstance(outcome, Reply) or outcome.body[0] != os.geteuid():
                for call in calls:
                    call.fail(names.ACCESS_DENIED, "NumbGuard answers only the user whose it is.")
                return
            if len(self._ours) >= _MOST_KNOWN:
                self._ours.clear()
            self._ours.add(sender)
            for call in calls:
                self._answer(call)

        self._facts.bus.call(_BUS_ITSELF, "GetConnectionUnixUser", "s", sender, done=told)

    def _answer(self, call: IncomingCall) -> None:
        try:
            self._dispatch(call)
        except Exception:  # a bug: the caller gets an answer all the same, and the app goes on
            _log.critical("a bug, at the D-Bus call %s", call.member, exc_info=True)
            call.fail(names.FAILED, "That failed because of a fault in NumbGuard. Its log file has the details.")

    def _dispatch(self, call: IncomingCall) -> None:
        description = description_of(call.path)
        if description is None:
            call.fail(names.UNKNOWN_OBJECT, f"There is no object {call.path}; NumbGuard's is {PATH}.")
            return
        served: dict[tuple[str, str], tuple[str, Callable[[IncomingCall], None]]] = {
            (INTROSPECTABLE, "Introspect"): ("", lambda call: call.reply("s", description)),
            (PEER, "Ping"): ("", lambda call: call.reply()),
            (PEER, "GetMachineId"): ("", _machine_id),
        }
        if call.path == PATH:
            served[PROPERTIES, "Get"] = "ss", self._get
            served[PROPERTIES, "GetAll"] = "s", self._get_all
            served[PROPERTIES, "Set"] = "ssv", self._set
            served |= {(INTERFACE, method.name): (method.signature, self._do) for method in METHODS}
        found = [
            taken
            for (interface, member), taken in served.items()
            if member == call.member and call.interface in ("", interface)
        ]
        if found:
            signature, answer = found[0]
            if call.signature == signature:
                answer(call)
            else:
                call.fail(names.INVALID_ARGS, f"{call.member} takes “{signature}”, not “{call.signature}”.")
        elif call.interface and not any(interface == call.interface for interface, _member in served):
            call.fail(names.UNKNOWN_INTERFACE, f"There is no interface {call.interface} at {call.path}.")
        else:
            call.fail(UNKNOWN_METHOD, f"There is no method {call.member} at {call.path}.")

    # --- properties -------------------------------------------------------------------------------------------------

    def _get(self, call: IncomingCall) -> None:
        interface, name = call.body
        value = self._facts.properties().get(name) if interface == INTERFACE else None
        if value is None:
            call.fail(names.UNKNOWN_PROPERTY, f"There is no property {interface}.{name}.")
        else:
            call.reply("v", ("s", value))

    def _get_all(self, call: IncomingCall) -> None:
        own = self._facts.properties() if call.body[0] in (INTERFACE, "") else {}
        call.reply("a{sv}", {name: ("s", value) for name, value in own.items()})

    def _set(self, call: IncomingCall) -> None:
        call.fail(names.PROPERTY_READ_ONLY, "NumbGuard's properties can only be read.")

    # --- NumbGuard's own methods -------------------------------------------------------------------------------------

    def _do(self, call: IncomingCall) -> None:
        method = _BY_NAME[call.member]
        try:
            profile = _profile(call.body[0])
        except ProfileError as error:
            call.fail(names.INVALID_ARGUMENT, str(error))
            return
        request = _request(method, call.body)
        if profile == self._facts.profile:
            _pass_back(call, method, self._facts.answer(request))
        elif self._waiting >= MAX_CLIENTS:
            call.fail(names.BUSY, "NumbGuard is busy with other calls. Try again.")
        else:
            self._pass_on(call, method, profile, request)

    def _pass_on(self, call: IncomingCall, method: BusMethod, profile: Profile, request: Mapping[str, object]) -> None:
        """Ask the app that has the named profile, at its socket."""
        self._waiting += 1

        def asked() -> Mapping[str, object]:
            try:
                return ask(profile, request, patience_s=_PATIENCE_S)
            except NotAnswering:
                words = f"The NumbGuard of the profile {profile.folder} did not answer in time."
                return {"failure": names.NOT_ANSWERING, "error": words}
            except NotRunning:
                words = (
                    f"No NumbGuard runs for the profile {profile.folder}. "
                    f"The one that was called runs for {self._facts.profile.folder}."
                )
                return {"failure": names.NOT_RUNNING, "error": words}

        def answered(reply: Mapping[str, object]) -> None:
            self._waiting -= 1
            _pass_back(call, method, reply)

        self._facts.in_background(asked, answered)


def _profile(words: str) -> Profile:
    """The profile that a caller names by its folder; empty: the one that verbs use without ``--profile``.

    Raises ``ProfileError`` for anything but a full path; makes nothing.
    """
    if words and not words.startswith("~") and not Path(words).is_absolute():
        raise ProfileError(f"“{words}” is not a profile: give the full path of its folder, or nothing.")
    return Profile.named(words or None)


def _request(method: BusMethod, body: tuple[object, ...]) -> Mapping[str, object]:
    request: dict[str, object] = {"verb": method.verb}
    if method.name == "Pause":
        request["for_s"] = body[1] or None
    elif method.name == "Show":
        request["window"] = body[1]
    return request


def _pass_back(call: IncomingCall, method: BusMethod, reply: Mapping[str, object]) -> None:
    document = reply.get("document")
    if reply.get("status") != 0 or not isinstance(document, Mapping):
        kind = names.INVALID_ARGUMENT if reply.get("status") == 2 else names.REFUSED
        call.fail(str(reply.get("failure") or kind), str(reply.get("error")))
    elif method.name == "Log":
        call.reply("s", str(document.get("id")))
    elif method.name == "Status":
        told: dict[str, object] = {key: document.get(key) for key in names.STATUS_KEYS}
        episode = document.get("open_episode")
        told["open_episode"] = episode.get("id") if isinstance(episode, Mapping) else None
        call.reply("s", json.dumps(told))
    else:
        call.reply()


def _machine_id(call: IncomingCall) -> None:
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            call.reply("s", Path(path).read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            continue
        return
    call.fail("org.freedesktop.DBus.Error.FileNotFound", "This computer has no machine id.")
