"""One connection to a D-Bus message bus on the Qt event loop: calls with callbacks, signals, and owners of names; also
the way in for calls to NumbGuard itself.

The app creates one for the session bus and one for the system bus; all adapters that use D-Bus services share them.
Everything here runs on the GUI thread and never blocks. Jeepney encodes and decodes the messages (PySide6's QtDBus
cannot send ``uint32``); it and ``wire``, which owns the socket, are imported when the bus is first opened.

A bus may die and return at the same address. The watchers of a name are then told that it has no owner, pending calls
fail, and the connection is retried at growing intervals. Once it is restored, all match rules are added again and the
watchers are told the owners. No exception leaves this module: a failure is an ``Outcome`` or a log line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer

from numbguard.core.sentence import N_, sentence

from .addresses import session_address, system_address
from .incoming import UNKNOWN_METHOD, IncomingCall
from .messages import NO_BUS, NO_REPLY, Failure, Outcome, Reply, Service, outcome_of

if TYPE_CHECKING:
    from jeepney.low_level import Message

    from .wire import Wire

_log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 5.0
HANDSHAKE_TIMEOUT_S = 10.0
FIRST_RETRY_S, LAST_RETRY_S = 0.5, 60.0
"""Seconds until the first retry and at most between later ones; each wait is twice the one before."""
NEVER_SEEN_RETRY_S = 600.0
"""The longest wait in seconds for a bus never reached: a desktop without a system bus is unlikely to get one."""
STEADY_S = 5.0
"""Seconds after which a connection counts as good: if it breaks later, the first retry follows soon."""

THE_BUS, THE_BUS_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
_GREETING = 0
"""Key of the pending ``Hello`` call during the handshake, before it has a serial number."""
_PRIMARY_OWNER, _ALREADY_OWNER = 1, 4
"""Answers to ``RequestName``: the name is ours, now or already."""
_BUS_ITSELF = Service(THE_BUS, THE_BUS_PATH, THE_BUS)


@dataclass(slots=True)
class _Call:
    """A call that awaits its reply. ``late`` gets a reply that arrives after ``done`` got the timeout."""

    deadline: float
    done: Callable[[Outcome], None]
    failure: Failure = NO_REPLY
    late: Callable[[Reply], None] | None = None


@dataclass(slots=True)
class _Watcher:
    """A callback for the owner of a name; ``owner`` is the last one it got, valid if ``notified``."""

    changed: Callable[[str | None], None]
    notified: bool = False
    owner: str | None = None


@dataclass(slots=True)
class _Name:
    """A name on the bus whose owner is tracked, for watchers or for listeners to its owner's signals."""

    owner: str | None = None
    watchers: list[_Watcher] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Listener:
    service: Service
    member: str
    received: Callable[[tuple[Any, ...]], None]

    @property
    def rule(self) -> str:
        one = self.service
        return f"type='signal',sender='{one.name}',path='{one.path}',interface='{one.interface}',member='{self.member}'"


@dataclass(frozen=True, slots=True)
class BusWords:
    """What is said of a bus."""

    title: str
    """For the log file."""
    missing: str
    silent: str
    unreachable: str
    """With ``{why}``, as the next one."""
    gone: str


SESSION_BUS: Final = BusWords(
    title="session bus",
    missing=N_("There is no session bus here."),
    silent=N_("The session bus does not answer."),
    unreachable=N_("The session bus cannot be reached: {why}."),
    gone=N_("The session bus is gone: {why}."),
)
SYSTEM_BUS: Final = BusWords(
    title="system bus",
    missing=N_("There is no system bus here."),
    silent=N_("The system bus does not answer."),
    unreachable=N_("The system bus cannot be reached: {why}."),
    gone=N_("The system bus is gone: {why}."),
)


