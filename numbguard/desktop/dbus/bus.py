"""One connection to a D-Bus message bus, on the Qt loop: calls with callbacks, signals, and the owners of names.

Made by the app, one for the session bus and one for the system bus, and shared by whatever speaks to a service;
everything here runs on the GUI thread and nothing waits. The wire format is jeepney's (PySide6's QtDBus cannot send
``uint32``); it and ``wire``, which has the socket, are imported when the bus is first opened.

A bus may die and come back at the same address. Whoever watches a name is told that it has no owner, calls under way
fail, and the connection is tried again, ever more rarely. When it stands again, all match rules are set anew and the
watchers hear of the owners. Nothing raises out of here: a failure is an outcome or a log line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from .addresses import session_address, system_address
from .messages import NO_BUS, NO_REPLY, Failure, Outcome, Reply, Service, outcome_of

if TYPE_CHECKING:
    from jeepney.low_level import Message

    from .wire import Wire

_log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 5.0
HANDSHAKE_TIMEOUT_S = 10.0
FIRST_RETRY_S, LAST_RETRY_S = 0.5, 60.0
NEVER_SEEN_RETRY_S = 600.0  # a desktop without a system bus will hardly get one
STEADY_S = 5.0
"""A connection that stood this long was a good one: the next failure is retried soon again."""

THE_BUS, THE_BUS_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
_GREETING = 0
"""Stands for the serial number of our first call for as long as hands are being shaken."""
_BUS_ITSELF = Service(THE_BUS, THE_BUS_PATH, THE_BUS)


@dataclass(slots=True)
class _Call:
    """A call that waits for its reply. ``late`` is told of a reply that comes after ``done`` heard of the timeout."""

    deadline: float
    done: Callable[[Outcome], None]
    failure: Failure = NO_REPLY
    late: Callable[[Reply], None] | None = None


@dataclass(slots=True)
class _Watcher:
    """Somebody who wants to know a name's owner; ``owner`` is what was ``told`` last."""

    changed: Callable[[str | None], None]
    told: bool = False
    owner: str | None = None


@dataclass(slots=True)
class _Name:
    """A name on the bus that is followed, for a watcher or because signals from its owner are listened to."""

    owner: str | None = None
    watchers: list[_Watcher] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Listener:
    service: Service
    member: str
    heard: Callable[[tuple[Any, ...]], None]

    @property
    def rule(self) -> str:
        one = self.service
        return f"type='signal',sender='{one.name}',path='{one.path}',interface='{one.interface}',member='{self.member}'"


