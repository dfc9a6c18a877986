"""The line between the command line and the app of a profile, as a Protocol, with its bounds and its errors.

A request is one JSON document on one line; so is its answer, which ends with the connection. ``platform_line`` chooses
between the two lines that there are: ``unix_socket`` and ``named_pipe``. The command line uses one end through
``client``, which blocks, in its own process; the app uses the other through ``server``, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from numbguard.core.sentence import N_

Watch = Callable[[int, Callable[[], None]], Callable[[], None]]
"""Calls back whenever a descriptor is readable, or on Windows whenever an event is set; returns a function that ends
the watch. The owner of the event loop passes it in, so that nothing here needs Qt."""

UNREACHABLE = N_(
    "On this system the command line and hot keys cannot reach a running NumbGuard yet. Everything else works."
)
"""Shown where Python has neither Unix sockets nor named pipes."""
LONGEST_REQUEST = 256 * 1024
"""Greatest length of a request in bytes, ample for a note that a person typed."""
LONGEST_ANSWER = 16 * 1024 * 1024
"""Greatest length of an answer in bytes."""
MAX_CLIENTS = 16
"""Connections at a time; one more drops the oldest."""
CHUNK = 65536
"""Bytes that are read at a time."""


class NotRunning(Exception):
    """No app answers for this profile."""


class Unreachable(NotRunning):
    """This system has no line, so whether an app runs is not known."""


class NotAnswering(NotRunning):
    """An app has the profile but has not answered in time; it may still carry out the request."""


class NotUnderstood(NotAnswering):
    """The answer is not one of this NumbGuard; whether the request was carried out is not known."""


class CannotListen(Exception):
    """The app's end could not be opened. The message says where and why, for use within a sentence."""


class Connection(Protocol):
    """The app's end of one connection."""

    def send(self, answer: bytes) -> None:
        """Send the answer, then hang up and report ``ended``. Does not wait for longer than half a second."""

    def close(self) -> None:
        """Hang up; reports nothing, and a second call does nothing."""


class Hearer(Protocol):
    """What the app's end reports, on the GUI thread."""

    def connected(self, connection: Connection) -> None: ...

    def received(self, connection: Connection, chunk: bytes) -> None: ...

    def ended(self, connection: Connection) -> None:
        """The client has hung up, or the answer is sent; the connection is closed."""


class Line(Protocol):
    """One platform's line to the app of one profile."""

    @property
    def address(self) -> str:
        """Where the app listens, for use within a sentence."""

    def may_be_listened_to(self) -> bool:
        """Whether an app may be listening; costs next to nothing, and ``False`` is certain."""

    def is_listened_to(self) -> bool:
        """Whether an app of this user listens."""

    def exchange(self, request: bytes, *, until: float) -> bytes:
        """Send a request and return all that comes until the app hangs up, waiting until then (monotonic seconds).

        Raises ``TimeoutError``, ``NotUnderstood`` if the other end is not this user's or says too much, and any other
        ``OSError`` where nobody listens.
        """

    def listen(self, hearer: Hearer, watch: Watch) -> None:
        """Open the app's end. To be called by the holder of the profile's lock. Raises ``CannotListen``."""

    def is_lost(self) -> bool:
        """Whether somebody has deleted the app's end under it."""

    def close(self) -> None:
        """Close the app's end and its connections; a second call does nothing."""
