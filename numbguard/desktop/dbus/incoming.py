"""A method call that somebody on the bus makes to NumbGuard, and the answer to it.

``bus`` makes one for each call, on the GUI thread; ``ipc.bus_service`` answers it, at once or later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jeepney.low_level import Message

UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"


class IncomingCall:
    """One call. The first answer counts; one that nobody waits for is not sent."""

    def __init__(self, message: Message, send: Callable[[Message], None]) -> None:
        from jeepney import HeaderFields, MessageFlag

        fields = message.header.fields
        self.sender: str = fields.get(HeaderFields.sender, "")
        self.path: str = fields.get(HeaderFields.path, "")
        self.interface: str = fields.get(HeaderFields.interface, "")
        """Empty where the caller names none, as D-Bus allows."""
        self.member: str = fields.get(HeaderFields.member, "")
        self.signature: str = fields.get(HeaderFields.signature, "")
        self.body: tuple[Any, ...] = message.body
        self.length: int = message.header.body_length
        """Bytes of the body."""
        self._message = message
        self._send: Callable[[Message], None] | None = send
        if message.header.flags & MessageFlag.no_reply_expected:
            self._send = None

    def reply(self, signature: str = "", *values: Any) -> None:
        from jeepney import new_method_return

        self._answer(lambda: new_method_return(self._message, signature or None, values))

    def fail(self, error: str, words: str) -> None:
        """Answer with an error: its D-Bus name, and a sentence."""
        from jeepney import new_error

        self._answer(lambda: new_error(self._message, error, "s", (words,)))

    def _answer(self, make: Callable[[], Message]) -> None:
        send, self._send = self._send, None
        if send:
            send(make())
