"""The values of a D-Bus call: the service that is called, and the outcome.

``bus`` and every adapter that calls a service use them; any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jeepney.low_level import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """The values that a method returned."""

    body: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that failed: the D-Bus name of the error, and its message."""

    name: str
    words: str


Outcome = Reply | Failure

NO_BUS = Failure("org.freedesktop.DBus.Error.Disconnected", "There is no connection to the bus.")
NO_REPLY = Failure("org.freedesktop.DBus.Error.NoReply", "The service did not answer in time.")


@dataclass(frozen=True, slots=True)
class Service:
    """One interface of one object of a service on the bus."""

    name: str
    path: str
    interface: str


def outcome_of(message: Message) -> Outcome:
    """The outcome that a method return or an error message represents."""
    from jeepney import HeaderFields, MessageType

    if message.header.message_type is MessageType.method_return:
        return Reply(message.body)
    words = message.body[0] if message.body and isinstance(message.body[0], str) else ""
    return Failure(message.header.fields.get(HeaderFields.error_name, ""), words)