class Bus:
    """One bus. ``find_address`` is called before each attempt to connect."""

    def __init__(self, words: BusWords, find_address: Callable[[], str | None]) -> None:
        self.words = words
        self.trouble = ""
        """A sentence saying why there is no connection; empty when there is one."""
        self._find_address = find_address
        self._open = False
        self._wire: Wire | None = None
        self._ready = False
        self._unique_name = ""
        self._up_since = 0.0
        self._serial = 0
        self._waiting: dict[int, _Call] = {}
        self._late: dict[int, Callable[[Reply], None]] = {}
        self._names: dict[str, _Name] = {}
        self._listeners: list[_Listener] = []
        self._wanted: dict[str, Callable[[bool], None]] = {}
        """The names that we want on the bus, with the callback that learns whether we have them."""
        self._answer: Callable[[IncomingCall], None] | None = None
        self._retry_s = FIRST_RETRY_S
        self._deadline_timer: QTimer | None = None
        self._retry_timer: QTimer | None = None

    @classmethod
    def session(cls) -> Bus:
        return cls(SESSION_BUS, session_address)

    @classmethod
    def system(cls) -> Bus:
        return cls(SYSTEM_BUS, system_address)

    # --- for the adapters -----------------------------------------------------------------------------------------

    @property
    def unique_name(self) -> str:
        """Our own address on the bus, such as ``:1.42``; empty without a connection."""
        return self._unique_name

    @property
    def connected(self) -> bool:
        return bool(self._unique_name)

    def open(self) -> None:
        """Connect, and reconnect after each loss; harmless if called again."""
        if self._open:
            return
        self._open = True
        self._deadline_timer = QTimer(singleShot=True)
        self._deadline_timer.timeout.connect(self._deadline_passed)
        self._retry_timer = QTimer(singleShot=True)
        self._retry_timer.timeout.connect(self._connect)
        self._connect()

    def close(self) -> None:
        """Disconnect for good, without a callback: the caller wants no more of them."""
        self._open = False
        self._waiting.clear()
        self._names.clear()
        self._listeners.clear()
        self._wanted.clear()
        self._answer = None
        self._release()
        for timer in (self._deadline_timer, self._retry_timer):
            if timer:
                timer.stop()
                timer.deleteLater()
        self._deadline_timer = self._retry_timer = None

    def call(
        self,
        service: Service,
        member: str,
        signature: str = "",
        *arguments: Any,
        done: Callable[[Outcome], None] | None = None,
        late: Callable[[Reply], None] | None = None,
        timeout_s: float = CALL_TIMEOUT_S,
    ) -> None:
        """Call a method. ``done`` gets the outcome, never before this returns; without it no reply is requested.

        After ``timeout_s`` seconds ``done`` gets ``NO_REPLY``; a later reply goes to ``late``.
        """
        serial = self._send_call(service, member, signature, arguments, wants_reply=done is not None)
        if done and serial:
            self._await(serial, _Call(time.monotonic() + timeout_s, done, late=late))
        elif done:
            self._serial += 1
            self._await(self._serial, _Call(time.monotonic(), done, NO_BUS))

    def watch_name(self, name: str, changed: Callable[[str | None], None]) -> None:
        """Call ``changed`` with the owner of a name once it is known and after each change; ``None``: it has none."""
        self._track_name(name).watchers.append(_Watcher(changed))

    def listen(self, service: Service, member: str, received: Callable[[tuple[Any, ...]], None]) -> None:
        """Call ``received`` with the body of each such signal from the present owner of the service's name."""
        listener = _Listener(service, member, received)
        self._listeners.append(listener)
        self._track_name(service.name)
        self._ask_the_bus("AddMatch", listener.rule)

    def forget(self, *callbacks: Callable[..., None]) -> None:
        """Undo ``watch_name`` and ``listen`` for these callbacks, and drop replies still to come for them."""
        for listener in [one for one in self._listeners if one.received in callbacks]:
            self._listeners.remove(listener)
            self._ask_the_bus("RemoveMatch", listener.rule)
        for name, entry in list(self._names.items()):
            entry.watchers = [one for one in entry.watchers if one.changed not in callbacks]
            if not entry.watchers and not any(one.service.name == name for one in self._listeners):
                del self._names[name]
                self._ask_the_bus("RemoveMatch", _owner_rule(name))
        for waiting in self._waiting.values():
            if waiting.done in callbacks:
                waiting.done = _drop

    # --- for NumbGuard's own service ----------------------------------------------------------------------------------

    def serve(self, answer: Callable[[IncomingCall], None]) -> None:
        """Pass each call that arrives to ``answer``; before this, each gets the error that nothing is served."""
        self._answer = answer

    def own_name(self, name: str, owned: Callable[[bool], None]) -> None:
        """Ask for a name on the bus, and wait in line while another has it; ``owned`` gets each change.

        Nobody is displaced. The name is asked for anew on each connection, and given back when this one closes.
        """
        self._wanted[name] = owned
        if self.connected:
            self._request(name)

    def emit(self, path: str, interface: str, member: str, signature: str = "", *values: Any) -> None:
        """Send a signal to every listener; without a connection it is lost."""
        if not self.connected:
            return
        from jeepney import DBusAddress, new_signal

        self._send(new_signal(DBusAddress(path, interface=interface), member, signature or None, values))

    # --- connecting -----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        from .wire import Wire, WireError

        address = self._find_address()
        if address is None:
            # The environment of a running process does not change, so there is no retry.
            self._is_away(self.words.missing)
            return
        too_late = Failure(NO_REPLY.name, self.words.silent)
        self._await(_GREETING, _Call(time.monotonic() + HANDSHAKE_TIMEOUT_S, self._greeted, too_late))
        try:
            self._wire = Wire(address, ready=self._greet, received=self._sort, lost=self._broke_off)
        except WireError as error:
            self._lost(sentence(self.words.unreachable, why=error))

    def _greet(self) -> None:
        self._ready = True
        serial = self._send_call(_BUS_ITSELF, "Hello", "", (), wants_reply=True)
        self._waiting[serial] = self._waiting.pop(_GREETING)

    def _greeted(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failure):
            self._lost(outcome.words)
            return
        (self._unique_name,) = outcome.body
        self.trouble = ""
        self._up_since = time.monotonic()
        _log.info("connected to the %s", self.words.title)
        for rule in [*map(_owner_rule, self._names), *(one.rule for one in self._listeners)]:
            self._ask_the_bus("AddMatch", rule)
        for name, entry in self._names.items():
            for watcher in entry.watchers:
                # On a new bus even "no owner" is news: it may know a service that it can start.
                watcher.notified = False
            self._find_owner(name)
        for name in self._wanted:
            self._request(name)

    def _broke_off(self, why: str) -> None:
        self._lost(sentence(self.words.gone, why=why))

    def _lost(self, why: str) -> None:
        """Handle a connection that broke or could not be made: notify everybody, and retry later."""
        if self.connected and time.monotonic() - self._up_since >= STEADY_S:
            self._retry_s = FIRST_RETRY_S
        self._release()
        if self._open and self._retry_timer:
            self._retry_timer.start(int(self._retry_s * 1000))
            self._retry_s = min(2 * self._retry_s, LAST_RETRY_S if self._up_since else NEVER_SEEN_RETRY_S)
        self._is_away(why)

    def _is_away(self, why: str) -> None:
        if why != self.trouble:
            _log.warning("%s", why)
        self.trouble = why
        waiting, self._waiting = self._waiting, {}
        self._late.clear()
        self._set_deadline_timer()
        # The loss of the owners is reported first, as it explains why the calls failed.
        for entry in list(self._names.values()):
            self._set_owner(entry, None)
        for owned in list(self._wanted.values()):
            _call_back(owned, False)
        for one in waiting.values():
            if one.done != self._greeted:
                _call_back(one.done, NO_BUS)

    def _release(self) -> None:
        if self._wire:
            self._wire.close()
        self._wire, self._ready, self._unique_name = None, False, ""

    # --- messages -------------------------------------------------------------------------------------------------

    def _send_call(
        self, service: Service, member: str, signature: str, arguments: tuple[Any, ...], *, wants_reply: bool
    ) -> int:
        """Send a call and return its serial number, or 0 if it could not be sent."""
        if not self._wire or not self._ready:
            return 0
        from jeepney import DBusAddress, MessageFlag, new_method_call

        where = DBusAddress(service.path, bus_name=service.name, interface=service.interface)
        message = new_method_call(where, member, signature or None, arguments)
        if not wants_reply:
            message.header.flags = MessageFlag.no_reply_expected
        self._serial += 1
        try:
            self._wire.send(message, self._serial)
        except ValueError as error:
            # Invalid Unicode or an invalid path: a message that cannot be encoded fails like one without a bus.
            _log.warning("A message to %s could not be put into words: %s", service.name, type(error).__name__)
            return 0
        return self._serial

    def _sort(self, message: Message) -> None:
        """Dispatch one incoming message."""
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        kind = message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            serial = fields.get(HeaderFields.reply_serial, 0)
            outcome = outcome_of(message)
            waiting, late = self._waiting.pop(serial, None), self._late.pop(serial, None)
            if waiting:
                self._set_deadline_timer()
                waiting.done(outcome)
            elif late and isinstance(outcome, Reply):
                late(outcome)
        elif kind is MessageType.signal:
            self._receive(message)
        else:
            self._receive_call(message)

    def _receive_call(self, message: Message) -> None:
        asked_over = self._wire

        def send(answer: Message) -> None:
            if self._wire is asked_over:  # on another connection, the caller's address is somebody else's
                self._send(answer)

        call = IncomingCall(message, send)
        if self._answer:
            self._answer(call)
        else:
            call.fail(UNKNOWN_METHOD, "Nothing is served here.")

    def _send(self, message: Message) -> None:
        """Send a message that is not a call."""
        self._serial += 1
        try:
            if self._wire:
                self._wire.send(message, self._serial)
        except ValueError as error:
            _log.warning("A message could not be put into words: %s", type(error).__name__)

    def _receive(self, message: Message) -> None:
        from jeepney import HeaderFields

        fields = message.header.fields
        sender, member = fields.get(HeaderFields.sender), fields.get(HeaderFields.member)
        path, interface = fields.get(HeaderFields.path), fields.get(HeaderFields.interface)
        if sender == THE_BUS and member == "NameOwnerChanged" and len(message.body) == 3:
            name, _before, owner = message.body
            if name in self._names:
                self._set_owner(self._names[name], owner or None)
            return
        if sender == THE_BUS and member in ("NameAcquired", "NameLost"):
            if (owned := self._wanted.get(message.body[0])) is not None:
                _call_back(owned, member == "NameAcquired")
            return
        for one in list(self._listeners):
            # Anybody can send us a signal directly, without a match rule: hence all these checks.
            meant = (one.service.path, one.service.interface, one.member) == (path, interface, member)
            if meant and sender and sender == self._names[one.service.name].owner and one in self._listeners:
                _call_back(one.received, message.body)

    # --- names, match rules and the clock -------------------------------------------------------------------------

    def _track_name(self, name: str) -> _Name:
        entry = self._names.get(name)
        if entry is None:
            entry = self._names[name] = _Name()
            self._ask_the_bus("AddMatch", _owner_rule(name))
        if self.connected or self.trouble:
            self._find_owner(name)
        return entry

    def _find_owner(self, name: str) -> None:
        """Look up the owner and tell the watchers; without a bus the call fails, which means no owner."""

        def found(outcome: Outcome) -> None:
            if name in self._names:
                self._set_owner(self._names[name], outcome.body[0] if isinstance(outcome, Reply) else None)

        self.call(_BUS_ITSELF, "GetNameOwner", "s", name, done=found)

    def _set_owner(self, entry: _Name, owner: str | None) -> None:
        entry.owner = owner
        for one in list(entry.watchers):
            if not one.notified or one.owner != owner:
                one.notified, one.owner = True, owner
                _call_back(one.changed, owner)

    def _request(self, name: str) -> None:
        def answered(outcome: Outcome) -> None:
            if (owned := self._wanted.get(name)) is not None:
                ours = isinstance(outcome, Reply) and outcome.body[0] in (_PRIMARY_OWNER, _ALREADY_OWNER)
                owned(ours)

        self.call(_BUS_ITSELF, "RequestName", "su", name, 0, done=answered)

    def _ask_the_bus(self, member: str, rule: str) -> None:
        if self.connected:
            self.call(_BUS_ITSELF, member, "s", rule)

    def _await(self, serial: int, waiting: _Call) -> None:
        self._waiting[serial] = waiting
        self._set_deadline_timer()

    def _set_deadline_timer(self) -> None:
        """Set the timer for the next deadline; it runs only while calls are pending."""
        if not self._deadline_timer:
            return
        if not self._waiting:
            self._deadline_timer.stop()
            return
        left = min(one.deadline for one in self._waiting.values()) - time.monotonic()
        self._deadline_timer.start(max(0, int(left * 1000) + 1) if left > 0 else 0)

    def _deadline_passed(self) -> None:
        now = time.monotonic()
        for serial in [serial for serial, one in self._waiting.items() if one.deadline <= now]:
            waiting = self._waiting.pop(serial, None)
            if waiting:
                if waiting.late:
                    self._late[serial] = waiting.late
                _call_back(waiting.done, waiting.failure)
        self._set_deadline_timer()


def _call_back(callback: Callable[..., None], *words: object) -> None:
    from .wire import call_back

    call_back(callback, *words)


def _drop(_: Outcome) -> None:
    """Ignore a reply: the caller is no longer interested."""


def _owner_rule(name: str) -> str:
    return (
        f"type='signal',sender='{THE_BUS}',path='{THE_BUS_PATH}',interface='{THE_BUS}',"
        f"member='NameOwnerChanged',arg0='{name}'"
    )
