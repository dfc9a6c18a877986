"""Speech Dispatcher, the speech service of Linux desktops: the voice that the person has set for their screen reader.

``speech.candidates`` makes it, on the GUI thread. It speaks the service's own protocol, SSIP, over its Unix socket:
lines that end in CR LF, and answers of three digits, the last line of which has a space after them. Only a connection
can stop its own words and leave those of a screen reader alone, which the program ``spd-say`` cannot. Where the service
does not run yet, ``speech-dispatcher --spawn`` starts it, as the service's own library does.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

if TYPE_CHECKING:  # the command line asks whether it is there, and says nothing: it needs no Qt
    from PySide6.QtCore import QSocketNotifier

    from numbguard.desktop.short_program import ShortProgram

_log = logging.getLogger(__name__)

_SPAWN_S: Final = 10.0
"""Seconds that the service may take to start."""
_SPEAK: Final = b"SPEAK"
_END: Final = b"\r\n."
_CANCEL: Final = b"CANCEL SELF"


class SpeechDispatcher:
    """Raises ``Unavailable`` where the service neither runs nor can be started."""

    name = "speech-dispatcher"
    detail = N_("Speech Dispatcher reads the steps, with the voice that is set for this desktop.")

    def __init__(self) -> None:
        self._path = service_socket()
        self._program = shutil.which("speech-dispatcher")
        if not self._program and not self._path.exists():
            raise Unavailable(N_("Speech Dispatcher isn't installed."))
        self._link: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._received = b""
        self._waiting: list[bytes] = []
        """What is to be sent, each after the answer to the one before."""
        self._sent: bytes | None = None
        """The command whose answer has not come yet."""
        self._start: ShortProgram | None = None
        self._failed: Callable[[], None] = lambda: None

    def say(self, words: str, *, language: str, volume: int, failed: Callable[[], None]) -> None:
        self._failed = failed
        said = [
            _CANCEL,
            b"SET SELF LANGUAGE " + language.replace("_", "-").encode("ascii", "ignore"),
            # From -100 to 100; at 0 a voice is about as loud as a chime at its loudest.
            f"SET SELF VOLUME {volume - 100}".encode(),
            _SPEAK,
            _data(words),
        ]
        if self._link is not None:
            self._ask(said)
        elif self._connect():
            self._ask([b"SET SELF CLIENT_NAME user:NumbGuard:main", b"SET SELF PRIORITY MESSAGE", *said])
        elif self._program:
            from numbguard.desktop.short_program import ShortProgram

            self._start = self._start or ShortProgram()
            self._start.run(
                self._program,
                ["--spawn"],
                limit_s=_SPAWN_S,
                ended=lambda _well: self._started(words, language=language, volume=volume),
            )
        else:
            failed()

    def hush(self) -> None:
        if self._start is not None:
            self._start.stop()
        if self._link is not None:
            self._ask([_CANCEL])

    def stop(self) -> None:
        self.hush()
        with suppress(OSError):
            if self._link is not None and self._sent != _SPEAK:
                self._link.send(b"QUIT\r\n")
        self._hang_up()

    # --- the connection ------------------------------------------------------------------------------------------

    def _started(self, words: str, *, language: str, volume: int) -> None:
        """Go on after the service was started; it may be that somebody else has started it meanwhile."""
        failed, self._program = self._failed, None  # once, or a service that cannot run would be started for ever
        self.say(words, language=language, volume=volume, failed=failed)

    def _connect(self) -> bool:
        from PySide6.QtCore import QSocketNotifier

        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        try:
            link.connect(str(self._path))
        except OSError:
            link.close()
            return False
        self._link = link
        self._notifier = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        return True

    def _hang_up(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._link is not None:
            self._link.close()
            self._link = None
        self._received, self._sent = b"", None
        self._waiting.clear()

    def _ask(self, commands: list[bytes]) -> None:
        """Send these in place of what still waits. Once ``SPEAK`` is sent, the words have to follow, if only none."""
        self._waiting = [*([_END] if self._sent == _SPEAK else []), *commands]
        if self._sent is None:
            self._send_next()

    def _send_next(self) -> None:
        if self._link is None or not self._waiting:
            return
        command = self._waiting.pop(0)
        try:
            self._link.sendall(command + b"\r\n")
        except OSError:
            self._lose()
        else:
            self._sent = command

    def _read(self, *_: object) -> None:
        if self._link is None:
            return
        try:
            data = self._link.recv(1 << 14)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose()
            return
        *lines, self._received = (self._received + data).split(b"\r\n")
        for line in lines:
            if len(line) >= 4 and line[:3].isdigit() and line[3:4] == b" ":
                self._answered(int(line[:3]))

    def _answered(self, code: int) -> None:
        if code >= 700:
            return  # An event, which answers nothing.
        sent, self._sent = self._sent, None
        if sent == _SPEAK and code >= 300:
            _log.info("Speech Dispatcher refused to speak: %d.", code)
            self._waiting.clear()
            self._failed()
            return
        self._send_next()

    def _lose(self) -> None:
        """Note that the service has gone: it ends by itself some time after its last client, or was restarted."""
        was_speaking = bool(self._waiting) or self._sent is not None
        self._hang_up()
        if was_speaking:
            self._failed()


def service_socket() -> Path:
    """The path of the service's socket, by its own rules."""
    address = os.environ.get("SPEECHD_ADDRESS", "")
    if address.startswith("unix_socket:"):
        return Path(address.removeprefix("unix_socket:"))
    folder = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(folder, "speech-dispatcher", "speechd.sock")


def _data(words: str) -> bytes:
    """The words as the protocol wants them: a line's own full stop at its beginning is doubled."""
    lines = [f".{line}" if line.startswith(".") else line for line in words.splitlines()]
    return "\r\n".join(lines).encode() + _END