class Bus:
    """One bus. ``title`` is for log lines; ``find_address`` is asked before each attempt to connect."""

    def __init__(self, title: str, find_address: Callable[[], str | None]) -> None:
        self.title = title
        self.trouble = ""
        """Why there is no connection, as a sentence; empty when there is one."""
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
        self._retry_s = FIRST_RETRY_S
        self._deadline_timer: QTimer | None = None
        self._retry_timer: QTimer | None = None

    @classmethod
    def session(cls) -> Bus:
        return cls("session bus", session_address)

    @classmethod
    def system(cls) -> Bus:
        return cls("system bus", system_address)

    # --- what the adapters use ------------------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        return bool(self._unique_name)

    def open(self) -> None:
        """Connect, and stay connected; harmless when it was asked for before."""
        if self._open:
            return
        self._open = True
        self._deadline_timer = QTimer(singleShot=True)
        self._deadline_timer.timeout.connect(self._time_is_up)
        self._retry_timer = QTimer(singleShot=True)
        self._retry_timer.timeout.connect(self._connect)
        self._connect()

    def close(self) -> None:
        """Let go of the bus. Nobody is told: whoever closes it wants to hear no more."""
        self._open = False
        self._waiting.clear()
        self._names.clear()
        self._listeners.clear()
        self._let_go()
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
        """Call a method. ``done`` hears of the outcome, never before this returns; without it no reply is wanted."""
        serial = self._send_call(service, member, signature, arguments, wants_reply=done is not None)
        if done and serial:
            self._await(serial, _Call(time.monotonic() + timeout_s, done, late=late))
        elif done:
            self._serial += 1
            self._await(self._serial, _Call(time.monotonic(), done, NO_BUS))

    def watch_name(self, name: str, changed: Callable[[str | None], None]) -> None:
        """Tell of the owner of a name as soon as it is known, and whenever it changes; ``None`` is no owner."""
        self._hold_name(name).watchers.append(_Watcher(changed))

    def listen(self, service: Service, member: str, heard: Callable[[tuple[Any, ...]], None]) -> None:
        """Tell of a signal, if it comes from the present owner of the service's name and from nobody else."""
        listener = _Listener(service, member, heard)
        self._listeners.append(listener)
        self._hold_name(service.name)
        self._ask_the_bus("AddMatch", listener.rule)

    def forget(self, *callbacks: Callable[..., None]) -> None:
        """Undo ``watch_name`` and ``listen`` for these callbacks; replies under way to them are dropped."""
        for listener in [one for one in self._listeners if one.heard in callbacks]:
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

    # --- connecting -----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        from .wire import Wire, WireError

        address = self._find_address()
        if address is None:
            # Nothing can change that for a running process, so it is not tried again.
            self._is_away(f"There is no {self.title} here.")
            return
        too_late = Failure(NO_REPLY.name, f"The {self.title} does not answer.")
        self._await(_GREETING, _Call(time.monotonic() + HANDSHAKE_TIMEOUT_S, self._greeted, too_late))
        try:
            self._wire = Wire(address, ready=self._greet, heard=self._sort, lost=self._broke_off)
        except WireError as error:
            self._lost(f"The {self.title} cannot be reached: {error}.")

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
        _log.info("connected to the %s", self.title)
        for rule in [*map(_owner_rule, self._names), *(one.rule for one in self._listeners)]:
            self._ask_the_bus("AddMatch", rule)
        for name, entry in self._names.items():
            for watcher in entry.watchers:
                # Even "nobody" is news from a new bus: somebody who could be started may be known to it.
                watcher.told = False
            self._find_owner(name)

    def _broke_off(self, why: str) -> None:
        self._lost(f"The {self.title} is gone: {why}.")

    def _lost(self, why: str) -> None:
        """The connection ended, or was never made: tell all, and try again in a while."""
        if self.connected and time.monotonic() - self._up_since >= STEADY_S:
            self._retry_s = FIRST_RETRY_S
        self._let_go()
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
        self._watch_the_clock()
        # That nobody owns the names any more explains why the calls failed, so it is told first.
        for entry in list(self._names.values()):
            self._owner_is(entry, None)
        for one in waiting.values():
            if one.done != self._greeted:
                _tell(one.done, NO_BUS)

    def _let_go(self) -> None:
        if self._wire:
            self._wire.close()
        self._wire, self._ready, self._unique_name = None, False, ""

    # --- messages -------------------------------------------------------------------------------------------------

    def _send_call(
        self, service: Service, member: str, signature: str, arguments: tuple[Any, ...], *, wants_reply: bool
    ) -> int:
        """Put a call on the wire; gives its serial number, or 0 where there is no wire."""
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
            # Words that are no Unicode, a path that is none: what cannot be said is as if there were no wire.
            _log.warning("A message to %s could not be put into words: %s", service.name, type(error).__name__)
            return 0
        return self._serial

    def _sort(self, message: Message) -> None:
        """Hand one message to whoever it is for."""
        from jeepney import HeaderFields, MessageFlag, MessageType

        fields = message.header.fields
        kind = message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            serial = fields.get(HeaderFields.reply_serial, 0)
            outcome = outcome_of(message)
            waiting, late = self._waiting.pop(serial, None), self._late.pop(serial, None)
            if waiting:
                self._watch_the_clock()
                waiting.done(outcome)
            elif late and isinstance(outcome, Reply):
                late(outcome)
        elif kind is MessageType.signal:
            self._hear(message)
        elif not message.header.flags & MessageFlag.no_reply_expected:
            self._refuse(message)

    def _refuse(self, message: Message) -> None:
        from jeepney import new_error

        self._serial += 1
        if self._wire:
            error = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("Nothing is served here.",))
            self._wire.send(error, self._serial)

    def _hear(self, message: Message) -> None:
        from jeepney import HeaderFields

        fields = message.header.fields
        sender, member = fields.get(HeaderFields.sender), fields.get(HeaderFields.member)
        path, interface = fields.get(HeaderFields.path), fields.get(HeaderFields.interface)
        if sender == THE_BUS and member == "NameOwnerChanged" and len(message.body) == 3:
            name, _before, owner = message.body
            if name in self._names:
                self._owner_is(self._names[name], owner or None)
            return
        for one in list(self._listeners):
            # Signals that are addressed to us come without a match rule, and from anybody: hence all the checks.
            meant = (one.service.path, one.service.interface, one.member) == (path, interface, member)
            if meant and sender and sender == self._names[one.service.name].owner and one in self._listeners:
                _tell(one.heard, message.body)

    # --- names, match rules and the clock -------------------------------------------------------------------------

    def _hold_name(self, name: str) -> _Name:
        entry = self._names.get(name)
        if entry is None:
            entry = self._names[name] = _Name()
            self._ask_the_bus("AddMatch", _owner_rule(name))
        if self.connected or self.trouble:
            self._find_owner(name)
        return entry

    def _find_owner(self, name: str) -> None:
        """Have the watchers told; without a bus the call fails, and nobody owns the name."""

        def found(outcome: Outcome) -> None:
            if name in self._names:
                self._owner_is(self._names[name], outcome.body[0] if isinstance(outcome, Reply) else None)

        self.call(_BUS_ITSELF, "GetNameOwner", "s", name, done=found)

    def _owner_is(self, entry: _Name, owner: str | None) -> None:
        entry.owner = owner
        for one in list(entry.watchers):
            if not one.told or one.owner != owner:
                one.told, one.owner = True, owner
                _tell(one.changed, owner)

    def _ask_the_bus(self, member: str, rule: str) -> None:
        if self.connected:
            self.call(_BUS_ITSELF, member, "s", rule)

    def _await(self, serial: int, waiting: _Call) -> None:
        self._waiting[serial] = waiting
        self._watch_the_clock()

    def _watch_the_clock(self) -> None:
        """The timer lives only while somebody waits."""
        if not self._deadline_timer:
            return
        if not self._waiting:
            self._deadline_timer.stop()
            return
        left = min(one.deadline for one in self._waiting.values()) - time.monotonic()
        self._deadline_timer.start(max(0, int(left * 1000) + 1) if left > 0 else 0)

    def _time_is_up(self) -> None:
        now = time.monotonic()
        for serial in [serial for serial, one in self._waiting.items() if one.deadline <= now]:
            waiting = self._waiting.pop(serial, None)
            if waiting:
                if waiting.late:
                    self._late[serial] = waiting.late
                _tell(waiting.done, waiting.failure)
        self._watch_the_clock()


def _tell(callback: Callable[..., None], *words: object) -> None:
    from .wire import tell

    tell(callback, *words)


def _drop(_: Outcome) -> None:
    """Whoever asked is no longer interested."""


def _owner_rule(name: str) -> str:
    return (
        f"type='signal',sender='{THE_BUS}',path='{THE_BUS_PATH}',interface='{THE_BUS}',"
        f"member='NameOwnerChanged',arg0='{name}'"
    )
