"""What a call over a bus is made of: the service that is asked, and how the asking turned out.

Values only; used by ``bus`` and by every adapter that speaks to a service.
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
    """A call that brought no values: the D-Bus name of the error, and its words."""

    name: str
    words: str


Outcome = Reply | Failure

NO_BUS = Failure("org.freedesktop.DBus.Error.Disconnected", "There is no connection to the bus.")
NO_REPLY = Failure("org.freedesktop.DBus.Error.NoReply", "The service did not answer in time.")


@dataclass(frozen=True, slots=True)
class Service:
    """One interface of one object of a service."""

    name: str
    path: str
    interface: str


def outcome_of(message: Message) -> Outcome:
    """What a reply on the wire says."""
    from jeepney import HeaderFields, MessageType

    if message.header.message_type is MessageType.method_return:
        return Reply(message.body)
    words = message.body[0] if message.body and isinstance(message.body[0], str) else ""
    return Failure(message.header.fields.get(HeaderFields.error_name, ""), words)
