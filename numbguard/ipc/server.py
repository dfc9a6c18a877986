"""The app's end of the line: keeps the profile locked, so that it has one app, and answers requests.

``cli.live`` creates the ``Server`` before the app starts; the app opens it. On the GUI thread; ``line.Connection`` says
for how long an answer may block it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from numbguard.core.sentence import N_, sentence
from numbguard.store.profile import Profile

from .client import no_number
from .line import LONGEST_REQUEST, MAX_CLIENTS, UNREACHABLE, CannotListen, Connection, Line, Unreachable, Watch
from .platform_line import line_of
from .profile_lock import NoFileLocks, held_lock, hold, write_whereabouts

Answerer = Callable[[Mapping[str, object]], Mapping[str, object]]


class Server:
    """Answers requests, each on its own connection. Implements ``line.Hearer``."""

    def __init__(self, profile: Profile) -> None:
        """Take the profile. Raises ``AlreadyRunning`` if another app has it, ``NoFileLocks`` and ``OSError``."""
        self._profile = profile
        self._lock = held_lock(profile)
        write_whereabouts(self._lock)
        self.trouble = ""
        """A sentence on why the command line cannot reach the app; empty if it can."""
        self._line: Line | None = None
        self._received: dict[Connection, bytes] = {}
        """The part of a request that has arrived, by its connection, the oldest connection first."""

    def open(self, answer: Answerer, watch: Watch) -> None:
        """Start to listen. If that is not possible, say so in ``trouble`` and in the log file."""
        self._answer, self._watch = answer, watch
        try:
            self._line = line_of(self._profile)
            self._line.listen(self, watch)
        except Unreachable:
            self._is_cut_off(UNREACHABLE)
        except CannotListen as why:
            self._line = None
            self._is_cut_off(
                sentence(
                    "The command line and hot keys cannot reach NumbGuard: {why}. Everything else works. Fix this and "
                    "start NumbGuard again.",
                    why=why,
                )
            )

    def hold(self) -> bool:
        """Make the lock file and the socket again if somebody has deleted them, so that no second app can start.

        Returns ``False`` if another app has the profile already. To be called when something in its folder changes.
        """
        if self._lock < 0:
            return True
        try:
            lock = hold(self._profile, self._lock)
        except (OSError, NoFileLocks):  # a folder that cannot be used now: nobody else can start there either
            return True
        if lock is None:
            return False
        self._lock = lock
        if self._line is not None and self._line.is_lost() and self._profile.folder.is_dir():
            self._line.close()
            self._received.clear()
            self.open(self._answer, self._watch)
        return True

    def close(self) -> None:
        """Stop listening and release the profile; a second call does nothing."""
        if self._line is not None:
            self._line.close()
            self._line = None
        self._received.clear()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    # --- what the line reports ----------------------------------------------------------------------------------

    def connected(self, connection: Connection) -> None:
        if len(self._received) >= MAX_CLIENTS:
            self._hang_up(next(iter(self._received)))
        self._received[connection] = b""

    def received(self, connection: Connection, chunk: bytes) -> None:
        received = self._received.get(connection, b"") + chunk
        if len(received) > LONGEST_REQUEST:
            self._hang_up(connection)
        elif not received.endswith(b"\n"):
            self._received[connection] = received
        else:
            self._reply(connection, received)

    def ended(self, connection: Connection) -> None:
        self._received.pop(connection, None)

    def _reply(self, connection: Connection, received: bytes) -> None:
        import json

        try:
            request = json.loads(received, parse_constant=no_number)
            if not isinstance(request, dict):
                raise ValueError
        except (ValueError, RecursionError):
            self._hang_up(connection)
            return
        try:
            answer = self._answer(request)
        except Exception:  # a bug: the client gets an answer all the same, and the app goes on
            import logging

            logging.getLogger(__name__).critical("a bug, at %r", request.get("verb"), exc_info=True)
            answer = {
                "status": 1,
                "error": N_("That failed because of a fault in NumbGuard. Its log file has the details."),
            }
        connection.send(json.dumps(answer).encode())

    def _hang_up(self, connection: Connection) -> None:
        self._received.pop(connection, None)
        connection.close()

    def _is_cut_off(self, why: str) -> None:
        import logging

        self.trouble = why
        logging.getLogger(__name__).warning("%s", why)
